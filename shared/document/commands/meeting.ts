import type { CommandResult, Refusal, RoomCommand } from '../../model/command.ts'
import { DONE, refuse } from '../../model/command.ts'
import type { ParagraphId } from '../../model/ids.ts'
import type { OutcomeDocument } from '../schema.ts'
import { recordGet, recordSet } from '../records.ts'
import type { CommandContext, Handlers } from './command-context.ts'
import { openMeeting, sign } from './command-context.ts'
import { badLine, missingParagraph } from './checks/remarks.ts'

type Of<Kind extends RoomCommand['kind']> = Extract<RoomCommand, { kind: Kind }>

/** Commands about the room as a whole: attribution and meetings. */
export const meeting: Handlers<RoomCommand['kind']> = {
  'policy-set': setPolicy,
  'meeting-open': open,
  'meeting-close': close,
}

const TITLE_LIMIT = 200

/** A room without a policy record is attributed. */
function setPolicy(executing: CommandContext, { attribution }: Of<'policy-set'>): CommandResult {
  const { od } = executing
  const { by, person, at } = sign(executing)
  const was = recordGet(od, 'policy')
  if ((was?.attribution ?? 'attributed') === attribution) return DONE
  const rounds = [...(was?.rounds ?? []), ...(attribution === 'unattributed' ? [at] : [])]
  recordSet(od, 'policy', { attribution, by, person, at, rounds })
  return DONE
}

function open(executing: CommandContext, command: Of<'meeting-open'>): CommandResult {
  const { od } = executing
  const { meeting: id } = command
  const title = command.title.trim()
  const agenda = [...new Set(command.agenda)]
  const refusal = stillOn(od) ?? badLine(title, 'a title', TITLE_LIMIT) ?? missing(od, agenda)
  if (refusal) return refusal
  if (recordGet(od, `meeting/${id}`)) return refuse('id-taken', 'This meeting has been held already.')
  const { by, person, at } = sign(executing)
  recordSet(od, `meeting/${id}`, { id, title, agenda, by, person, openedAt: at, closedAt: null })
  return DONE
}

function stillOn(od: OutcomeDocument): Refusal | null {
  const on = openMeeting(od)
  return on ? refuse('meeting-running', `“${on.title}” is still on: close it first.`) : null
}

function missing(od: OutcomeDocument, agenda: readonly ParagraphId[]): Refusal | null {
  for (const id of agenda) {
    const refusal = missingParagraph(od, id)
    if (refusal) return refusal
  }
  return null
}

function close({ od, now }: CommandContext): CommandResult {
  const on = openMeeting(od)
  if (!on) return refuse('no-meeting', 'No meeting is on.')
  recordSet(od, `meeting/${on.id}`, { ...on, closedAt: now })
  return DONE
}
