import type { Command, CommandResult, Executed, Refusal } from '../../../model/command.ts'
import { refuse } from '../../../model/command.ts'
import type {
  Decision,
  WordingInserted,
  ParagraphAdded,
  Insertion,
  Revised,
} from '../../../model/proposals/decision.ts'
import type { ProposalId } from '../../../model/ids.ts'
import type { Consequence } from '../../../model/proposals/proposal.ts'
import { forward } from '../../follow/forward.ts'
import { openOn } from '../../open.ts'
import { putAfter } from '../../text/put.ts'
import type { OutcomeDocument } from '../../schema.ts'
import { noteWords } from '../../proposed-words.ts'
import { addParagraph, baseTextOf, contentOf, madeOf, setLevel, headOf } from '../../schema.ts'
import { kindOfIssued, recordGet, recordSet } from '../../records.ts'
import { plainText } from '../../text/anchor.ts'
import { keptWords } from '../../text/kept.ts'
import { issueBlock } from '../../issue/numbering.ts'
import { insertPieces, lengthOf, piecesBetween, plain, runsBetween } from '../../text/wording.ts'
import { consequencesOfPlan } from './consequences.ts'
import { staleBelow } from '../checks/families.ts'
import { staleForDecision } from '../checks/as-seen.ts'
import type { CommandContext } from '../command-context.ts'
import { isRefusal, sign } from '../command-context.ts'
import { markAffected } from '../../issue/affected.ts'
import { neighboursOf, moveToReplacement, stepAside } from './neighbours.ts'
import type { ParagraphPlan, WholePlan, WordsPlan } from './plan.ts'
import { notDecidable, planOf } from './plan.ts'
import { acceptWhole, isWithBelow } from './restructure.ts'
import { plansBelow } from './with-proposed.ts'

type Accept = Extract<Command, { kind: 'proposal-accept' }>

/**
 * Accepts an open proposal as proposed, with changes, or in part. All refusals come before the first change.
 * Returns the proposals that were flagged and the consequences for the others, the same that `consequencesOf`
 * announced.
 */
export function accept(executing: CommandContext, command: Accept): CommandResult {
  const { od } = executing
  const { proposal } = command
  const refusal = notDecidable(od, proposal) ?? staleForDecision(od, proposal, command)
  if (refusal) return refusal
  const plan = planOf(od, proposal, command)
  if (isRefusal(plan)) return plan
  if (command.proposedBelow && plan.kind !== 'paragraph') return NOTHING_BELOW
  if (plan.kind === 'whole')
    return staleFamily(od, plan, command) ?? acceptWhole(executing, plan, command.basis)
  const below = plansBelow(od, command)
  if (isRefusal(below)) return below
  const { basis } = command
  const results = [acceptWorded(executing, plan, { basis })]
  for (const one of below) results.push(acceptWorded(executing, one, { basis, acceptedWith: proposal }))
  return {
    ok: true,
    affected: results.flatMap(({ affected }) => affected),
    consequences: results.flatMap(({ consequences = [] }) => consequences),
  }
}

interface Grounds extends Pick<Decision, 'acceptedWith'> {
  readonly basis: Accept['basis']
}

function acceptWorded(
  executing: CommandContext,
  plan: WordsPlan | ParagraphPlan,
  { basis, ...together }: Grounds,
): Executed {
  const { od } = executing
  const consequences = consequencesOfPlan(od, plan)
  const wording = noteWords(od, plan.id)
  const effect =
    plan.kind === 'words' ? putWords(od, plan, contradicting(consequences)) : putParagraph(od, plan)
  const { disposition } = plan
  const grounds = { ...(basis === undefined ? {} : { basis }), ...together }
  return conclude(
    od,
    plan.id,
    { disposition, ...sign(executing), ...grounds, wording, effect, flagged: [] },
    consequences,
  )
}

const NOTHING_BELOW = refuse('not-together', 'Nothing is proposed below it.')

const staleFamily = (od: OutcomeDocument, { anchor }: WholePlan, { below }: Accept): Refusal | null =>
  isWithBelow(anchor) ? staleBelow(od, anchor.paragraph, below) : null

const SPACE = [{ insert: ' ' }]

const contradicting = (consequences: readonly Consequence[]): ReadonlySet<ProposalId> =>
  new Set(consequences.filter(({ becomes }) => becomes === 'contradicts').map(({ proposal }) => proposal))

/**
 * Inserts the wording as one insertion right behind the words that it replaces, then deletes those words.
 * Returns the effect that the decision records, character by character, which is all that taking it back needs.
 *
 * Other proposals on the deleted words:
 * - one of `rivals` (it asked for something else in place of the very same words) is anchored to the new
 *   wording;
 * - one that was only partly on them keeps the rest of its words;
 * - one that was wholly on them keeps its anchor on the deleted characters.
 */
function putWords(od: OutcomeDocument, plan: WordsPlan, rivals: ReadonlySet<ProposalId>): WordingInserted {
  const { id, anchor, host, taken, spaced } = plan
  const pieces = [...(spaced.before ? SPACE : []), ...plan.pieces, ...(spaced.after ? SPACE : [])]
  const struck = taken.end - taken.start
  const deleted = piecesBetween(host, taken.start, taken.end)
  const deletedRuns = runsBetween(host, taken.start, taken.end)
  const changes = struck > 0 || pieces.length > 0
  const beside = changes ? neighboursOf(od, id, taken, plan.others) : []
  const inserted = putAfter(host, anchor.kind === 'range' ? anchor.end : anchor.at, pieces)
  if (struck > 0) host.delete(taken.start, struck)
  const stands = { start: taken.start, end: taken.start + lengthOf(pieces) }
  const wording = { start: stands.start + Number(spaced.before), end: stands.end - Number(spaced.after) }
  const stepped = beside.flatMap((other) => {
    if (other.cut !== null) return [stepAside(od, host, stands, other)]
    return rivals.has(other.id) ? moveToReplacement(od, host, wording, other) : []
  })
  return {
    kind: 'merged',
    host: anchor.host,
    anchor,
    inserted,
    deleted,
    deletedRuns,
    put: plain(pieces),
    ...revisedBy(od, plan),
    ...(spaced.before || spaced.after ? { spaced } : {}),
    stepped,
    carried: [],
  }
}

/**
 * How the inserted wording relates to the proposed one: what they share at their ends, and between these the
 * kept words.
 */
function revisedBy(od: OutcomeDocument, { id, pieces, common }: WordsPlan | ParagraphPlan): Revised {
  const content = contentOf(od, id)
  const kept = common && content ? keptWords(plainText(content), plain(pieces)) : null
  return kept ? { common, kept } : { common }
}

function putParagraph(od: OutcomeDocument, plan: ParagraphPlan): ParagraphAdded {
  const { id, after, pieces } = plan
  const paragraph = madeOf(id)
  const block = headOf(od, id)?.block
  const issued = recordGet(od, `label/${id}`) ?? issueBlock(od, after, block)
  recordSet(od, `label/${id}`, issued)
  const known = baseTextOf(od, paragraph)
  const text = known ?? addParagraph(od, { id: paragraph, kind: kindOfIssued(issued), ...issued }, '')
  if (block?.kind === 'note') od.paragraphs.get(paragraph)?.set('marks', [block.mark])
  if (known) {
    const map = od.paragraphs.get(paragraph)
    map?.set('removed', false)
    // The paragraph was accepted before, taken back, and a revision may have been issued in between: so the
    // label is set again.
    map?.set('label', issued.label)
    map?.set('order', issued.order)
    if (map) setLevel(map, issued.level)
    known.delete(0, known.length)
  }
  insertPieces(text, 0, pieces)
  return {
    kind: 'paragraph-added',
    paragraph,
    inserted: runsBetween(text, 0, text.length),
    ...revisedBy(od, plan),
    carried: [],
  }
}

/**
 * Records the decision, re-anchors the open amendments of the wording to where it now stands, and flags the
 * proposals that the acceptance leaves without words or contradicts. Records the decision a second time because
 * `forward` reads the first record and the amendments' new anchors are part of the final one.
 */
function conclude(
  od: OutcomeDocument,
  id: ProposalId,
  decision: Decision & { readonly effect: Insertion },
  consequences: readonly Consequence[],
): Executed {
  recordSet(od, `decision/${id}`, decision)
  const carried = openOn(od, id).map((on) => ({
    proposal: on.id,
    from: on.anchor,
    to: forward(od, on.anchor),
  }))
  for (const { proposal, to } of carried) od.anchors.set(proposal, to)
  const flagged: ProposalId[] = []
  for (const { proposal, becomes } of consequences) {
    if (becomes === 're-anchored') continue
    markAffected(od, proposal, { by: id, effect: becomes })
    flagged.push(proposal)
  }
  recordSet(od, `decision/${id}`, { ...decision, effect: { ...decision.effect, carried }, flagged })
  return { affected: flagged, consequences }
}
