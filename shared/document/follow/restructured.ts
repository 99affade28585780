import { isInsertion } from '../../model/proposals/decision.ts'
import type {
  Effect,
  FamilyChanged,
  ParagraphMoved,
  ParagraphSplit,
  ParagraphsJoined,
  ParagraphVacated,
  Run,
} from '../../model/proposals/decision.ts'
import type { HostId, ParagraphId, ProposalId } from '../../model/ids.ts'
import { isProposalId } from '../../model/ids.ts'
import { anchorItems } from '../../model/proposals/proposal.ts'
import type { ItemId, WordAnchor } from '../../model/proposals/proposal.ts'
import type { OutcomeDocument } from '../schema.ts'
import type { Departed } from '../records.ts'
import { isOpen } from '../open.ts'
import { anchorOf, decisionOf, headOf } from '../schema.ts'
import { recordGet, recordSet } from '../records.ts'
import { carryUnit } from '../text/kept.ts'
import { itemInRuns, offsetInRuns, runsLength } from '../text/wording.ts'

/** The effects of accepted proposals on paragraphs as a whole, and where these moved words to. */

/** Of a paragraph, not of a family. */
export type Part = ParagraphVacated | ParagraphMoved | ParagraphSplit | ParagraphsJoined

export type Restructuring = Part | FamilyChanged

/** Returns what a restructuring did to each paragraph. */
export const partsOf = (effect: Restructuring): readonly Part[] =>
  effect.kind === 'family-changed' ? effect.parts : [effect]

export const isRestructuring = (effect: Effect): effect is Restructuring =>
  effect.kind === 'paragraph-vacated' ||
  effect.kind === 'paragraph-moved' ||
  effect.kind === 'paragraph-split' ||
  effect.kind === 'paragraphs-joined' ||
  effect.kind === 'family-changed'

/** Returns the paragraphs that a restructuring changed. */
export function changedBy(effect: Restructuring): readonly ParagraphId[] {
  switch (effect.kind) {
    case 'paragraph-vacated':
    case 'paragraph-moved':
      return [effect.paragraph]
    case 'paragraph-split':
      return [effect.paragraph, effect.into]
    case 'paragraphs-joined':
      return [effect.paragraph, effect.from]
    case 'family-changed':
      return effect.parts.map(({ paragraph }) => paragraph)
  }
}

/** The paragraph that the words left, and the one that they were put into. */
export const wayOf = (effect: ParagraphSplit | ParagraphsJoined): { from: ParagraphId; to: ParagraphId } =>
  effect.kind === 'paragraph-split'
    ? { from: effect.paragraph, to: effect.into }
    : { from: effect.from, to: effect.paragraph }

/** The proposals whose restructuring of this paragraph is in force, in the order in which they were accepted. */
export const restructuringsOf = (od: OutcomeDocument, paragraph: ParagraphId): readonly ProposalId[] =>
  recordGet(od, `restructured/${paragraph}`) ?? NONE

const NONE: readonly ProposalId[] = []

/** Records that taking a decision back moved words out of this host. Only the server calls it. */
export function noteDeparted(od: OutcomeDocument, host: HostId, departed: Departed): void {
  if (runsLength(departed.runs) === 0 || runsLength(departed.become) === 0) return
  recordSet(od, `returned/${host}`, [...(recordGet(od, `returned/${host}`) ?? []), departed])
}

/**
 * Returns all moves of words out of this host: by splits and mergers that are in force, and by decisions taken
 * back.
 */
export function departedFrom(od: OutcomeDocument, host: HostId): readonly Departed[] {
  const departed = [...(recordGet(od, `returned/${host}`) ?? [])]
  for (const id of isProposalId(host) ? NONE : restructuringsOf(od, host)) {
    const effect = decisionOf(od, id)?.effect
    if (effect?.kind !== 'paragraph-split' && effect?.kind !== 'paragraphs-joined') continue
    const { from, to } = wayOf(effect)
    if (from === host) departed.push({ runs: effect.deletedRuns, to, become: effect.inserted })
  }
  return departed
}

/**
 * Returns the anchor on the same words in the paragraph that they were moved to, or null when they were not
 * moved.
 *
 * Moves into a proposal's wording are not followed: taking a decision back re-anchors the proposals on such
 * words itself, and {@link followReturnedWords} is for those it does not know of.
 */
export function followMovedWords(
  od: OutcomeDocument,
  anchor: WordAnchor,
  paragraph: ParagraphId,
): WordAnchor | null {
  for (const departed of departedFrom(od, paragraph)) {
    const { to, become } = departed
    if (isProposalId(to)) continue
    if (anchor.kind === 'point') {
      const offset = anchor.at && offsetIn(departed, anchor.at)
      if (offset === null) continue
      return { kind: 'point', host: to, paragraph: to, at: offset < 0 ? null : itemInRuns(become, offset) }
    }
    const [start, end] = [offsetIn(departed, anchor.start), offsetIn(departed, anchor.end)]
    if (start === null || end === null || end < 0) continue
    const [first, last] = [itemInRuns(become, Math.max(0, start)), itemInRuns(become, end)]
    if (first && last) return { kind: 'range', host: to, paragraph: to, start: first, end: last }
  }
  return null
}

/**
 * Returns the anchor on the same words in the wording of the proposal to which they returned when its acceptance was taken
 * back. Returns null when they did not, or when that proposal has ended since without being accepted.
 */
export function followReturnedWords(od: OutcomeDocument, anchor: WordAnchor): WordAnchor | null {
  for (const departed of recordGet(od, `returned/${anchor.host}`) ?? []) {
    const { to } = departed
    if (!isProposalId(to) || !(isOpen(od, to) || isInsertion(decisionOf(od, to)?.effect))) continue
    const moved = inReturnedWords(departed, anchor)
    if (moved) return { ...moved, host: to, paragraph: (anchorOf(od, to) ?? headOf(od, to)!).paragraph }
  }
  return null
}

/**
 * Returns the anchor with the characters that its own became, host and paragraph unchanged. Null: its characters are others,
 * or it is a range of whose words nothing is left, which stays where its words were.
 */
function inReturnedWords({ runs, become, revised }: Departed, anchor: WordAnchor): WordAnchor | null {
  const [from, to] = [runsLength(runs), runsLength(become)]
  const [first = null, last = first] = anchorItems(anchor).map((item) => offsetInRuns(runs, item))
  if (first === null || last === null) return null
  const carry = (offset: number) => carryUnit(revised ?? { common: null }, from, to, offset)
  const [start, end] = [carry(first), carry(last)]
  const at = end.unit < 0 ? null : itemInRuns(become, end.unit)
  const { host, paragraph } = anchor
  if (anchor.kind === 'point') return { kind: 'point', host, paragraph, at }
  const begin = itemInRuns(become, start.exact ? start.unit : start.unit + 1)
  const isLeft = start.exact || start.unit < end.unit
  return begin && at && isLeft ? { kind: 'range', host, paragraph, start: begin, end: at } : null
}

function offsetIn({ runs, become }: Departed, item: ItemId): number | null {
  const offset = offsetInRuns(runs, item)
  return offset === null ? null : offset + leadOf(runs, become)
}

/**
 * By how many characters `after` is longer than `before` at its start. A move may have inserted a space there
 * to separate words (1), or left leading spaces out (negative).
 */
export const leadOf = (before: readonly Run[], after: readonly Run[]): number =>
  runsLength(after) - runsLength(before)
