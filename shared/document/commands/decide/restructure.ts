import type { CommandResult, Refusal } from '../../../model/command.ts'
import { refuse } from '../../../model/command.ts'
import type { Basis, MovedAnchor, ParagraphSplit } from '../../../model/proposals/decision.ts'
import type { ParagraphsJoined } from '../../../model/proposals/decision.ts'
import type { ParagraphId, ProposalId } from '../../../model/ids.ts'
import { isProposalId } from '../../../model/ids.ts'
import type { Anchor, Consequence, WordAnchor } from '../../../model/proposals/proposal.ts'
import { anchorAt, itemAt, plainText, resolveAnchor } from '../../text/anchor.ts'
import { Numbers } from '../../issue/numbering.ts'
import { placedOn } from '../../open.ts'
import type { Restructuring } from '../../follow/restructured.ts'
import { changedBy, restructuringsOf } from '../../follow/restructured.ts'
import type { OutcomeDocument } from '../../schema.ts'
import { noteWords } from '../../proposed-words.ts'
import { addParagraph, baseTextOf, headOf, madeOf } from '../../schema.ts'
import { recordSet } from '../../records.ts'
import { cutPieces, insertPieces, piecesBetween, plain, runsBetween } from '../../text/wording.ts'
import type { CommandContext } from '../command-context.ts'
import { isRefusal, sign } from '../command-context.ts'
import { markAffected } from '../../issue/affected.ts'
import { belowItself } from '../checks/families.ts'
import { choice, endWithOptions } from './choice.ts'
import { deleteFamily, moveFamily } from './family.ts'
import { issuedOnce, move, openOf, placeParagraph, vacate, withoutWords } from './paragraphs.ts'
import { cutAt, notFollowing, unavailable, unsplittable } from '../checks/paragraphs.ts'
import type { WholePlan } from './plan.ts'

/**
 * What accepting a proposal about a paragraph as a whole does: deleting, moving or splitting the paragraph, or
 * merging it with the next. The consequences are worked out without a change; `run` makes the change and
 * returns the effect to record.
 */
interface Restructure {
  readonly consequences: readonly Consequence[]
  readonly run: () => Restructuring
}

/**
 * Returns the consequences of accepting a proposal about a paragraph as a whole and a function that carries it
 * out, or a refusal. Changes nothing itself.
 */
export function restructure(od: OutcomeDocument, { id, anchor }: WholePlan): Restructure | Refusal {
  const { paragraph } = anchor
  const refusal = unavailable(od, isOnHost(anchor) ?? paragraph)
  if (refusal) return refusal
  switch (headOf(od, id)?.kind) {
    case 'delete-paragraph':
      return isWithBelow(anchor)
        ? deleteFamily(od, id, paragraph)
        : { consequences: withoutWords(od, id, paragraph), run: () => vacate(od, paragraph) }
    case 'move':
      return isWithBelow(anchor)
        ? moveFamily(od, id, paragraph, destinationOf(anchor))
        : (belowItself(od, paragraph, otherOf(anchor), false) ?? {
            consequences: [],
            run: () => move(od, id, paragraph, destinationOf(anchor)),
          })
    case 'split':
      return split(od, id, anchor)
    case 'join':
      return join(od, id, paragraph, otherOf(anchor))
    case 'choice':
      return choice(od, id, otherOf(anchor))
    default:
      return refuse('not-allowed', 'A reservation is not accepted: it is withdrawn, or not retained.')
  }
}

/** Accepts such a proposal: carries it out, records the decision and flags the proposals that lose their words. */
export function acceptWhole(
  executing: CommandContext,
  plan: WholePlan,
  basis: Basis | undefined,
): CommandResult {
  const { od } = executing
  const { id } = plan
  const whole = restructure(od, plan)
  if (isRefusal(whole)) return whole
  const { consequences } = whole
  const wording = noteWords(od, id)
  const effect = whole.run()
  // Each paragraph keeps a list of the restructurings it has undergone, oldest first: only the last may be
  // taken back.
  for (const paragraph of changedBy(effect))
    recordSet(od, `restructured/${paragraph}`, [...restructuringsOf(od, paragraph), id])
  const isChoice = headOf(od, id)?.kind === 'choice'
  const flagged = isChoice ? [] : consequences.map(({ proposal }) => proposal)
  for (const other of flagged) markAffected(od, other, { by: id, effect: 'words-gone' })
  const signed = { ...sign(executing), ...(basis === undefined ? {} : { basis }) }
  recordSet(od, `decision/${id}`, { disposition: 'accepted', ...signed, wording, effect, flagged })
  if (isChoice) endWithOptions(od, id, consequences, sign(executing))
  return { ok: true, affected: flagged, consequences: isChoice ? [] : consequences }
}

export const isWithBelow = (anchor: Anchor): boolean => anchor.kind === 'whole' && anchor.below === true

const destinationOf = (anchor: Anchor) => (anchor.kind === 'whole' ? anchor : { other: null })

const otherOf = (anchor: Anchor): ParagraphId | null => (anchor.kind === 'whole' ? anchor.other : null)

function isOnHost(anchor: Anchor): ParagraphId | null {
  if (anchor.kind !== 'point' || isProposalId(anchor.host)) return null
  return anchor.host
}

function split(od: OutcomeDocument, id: ProposalId, anchor: Anchor): Restructure | Refusal {
  const paragraph = isOnHost(anchor)
  if (anchor.kind !== 'point' || !paragraph)
    return refuse('host-closed', 'What it would split is not a paragraph of the text.')
  const cut = cutAt(od, paragraph, anchor.at)
  const refusal = unsplittable(od, paragraph, cut)
  if (refusal || cut === null) return refusal ?? refuse('gone', 'It cannot be split there any more.')
  return { consequences: [], run: () => cutInTwo(od, id, paragraph, cut) }
}

function cutInTwo(od: OutcomeDocument, id: ProposalId, paragraph: ParagraphId, cut: number): ParagraphSplit {
  const into = madeOf(id)
  const place = issuedOnce(od, id, new Numbers(od).secondPart(paragraph))
  const standing = { ...place, former: null }
  const known = baseTextOf(od, into)
  if (known) {
    od.paragraphs.get(into)!.set('removed', false)
    placeParagraph(od, into, standing)
    known.delete(0, known.length)
  } else addParagraph(od, { id: into, kind: 'paragraph', ...standing }, '')
  return { kind: 'paragraph-split', paragraph, into, ...moveWords(od, paragraph, cut, into) }
}

function join(
  od: OutcomeDocument,
  id: ProposalId,
  paragraph: ParagraphId,
  from: ParagraphId | null,
): Restructure | Refusal {
  if (from === null) return refuse('not-together', 'There is nothing to merge it with.')
  const refusal = unavailable(od, from) ?? notFollowing(od, paragraph, from)
  if (refusal) return refusal
  const moot = openOf(od, from).filter((other) => other !== id)
  return {
    consequences: moot.map((proposal): Consequence => ({ proposal, becomes: 'words-gone' })),
    run: () => joinInto(od, paragraph, from),
  }
}

function joinInto(od: OutcomeDocument, paragraph: ParagraphId, from: ParagraphId): ParagraphsJoined {
  const carried = moveWords(od, from, 0, paragraph)
  od.paragraphs.get(from)!.set('vacant', true)
  return { kind: 'paragraphs-joined', paragraph, from, ...carried }
}

type Carried = Pick<ParagraphSplit, 'deleted' | 'deletedRuns' | 'inserted' | 'carried'>

/**
 * Moves the words from offset `cut` to the end of `source` onto the end of `target`, and re-anchors what stands
 * on them. Returns what the decision records: the deleted characters, the inserted ones, and the anchors before
 * and after.
 *
 * Where words would run together a space is inserted first, and where the words would begin the target
 * paragraph their leading space is left out. So `inserted` may be longer or shorter than `deletedRuns` at its
 * start only: see `leadOf`.
 */
function moveWords(od: OutcomeDocument, source: ParagraphId, cut: number, target: ParagraphId): Carried {
  const text = baseTextOf(od, source)!
  const into = baseTextOf(od, target)!
  const deleted = piecesBetween(text, cut, text.length)
  const deletedRuns = runsBetween(text, cut, text.length)
  const anchored = placedOn(od, source).map((on) => ({ ...on, span: resolveAnchor(od, on.anchor) }))
  const words = plain(deleted)
  const start = into.length
  const dropped = start === 0 ? words.length - words.trimStart().length : 0
  const parted = start > 0 && words !== '' && !/\s$/u.test(plainText(into)) && !/^\s/u.test(words)
  const going = cutPieces(deleted, dropped, words.length)
  insertPieces(into, start, parted ? [{ insert: ' ' }, ...going] : going)
  const inserted = runsBetween(into, start, into.length)
  const there = (offset: number) => Math.max(start, start + (parted ? 1 : 0) - dropped + offset - cut)
  const carried: MovedAnchor[] = []
  for (const { id, anchor, span } of anchored) {
    if (!span) continue
    const to = movedAnchor(
      od,
      anchor,
      span,
      { cut, target, last: cut > 0 ? itemAt(text, cut - 1) : null },
      there,
    )
    if (to) carried.push({ proposal: id, from: anchor, to })
  }
  if (words !== '') text.delete(cut, words.length)
  for (const { proposal, to } of carried) od.anchors.set(proposal, to)
  return { deleted, deletedRuns, inserted, carried }
}

interface Cut {
  readonly cut: number
  readonly target: ParagraphId
  /** The last character that stays in the source paragraph; null when none does. */
  readonly last: ReturnType<typeof itemAt>
}

/**
 * Returns the new anchor of a proposal once the words behind the cut have moved, or null when its anchor stays.
 * A range on both sides of the cut keeps the words that stay. A range whose words are all deleted already keeps its anchor,
 * since none of its characters move.
 */
function movedAnchor(
  od: OutcomeDocument,
  anchor: WordAnchor,
  { start, end }: { readonly start: number; readonly end: number },
  { cut, target, last }: Cut,
  there: (offset: number) => number,
): Anchor | null {
  if (anchor.kind === 'point')
    return start > cut || cut === 0 ? anchorAt(od, target, target, there(start), there(start)) : null
  if (end <= cut || start === end) return null
  if (start < cut) return last && { ...anchor, end: last }
  const [first, behind] = [there(start), there(end)]
  return first < behind ? anchorAt(od, target, target, first, behind) : null
}
