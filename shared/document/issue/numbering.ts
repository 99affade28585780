import { generateKeyBetween } from 'fractional-indexing'
import type { ParagraphId } from '../../model/ids.ts'
import type { Label } from '../../model/label.ts'
import { issuedSince } from './revisions.ts'
import type { OutcomeDocument } from '../schema.ts'
import { entriesOf } from '../records.ts'
import type { IssuedLabel } from '../records.ts'
import { compareStrings, paragraphFacts } from '../schema.ts'

/**
 * Numbers and places in the order. During a round a number is issued once, whatever becomes of its paragraph.
 * Places are always in the order of the numbers: 3 < 3 alt < 3 bis < 3 bis alt < 3 ter < 4.
 */

/**
 * Returns the next number and place after a paragraph: "3 bis" after 3, then "3 ter" after "3 bis". `all`: pass
 * it when asking for many, so that it is read once.
 */
export function issueLabel(od: OutcomeDocument, after: ParagraphId, all = allNumbered(od)): IssuedLabel {
  const own = paragraphFacts(od, after)?.order ?? ''
  return issueBehind(
    all,
    all.findLastIndex(({ order }) => order <= own),
  )
}

/** Returns a number and place before all others. */
export const issueFirst = (od: OutcomeDocument): IssuedLabel => issueBehind(allNumbered(od), -1)

/** Returns "3 alt" right after 3, then "3 alt 2"; null when the paragraph has no number. */
export function issueAlternative(od: OutcomeDocument, to: ParagraphId): IssuedLabel | null {
  const of = paragraphFacts(od, to)?.label
  if (!of) return null
  const all = allNumbered(od)
  let alt = 0
  let place = -1
  for (const [i, { label }] of all.entries()) {
    if (!label || !isSameNumber(label, of) || label.suffix !== of.suffix) continue
    alt = Math.max(alt, label.alt ?? 0)
    place = i
  }
  return { label: { ...of, alt: alt + 1 }, order: orderBehind(all, place) }
}

interface Numbered {
  readonly order: string
  readonly label: Label | null
}

/**
 * Returns every number and place ever issued, because those of removed paragraphs and decided proposals are not
 * reused.
 */
export function allNumbered(od: OutcomeDocument): readonly Numbered[] {
  const all = new Map<string, Numbered>()
  const add = (entry: Numbered) => {
    if (entry.label || !all.has(entry.order)) all.set(entry.order, entry)
  }
  for (const id of od.paragraphs.keys()) {
    const facts = paragraphFacts(od, id as ParagraphId)
    // A revision has taken this paragraph's number away, and with it its claim to the place.
    if (facts && !(facts.removed && facts.label === null)) add(facts)
  }
  for (const [, label] of entriesOf(od, 'label')) add(label)
  for (const [id, { effect }] of entriesOf(od, 'decision'))
    // If the move is taken back, the paragraph returns to this place, so nothing else may be put there.
    if (effect.kind === 'paragraph-moved' && !issuedSince(od, id)) add(effect.from)
  return [...all.values()].sort((a, b) => compareStrings(a.order, b.order))
}

/**
 * Returns the next suffix of the number at a place, behind all suffixes issued there; before the first number:
 * 0, "0 bis" …
 */
function issueBehind(all: readonly Numbered[], place: number): IssuedLabel {
  const before = all.slice(0, place + 1).findLast(({ label }) => label !== null)?.label
  const series = (before ?? all.find(({ label }) => label !== null)?.label)?.series
  const number = before?.number ?? 0
  const base: Label = { number, suffix: 0, ...(series ? { series } : {}) }
  let suffix = before ? 0 : -1
  let last = place
  for (const [i, { label }] of all.entries()) {
    if (!label || !isSameNumber(label, base)) continue
    suffix = Math.max(suffix, label.suffix)
    last = Math.max(last, i)
  }
  return { label: { ...base, suffix: suffix + 1 }, order: orderBehind(all, last) }
}

const orderBehind = (all: readonly Numbered[], place: number): string =>
  generateKeyBetween(all[place]?.order ?? null, all[place + 1]?.order ?? null)

const isSameNumber = (a: Label, b: Label): boolean => a.number === b.number && a.series === b.series
