import type { ComposedText, MarkPiece, Piece, SignPiece } from '../../document/composition/compose.ts'
import type { HostId } from '../../model/ids.ts'
import { escapeSigns, printOwnSigns } from '../brackets/escape.ts'
import { noteOfSign, noteSign } from '../brackets/exported-words.ts'
import { WORDS_GONE } from '../brackets/host.ts'
import type { WhiteSpace } from '../brackets/white-space.ts'
import { writeWhiteSpace } from '../brackets/white-space.ts'
import type { OutlineItem, WrittenMark } from './exported-outline.ts'
import { emphasisAt } from './exported-emphasis.ts'
import { writePieces } from './write-pieces.ts'

/** The words of a block as an export prints them, and what it says of them at its end. */
export type PrintedWords = Pick<OutlineItem, 'whiteSpace' | 'marks' | 'own'> & { readonly text: string }

export interface WordsContext {
  /** Whether stars are emphasis, so that those among the words are told from them. */
  readonly emphasised: boolean
  /** Whether all of the block stands in a bracket. */
  readonly framed: boolean
  /** The place of a footnote, or of the proposal for one, among all, and its number in print. */
  readonly noteOf: (note: HostId) => Footnote
}

export interface Footnote {
  /** From 0. */
  readonly index: number
  /** Empty when it has none. */
  readonly number: string
}

/** Writes the pieces of a block so that the same words, white space and marks are read back. */
export function printWords(pieces: readonly Piece[], context: WordsContext): PrintedWords {
  const printed: Piece[] = []
  const whiteSpace: WhiteSpace[] = []
  const marks: PrintedMark[] = []
  for (const part of stretches(withMarksWhole(pieces))) {
    if ('sign' in part) {
      printed.push(signOf(part))
      continue
    }
    for (const { note, text } of part.marks) marks.push({ ...context.noteOf(note), text })
    whiteSpace.push(part.whiteSpace)
    printed.push(...stretchOf(part, context))
  }
  const { text: written, own } = printOwnSigns(writePieces(printed))
  return { ...printMarks(written, marks), own, whiteSpace: writeWhiteSpace(whiteSpace) }
}

/** The mark of a footnote as it is printed, with a bracket and names, or the space behind another mark. */
interface PrintedMark extends Footnote {
  readonly text: string
}

/** The bracket around a mark is a part of it, since the footnote says who proposes it and who asks to delete it. */
function withMarksWhole(pieces: readonly Piece[]): Piece[] {
  const whole: Piece[] = []
  for (const [i, piece] of pieces.entries()) {
    const [before, behind] = [pieces[i - 1], pieces[i + 1]]
    if (piece.kind === 'sign' && (piece.sign === 'mark-start' || piece.sign === 'mark-end')) continue
    const [opens, closes] = [before, behind].map((sign) => (sign?.kind === 'sign' ? sign : null))
    const isBracketed = opens?.sign === 'mark-start' && closes?.sign === 'mark-end'
    if (piece.kind === 'mark' && isBracketed)
      whole.push({ ...piece, text: opens.text + piece.text + closes.text })
    else whole.push(piece)
  }
  return whole
}

/** The words between two signs, with the marks of footnotes among them. */
interface Stretch {
  readonly pieces: readonly (ComposedText | MarkPiece)[]
  readonly marks: readonly MarkPiece[]
  readonly whiteSpace: WhiteSpace
}

function stretches(pieces: readonly Piece[]): (Stretch | SignPiece)[] {
  const parts: (Stretch | SignPiece)[] = []
  let words: (ComposedText | MarkPiece)[] = []
  let last: SignPiece | null = null
  for (const piece of pieces) {
    if (piece.kind !== 'sign') {
      words.push(piece)
      continue
    }
    // Between two alternatives stand no words.
    const goesOn = last?.sign === 'wording-end' && !last.text.trimEnd().endsWith(']')
    if (!goesOn) parts.push(stretch(words))
    parts.push(piece)
    words = []
    last = piece
  }
  return [...parts, stretch(words)]
}

function stretch(pieces: readonly (ComposedText | MarkPiece)[]): Stretch {
  // A mark counts as a letter, so that a space before one is not at the end.
  const text = pieces.map((piece) => (piece.kind === 'text' ? piece.text : noteSign(0))).join('')
  const words = text.trim()
  const before = words === '' ? text : text.slice(0, text.length - text.trimStart().length)
  return {
    pieces,
    marks: pieces.flatMap((piece) => (piece.kind === 'mark' ? [piece] : [])),
    whiteSpace: { before, behind: words === '' ? '' : text.slice(text.trimEnd().length) },
  }
}

const signOf = (sign: SignPiece): SignPiece =>
  sign.sign === 'gone' ? { ...sign, text: sign.text.replace(/\](\s*)$/u, `${WORDS_GONE}]$1`) } : sign

/** The words with the signs of emphasis, and private characters for marks. */
function stretchOf({ pieces }: Stretch, { emphasised, framed, noteOf }: WordsContext): Piece[] {
  const first = pieces.find((piece) => piece.kind === 'text')
  if (!first) return []
  const words = pieces.flatMap((piece) => (piece.kind === 'text' ? [piece] : []))
  const inBracket = framed || first.within.length > 0 || first.struck.length > 0
  const escaped = escapeSigns(words.map(({ text }) => text).join(''), inBracket)
  const stars = emphasised ? emphasisAt(words) : new Map<number, string>()
  let text = ''
  let at = 0
  for (const piece of pieces) {
    if (piece.kind === 'mark') text += noteSign(noteOf(piece.note).index)
    else
      for (const _ of Array.from({ length: piece.text.length })) {
        const unit = escaped.charAt(at)
        text += (stars.get(at) ?? '') + (emphasised && /[\\*_]/u.test(unit) ? `\\${unit}` : unit)
        at++
      }
  }
  return [{ ...first, text: text + (stars.get(at) ?? '') }]
}

/** Prints the marks of footnotes, which come in the order of the text, and says where they are. */
function printMarks(
  written: string,
  marks: readonly PrintedMark[],
): { readonly text: string; readonly marks: readonly WrittenMark[] } {
  const places: number[] = []
  let text = ''
  for (const character of written) {
    if (noteOfSign(character) === null) text += character
    else {
      places.push(text.length)
      text += marks[places.length - 1]?.text ?? ''
    }
  }
  const found = marks.map(({ index, number, text: printed }, i): WrittenMark => {
    const before = printed.indexOf(number)
    const nth = placesOf(number, text).indexOf((places[i] ?? 0) + before)
    return { note: index, nth, before, behind: printed.length - before - number.length }
  })
  return { text, marks: found.filter(({ nth }) => nth >= 0) }
}

/** Puts private characters in the places of the marks. `numbers`: those of the footnotes in print. */
export function readMarks(text: string, marks: readonly WrittenMark[], numbers: readonly string[]): string {
  const found = marks.flatMap(({ note, nth, before, behind }) => {
    const number = numbers[note] ?? ''
    const at = placesOf(number, text)[nth]
    return at === undefined ? [] : [{ note, from: at - before, to: at + number.length + behind }]
  })
  let read = text
  for (const { note, from, to } of found.toSorted((a, b) => b.from - a.from))
    read = read.slice(0, Math.max(0, from)) + noteSign(note) + read.slice(to)
  return read
}

/** Returns where a text has these words; the places may overlap. */
export function placesOf(words: string, text: string): number[] {
  const places: number[] = []
  if (words === '') return places
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) places.push(at)
  return places
}
