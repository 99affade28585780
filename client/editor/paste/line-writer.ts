import type { TextPiece } from '#shared/model/decision.ts'

export type Line = readonly TextPiece[]
type Format = 'em' | 'strong'

/** White space of HTML, and the spaces that keep words on one line. */
const SPACES = /([ \t\n\r\f\v\u00a0\u2007\u202f]+)/u

interface OpenLine {
  pieces: TextPiece[]
  /** A space that comes when the next word does; `soft`: a line break of the source, none at an edge. Null: none. */
  space: { readonly formats: readonly Format[]; readonly soft: boolean } | null
  /** Line breaks since the last word. */
  breaks: number
  /** Its spaces at the start and the end stay: what was copied begins or ends within a line. */
  startsOpen: boolean
}

/**
 * Lays words out into lines as a browser does: white space is one space and none at the edges of a line. A line break
 * within a paragraph is a space, two are the end of the paragraph; cells of one row of a table are one line.
 */
export class LineWriter {
  /** The lines of what is being written: of the whole, or of one cell. */
  #lines: Line[] = []
  #line: OpenLine
  #rows: { readonly around: Line[]; readonly cells: Line[][] }[] = []

  constructor() {
    this.#line = openLine(true)
  }

  /** Words as they stand in the document. `keep`: each of their spaces counts, and a line break is one. */
  text(text: string, formats: readonly Format[], spaces: 'collapse' | 'keep' | 'lines'): void {
    for (const [i, part] of text.split(SPACES).entries()) {
      if (part === '') continue
      if (i % 2 === 0) this.#word(part, formats)
      else this.#space(part, formats, spaces)
    }
  }

  /** A line break within a paragraph. */
  break(): void {
    const line = this.#line
    line.startsOpen &&= line.pieces.length > 0
    line.space ??= GAP
    if (++line.breaks > 1) this.end()
  }

  /** The end of a paragraph. */
  end(): void {
    this.#close(false)
  }

  startRow(): void {
    this.end()
    this.#rows.push({ around: this.#lines, cells: [] })
    this.#lines = []
  }

  /** The end of a cell: outside a row, a space between words. */
  endCell(): void {
    const row = this.#rows.at(-1)
    if (!row) {
      this.#line.space ??= GAP
      return
    }
    this.end()
    row.cells.push(this.#lines)
    this.#lines = []
  }

  endRow(): void {
    this.endCell()
    const row = this.#rows.pop()
    if (!row) return
    const cells = row.cells.filter((lines) => lines.length > 0)
    // A cell with several paragraphs is there for the layout: its paragraphs are what they are.
    const whole = cells.every((lines) => lines.length === 1) ? [joined(cells.flat())] : cells.flat()
    this.#lines = [...row.around, ...whole.filter((line) => line.length > 0)]
  }

  /** What has been written was not part of what was copied. */
  restart(): void {
    this.#lines = []
    for (const row of this.#rows) {
      row.around.length = 0
      row.cells.length = 0
    }
    this.#line = openLine(true)
  }

  /** The word before, and what stands between it and the next. */
  get before(): string {
    const { pieces, space } = this.#line
    return (pieces.at(-1)?.insert ?? '') + (space ? ' ' : '')
  }

  /** All lines that have words; the last ends as what was copied does. */
  finish(): Line[] {
    this.#close(true)
    while (this.#rows.length > 0) this.endRow()
    return this.#lines
  }

  #word(word: string, formats: readonly Format[]): void {
    const line = this.#line
    if (line.space && (line.pieces.length > 0 || line.startsOpen))
      append(line.pieces, ' ', line.space.formats)
    append(line.pieces, word, formats)
    line.space = null
    line.breaks = 0
  }

  #space(space: string, formats: readonly Format[], spaces: 'collapse' | 'keep' | 'lines'): void {
    const broken = space.replaceAll(/\r\n?/g, '\n').split('\n').length - 1
    if (spaces !== 'collapse' && broken > 0) {
      for (let i = 0; i < broken; i++) this.break()
      return
    }
    // A line break of the source between elements is there for whoever reads the source.
    if (spaces === 'collapse' && broken > 0 && this.#line.pieces.length === 0) return
    if (spaces === 'keep' && space.length > 1 && this.#line.pieces.length > 0)
      append(this.#line.pieces, ' '.repeat(space.length - 1), formats)
    this.#line.space ??= { formats, soft: broken > 0 }
  }

  #close(open: boolean): void {
    const { pieces, space, breaks } = this.#line
    if (pieces.length > 0) {
      if (open && space && !space.soft && breaks === 0) append(pieces, ' ', space.formats)
      this.#lines.push(pieces)
    }
    this.#line = openLine(false)
  }
}

const GAP = { formats: [], soft: true }

const openLine = (startsOpen: boolean): OpenLine => ({ pieces: [], space: null, breaks: 0, startsOpen })

function append(pieces: TextPiece[], insert: string, formats: readonly Format[]): void {
  const last = pieces.at(-1)
  const attributes = Object.fromEntries(formats.map((format) => [format, true as const]))
  const same = last && Object.keys(last.attributes ?? {}).join(' ') === formats.join(' ')
  if (same) pieces[pieces.length - 1] = { ...last, insert: last.insert + insert }
  else pieces.push(formats.length > 0 ? { insert, attributes } : { insert })
}

function joined(lines: readonly Line[]): Line {
  const pieces: TextPiece[] = []
  for (const line of lines) {
    if (pieces.length > 0) append(pieces, ' ', [])
    for (const { insert, attributes = {} } of line)
      append(pieces, insert, Object.keys(attributes) as Format[])
  }
  return pieces
}
