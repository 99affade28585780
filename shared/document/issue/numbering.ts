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

/** Returns the next number and place after a paragraph: "3 bis" after 3, then "3 ter" after "3 bis". */
export const issueLabel = (od: OutcomeDocument, after: ParagraphId): IssuedLabel =>
  new Numbers(od).after(after)

/** Returns a number and place before all others. */
export const issueFirst = (od: OutcomeDocument): IssuedLabel => new Numbers(od).first()

/** Returns "3 alt" right after 3, then "3 alt 2"; null when the paragraph has no number. */
export const issueAlternative = (od: OutcomeDocument, to: ParagraphId): IssuedLabel | null =>
  new Numbers(od).alternative(to)

interface Numbered {
  readonly order: string
  readonly label: Label | null
}

/** The labels with the same beginning: 3, "3 bis" and "3 alt" begin with 3; "3 bis" and "3 bis alt" with "3 bis". */
interface Family {
  /** The highest suffix, or alternative, among them. */
  highest: number
  /** The place of the last of them. */
  order: string
}

/**
 * All numbers and places ever issued, read once, for issuing several. The document must not get others while it is in
 * use, except those that {@link add} is told of.
 */
export class Numbers {
  readonly #od: OutcomeDocument
  /** In their order. */
  readonly #all: Numbered[]
  readonly #bySuffix = new Map<string, Family>()
  readonly #byAlternative = new Map<string, Family>()

  constructor(od: OutcomeDocument) {
    this.#od = od
    this.#all = allNumbered(od)
    for (const numbered of this.#all) this.#note(numbered)
  }

  /** See {@link issueLabel}. */
  after(paragraph: ParagraphId): IssuedLabel {
    return this.#issueBehind(this.#placeOf(paragraphFacts(this.#od, paragraph)?.order ?? ''))
  }

  /** See {@link issueFirst}. */
  first(): IssuedLabel {
    return this.#issueBehind(-1)
  }

  /** See {@link issueAlternative}. */
  alternative(to: ParagraphId): IssuedLabel | null {
    const of = paragraphFacts(this.#od, to)?.label
    if (!of) return null
    const known = this.#byAlternative.get(`${numberOf(of)} ${of.suffix}`)
    const order = this.#orderBehind(known ? this.#placeOf(known.order) : -1)
    return { label: { ...of, alt: (known?.highest ?? 0) + 1 }, order }
  }

  /** Notes that a number was issued. */
  add(issued: IssuedLabel): void {
    this.#all.splice(this.#placeOf(issued.order) + 1, 0, issued)
    this.#note(issued)
  }

  #note({ label, order }: Numbered): void {
    if (!label) return
    noteIn(this.#bySuffix, numberOf(label), label.suffix, order)
    noteIn(this.#byAlternative, `${numberOf(label)} ${label.suffix}`, label.alt ?? 0, order)
  }

  /** The index of the last one at this order or before it; -1 when there is none. */
  #placeOf(order: string): number {
    let [low, high] = [0, this.#all.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#all[middle]!.order <= order) low = middle + 1
      else high = middle
    }
    return low - 1
  }

  /**
   * Returns the next suffix of the number at a place, behind all suffixes issued there; before the first number:
   * 0, "0 bis" …
   */
  #issueBehind(place: number): IssuedLabel {
    let at = place
    while (at >= 0 && !this.#all[at]?.label) at--
    const before = this.#all[at]?.label
    const series = (before ?? this.#all.find(({ label }) => label !== null)?.label)?.series
    const base: Label = { number: before?.number ?? 0, suffix: 0, ...(series ? { series } : {}) }
    const known = this.#bySuffix.get(numberOf(base))
    const suffix = Math.max(before ? 0 : -1, known?.highest ?? -1)
    const last = Math.max(place, known ? this.#placeOf(known.order) : -1)
    return { label: { ...base, suffix: suffix + 1 }, order: this.#orderBehind(last) }
  }

  #orderBehind(place: number): string {
    return generateKeyBetween(this.#all[place]?.order ?? null, this.#all[place + 1]?.order ?? null)
  }
}

/** {@link Numbers}, read when they are first needed. */
export class KeptNumbers {
  readonly #od: OutcomeDocument
  #numbers: Numbers | null = null

  constructor(od: OutcomeDocument) {
    this.#od = od
  }

  get(): Numbers {
    return (this.#numbers ??= new Numbers(this.#od))
  }
}

const numberOf = ({ number, series }: Label): string => `${series ?? ''} ${number}`

function noteIn(families: Map<string, Family>, name: string, count: number, order: string): void {
  const known = families.get(name)
  if (!known) families.set(name, { highest: count, order })
  else {
    known.highest = Math.max(known.highest, count)
    if (order > known.order) known.order = order
  }
}

/**
 * Returns every number and place ever issued, because those of removed paragraphs and decided proposals are not
 * reused.
 */
function allNumbered(od: OutcomeDocument): Numbered[] {
  const all = new Map<string, Numbered>()
  const add = (entry: Numbered) => {
    if (entry.label || !all.has(entry.order)) all.set(entry.order, entry)
  }
  for (const id of od.paragraphs.keys()) {
    const facts = paragraphFacts(od, id as ParagraphId)
    // A revision has taken this paragraph's number away, and with it its claim to the place; a vacant one may be shown again.
    if (facts && !(facts.removed && facts.label === null && !facts.vacant)) add(facts)
  }
  for (const [, label] of entriesOf(od, 'label')) add(label)
  for (const [id, { effect }] of entriesOf(od, 'decision'))
    // If the move is taken back, the paragraph returns to this place, so nothing else may be put there.
    if (effect.kind === 'paragraph-moved' && !issuedSince(od, id)) add(effect.from)
  return [...all.values()].sort((a, b) => compareStrings(a.order, b.order))
}
