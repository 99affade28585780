import type { Board, DecidedRow } from '#shared/document/composition/board.ts'
import { isTakeOver } from '#shared/model/proposals/decision.ts'
import type { Actor } from '#shared/model/participant.ts'
import { isStanding, referenceInSentence, referenceOf, statusOf } from '../paragraph/status.ts'
import { namedProposal } from '../state/named-proposal.ts'
import { nameOf } from '../state/names.ts'
import { stopAt } from '../state/walk.ts'
import { strings } from '../strings.ts'

/** What others did between two states of the board, as sentences for screen readers. */
export interface Happened {
  /** The decisions, each with the number of its paragraph, which may be empty. */
  readonly decisions: readonly { readonly sentence: string; readonly label: string }[]
  /** Paragraphs' new statuses, and which has the floor. */
  readonly statuses: readonly string[]
}

export const NOTHING: Happened = { decisions: [], statuses: [] }

type Who = Pick<Actor, 'name' | 'participant' | 'alias'>
type Signed = Pick<DecidedRow['decision'], 'by' | 'person'>

/**
 * Compares two states of the board. What this person did, here or in another tab, is left out, because it is announced
 * where it is done. A board of a replaced document may be compared too.
 */
export function happened(before: Board, after: Board, me: Who): Happened {
  if (before.blocks.length === 0) return NOTHING
  const byMe = ({ by, person }: Signed): boolean =>
    (by === me.participant || by === me.alias) && (person === '' || person === me.name)
  const was = new Map(before.decided.map((row) => [row.id, row.decision]))
  const decisions = after.decided
    .filter(
      ({ id, decision }) => was.get(id)?.at !== decision.at && !byMe(decision) && !isWithChoice(decision),
    )
    .map((row) => {
      if (row.head.kind === 'choice') return ofChoice(after, row)
      const stop = stopAt(before, row.id)
      const label = stop?.block.label ?? ''
      const what = stop ? namedProposal(stop) : strings.heard.proposalOf(nameOf(row.proponent))
      return { sentence: strings.heard.decision[row.decision.disposition](what), label }
    })
  const reopened = before.decided
    .filter(({ id }) => stopAt(after, id) !== null && after.decided.every((row) => row.id !== id))
    .flatMap(({ id }) => {
      const stop = stopAt(after, id)
      const last = stop?.row.reopened.at(-1)
      if (!stop || !last || byMe(last) || isWithChoice(last.decision)) return []
      const { label } = stop.block
      const what = namedProposal(stop)
      const { takenOver, undone, reopened: again } = strings.decided
      const say = isTakeOver(last) ? takenOver : last.reason === '' ? undone : again
      return [{ sentence: say(what), label }]
    })
  return { decisions: [...decisions, ...reopened], statuses: newStatuses(before, after, byMe) }
}

/** What ended with the choice of an option is told with the choice. */
const isWithChoice = ({
  acceptedWith,
  supersededBy,
}: Pick<DecidedRow['decision'], 'acceptedWith' | 'supersededBy'>) =>
  acceptedWith !== undefined && acceptedWith === supersededBy

function ofChoice({ blocks }: Board, { block, decision }: DecidedRow): Happened['decisions'][number] {
  const option = blocks.find(({ id }) => id === block)
  const label = option ? referenceOf(option) : ''
  const say = decision.disposition === 'withdrawn' ? strings.options.takenBack : strings.options.wasChosen
  return { sentence: say(option ? referenceInSentence(option) : ''), label }
}

/** The footnotes that had a mark in the text and have none any more, whoever deleted its words. */
export function marksLost(before: Board, after: Board): string[] {
  const marked = new Set(
    before.blocks.flatMap((block) => (block.kind === 'note' && !block.unmarked ? [block.id] : [])),
  )
  return after.blocks.flatMap(({ id, label, unmarked }) => (unmarked && marked.has(id) ? [label] : []))
}

function newStatuses(before: Board, after: Board, byMe: (signed: Signed) => boolean): string[] {
  const was = new Map(before.blocks.map((block) => [block.id, block]))
  return after.blocks.flatMap((block) => {
    const former = was.get(block.id)
    const { status } = block
    if (!former || !status || !isStanding(block) || statusOf(former) === status.status || byMe(status))
      return []
    if (status.status === 'under-discussion') return [strings.paragraph.done.floor(block.label)]
    if (status.status === 'open') return [strings.paragraph.done.offFloor(block.label)]
    return [strings.paragraph.done.agreed(block.label, status.status)]
  })
}

/** Most decisions announced one by one; more are announced in one sentence. */
const TOLD_SINGLY = 2

export function sentenceOf({ decisions, statuses }: Happened): string {
  const labels = [...new Set(decisions.map(({ label }) => label).filter((label) => label !== ''))]
  const told =
    decisions.length > TOLD_SINGLY
      ? [strings.heard.many(decisions.length, labels)]
      : decisions.map(({ sentence }) => sentence)
  const stood = statuses.length > TOLD_SINGLY ? [strings.heard.manyStatuses(statuses.length)] : [...statuses]
  return [...told, ...stood].join('. ')
}
