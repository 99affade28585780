import type { ImportedBlock } from '../../model/import.ts'
import type { ParagraphKind } from '../../model/paragraph.ts'
import type { Furniture } from './furniture.ts'
import { firstFew, isSeparator } from './furniture.ts'
import { headingSign, isItem, isNumberedHeading } from './headings.ts'
import type { Line } from './lines.ts'
import { ENDS, startsBlock, startsLower } from './lines.ts'
import type { Numbered } from './numbers.ts'

export interface Body {
  readonly blocks: readonly ImportedBlock[]
  readonly warnings: readonly string[]
}

interface Block {
  kind: ParagraphKind
  number: number | null
  text: string
  /** The end of its text, kept separately because searching a long text at every line would take quadratic time. */
  last: string
  /** Whether its last line ended in a soft hyphen. */
  broken: boolean
}

/**
 * Reads from the first paragraph to the end of the file. Every line that is not furniture goes into exactly one
 * block.
 */
export function readBody(lines: readonly Line[], items: readonly Numbered[], furniture: Furniture): Body {
  const body = new BodyReader(lines, items, furniture.dropped)
  for (let i = items[0]?.index ?? 0; i < lines.length; i++) body.read(i)
  return {
    blocks: body.blocks.map(({ kind, number, text }) => {
      const label = number === null ? null : { number, suffix: 0 }
      return { kind, label, level: 0, text }
    }),
    warnings: [...furniture.warnings, ...body.warnings, ...hyphens(body.hyphens)],
  }
}

const TAIL = 60

class BodyReader {
  readonly blocks: Block[] = []
  readonly warnings: string[] = []
  /** The lines in paragraphs that ended in a hyphen. */
  readonly hyphens: number[] = []
  readonly #lines: readonly Line[]
  readonly #items: ReadonlyMap<number, Numbered>
  readonly #dropped: ReadonlySet<number>
  #paragraph: Block | undefined
  /** Whether only furniture was read since the last line of text. */
  #afterFurniture = false

  constructor(lines: readonly Line[], items: readonly Numbered[], dropped: ReadonlySet<number>) {
    this.#lines = lines
    this.#items = new Map(items.map((item) => [item.index, item]))
    this.#dropped = dropped
  }

  read(i: number): void {
    const line = this.#lines[i]
    if (!line) return
    if (this.#dropped.has(i)) {
      this.#afterFurniture = true
      return
    }
    const opens = startsBlock(line) || this.#afterFurniture
    this.#afterFurniture = false
    const item = this.#items.get(i)
    if (item) this.#push('paragraph', item.number, item.rest, line.broken)
    else if (isSeparator(line.text)) this.#push('separator', null, line.text, false)
    else this.#readUnnumbered(line, i, opens)
  }

  #readUnnumbered(line: Line, i: number, opens: boolean): void {
    const last = this.blocks.at(-1)
    const paragraph = this.#paragraph
    const bare = last?.kind === 'paragraph' && last.text === ''
    const open = paragraph !== undefined && paragraph.text !== '' && !ENDS.test(paragraph.last)
    const finished = last?.kind !== 'paragraph' ? !open : !open && !bare
    const stops = (index: number): boolean =>
      this.#items.has(index) ||
      (opens && this.#dropped.has(index)) ||
      isSeparator(this.#lines[index]?.text ?? '')
    const sign = bare ? 'none' : headingSign(this.#lines, i, stops, opens, finished)
    if (last?.kind === 'heading' && !opens && !isNumberedHeading(line.text)) {
      this.#join(last, line)
    } else if (sign === 'certain' || sign === 'likely') {
      if (sign === 'likely') this.#warn(line, 'was taken for a heading')
      this.#push('heading', null, line.text, line.broken)
    } else if (last && last.kind !== 'paragraph' && (!paragraph || !open)) {
      this.#warn(line, 'has no number and follows no paragraph; it was kept as a heading')
      this.#push('heading', null, line.text, line.broken)
    } else if (paragraph) {
      if (last !== paragraph)
        this.#warn(line, `was joined to paragraph ${paragraph.number} across what stands between`)
      else if (sign === 'possible')
        this.#warn(line, `may be a heading; it was kept as part of paragraph ${paragraph.number}`)
      else if (opens && !bare && finished && !isItem(line.text) && !startsLower(line.text))
        this.#warn(line, `has no number; it was kept as part of paragraph ${paragraph.number}`)
      this.#join(paragraph, line)
    }
  }

  #push(kind: ParagraphKind, number: number | null, text: string, broken: boolean): void {
    const block: Block = { kind, number, text, last: text, broken }
    this.blocks.push(block)
    if (kind === 'paragraph') this.#paragraph = block
  }

  #join(block: Block, line: Line): void {
    if (/\p{L}[-‐]$/u.test(block.last) && /^\p{L}/u.test(line.text)) this.hyphens.push(line.at - 1)
    const space = block.text === '' || block.broken ? '' : ' '
    block.text += space + line.text
    block.last = (block.last + space + line.text).slice(-TAIL)
    block.broken = line.broken
  }

  #warn(line: Line, what: string): void {
    this.warnings.push(`Line ${line.at} (“${excerpt(line.text)}”) ${what}.`)
  }
}

const excerpt = (text: string): string => (text.length > 50 ? `${text.slice(0, 49).trimEnd()}…` : text)

/**
 * Warns of hyphens at line ends. They may belong to the word or to the line break, and words are not changed on
 * a guess.
 */
function hyphens(at: readonly number[]): string[] {
  if (at.length === 0) return []
  const [line, ends] = at.length > 1 ? ['Lines', 'end'] : ['Line', 'ends']
  return [`${line} ${firstFew(at)} ${ends} in a hyphen: look at the words joined there.`]
}
