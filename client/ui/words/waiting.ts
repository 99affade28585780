import type { CommandKind } from '#shared/model/command.ts'
import type { Position } from '#shared/model/proposals/position.ts'
import { proposalWords } from './proposals.ts'

/** The name of each kind of command, shown while it waits to be sent. */
const ACTS: Readonly<Record<CommandKind, string>> = {
  'proposal-accept': 'Accept',
  'proposal-not-retain': 'Not retained',
  'option-choose': 'Choose an option',
  'proposal-withdraw': 'Withdraw',
  'proposal-keep': 'Keep on the table',
  'proposals-merge': 'Merge into a bridging text',
  'decision-undo': 'Take a decision back',
  'paragraph-propose': 'Propose on a whole paragraph',
  'drafts-table': 'Table a draft',
  'position-take': 'Take a position',
  'proposal-sponsor': 'Stand beside a proposal',
  'proposal-take-over': 'Take a proposal over',
  'proposal-condition': 'Put under a condition',
  'paragraph-status': 'Status of a paragraph',
  'revision-issue': 'Issue a revision',
  'silence-place': 'Place under silence',
  'silence-extend': 'Extend the silence',
  'silence-break': 'Break the silence',
  'comment-add': 'Comment',
  'comment-remove': 'Take a comment back',
  'comment-resolve': 'Resolve a thread',
  'policy-set': 'Attribution of the round',
  'meeting-open': 'Open a meeting',
  'language-set': 'Set a language',
  'note-place': 'Place the mark of a footnote',
  'meeting-close': 'Close the meeting',
}

export const waitingWords = {
  acts: ACTS,
  position: (position: Position | null) =>
    position === null ? 'Take the position back' : proposalWords.positions[position],
  count: (n: number) => (n === 1 ? '1 act waits' : `${n} acts wait`),
  title: 'Not sent yet',
  note: 'They are kept on this device, and sent in this order as soon as the server can be reached.',
}
