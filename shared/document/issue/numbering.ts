import { generateKeyBetween } from 'fractional-indexing'
import type { ParagraphId } from '../../model/ids.ts'
import type { Label } from '../../model/label.ts'
import { issuedSince } from './revisions.ts'
import type { OutcomeDocument } from '../schema.ts'
import { entriesOf } from '../records.ts'
import type { IssuedLabel } from '../records.ts'
import { compareStrings, paragraphFacts } from '../schema.ts'

/**
 * Numbers and places. What was issued is never issued again while a round is on, whatever became of it, and places
 * are always in the order of the numbers: 3 < 3 alt < 3 bis < 3 bis alt < 3 ter < 4.
 */

/**
 * The next number and place after a paragraph: "3 bis" behind 3, then "3 ter" behind "3 bis". `all`: for whoever asks
 * for many.
 */
export function issueLabel(od: OutcomeDocument, after: ParagraphId, all = allNumbered(od)): IssuedLabel {
  const own = paragraphFacts(od, after)?.order ?? ''
  return issueBehind(
    all,
    all.findLastIndex(({ order }) => order <= own),
  )
}

/** A number and place before everything else. */
export const issueFirst = (od: OutcomeDocument): IssuedLabel => issueBehind(allNumbered(od), -1)

/** "3 alt" right behind 3, then "3 alt 2". Null: that paragraph has no number. */
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

/** Every number and place ever issued: those of removed paragraphs and decided proposals are not issued again. */
export function allNumbered(od: OutcomeDocument): readonly Numbered[] {
  const all = new Map<string, Numbered>()
  const add = (entry: Numbered) => {
    if (entry.label || !all.has(entry.order)) all.set(entry.order, entry)
  }
  for (const id of od.paragraphs.keys()) {
    const facts = paragraphFacts(od, id as ParagraphId)
    // A revision took this one's number away, and its place with it.
    if (facts && !(facts.removed && facts.label === null)) add(facts)
  }
  for (const [, label] of entriesOf(od, 'label')) add(label)
  for (const [id, { effect }] of entriesOf(od, 'decision'))
    // It may be taken back: then the paragraph returns to where it was, between the same neighbours.
    if (effect.kind === 'paragraph-moved' && !issuedSince(od, id)) add(effect.from)
  return [...all.values()].sort((a, b) => compareStrings(a.order, b.order))
}

/** A suffix of the number that stands at a place, behind all that have one: 0, then "0 bis", before the first of all. */
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
