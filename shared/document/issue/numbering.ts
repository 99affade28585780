import { generateKeyBetween } from 'fractional-indexing'
import type { ParagraphId } from '../../model/ids.ts'
import type { Label, LabelStyle } from '../../model/label.ts'
import type { NewBlock, NewHeading } from '../../model/proposals/proposal.ts'
import { isOfTable } from '../../model/table.ts'
import { isMain, labelInSeries, labelKey, numberKey, seriesKey, stepsUp } from '../../model/label-path.ts'
import type { ParagraphFacts } from '../../model/paragraph.ts'
import type { IssuedLabel } from '../records.ts'
import { kindOfIssued, recordGet } from '../records.ts'
import type { OutcomeDocument } from '../schema.ts'
import { paragraphFacts } from '../schema.ts'
import { amongNotes } from './footnotes.ts'
import type { AmongNotes } from './footnotes.ts'
import { placesIssued } from './places.ts'
import type { Place } from './places.ts'
import { partitionPoint } from '../text/search.ts'

/**
 * Numbers and places in the order. During a round a number is issued once, whatever becomes of its paragraph.
 * In each series places are in the order of the numbers: 3 < 3 alt < 3 bis < 3 bis alt < 3 ter < 4. What is below
 * a paragraph stands behind it and before the next of its series: 2 < 2 (a) < 2 (b) < 2 bis.
 */

/**
 * Returns the next number and place after a paragraph: "3 bis" after 3, then "3 ter" after "3 bis", behind all
 * that is below 3. After a heading it is one of the main paragraphs below it. Null as label: one of a list without numbers.
 */
export const issueLabel = (od: OutcomeDocument, after: ParagraphId): IssuedLabel =>
  new Numbers(od).after(after)

/** Returns a number and place before all others. */
export const issueFirst = (od: OutcomeDocument): IssuedLabel => new Numbers(od).first()

/** Returns the number and the place of a proposed block behind a paragraph: see {@link Numbers.under} and {@link Numbers.heading}. */
export const issueBlock = (
  od: OutcomeDocument,
  after: ParagraphId,
  block: NewBlock | undefined,
): IssuedLabel => new Numbers(od).block(after, block)

/** Returns the place of the first paragraph below another one. */
export const issueUnder = (od: OutcomeDocument, of: ParagraphId): IssuedLabel => new Numbers(od).under(of)

/** Returns "3 alt" right after 3 and what is below it, then "3 alt 2"; null when the paragraph has no number. */
export const issueAlternative = (od: OutcomeDocument, to: ParagraphId): IssuedLabel | null =>
  new Numbers(od).alternative(to)

/** A place beside which numbers are issued. One in a table has no label here, so that no number goes on from it. */
interface CountedPlace extends Place {
  readonly ofTable: boolean
}

const counted = (place: Place): CountedPlace =>
  isOfTable(place.label) ? { ...place, label: null, ofTable: true } : { ...place, ofTable: false }

/** The labels that begin alike, and those below them: 3, "3 bis", "3 alt" and "3 (a)" begin with 3. */
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
  readonly #all: CountedPlace[]
  /** By number: 3. */
  readonly #byNumber = new Map<string, Family>()
  /** By number and suffix: "3 bis". */
  readonly #bySuffix = new Map<string, Family>()

  constructor(od: OutcomeDocument) {
    this.#od = od
    this.#all = placesIssued(od).map(counted)
    for (const place of this.#all) this.#note(place)
  }

  /** See {@link issueLabel}. */
  after(paragraph: ParagraphId): IssuedLabel {
    const facts = paragraphFacts(this.#od, paragraph)
    const place = this.#placeOf(facts?.order ?? '')
    if (facts?.kind !== 'paragraph') return this.#mainBehind(place)
    if (isOfTable(facts.label)) return this.#behindTable(place)
    return facts.label
      ? this.#nextOf(facts.label, facts.level, place)
      : this.#behindUnnumbered(place, facts.level)
  }

  /** Returns the number of a paragraph behind a table, as if it stood behind what is before the table. */
  #behindTable(place: number): IssuedLabel {
    let before = place
    while (this.#all[before]?.ofTable) before--
    const facts = this.#all[before]
    if (facts?.kind !== 'paragraph') return this.#mainBehind(place)
    return facts.label
      ? this.#nextOf(facts.label, facts.level, place)
      : this.#behindUnnumbered(place, facts.level)
  }

  block(after: ParagraphId, block: NewBlock | undefined): IssuedLabel {
    if (block?.kind === 'heading') return this.heading(after, block)
    if (block?.kind === 'note') return this.footnote(amongNotes(this.#od, block.mark))
    return block ? this.under(after) : this.after(after)
  }

  /**
   * Returns the first number below a paragraph: (a) below a chapeau that governs nothing yet, numbered as others of its level
   * have theirs numbered; before what stands there already it is 0. Below a heading or a cell, as {@link after}.
   */
  under(paragraph: ParagraphId): IssuedLabel {
    const facts = paragraphFacts(this.#od, paragraph)
    if (facts?.kind !== 'paragraph' || isOfTable(facts.label)) return this.after(paragraph)
    const place = this.#placeOf(facts.order)
    const child = this.#all[place + 1]
    if (child?.kind === 'paragraph' && child.level > facts.level && !child.ofTable) {
      const { label, level, proposed } = child
      if (!label) return issuedAt(null, level, this.#orderBehind(place))
      return this.#nextOf(proposed ? label : labelInSeries(label, 0, 0), level, place)
    }
    const level = facts.level + 1
    const style = facts.label && this.#styleBelow(facts.label)
    return facts.label && style
      ? this.#nextOf({ number: 1, suffix: 0, style, within: facts.label }, level, place)
      : issuedAt(null, level, this.#orderBehind(place))
  }

  /** Returns the place of a heading behind a paragraph and what is below it, with the next number of its kind. */
  heading(after: ParagraphId, { level, division }: NewHeading): IssuedLabel {
    const facts = paragraphFacts(this.#od, after)
    let place = this.#placeOf(facts?.order ?? '')
    if (facts?.kind === 'paragraph')
      while (this.#all[place + 1]?.kind === 'paragraph' && this.#all[place + 1]!.level > facts.level) place++
    const isOfKind = ({ label }: Place) => label?.division === division
    const [before, behind] = division
      ? [this.#lastBefore(place, isOfKind)?.label, this.#all.find(isOfKind)?.label]
      : []
    if (!division) {
      const end = this.#all.findIndex(
        ({ kind, proposed }, i) => i > place && !(kind === 'heading' && proposed),
      )
      return {
        ...issuedAt(null, level, this.#orderBehind(end < 0 ? this.#all.length - 1 : end - 1)),
        heading: true,
      }
    }
    const of =
      before ?? (behind ? labelInSeries(behind, 0, 0) : { division, number: 1, suffix: 0, ...this.#words() })
    const number = numberKey(of)
    const last = this.#all.findLastIndex(({ label }) => label !== null && numberKey(label) === number)
    return { ...issuedAt(this.next(of), level, this.#orderBehind(Math.max(place, last))), heading: true }
  }

  /**
   * Returns the number and the place of a footnote. Behind the last one the numbers go on; between two it is the next suffix
   * of the first of them; before all of them it is 0.
   */
  footnote({ before, isLast }: AmongNotes): IssuedLabel {
    const notes = this.#all.filter(({ kind }) => kind === 'note')
    const numbers = notes.flatMap(({ label }) => (label ? [label.number] : []))
    const series = { series: 'note', ...this.#words() } as const
    if (isLast) {
      const number = Math.max(0, ...numbers) + 1
      return issuedAt({ ...series, number, suffix: 0 }, 0, this.#orderBehind(this.#all.length - 1))
    }
    const place = this.#placeOf(before ?? '')
    const of = before === null ? null : this.#all[place]?.label
    return this.#nextOf(of ?? { ...series, number: 0, suffix: 0 }, 0, this.#beforeNotes(place))
  }

  /** Returns a place, or the last one before the footnotes. */
  #beforeNotes(place: number): number {
    const first = this.#all.findIndex(({ kind }) => kind === 'note')
    return Math.max(place, first - 1)
  }

  /** How what is below a label is numbered: as what is below others of its style in the document, else by custom. */
  #styleBelow({ style, division }: Label): LabelStyle {
    const other = this.#all.find(
      ({ label }) =>
        label?.style &&
        !label.division &&
        label.within?.style === style &&
        !label.within?.division &&
        !division,
    )
    if (other?.label?.style) return other.label.style
    if (style === 'letter' || style === 'dotted') return style === 'dotted' ? 'dotted' : 'roman'
    return style === 'roman' ? 'upper-letter' : 'letter'
  }

  /** See {@link issueFirst}. */
  first(): IssuedLabel {
    return this.#mainBehind(-1)
  }

  /**
   * Returns the place of the second part of a paragraph that is split: right behind the first, before what is
   * below it, unless its next number was issued already.
   */
  secondPart(paragraph: ParagraphId): IssuedLabel {
    const issued = this.after(paragraph)
    const facts = paragraphFacts(this.#od, paragraph)
    if (!facts?.label || issued.label?.suffix !== facts.label.suffix + 1) return issued
    const alternatives = this.#bySuffix.get(suffixKey(facts.label))?.highest ?? 0
    if (alternatives > 0) return issued
    return { ...issued, order: this.#orderBehind(this.#placeOf(facts.order)) }
  }

  /** Returns the next number of a division that is moved behind a paragraph, in the series of its kind. Null: to the beginning. */
  division(
    moved: Pick<ParagraphFacts, 'level'> & { readonly label: Label },
    after: ParagraphId | null,
  ): IssuedLabel {
    const facts = after === null ? undefined : paragraphFacts(this.#od, after)
    const place = facts ? this.#placeOf(facts.order) : -1
    const { division, style } = moved.label
    const last = this.#lastBefore(
      place,
      ({ label }) => label?.division === division && label?.style === style,
    )
    const of = last?.label ?? labelInSeries(moved.label, 0, 0)
    return this.#nextOf(of, moved.level, place)
  }

  /** See {@link issueAlternative}. */
  alternative(to: ParagraphId): IssuedLabel | null {
    const facts = paragraphFacts(this.#od, to)
    if (!facts?.label) return null
    const { label: of, level } = facts
    const known = this.#bySuffix.get(suffixKey(of))
    const last = this.#endOf(known ? this.#placeOf(known.order) : -1, level)
    // The second part of a split paragraph stands before what is below the first.
    const number = numberKey(of)
    const next = this.#all.findIndex(
      ({ label }) => label && label.suffix > of.suffix && numberKey(label) === number,
    )
    const end = next < 0 ? last : Math.min(last, next - 1)
    return issuedAt({ ...of, alt: (known?.highest ?? 0) + 1 }, level, this.#orderBehind(end))
  }

  /** Returns the next suffix of a number. */
  next(of: Label): Label {
    return labelInSeries(of, of.number, (this.#byNumber.get(numberKey(of))?.highest ?? -1) + 1)
  }

  /** Notes that a number was issued. */
  add(issued: IssuedLabel): void {
    const { label, order, level = 0 } = issued
    const kind = kindOfIssued(issued)
    const place = { label, order, level, kind, proposed: true, ofTable: false } as const
    this.#all.splice(this.#placeOf(order) + 1, 0, place)
    this.#note(place)
  }

  #note({ label, order }: Place): void {
    if (!label) return
    for (const step of stepsUp(label)) {
      const own = step === label
      noteIn(this.#byNumber, numberKey(step), own ? step.suffix : -1, order)
      noteIn(this.#bySuffix, suffixKey(step), own ? (step.alt ?? 0) : 0, order)
    }
  }

  /** The index of the last one at this order or before it; -1 when there is none. */
  #placeOf(order: string): number {
    return partitionPoint(this.#all.length, (index) => this.#all[index]!.order <= order) - 1
  }

  /** Returns the next suffix of a number, behind all that begins with it and not before `place`. */
  #nextOf(of: Label, level: number, place: number): IssuedLabel {
    const known = this.#byNumber.get(numberKey(of))
    const label = this.next(of)
    const last = Math.max(place, known ? this.#placeOf(known.order) : -1)
    const end = of.division ? this.#endOfDivision(last) : this.#endOf(last, level)
    return issuedAt(label, level, this.#orderBehind(end))
  }

  #endOfDivision(place: number): number {
    const next = this.#all.findIndex(({ kind }, i) => i > place && kind === 'heading')
    return next < 0 ? this.#all.length - 1 : next - 1
  }

  /** Returns the index of the last item of the unnumbered list that follows a place below this level. */
  #endOf(place: number, level: number): number {
    let last = place
    for (let next = this.#all[last + 1]; next; next = this.#all[last + 1]) {
      if (next.kind !== 'paragraph' || next.label || next.level <= level) break
      last++
    }
    return last
  }

  /** Behind an item of a list without numbers it is one more item; among numbered ones of its level, one of these. */
  #behindUnnumbered(place: number, level: number): IssuedLabel {
    const before = this.#besideAt(place, level, -1)
    if (before) return this.#nextOf(before, level, place)
    const behind = this.#besideAt(place, level, 1)
    if (behind) return this.#nextOf(labelInSeries(behind, 0, 0), level, place)
    let last = place
    for (let next = this.#all[last + 1]; next; next = this.#all[last + 1]) {
      // Of several that were proposed behind one item, the later one stands behind the earlier.
      const isBelow = next.level > level || (next.proposed && next.level === level)
      if (next.kind !== 'paragraph' || next.label || !isBelow) break
      last++
    }
    return issuedAt(null, level, this.#orderBehind(last))
  }

  /**
   * Returns the label of the nearest numbered paragraph of the same level in one direction, with nothing but paragraphs
   * of this level and below between; null when there is none.
   */
  #besideAt(place: number, level: number, step: 1 | -1): Label | null {
    for (let at = place; this.#all[at]; at += step) {
      const { kind, label, level: found } = this.#all[at]!
      if (kind === 'heading' || kind === 'note' || found < level) return null
      if (found === level && label) return label
    }
    return null
  }

  /** Returns the number of a main paragraph behind a heading or a separator, or, at -1, before everything. */
  #mainBehind(place: number): IssuedLabel {
    const at = this.#all.findIndex(({ kind, ofTable }, i) => i > place && kind !== 'separator' && !ofTable)
    const next = this.#all[at]
    if (next?.kind === 'paragraph') {
      const { level } = next
      const beside = this.#besideAt(at, level, 1)
      if (!beside && next.label === null) return this.#behindUnnumbered(place, level)
      if (beside && isMain(beside)) {
        const series = seriesKey(beside)
        const last = this.#lastBefore(place, ({ label }) => label !== null && seriesKey(label) === series)
        return this.#nextOf(last?.label ?? labelInSeries(beside, 0, 0), level, place)
      }
    }
    return this.#nextOf(this.#mainBefore(place), 0, place)
  }

  /** Returns the number that a main paragraph comes behind where no paragraph follows. */
  #mainBefore(place: number): Label {
    const last = this.#lastBefore(place, ({ label }) => label !== null)?.label
    if (last?.division) return { number: this.#isEmpty(last) ? 1 : 0, suffix: 0, within: last }
    if (last) for (const step of stepsUp(last)) if (isMain(step)) return step
    const first = this.#all.find(({ label }) => label && isMain(label) && !label.within)?.label
    return first ? labelInSeries(first, 0, 0) : { number: 0, suffix: 0, ...this.#words() }
  }

  /** The language of a label that nothing else was labelled before. */
  #words(): Pick<Label, 'language'> {
    const language = recordGet(this.#od, 'language')
    return language && language !== 'en' ? { language } : {}
  }

  /** Whether no main paragraph of a division was ever numbered. */
  #isEmpty(division: Label): boolean {
    const series = seriesKey({ within: division })
    return !this.#all.some(({ label }) => label && seriesKey(label) === series)
  }

  #lastBefore(place: number, is: (place: Place) => boolean): Place | undefined {
    let at = place
    while (at >= 0 && !is(this.#all[at]!)) at--
    return this.#all[at]
  }

  /** Returns a place right behind this one. */
  orderBehind(order: string): string {
    return this.#orderBehind(this.#placeOf(order))
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

const issuedAt = (label: Label | null, level: number, order: string): IssuedLabel => ({
  label,
  order,
  ...(level > 0 ? { level } : {}),
})

const suffixKey = (label: Label): string => labelKey(labelInSeries(label, label.number, label.suffix))

function noteIn(families: Map<string, Family>, name: string, count: number, order: string): void {
  const known = families.get(name)
  if (!known) families.set(name, { highest: count, order })
  else {
    known.highest = Math.max(known.highest, count)
    if (order > known.order) known.order = order
  }
}
