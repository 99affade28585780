import type { Command, CommandResult } from '../../model/command.ts'
import { DONE, refuse } from '../../model/command.ts'
import { isInAgreed } from '../agreement.ts'
import { markedNow } from '../follow/marked.ts'
import type { OutcomeDocument } from '../schema.ts'
import { paragraphFacts } from '../schema.ts'
import { markOn } from './checks/note-marks.ts'
import type { CommandContext, Handlers } from './command-context.ts'
import { isRefusal } from './command-context.ts'
import { AGREED } from './decide/plan.ts'

type Place = Extract<Command, { kind: 'note-place' }>

/** Puts the mark of a footnote behind another word, or behind one when it has lost its own. */
export const notePlacing: Handlers<'note-place'> = {
  'note-place': ({ od }: CommandContext, command: Place): CommandResult => place(od, command),
}

function place(od: OutcomeDocument, { note, ...on }: Place): CommandResult {
  const facts = paragraphFacts(od, note)
  if (!facts || facts.removed || facts.kind !== 'note')
    return refuse('no-such-paragraph', 'This footnote does not exist.')
  if (facts.vacant) return refuse('gone', 'This footnote was deleted.')
  const standing = facts.marks.flatMap((mark) => markedNow(od, mark) ?? [])
  if (standing.some(({ host }) => isInAgreed(od, host))) return AGREED
  const mark = markOn(od, on)
  if (isRefusal(mark)) return mark
  od.paragraphs.get(note)?.set('marks', [mark])
  return DONE
}
