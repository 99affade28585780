import { Projection } from '#shared/document/composition/projection.ts'
import { BoardReader } from '#shared/document/composition/read-board.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import { idsBelow } from '#shared/document/issue/families.ts'
import { wordsOf } from '#shared/document/proposed-words.ts'
import { readAlike } from '#shared/document/text/fingerprint.ts'
import type { AsSeen, Command } from '#shared/model/command.ts'
import type { HostId, ParagraphId, ProposalId } from '#shared/model/ids.ts'

/** The words as they read now: what somebody names whose screen is up to date. */
export function shownNow(od: OutcomeDocument, on: HostId): Required<AsSeen> {
  const { text, struck, placing = 0 } = wordsOf(od, on)
  return { seen: text, struck, placing }
}

/** Accepts an insertion that nobody has put elsewhere. */
export const accepting = (proposal: ProposalId, seen: string) =>
  ({ kind: 'proposal-accept', proposal, seen, struck: '' }) as const

/** For a deletion or a move with everything below: what stands there. */
function seenBelow(od: OutcomeDocument, proposal: ProposalId): { below?: readonly ParagraphId[] } {
  const anchor = od.anchors.get(proposal)
  return anchor?.kind === 'whole' && anchor.below ? { below: idsBelow(od, anchor.paragraph) } : {}
}

/** The command as it is sent from a screen that is up to date; what it names itself stays. */
export function asSeen(od: OutcomeDocument, command: Command): Command {
  switch (command.kind) {
    case 'position-take':
      return { ...shownNow(od, command.on), ...command }
    case 'proposals-merge': {
      const shown = command.proposals.map((id) => shownNow(od, id))
      const seen = shown.map((each) => each.seen)
      const struck = shown.map((each) => each.struck)
      return { seen, struck, placing: shown.map((each) => each.placing), ...command }
    }
    case 'proposal-accept':
      return {
        ...shownNow(od, command.proposal),
        ...seenBelow(od, command.proposal),
        ...command,
        ...(command.proposedBelow && {
          proposedBelow: command.proposedBelow.map((one) => ({ ...shownNow(od, one.proposal), ...one })),
        }),
      }
    case 'proposal-not-retain':
    case 'proposal-sponsor':
    case 'proposal-take-over':
    case 'proposal-condition':
      return { ...shownNow(od, command.proposal), ...command }
    default:
      return command
  }
}

/**
 * What a screen would name of each open proposal that it shows, where the server would take that for something else: nothing
 * could be decided or said of it there.
 */
export function misnamed(od: OutcomeDocument): string[] {
  const { blocks } = new BoardReader(new Projection(od)).board()
  const rows = blocks.flatMap(({ places }) => places.flatMap((place) => place.rows))
  return rows.flatMap(({ id, proposes: { text, struck, placing = 0 } }) => {
    const now = shownNow(od, id)
    const isAlike = text === now.seen && readAlike(struck, now.struck) && placing === now.placing
    return isAlike ? [] : [`${id}: ${JSON.stringify([text, struck, placing])} for ${JSON.stringify(now)}`]
  })
}
