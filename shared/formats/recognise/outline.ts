import type { ImportedBlock } from '../../model/import.ts'
import type { DivisionKind, Label } from '../../model/label.ts'
import type { ParagraphKind } from '../../model/paragraph.ts'
import { labelKey } from '../../model/label-path.ts'
import type { DivisionHead } from './division.ts'
import { firstMeaning, Frames, keyOf } from './frames.ts'
import { headingClass, HeadingStack, readEnumerated, type HeadingClass } from './heading-class.ts'
import { looksLikeHeading } from './headings.ts'
import { LabelBook } from './label-book.ts'
import { ENDS_CLAUSE } from './line.ts'
import type { Marker } from './marker.ts'
import { Numbering } from './numbering.ts'
import type { Numeral } from './numerals.ts'
import { type OptionStyle, optionStyle } from './option.ts'
import { isOperative, isPreambular } from './resolution.ts'
import type { Restarts } from './restarts.ts'
import { findRestarts, isNumbered } from './restarts.ts'
import type { Segment } from './segment.ts'
import { numberOf } from './series.ts'

export interface Outline {
  readonly blocks: readonly ImportedBlock[]
  /** For each block the words of its label as the source prints them, where its text does not hold them. */
  readonly marks: readonly string[]
  readonly warnings: readonly string[]
}

interface OpenHeading {
  readonly class: HeadingClass
  readonly label: Label | null
  /** Whether the numbers below it are a series of its own. */
  readonly container: boolean
}

/** Where an option belongs: the label that it counts below, and its place among the open lists. */
interface OptionPlace {
  readonly within: Label | undefined
  readonly depth: number
  readonly level: number
}

/** Gives each segment its label and its level. `plain`: the draft has no numbers, so its paragraphs are counted. */
export function outlineOf(segments: readonly Segment[], plain: boolean): Outline {
  const reader = new OutlineReader(segments, plain)
  const marks = [...segments.keys()].map((index) => reader.read(index))
  return { blocks: reader.blocks, marks, warnings: reader.warnings() }
}

class OutlineReader {
  readonly blocks: ImportedBlock[] = []
  readonly #segments: readonly Segment[]
  readonly #plain: boolean
  readonly #restarts: Restarts
  readonly #book = new LabelBook()
  readonly #numbering = new Numbering()
  readonly #stack = new HeadingStack<OpenHeading>()
  readonly #frames = new Frames()
  /** The labels of numbers and dotted numbers, by how they are printed. */
  readonly #numbers = new Map<string, { readonly label: Label; readonly level: number }>()
  /** The last number given to a clause or an unnumbered heading, by its series. */
  readonly #counted = new Map<string, number>()
  /** The last main number of each series. */
  readonly #lastNumbers = new Map<string, number>()
  /** For each segment: whether a numbered paragraph follows before the next resolution opens. */
  readonly #numbersFollow: readonly boolean[]
  #zone: 'none' | 'preamble' | 'operative' = 'none'
  /** The level of the last paragraph that is not an item of a list. */
  #textLevel = 0
  constructor(segments: readonly Segment[], plain: boolean) {
    this.#segments = segments
    this.#plain = plain
    this.#restarts = findRestarts(segments)
    let follows = false
    this.#numbersFollow = segments
      .toReversed()
      .map((segment) => {
        const now = follows
        if (segment.kind === 'opening') follows = false
        else if (isNumbered(segment)) follows = true
        return now
      })
      .reverse()
  }

  warnings(): string[] {
    const { bare } = this.#restarts
    const again = bare.map(({ at }) => `line ${at}`).slice(0, 8)
    const counted = this.#plain
      ? ['The text has no paragraph numbers; its paragraphs were numbered in their order.']
      : []
    if (again.length === 0) return [...counted, ...this.#numbering.warnings()]
    return [
      ...counted,
      `The numbers begin again without a heading at ${again.join(', ')}; they were read as alternatives.`,
      ...this.#numbering.warnings(),
    ]
  }

  /** Reads a segment as the next block. Returns the words of its label, unless its text holds them. */
  read(index: number): string {
    const segment = this.#segments[index]
    if (!segment) return ''
    this.#read(segment, index)
    const text = this.blocks.at(-1)?.text ?? ''
    const mark = segment.marker?.printed ?? segment.division?.printed ?? enumeration(segment, text)
    return segment.text === text || !text.includes(mark) ? mark : ''
  }

  #read(segment: Segment, index: number): void {
    const { kind, marker, text } = segment
    if (kind === 'heading') this.#readHeading(segment, index)
    else if (kind === 'separator') this.#push('separator', null, 0, text)
    else if (kind === 'row')
      this.#push('paragraph', null, (this.#frames.main?.level ?? this.#textLevel) + 1, text)
    else if (kind === 'opening') {
      this.#frames.reset()
      this.#zone = 'preamble'
      this.#pushText(null, 0, text)
    } else if (kind !== 'paragraph') this.#push('paragraph', null, 0, text)
    else if (segment.division) this.#readOption(segment, segment.division)
    else if (marker && this.#isNumberedHeading(segment, index)) this.#readHeading(segment, index)
    else if (marker) this.#readMarked(segment, marker)
    else this.#readUnmarked(text, index)
  }

  #push(kind: ParagraphKind, label: Label | null, level: number, text: string): void {
    this.blocks.push({ kind, label, level, text })
  }

  #pushText(label: Label | null, level: number, text: string): void {
    this.#textLevel = level
    this.#push('paragraph', label, level, text)
  }

  /** The label that numbers count below; undefined for the document's own series. */
  #container(): Label | undefined {
    return this.#stack.open.findLast(({ container, label }) => container && label)?.label ?? undefined
  }

  /** The nearest heading above that has a label. */
  #labelled(): Label | undefined {
    return this.#stack.open.findLast(({ label }) => label)?.label ?? undefined
  }

  #next(series: string): number {
    const number = (this.#counted.get(series) ?? 0) + 1
    this.#counted.set(series, number)
    return number
  }

  // Headings

  /** `1. Purpose` above 1.1 is a heading. */
  #isNumberedHeading(segment: Segment, index: number): boolean {
    const path = this.#segments[index + 1]?.marker?.path
    if (!isNumbered(segment) || !segment.marker || !path) return false
    return path[0] === numberOf(segment.marker) && path[1] === 1 && looksLikeHeading(segment.text)
  }

  #readHeading(segment: Segment, index: number): void {
    const { division } = segment
    if (this.#zone === 'preamble') this.#zone = 'none'
    if (division?.kind === 'option') {
      this.#readOptionHeading(segment, division, index)
      return
    }
    this.#frames.reset()
    const of = headingClass(segment)
    const container = this.#restarts.containers.has(segment)
    const level = this.#stack.closeFor(of)
    const { label, text } = this.#headingLabel(segment, container)
    this.#stack.push({ class: of, label, container: container || division?.kind === 'article' })
    this.#textLevel = 0
    this.#push('heading', label, level, text)
    if (label && segment.marker) this.#numbers.set(String(label.number), { label, level: -1 })
  }

  #headingLabel(
    segment: Segment,
    container: boolean,
  ): { readonly label: Label | null; readonly text: string } {
    const { division, marker, text } = segment
    if (division) {
      const within = this.#restarts.kinds.has(division.kind) ? this.#labelled() : undefined
      return { label: this.#book.issue(this.#divisionLabel(division, within)), text }
    }
    if (marker) {
      const within = this.#container()
      const label = { number: numberOf(marker), suffix: marker.suffix, ...(within ? { within } : {}) }
      return { label: this.#book.issue(label), text }
    }
    if (!container) return { label: null, text }
    const enumerated = readEnumerated(text)
    if (!enumerated) {
      const label = { division: 'section', number: this.#next('sections'), suffix: 0 } as const
      return { label: this.#book.issue(label), text }
    }
    const { number, style } = this.#meaning('section', enumerated.numerals)
    const label: Label = { division: 'section', number, suffix: 0, ...(style ? { style } : {}) }
    return { label: this.#book.issue(label), text: enumerated.rest }
  }

  #divisionLabel({ kind, numerals, suffix }: DivisionHead, within?: Label): Label {
    const { number, style } = this.#meaning(kind, numerals)
    return {
      division: kind,
      number,
      suffix,
      ...(style ? { style } : {}),
      ...(within ? { within } : {}),
    }
  }

  /** Chooses among the meanings of a numeral the one behind the last of its kind. */
  #meaning(kind: DivisionKind, numerals: readonly Numeral[]): Numeral {
    const series = `${kind} number`
    const last = this.#counted.get(series) ?? 0
    const meaning = numerals.find(({ number }) => number === last + 1) ?? firstMeaning(numerals)
    this.#counted.set(series, meaning.number)
    return meaning
  }

  // Options

  /**
   * Reads an option that stands alone on its line. Options whose paragraphs go on with the numbers before them divide
   * nothing: the second paragraph 2 is "2 alt". Others have a label, and what stands below them counts below it.
   */
  #readOptionHeading(segment: Segment, division: DivisionHead, index: number): void {
    const words = fullText(segment, division)
    if (this.#readAlternative(words)) return
    const next = this.#segments[index + 1]
    const container = this.#restarts.containers.has(segment)
    if (!container && next && this.#isOfSeries(next)) {
      this.#frames.reset()
      this.#push('heading', null, this.#stack.closeFor('option'), words)
      this.#stack.push({ class: 'option', label: null, container: false })
      return
    }
    const place = this.#placeOption(division)
    const level = this.#stack.closeFor('option')
    const label = this.#book.issue(this.#divisionLabel(division, place.within))
    this.#stack.push({ class: 'option', label, container })
    if (container) this.#frames.reset()
    else this.#frames.replace(place.depth, { key: 'option', label, level: place.level, last: label.number })
    this.#textLevel = place.level
    this.#push('heading', label, level, segment.text)
  }

  /** Whether a segment is a paragraph of a numbered series, and not an item of a list below one. */
  #isOfSeries(segment: Segment): boolean {
    const { marker } = segment
    if (marker?.style === 'OP' || marker?.style === 'PP') return true
    return isNumbered(segment) && !this.#restarts.nested.has(segment)
  }

  /** Reads an option whose words begin on the same line. */
  #readOption(segment: Segment, division: DivisionHead): void {
    const words = fullText(segment, division)
    if (this.#readAlternative(words)) return
    const beside = this.#stack.open.at(-1)
    if (beside?.class === 'option' && beside.label === null) {
      // It stands beside an option that divides nothing.
      this.#frames.reset()
      this.#push('heading', null, this.#stack.closeFor('option'), words)
      this.#stack.push(beside)
      return
    }
    const place = this.#placeOption(division)
    const label = this.#book.issue(this.#divisionLabel(division, place.within))
    this.#frames.replace(place.depth, { key: 'option', label, level: place.level, last: label.number })
    this.#pushText(label, place.level, segment.text)
  }

  /** Reads `Option 2: …` behind `2. Option 1: …` as the alternative of paragraph 2; returns false behind others. */
  #readAlternative(words: string): boolean {
    const depth = this.#frames.withOption(optionStyle(words) ?? 'number')
    const first = this.#frames.at(depth)
    if (!first?.label) return false
    const { alt: _, ...plain } = first.label
    const label = this.#book.issue(plain)
    this.#frames.replace(depth, { ...first, label })
    if (depth === 0) this.#textLevel = first.level
    this.#push('paragraph', label, first.level, words)
    return true
  }

  /** Returns where an option belongs: beside the one before it, below a paragraph, or below a heading. */
  #placeOption({ numerals }: DivisionHead): OptionPlace {
    const follows = (label: Label | null | undefined): boolean =>
      numerals.some(
        ({ number, style }) =>
          number === (label?.number ?? -1) + 1 && (style === 'letter') === (label?.style === 'letter'),
      )
    const depth = this.#frames.optionBefore(follows)
    const before = this.#frames.at(depth)
    if (before) return { within: before.label?.within, depth, level: before.level }
    const heading = this.#stack.open.findLast(({ class: of, label }) => of === 'option' && follows(label))
    if (heading) {
      this.#stack.closeFor('option')
      this.#frames.reset()
      return { within: heading.label?.within, depth: 0, level: 0 }
    }
    const { top } = this.#frames
    if (top?.key === 'option' && top.label?.style !== numerals[0]?.style)
      return { within: top.label ?? undefined, depth: this.#frames.depth, level: top.level + 1 }
    const parent = this.#frames.at(this.#frames.numbered)
    if (parent?.label)
      return { within: parent.label, depth: this.#frames.numbered + 1, level: parent.level + 1 }
    this.#stack.closeFor('option')
    return { within: this.#labelled(), depth: 0, level: 0 }
  }

  // Paragraphs

  #readMarked(segment: Segment, marker: Marker): void {
    const { text } = segment
    if (marker.style === 'PP' || marker.style === 'OP') this.#readClauseNumber(segment, marker, marker.style)
    else if (marker.style === 'bullet') {
      const level = this.#frames.top ? this.#frames.top.level + 1 : this.#textLevel + 1
      this.#push('paragraph', null, Math.max(level, this.#textLevel + (this.#textLevel > 0 ? 1 : 0)), text)
    } else if (marker.path) this.#readDotted(marker, marker.path, text)
    else if (isNumbered(segment) && !this.#restarts.nested.has(segment)) this.#readNumber(segment, marker)
    else if (marker.style === 'han' && !this.#frames.main) this.#readNumber(segment, marker)
    else this.#readItem(marker, text)
  }

  #readClauseNumber({ text, at }: Segment, marker: Marker, series: 'PP' | 'OP'): void {
    const within = this.#container()
    const asked = labelOf(marker, { number: numberOf(marker) }, within, series)
    const label = this.#book.issue(asked)
    this.#zone = series === 'PP' ? 'preamble' : 'operative'
    const counted = seriesKey(series, within)
    this.#counted.set(counted, numberOf(marker))
    this.#numbering.note(counted, { number: numberOf(marker), at, label }, asked)
    this.#pushMain(label, series, text, numberOf(marker))
  }

  #readNumber({ text, at }: Segment, marker: Marker): void {
    const numeral = marker.numerals[0] ?? { number: 0 }
    if (marker.suffix === 0) this.#leaveOption(numeral.number)
    const within = this.#container()
    const asked = labelOf(marker, numeral, within)
    const label = this.#book.issue(asked)
    if (this.#zone === 'preamble') this.#zone = 'none'
    this.#numbering.note(seriesKey('', within), { number: numeral.number, at, label }, asked)
    this.#lastNumbers.set(seriesKey('', within), numeral.number)
    this.#numbers.set(String(numeral.number), { label, level: 0 })
    this.#pushMain(label, keyOf(marker, numeral), text, numeral.number)
  }

  /** Closes an option whose numbers do not go on with `number`, when those before the option do. */
  #leaveOption(number: number): void {
    const open = this.#stack.open.findLast(({ container }) => container)
    if (open?.class !== 'option' || number === 1) return
    const last = (within: Label | undefined): number => this.#lastNumbers.get(seriesKey('', within)) ?? 0
    const outer =
      this.#stack.open.findLast((heading) => heading.container && heading !== open)?.label ?? undefined
    if (last(open.label ?? undefined) + 1 !== number && last(outer) + 1 === number)
      this.#stack.closeFor('option')
  }

  #pushMain(label: Label, key: string, text: string, last: number): void {
    this.#frames.reset({ key, label, level: 0, last, ...optionOf(text) })
    this.#pushText(label, 0, text)
  }

  #readDotted(marker: Marker, path: readonly number[], text: string): void {
    const printed = path.slice(0, -1).join('.')
    const parent = this.#numbers.get(printed) ?? this.#parentOf(path)
    const level = parent.level + 1
    const numeral = { number: path.at(-1) ?? 0 }
    const asked: Label = { ...labelOf(marker, numeral, parent.label), style: 'dotted' }
    const label = this.#book.issue(asked)
    this.#numbers.set(path.join('.'), { label, level })
    this.#frames.reset({ key: 'dotted', label, level, last: numeral.number })
    this.#pushText(label, level, text)
  }

  /** Returns the label that a dotted number counts below where the source does not print it. */
  #parentOf(path: readonly number[]): { readonly label: Label; readonly level: number } {
    const within = this.#container()
    let label: Label = { number: path[0] ?? 0, suffix: 0, ...(within ? { within } : {}) }
    for (const number of path.slice(1, -1)) label = { number, suffix: 0, style: 'dotted', within: label }
    return { label, level: path.length - 3 }
  }

  /** Reads an item of a list below a paragraph: (a), (i), a), or 1. again. */
  #readItem(marker: Marker, text: string): void {
    const continued = this.#frames.continuedBy(marker)
    const numeral = continued?.numeral ?? firstMeaning(marker.numerals)
    const key = keyOf(marker, numeral)
    const depth =
      continued && (continued.depth > 0 || !isDecimal(marker))
        ? continued.depth
        : this.#listOf(key, numeral.number)
    const sibling = this.#frames.at(depth)
    const parent = depth > 0 ? this.#frames.at(depth - 1) : undefined
    const within = parent?.label ?? this.#container() ?? this.#labelled()
    const level = sibling?.level ?? (parent ? parent.level + 1 : this.#levelBelowText())
    const dotted = isDecimal(marker) && parent?.label && isDecimalLabel(parent.label)
    const asked = labelOf(marker, numeral, within)
    const label = this.#book.issue(dotted ? { ...asked, style: 'dotted' } : asked)
    const kind = sibling?.key ?? key
    this.#frames.replace(depth, { key: kind, label, level, last: numeral.number, ...optionOf(text) })
    this.#push('paragraph', label, level, text)
  }

  /** Returns how deep the list of such an item is: that of its kind, or a new one below the last item. */
  #listOf(key: string, number: number): number {
    if (number === 1 && this.#frames.top?.key === 'option') return this.#frames.depth
    const found = this.#frames.ofKind(key)
    const chapeau = /[:：]$/u.test(
      this.blocks
        .at(-1)
        ?.text.slice(-4)
        .replace(/["'”’»)\]]+$/, '') ?? '',
    )
    return found > 0 && !(number === 1 && chapeau && found === this.#frames.depth - 1)
      ? found
      : this.#frames.depth
  }

  /** The level of a list below a paragraph that has no number. */
  #levelBelowText(): number {
    return this.blocks.at(-1)?.kind === 'heading' ? 0 : this.#textLevel + 1
  }

  #readUnmarked(text: string, index: number): void {
    if (this.#zone === 'preamble' && this.#readClause(text, index)) return
    if (this.#zone === 'operative' && !this.#numbersFollow[index] && isOperative(text)) {
      this.#countClause('OP', text)
      return
    }
    if (this.#plain) {
      const label = this.#book.issue({ number: this.#next('paragraphs'), suffix: 0 })
      this.#pushMain(label, 'plain', text, label.number)
      return
    }
    const below = this.#frames.main !== undefined && this.#zone !== 'preamble'
    this.#pushText(null, below ? (this.#frames.main?.level ?? 0) + 1 : 0, text)
  }

  /** Reads a clause of a preamble that has no number; returns false when it is none. */
  #readClause(text: string, index: number): boolean {
    const end = text.slice(-TAIL)
    const clause = /[,،，]["'”’»)\]]*(?: ?\p{Nd}{1,2})?$/u.test(end)
    if (clause || isPreambular(text) || !ENDS_CLAUSE.test(end)) {
      this.#countClause('PP', text)
      return true
    }
    if (/[:：]$/u.test(end) && !isOperative(text)) return false
    if (this.#numbersFollow[index]) return false
    this.#countClause('OP', text)
    return true
  }

  #countClause(series: 'PP' | 'OP', text: string): void {
    const within = this.#container()
    const number = this.#next(seriesKey(series, within))
    const label = this.#book.issue({ number, suffix: 0, series, ...(within ? { within } : {}) })
    this.#zone = series === 'PP' ? 'preamble' : 'operative'
    this.#pushMain(label, series, text, number)
  }
}

const TAIL = 40
function optionOf(text: string): { readonly option?: OptionStyle } {
  const option = optionStyle(text)
  return option ? { option } : {}
}

const isDecimal = (marker: Marker): boolean => marker.numerals.every(({ style }) => style === undefined)

/** Whether a list of numbers below a paragraph of this label is referred to as 2.1, 2.2. */
const isDecimalLabel = ({ style, division, series }: Label): boolean =>
  (style === undefined || style === 'dotted') && division === undefined && series === undefined

const seriesKey = (series: string, within: Label | undefined): string =>
  `${within ? labelKey(within) : ''} ${series}`

function labelOf(marker: Marker, { number, style }: Numeral, within?: Label, series?: 'PP' | 'OP'): Label {
  return {
    number,
    suffix: marker.suffix,
    ...(marker.alt > 0 ? { alt: marker.alt } : {}),
    ...(series ? { series } : {}),
    ...(style ? { style } : {}),
    ...(within ? { within } : {}),
  }
}

/** Returns the number that stands before the text of a heading when the block's text lacks it. */
const enumeration = (segment: Segment, text: string): string =>
  segment.text === text ? '' : segment.text.slice(0, segment.text.length - text.length).trim()

/** The words of an option with its number in front, as the source has them. */
const fullText = ({ text }: Segment, { opened, printed }: DivisionHead): string =>
  `${opened}${printed} ${text.slice(opened.length)}`.trim()
