import type { TextPiece } from '#shared/model/proposals/decision.ts'

/** The words of one paragraph. Neighbouring pieces differ in their emphasis. */
export type Line = readonly TextPiece[]
type Format = 'em' | 'strong'

/** White space of HTML, and spaces at which a line may not break; a group, so that `split` returns them too. */
const SPACES = /([ \t\n\r\f\v\u00a0\u2007\u202f]+)/u

interface OpenLine {
  pieces: TextPiece[]
  /** A space to write before the next word; null for none. `soft`: dropped at the end of what was copied. */
  space: { readonly formats: readonly Format[]; readonly soft: boolean } | null
  /** Line breaks since the last word. */
  breaks: number
  /** Whether a space before its first word is kept, because what was copied begins within a line. */
  startsOpen: boolean
}

/**
 * Lays words out into lines as a browser does.
 *
 * Invariants:
 *
 * - White space is one space, and none at the edges of a line; except at the first edge and the last of the whole, where
 *   what was copied may begin or end within a line.
 * - A line break within a paragraph is a space; two are the end of the paragraph.
 * - The cells of one row are one line, unless one of them has several paragraphs: then each paragraph is a line.
 * - No line is empty.
 */
export class LineWriter {
  /** The finished lines of the innermost open cell; of the whole outside of rows. */
  #lines: Line[] = []
  #line: OpenLine
  #rows: { readonly around: Line[]; readonly cells: Line[][] }[] = []

  constructor() {
    this.#line = openLine(true)
  }

  /** Adds the text of one text node. `spaces`: see `Appearance` in appearance.ts. */
  text(text: string, formats: readonly Format[], spaces: 'collapse' | 'keep' | 'lines'): void {
    for (const [i, part] of text.split(SPACES).entries()) {
      if (part === '') continue
      if (i % 2 === 0) this.#word(part, formats)
      else this.#space(part, formats, spaces)
    }
  }

  /** Adds a line break within a paragraph. */
  break(): void {
    const line = this.#line
    line.startsOpen &&= line.pieces.length > 0
    line.space ??= GAP
    if (++line.breaks > 1) this.end()
  }

  /** Ends the paragraph. */
  end(): void {
    this.#close(false)
  }

  /** Begins a row of a table. Rows may be nested; each is ended by {@link endRow}. */
  startRow(): void {
    this.end()
    this.#rows.push({ around: this.#lines, cells: [] })
    this.#lines = []
  }

  /** Ends a cell; outside of a row, adds a space between words. */
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

  /** Ends the innermost row and its last cell; does nothing but end the cell outside of a row. */
  endRow(): void {
    this.endCell()
    const row = this.#rows.pop()
    if (!row) return
    const cells = row.cells.filter((lines) => lines.length > 0)
    // A cell with several paragraphs is a means of layout: its paragraphs stay paragraphs.
    const whole = cells.every((lines) => lines.length === 1) ? [joined(cells.flat())] : cells.flat()
    this.#lines = [...row.around, ...whole.filter((line) => line.length > 0)]
  }

  /** Drops everything that was written, because it was not part of what was copied. Open rows stay open. */
  restart(): void {
    this.#lines = []
    for (const row of this.#rows) {
      row.around.length = 0
      row.cells.length = 0
    }
    this.#line = openLine(true)
  }

  /** The last piece of the open line, with a space when one is to be written before the next word; '' for an empty line. */
  get before(): string {
    const { pieces, space } = this.#line
    return (pieces.at(-1)?.insert ?? '') + (space ? ' ' : '')
  }

  /** Ends everything that is open and returns the lines. A space at the end of the last line is kept. */
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
    // A line break between elements formats the source and is not shown.
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
