import type { CaretContext } from '#client/editor/contract.ts'
import type { ParticipantId } from '#shared/model/ids.ts'
import { AS_RECEIVED, isAlias } from '#shared/model/participant.ts'
import type { PlainFilter } from '../outline/filter.ts'
import type { AgreedCount, CountedKind } from '../paragraph/status.ts'

/** Words about comments, about in whose name and where one writes, about choosing participants, and about filters. */

export const commentWords = {
  title: (what: string) => `Comments on ${what}`,
  all: 'All comments',
  allTitle: 'Comments',
  none: 'No comments yet.',
  noneAnywhere: 'Nobody has commented yet. Open a paragraph’s menu to begin.',
  add: 'New comment',
  placeholder: 'Write a comment',
  reply: 'Reply',
  replyTo: (who: string) => `Reply to ${who}`,
  send: 'Send',
  resolve: 'Resolve',
  takeUp: 'Take up again',
  takeBack: 'Take back',
  removed: 'Taken back by its author',
  resolvedBy: (who: string) => `Resolved by ${who}`,
  showResolved: (n: number) => (n === 1 ? 'Show 1 resolved thread' : `Show ${n} resolved threads`),
  hideResolved: 'Hide resolved threads',
  audience: 'Who sees it',
  everybody: 'Everybody',
  within: (space: string) => `Only ${space}`,
  added: 'Comment sent',
  takenBack: 'Comment taken back',
  resolved: 'Thread resolved',
  takenUp: 'Thread taken up again',
  gone: 'what is no longer in the text',
  key: 'Comment on the paragraph or bracket at the caret',
}

export const writingWords = {
  label: 'Writing for',
  ourselves: 'ourselves',
  for: (name: string) => `for ${name}`,
  choose: 'Write for a delegation…',
  chooseTitle: 'Writing for',
  delegation: 'Delegation',
  submit: 'Write for it',
  tableShort: 'Tabled as I type',
  privateShort: (space: string) => `Private: ${space}`,
  chooseLead:
    'What you type and take positions on is recorded as theirs, and as written down by you, until you change it back.',
  forWhom: (name: string) => `Writing for ${name}`,
  backToOurselves: 'Back to ourselves',
  now: (name: string) => `You are writing for ${name} now`,
  nowOurselves: 'You are writing for yourselves again',

  where: 'Where it goes',
  table: 'Table as I type',
  tableNote: 'Everybody sees it at once',
  own: 'Draft privately',
  ownNote: (name: string) => `Only ${name} sees this`,
  group: (name: string) => `${name} draft`,
  groupNote: 'Its members see this',
  privateHint: (name: string) => `Private: only ${name} sees what you type`,
  nowTable: 'What you type is tabled at once',
  nowPrivate: (name: string) => `What you type is seen by ${name} only`,
  tableDraft: 'Table this draft',
  tableDrafts: (n: number) => (n === 1 ? 'Table 1 draft' : `Table all ${n} drafts`),
  tabled: (n: number) =>
    n === 1 ? 'Tabled: everybody sees it now' : `Tabled: everybody sees the ${n} drafts now`,
  noDraft: 'There is no private draft at the caret.',
  notYours: 'Only who speaks for the group tables its drafts.',
}

export const participantWords = {
  search: 'Type a name or a code',
  nobody: 'Nobody by that name',
  add: 'Add',
  remove: (name: string) => `Remove ${name}`,
  other: (code: string) => `${code} (not in the directory)`,
}

const PLAIN: Record<PlainFilter, string> = {
  everything: 'All',
  undecided: 'Undecided',
  conflict: 'In conflict',
  mine: 'Mine',
  changed: 'Changed',
}

const COUNTED: Record<CountedKind, string> = {
  paragraph: 'paragraphs',
  heading: 'headings',
  note: 'footnotes',
}

export const filterWords = {
  plain: PLAIN,
  changedNote: 'Changed since you last looked',
  whose: 'By delegation or meeting…',
  participant: 'One delegation’s',
  meeting: 'One meeting’s',
  /** "Agreed: 4 of 44 paragraphs, 1 of 4 headings". */
  agreed: (counts: readonly AgreedCount[]) =>
    `Agreed: ${counts.map(({ kind, agreed, all }) => `${agreed} of ${all} ${COUNTED[kind]}`).join(', ')}`,
  clear: 'Show all again',
  title: 'Show only',
  named: (filter: string) => `Show paragraphs: ${filter}`,
  showing: (what: string) => `Showing ${what}`,
  of: (name: string) => `of ${name}`,
}

/**
 * The sentence that says what typing would do at the caret; '' when there is no caret. `mayType`: whether this person
 * may type in another view. `nameOf`: a participant's name as it is shown.
 */
export function caretHint(
  context: CaretContext,
  mayType: boolean,
  nameOf: (participant: ParticipantId) => string,
): string {
  switch (context.kind) {
    case 'none':
      return ''
    case 'lost':
      return 'What you were writing in takes no more words: click where you want to go on'
    case 'read-only':
      return mayType
        ? 'This view is for reading; choose Everything to type'
        : 'You follow this text; you cannot type'
    case 'agreed':
      return 'This paragraph is agreed: it takes no text until a facilitator reopens it'
    case 'base':
      return 'Editing the base text'
    case 'propose':
      if (context.space !== null)
        return `You are drafting privately for ${nameOf(context.as)}: only ${context.space} sees it`
      return context.selected
        ? `Typing proposes a replacement for ${nameOf(context.as)}, Delete proposes a deletion`
        : `You are proposing an insertion for ${nameOf(context.as)}`
    case 'own':
      return context.space === null
        ? 'Editing your bracket'
        : `Editing a private draft: only ${context.space} sees it`
    case 'amend':
      return context.space === null
        ? `Amending ${bracketOf(context.of, nameOf)} for ${nameOf(context.as)}`
        : `Amending ${bracketOf(context.of, nameOf)} privately: only ${context.space} sees it`
  }
}

const bracketOf = (participant: ParticipantId, nameOf: (participant: ParticipantId) => string): string =>
  participant === AS_RECEIVED
    ? 'a bracket as received'
    : isAlias(participant)
      ? 'an unattributed bracket'
      : `${nameOf(participant)}’s bracket`
