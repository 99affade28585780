import type { Answer, AnswerFault, PieceKind } from '../../../model/understanding.ts'
import { looksLikeHeading } from '../lines/headings.ts'
import type { Line } from '../lines/line.ts'
import type { SourcePiece, SourcePieces } from '../segments/pieces.ts'
import { spanStart } from '../segments/pieces.ts'
import type { Redrawn } from './resegment.ts'
import { resegment, textOf } from './resegment.ts'
import type { LineSpan } from '../segments/segment.ts'
import { hasUnspaced } from '../../../model/characters/unspaced.ts'

/** A piece after a person's answers. */
export interface CorrectedPiece extends SourcePiece {
  /** The answer at the place where it begins; null when there is none. */
  readonly answer: Answer | null
  /** The answers at places within it. */
  readonly within: readonly Answer[]
}

export type Corrected =
  { readonly pieces: readonly CorrectedPiece[] } | { readonly faults: readonly AnswerFault[] }

/**
 * Applies a person's answers. Pieces that no answer touches stay as they are. The words of the source, and their order,
 * are the same before and after; only which piece each belongs to changes.
 */
export function correct(source: SourcePieces, answers: readonly Answer[]): Corrected {
  if (answers.length === 0)
    return { pieces: source.pieces.map((piece) => ({ ...piece, answer: null, within: [] })) }
  const corrector = new Corrector(source, answers)
  for (const { span, piece, first } of spansOf(source.pieces)) corrector.read(span, piece, first)
  const drafts = corrector.finish()
  if (corrector.faults.length > 0) return { faults: corrector.faults }
  const pieces = drafts.map((draft): CorrectedPiece => {
    const { kind, spans, owner, answer, within } = draft
    const same = kind === owner.kind && isUntouched(draft)
    if (same) return { ...owner, answer, within }
    if (kind === 'front' || kind === 'furniture') return { kind, spans, segment: null, answer, within }
    const made = resegment(draft, source.vocabulary)
    if ('fault' in made) corrector.fault(draft.spans[0]?.line.at ?? 0, made.fault)
    return { kind, spans, segment: 'fault' in made ? null : made, answer, within }
  })
  return corrector.faults.length > 0 ? { faults: corrector.faults } : { pieces }
}

/** Whether neither its text nor its label or level was changed. */
function isUntouched({ spans, owner, answer }: Draft): boolean {
  if (answer?.label !== undefined || answer?.level !== undefined) return false
  return spans.length === owner.spans.length && spans.every((span, i) => span === owner.spans[i])
}

/** A piece while answers are applied. */
interface Draft extends Redrawn {
  kind: PieceKind
  readonly spans: LineSpan[]
  readonly within: Answer[]
}

interface OwnedSpan {
  readonly span: LineSpan
  readonly piece: SourcePiece
  readonly first: boolean
}

/** Returns all spans in the order in which they are read. */
function spansOf(pieces: readonly SourcePiece[]): OwnedSpan[] {
  const spans = pieces.flatMap((piece) => piece.spans.map((span, i) => ({ span, piece, first: i === 0 })))
  return spans.sort((a, b) => a.span.line.order - b.span.line.order || a.span.from - b.span.from)
}

const placeKey = (at: number, column: number): string => `${at}:${column}`

class Corrector {
  readonly faults: AnswerFault[] = []
  readonly #vocabulary: SourcePieces['vocabulary']
  readonly #drafts: Draft[] = []
  /** The draft to which the next words of each piece belong. */
  readonly #current = new Map<SourcePiece, Draft>()
  /** The answers that no text was found for yet, by their place. */
  readonly #open = new Map<string, Answer>()
  /** The columns of answers, by line. */
  readonly #columns = new Map<number, number[]>()
  /** The rows of tables of which an answer makes something else. */
  readonly #brokenRows: ReadonlySet<object>
  /** The last draft that is neither furniture nor a note. */
  #kept: Draft | null = null
  /** The last draft that is a note. */
  #keptNote: Draft | null = null

  constructor({ vocabulary, pieces }: SourcePieces, answers: readonly Answer[]) {
    this.#vocabulary = vocabulary
    this.#brokenRows = rowsWithAnswers(pieces, answers)
    for (const answer of answers) {
      const { at, column = 0 } = answer
      const key = placeKey(at, column)
      if (this.#open.has(key)) this.fault(at, 'has two answers for one place')
      this.#open.set(key, answer)
      this.#columns.set(at, [...(this.#columns.get(at) ?? []), column])
    }
  }

  /** Notes that an answer cannot be applied. `what`: the predicate of the sentence. */
  fault(at: number, what: string): void {
    this.faults.push({ at, message: `Line ${at} ${what}.` })
  }

  read(span: LineSpan, piece: SourcePiece, first: boolean): void {
    const row = piece.segment?.cell?.row
    // A cell without words is nothing when its row is none.
    if (row && span.from === span.to && this.#brokenRows.has(row)) return
    for (const [i, part] of this.#cut(span).entries()) {
      const { at, column } = spanStart(part)
      const answer = this.#open.get(placeKey(at, column)) ?? null
      this.#open.delete(placeKey(at, column))
      this.#place(part, piece, { begins: first && i === 0, cut: i > 0, answer })
    }
  }

  /** Divides a span where an answer says that a piece begins within it. */
  #cut(span: LineSpan): readonly LineSpan[] {
    const { line, from, to } = span
    const columns = (this.#columns.get(line.at) ?? [])
      .map((column) => column - line.column)
      .filter((column) => column > from && column < to)
      .sort((a, b) => a - b)
    if (columns.length === 0) return [span]
    for (const column of columns)
      if (isWithinWord(line, column))
        this.fault(line.at, `cannot be divided within a word (column ${column})`)
    return [from, ...columns].map((start, i) => ({ line, from: start, to: columns[i] ?? to }))
  }

  #place(
    part: LineSpan,
    piece: SourcePiece,
    {
      begins,
      cut,
      answer,
    }: { readonly begins: boolean; readonly cut: boolean; readonly answer: Answer | null },
  ): void {
    const row = piece.segment?.cell?.row
    if (row && this.#brokenRows.has(row)) return this.#placeBroken(part, piece, { begins, answer })
    if (row && answer && (answer.level !== undefined || answer.label !== undefined))
      this.fault(answer.at, 'stands in a table, where it has no other label and no level')
    if (answer?.is === 'cell' && !row)
      this.fault(answer.at, 'cannot be made a cell: the rows of a table are found by their columns')
    if (answer?.joins) return this.#join(part, piece, answer)
    const own = this.#current.get(piece)
    if (row && own && !begins) {
      own.spans.push(part)
      return
    }
    const asked =
      answer !== null && (answer.is ?? answer.level ?? answer.label ?? answer.brackets) !== undefined
    if (begins || cut || asked || !own) {
      const kind = answer?.is ?? (cut && piece.kind === 'heading' ? 'paragraph' : piece.kind)
      this.#begin({ kind, spans: [part], owner: piece, begins, answer, within: [] })
    } else if (own === this.#kept || own === this.#keptNote || own.kind === 'furniture') {
      own.spans.push(part)
      if (answer) own.within.push(answer)
    } else {
      // Something that was put in front of these words divides them from the words before.
      const kind = own.kind === 'note' ? 'note' : 'paragraph'
      this.#begin({ kind, spans: [part], owner: piece, begins: false, answer, within: [] })
    }
  }

  /** The cells of a row that is none any more are pieces of their own, and what has no words is none. */
  #placeBroken(
    part: LineSpan,
    piece: SourcePiece,
    { begins, answer }: { readonly begins: boolean; readonly answer: Answer | null },
  ): void {
    if (answer?.joins) return this.#join(part, piece, answer)
    const isAsked = answer?.is !== undefined && answer.is !== 'cell'
    const own = this.#current.get(piece)
    if (own && !begins && !answer) own.spans.push(part)
    else {
      const kind = isAsked ? answer.is : 'paragraph'
      this.#begin({ kind, spans: [part], owner: piece, begins, answer, within: [] })
    }
  }

  #begin(draft: Draft): void {
    this.#drafts.push(draft)
    this.#current.set(draft.owner, draft)
    if (draft.kind === 'note') this.#keptNote = draft
    else if (draft.kind !== 'furniture') this.#kept = draft
  }

  #join(part: LineSpan, piece: SourcePiece, answer: Answer): void {
    const { is, label, level } = answer
    if (
      (is !== undefined && is !== 'note' && is !== 'paragraph') ||
      label !== undefined ||
      level !== undefined
    )
      return this.fault(answer.at, 'cannot be joined and be something of its own as well')
    const before = (is ?? piece.kind) === 'note' ? this.#keptNote : this.#kept
    if ((is ?? piece.kind) === 'note' && !before)
      return this.fault(answer.at, 'cannot be joined to a footnote: none stands before it')
    if (before?.kind === 'cell') return this.fault(answer.at, 'cannot be joined to a table')
    if (!before || before.kind === 'separator')
      return this.fault(answer.at, 'cannot be joined to what stands before it: there are no words')
    before.spans.push(part)
    before.within.push(answer)
    this.#current.set(piece, before)
  }

  /** Returns the pieces; front matter only before the first one that is none. */
  finish(): readonly Draft[] {
    for (const { at, column = 0 } of this.#open.values())
      this.fault(at, column === 0 ? 'has no words to answer about' : `has nothing at column ${column}`)
    const last = this.#drafts.findLastIndex(({ kind, answer }) => kind === 'front' && answer?.is === 'front')
    const first = this.#drafts.findIndex((draft, i) => i > last && BODY.has(draft.kind))
    for (const [i, draft] of this.#drafts.entries()) {
      if (i < last && BODY.has(draft.kind)) {
        if (draft.answer?.is !== undefined)
          this.fault(draft.answer.at, 'stands before what is front matter, and cannot be part of the draft')
        draft.kind = 'front'
      } else if (first >= 0 && i > first && draft.kind === 'front')
        draft.kind = looksLikeHeading(textOf(draft.spans, this.#vocabulary)) ? 'heading' : 'paragraph'
    }
    return this.#drafts
  }
}

/**
 * Returns the rows that are none any more: an answer makes something else of a cell, joins it to what stands before it, or begins a
 * piece within it.
 */
function rowsWithAnswers(pieces: readonly SourcePiece[], answers: readonly Answer[]): ReadonlySet<object> {
  const byLine = Map.groupBy(answers, ({ at }) => at)
  const broken = new Set<object>()
  for (const { segment, spans } of pieces)
    for (const [i, { line, from, to }] of segment?.cell ? spans.entries() : [])
      for (const { column = 0, is, joins } of byLine.get(line.at) ?? []) {
        const at = column - line.column
        const begins = i === 0 && at === from
        const isOther = (is !== undefined && is !== 'cell') || joins === true
        if (segment?.cell && ((begins && isOther) || (at > from && at < to))) broken.add(segment.cell.row)
      }
  return broken
}

const BODY: ReadonlySet<PieceKind> = new Set(['heading', 'paragraph', 'separator', 'cell'])

/** Whether the signs on both sides of a column belong to one word. Scripts without spaces have no words here. */
export function isWithinWord({ text }: Line, column: number): boolean {
  const [before, behind] = [text.slice(Math.max(0, column - 2), column), text.slice(column, column + 2)]
  if (/[\ud800-\udbff]$/.test(before) && /^[\udc00-\udfff]/.test(behind)) return true
  return (
    /[\p{L}\p{M}\p{N}]$/u.test(before) && /^[\p{L}\p{M}\p{N}]/u.test(behind) && !hasUnspaced(before + behind)
  )
}
