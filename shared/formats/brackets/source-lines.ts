import type { ExportedWords } from './exported-words.ts'
import type { LineSpan } from '../recognise/segments/segment.ts'

/** Where a block stands in its source. */
export interface BlockSource {
  /** The line on which it begins, from 1. */
  readonly line: number
  /** The brackets that were opened before its number, as in `[2. We plant them.]`: the number is in brackets too. */
  readonly lead: string
  /** Its words as an export has them, where they are read exactly. */
  readonly exported?: ExportedWords
  /** The stretches of lines that its words stand on, in order. Absent where the source has one line for each block. */
  readonly spans?: readonly LineSpan[]
}

/** Finds on which lines of its source things in a block stand. It takes linear time when they are asked for in their order. */
export class SourceLines {
  readonly #source: BlockSource
  /** The index of the span in which the last text was found, and the column behind it. */
  #at = 0
  #column = 0
  #signs: readonly number[] | null = null

  constructor(source: BlockSource) {
    this.#source = source
  }

  /** Returns the line that holds a text, the next one behind the last that was found if there are several; the first line of the block if none does. */
  lineOf(text: string): number {
    const { spans = [], line } = this.#source
    for (let step = 0; step <= spans.length; step++) {
      const index = (this.#at + step) % spans.length
      const span = spans[index]
      if (!span) break
      const found = span.line.text.indexOf(text, step === 0 ? this.#column : span.from)
      if (found < 0 || found >= span.to) continue
      this.#at = index
      this.#column = found + text.length
      return span.line.at
    }
    return line
  }

  /** Returns the line of the square bracket behind which `behind` others follow in the block. */
  lineOfSign(behind: number): number {
    this.#signs ??= (this.#source.spans ?? []).flatMap(({ line, from, to }) =>
      Array.from(line.text.slice(from, to).matchAll(/[[\]]/gu), () => line.at),
    )
    return this.#signs.at(-1 - behind) ?? this.#source.line
  }
}
