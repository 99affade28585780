import type { ImportedBlock } from '../../../model/import.ts'
import type { DivisionKind } from '../../../model/division.ts'
import type { Label } from '../../../model/label.ts'
import { labelKey } from '../../../model/label-path.ts'
import type { ParagraphKind } from '../../../model/paragraph.ts'
import type { DivisionHead } from '../markers/division.ts'
import { firstMeaning, Frames } from './frames.ts'
import { HeadingStack, type HeadingClass } from './heading-class.ts'
import { captionNumbers } from './outline-tables.ts'
import type { OpenTable } from './outline-tables.ts'
import { LabelBook } from './label-book.ts'
import { findNumberedHeadings } from './numbered-headings.ts'
import { Numbering } from './numbering.ts'
import type { Numeral } from '../markers/numerals.ts'
import { type OptionStyle, optionStyle } from '../markers/option.ts'
import type { Restarts } from './restarts.ts'
import { findRestarts, isNumbered } from './restarts.ts'
import type { Segment } from '../segments/segment.ts'

interface OpenHeading {
  readonly class: HeadingClass
  readonly label: Label | null
  /** Whether the numbers below it are a series of its own. */
  readonly container: boolean
}

/** What is known while the segments of a draft become blocks: the blocks so far, the open headings and lists, the numbers given. */
export class OutlineState {
  readonly blocks: ImportedBlock[] = []
  readonly segments: readonly Segment[]
  readonly plain: boolean
  readonly numberedHeadings: ReadonlySet<Segment>
  readonly restarts: Restarts
  readonly book = new LabelBook()
  readonly numbering = new Numbering()
  readonly stack = new HeadingStack<OpenHeading>()
  readonly frames = new Frames()
  /** The labels of numbers and dotted numbers, by how they are printed. */
  readonly numbers = new Map<string, { readonly label: Label; readonly level: number }>()
  /** The last number given to a clause or an unnumbered heading, by its series. */
  readonly counted = new Map<string, number>()
  /** The last main number of each series. */
  readonly lastNumbers = new Map<string, number>()
  /** For each segment: whether a numbered paragraph follows before the next resolution opens. */
  readonly numbersFollow: readonly boolean[]
  /** The table that the last block belongs to; null when it belongs to none. */
  table: OpenTable | null = null
  /** The numbers of tables that captions print, and those that were given to others. */
  readonly tableNumbers: Set<number>
  zone: 'none' | 'preamble' | 'operative' = 'none'
  /** The indents of the open lists with dashes, from the outermost in, and how many blocks there were behind their last item. */
  readonly bullets: { indents: readonly number[]; end: number } = { indents: [], end: -1 }
  /** The level of the last paragraph that is not an item of a list. */
  textLevel = 0

  constructor(segments: readonly Segment[], plain: boolean) {
    this.segments = segments
    this.plain = plain
    this.numberedHeadings = findNumberedHeadings(segments)
    this.restarts = findRestarts(segments, this.numberedHeadings)
    this.tableNumbers = captionNumbers(segments)
    let follows = false
    this.numbersFollow = segments
      .toReversed()
      .map((segment) => {
        const now = follows
        if (segment.kind === 'opening') follows = false
        else if (isNumbered(segment)) follows = true
        return now
      })
      .reverse()
  }

  push(kind: ParagraphKind, label: Label | null, level: number, text: string): void {
    this.blocks.push({ kind, label, level, text })
  }

  pushText(label: Label | null, level: number, text: string): void {
    this.textLevel = level
    this.push('paragraph', label, level, text)
  }

  pushMain(label: Label, key: string, text: string, last: number): void {
    this.frames.reset({ key, label, level: 0, last, ...optionOf(text) })
    this.pushText(label, 0, text)
  }

  /** The label that numbers count below; undefined for the document's own series. */
  container(): Label | undefined {
    return this.stack.open.findLast(({ container, label }) => container && label)?.label ?? undefined
  }

  /** The nearest heading above that has a label. */
  labelled(): Label | undefined {
    return this.stack.open.findLast(({ label }) => label)?.label ?? undefined
  }

  next(series: string): number {
    const number = (this.counted.get(series) ?? 0) + 1
    this.counted.set(series, number)
    return number
  }

  divisionLabel({ kind, numerals, suffix }: DivisionHead, within?: Label): Label {
    const { number, style } = this.meaning(kind, numerals)
    return {
      division: kind,
      number,
      suffix,
      ...(style ? { style } : {}),
      ...(within ? { within } : {}),
    }
  }

  /** Chooses among the meanings of a numeral the one behind the last of its kind. */
  meaning(kind: DivisionKind, numerals: readonly Numeral[]): Numeral {
    const series = `${kind} number`
    const last = this.counted.get(series) ?? 0
    const meaning = numerals.find(({ number }) => number === last + 1) ?? firstMeaning(numerals)
    this.counted.set(series, meaning.number)
    return meaning
  }
}

/** The option that a text begins with, as a fact of an open list. */
export function optionOf(text: string): { readonly option?: OptionStyle } {
  const option = optionStyle(text)
  return option ? { option } : {}
}

/** The key of the counter of a kind of numbers below a label. */
export const counterKey = (counted: string, within: Label | undefined): string =>
  `${within ? labelKey(within) : ''} ${counted}`
