import type { ProposalId } from '../../model/ids.ts'
import type { Composition, Piece } from './compose.ts'
import { proponentsOf } from './names.ts'
import type { StandingMark } from './note-marks.ts'
import type { OpenProposal } from './proposals.ts'

interface Around {
  readonly within: readonly ProposalId[]
  readonly struck: readonly ProposalId[]
  /** Whether it stands in a bracket of the view's own participant. */
  readonly mine: boolean
}

/**
 * Returns the pieces of the mark of a footnote. That of a proposed footnote, and of one that is asked to be deleted, stands in a
 * bracket with the names of the proponents; what others say of it stands at the footnote.
 *
 *     reeds¹        reeds[¹ᵇⁱˢ – KEN]        reeds[¹ – KEN delete]        reeds¹ ²
 *
 * `before`: the piece before it. Two marks are parted by a space, since ¹² is another number.
 */
export function markPieces(
  c: Composition,
  { note, text, proposal, deletions }: StandingMark,
  { within, struck, mine }: Around,
  before: Piece | undefined,
): Piece[] {
  const asking = (proposal ? [proposal] : deletions).filter((one) => isSeen(c, one, mine))
  const [first] = asking
  const isProposed = proposal !== null && proposal.standing.space === null
  const mark = { kind: 'mark', text, note, within, struck, isProposed } as const
  if (!isShown(c, proposal, first)) return []
  if (!first || c.view === 'clean') {
    const isBehindMark = before?.kind === 'mark'
    return [{ ...mark, text: isBehindMark ? ` ${text}` : text }]
  }
  const own = proposal ? [] : asking.map(({ id }) => id)
  const names = proponentsOf(asking.map(({ standing }) => standing))
  const said = [names.join(', '), proposal ? '' : 'delete'].filter((part) => part !== '').join(' ')
  const sign = { kind: 'sign', within, proposal: first.id } as const
  return [
    { ...sign, sign: 'mark-start', text: '[' },
    { ...mark, struck: [...struck, ...own] },
    { ...sign, sign: 'mark-end', text: said === '' ? ']' : ` – ${said}]` },
  ]
}

/**
 * Whether the view has a mark. `asking`: the first proposal for the footnote, or to delete it, of which the view takes account.
 * A clean text is as if it were accepted.
 */
function isShown({ view }: Composition, proposed: OpenProposal | null, asking?: OpenProposal): boolean {
  const isAsked = asking !== undefined
  if (proposed) return isAsked
  return view !== 'clean' || !isAsked
}

/** Whether the view takes account of a proposal about a footnote. A clean text leaves private drafts out. */
function isSeen({ view, participant }: Composition, { standing }: OpenProposal, mine: boolean): boolean {
  if (view === 'base') return false
  if (view === 'clean') return standing.space === null
  return view === 'all' || mine || standing.proponent === participant || standing.space !== null
}
