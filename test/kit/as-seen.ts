import type { OutcomeDocument } from '#shared/document/schema.ts'
import { wordsOf } from '#shared/document/proposed-words.ts'
import type { AsSeen, Command } from '#shared/model/command.ts'
import type { HostId } from '#shared/model/ids.ts'

/** The words as they read now: what somebody names whose screen is up to date. */
export function shownNow(od: OutcomeDocument, on: HostId): Required<AsSeen> {
  const { text, struck } = wordsOf(od, on)
  return { seen: text, struck }
}

/** The command as it is sent from a screen that is up to date; what it names itself stays. */
export function asSeen(od: OutcomeDocument, command: Command): Command {
  switch (command.kind) {
    case 'position-take':
      return { ...shownNow(od, command.on), ...command }
    case 'proposal-sponsor':
    case 'proposal-take-over':
    case 'proposal-condition':
      return { ...shownNow(od, command.proposal), ...command }
    default:
      return command
  }
}
