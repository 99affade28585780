import type { ImportedBlock, ReadCode, ReadResult } from '../../model/import.ts'
import { formatLabel } from '../../model/label.ts'
import { fail, type Failure, type Result } from '../../model/result.ts'
import type { Answer, AnswerFault, NameAnswer, Piece, ShownLine } from '../../model/understanding.ts'
import { stripText } from '../../model/characters/text-policy.ts'
import { inLanguage } from '../../model/label-path.ts'
import type { Language } from '../../model/language.ts'
import type { BlockSource } from '../brackets/source-lines.ts'
import { readBrackets } from '../brackets/brackets.ts'
import { mistakenAnswers } from '../brackets/name-answers.ts'
import type { InLanguages } from '../recognise/languages.ts'
import { inLanguages } from '../recognise/languages.ts'
import { withBracketDoubts } from '../recognise/corrections/bracket-doubts.ts'
import { summarise } from '../recognise/lines/doubts.ts'
import type { SourcePieces } from '../recognise/segments/pieces.ts'
import { readPieces } from '../recognise/segments/pieces.ts'
import { recognisePieces } from '../recognise/recognise.ts'
import { firstFew } from '../recognise/lines/line.ts'
import { decode } from './decode.ts'
import type { ExportFrame } from './export-frame.ts'
import { takeFrame } from './export-frame.ts'
import { exportedPieces } from './exported-pieces.ts'
import { leftOut, shownLines, splitLines } from './lines.ts'

export interface ReadOptions {
  /** The title, replacing the headings that were found. */
  readonly title?: string
  /** What a person answered about the text. */
  readonly answers?: readonly Answer[]
  readonly names?: readonly NameAnswer[]
}

/** A text that was divided into pieces, to be read with different answers. */
export interface OpenedText {
  readonly pieces: SourcePieces
  readonly lines: readonly ShownLine[]
  /** Sentences about what was left out before the text was divided. */
  readonly remarks: readonly string[]
  readonly dropped: readonly { readonly at: number; readonly text: string }[]
  /** What an export says about itself. */
  readonly frame: Pick<ExportFrame, 'exact' | 'exported' | 'front'>
}

export type OpenedResult = Result<{ opened: OpenedText }, ReadCode>

/**
 * Reads plain text from other sources: bytes, lines, then the draft in these. Every word of the file is in the front
 * matter, in a block, or in the furniture that was left out.
 */
export function readText(file: Uint8Array, options: ReadOptions = {}): ReadResult {
  const result = openText(file)
  return result.ok ? readOpened(result.opened, options) : result
}

/** Does what does not depend on answers, and most of the work. */
export function openText(file: Uint8Array): OpenedResult {
  const decoded = decode(file)
  if (!decoded.ok) return decoded
  const frame = takeFrame(decoded.text)
  const exported = frame.exported && exportedPieces(frame.exported)
  if (exported) {
    const { pieces, lines } = exported
    const { dropped, remarks } = frame
    return { ok: true, opened: { pieces, lines: shownLines(lines), remarks, dropped, frame } }
  }
  const { warnings, dropped, ...source } = splitLines(frame.text)
  const pieces = readPieces(source)
  if (!pieces) return NO_DRAFT
  const numbers = firstFew(dropped.map(({ text }) => text))
  const remarks =
    dropped.length > 0 ? [`Left out as line numbers, comments or signs of a page: ${numbers}.`] : []
  return {
    ok: true,
    opened: {
      pieces,
      lines: shownLines(source.lines),
      remarks: [...frame.remarks, ...warnings, ...remarks],
      dropped: [...frame.dropped, ...dropped],
      frame,
    },
  }
}

/** Reads the draft in a text, with a person's answers. */
export function readOpened(
  { pieces, remarks, dropped, frame }: OpenedText,
  { title: wish = '', answers = [], names: known = [] }: ReadOptions = {},
): ReadResult {
  const mistaken = mistakenAnswers(known)
  if (mistaken.length > 0) return wrongAnswers(mistaken)
  const read = recognisePieces(pieces, MOST_BLOCKS, answers)
  if ('faults' in read) return wrongAnswers(read.faults)
  if ('blocks' in read)
    return tooLarge(
      `The text has ${read.blocks} paragraphs and headings; the limit is ${MOST_BLOCKS}. Import it in parts.`,
    )
  const passed = boundsPassed(read.draft.blocks)
  if (passed) return passed
  const given = stripText(wish, 'line')
  const title = given.text.trim()
  const told = frame.exported
    ? asExported(read.draft.blocks, read.sources, frame.exported.language)
    : inLanguages(read.draft.blocks)
  const {
    blocks,
    names,
    doubts: bracketed,
  } = readBrackets(told.blocks, read.sources, {
    exact: frame.exact,
    answers: new Map(known.map(({ written, participant }) => [written, participant])),
    words: wordsOnly(read.pieces, answers),
  })
  const marked = withBracketDoubts(read.pieces, bracketed, answers)
  const titled = title === '' ? read.doubts : read.doubts.filter(({ code }) => code !== 'no-title')
  const strange = given.removed > 0 ? [`Title: ${leftOut(given.removed)}`] : []
  const said = [...remarks, ...strange, ...read.remarks]
  return {
    ok: true,
    draft: {
      ...read.draft,
      blocks,
      ...(told.language && { language: told.language }),
      front: [...(frame.front ?? []), ...read.draft.front],
      title: title === '' ? read.draft.title : title,
    },
    pieces: marked.pieces.map((piece) => withLabel(piece, told.blocks)),
    names,
    furniture: [...dropped, ...read.furniture.map(({ at, text }) => ({ at, text }))],
    notes: read.notes.map(({ at, text }) => ({ at, text })),
    remarks: first100(said),
    warnings: first100([...said, ...summarise([...titled, ...marked.open])]),
  }
}

/** Keeps the languages that an export says. A label that a person gave gets the words of the draft's language. */
const asExported = (
  blocks: readonly ImportedBlock[],
  sources: readonly BlockSource[],
  language: Language | null,
): InLanguages => ({
  language,
  blocks: blocks.map((block, i) => {
    const { label } = block
    const isGiven = label && !label.within && !sources[i]?.exported && language
    return isGiven ? { ...block, label: inLanguage(label, language) } : block
  }),
})

/** Returns the indexes of the blocks whose brackets are words, as a person says. */
function wordsOnly(pieces: readonly Piece[], answers: readonly Answer[]): ReadonlySet<number> {
  const places = new Set(
    answers.flatMap(({ at, column = 0, brackets }) => (brackets ? [`${at}:${column}`] : [])),
  )
  if (places.size === 0) return new Set()
  return new Set(
    pieces.flatMap(({ block, spans: [first] }) =>
      block && first && places.has(`${first.at}:${first.from}`) ? [block.index] : [],
    ),
  )
}

/** Gives a piece the label of its block. */
function withLabel(piece: Piece, blocks: readonly ImportedBlock[]): Piece {
  const { block } = piece
  const label = block && blocks[block.index]?.label
  return label ? { ...piece, block: { ...block, label } } : piece
}

/**
 * About twenty times the paragraphs of the largest negotiation that is planned for. Every reader pays for each
 * block.
 */
const MOST_BLOCKS = 10_000
/** In UTF-16 units: about forty pages. */
const LONGEST_BLOCK = 200_000

const tooLarge = (message: string): Failure<ReadCode> => fail('too-large', message)

/** How many faults one message names. */
const MOST_FAULTS = 20

function wrongAnswers(faults: readonly Pick<AnswerFault, 'message'>[]): Failure<ReadCode> {
  const more = faults.length - MOST_FAULTS
  const messages = faults.slice(0, MOST_FAULTS).map(({ message }) => message)
  if (more > 0) messages.push(`And ${more} more.`)
  return fail('wrong-answers', `Some answers cannot be applied. ${messages.join(' ')}`)
}

/** Returns the refusal of a text that is larger than a document may be; else null. */
function boundsPassed(blocks: readonly ImportedBlock[]): Failure<ReadCode> | null {
  const long = blocks.find((block) => block.text.length > LONGEST_BLOCK)
  if (!long) return null
  const which = long.label === null ? 'A heading or paragraph' : `Paragraph ${formatLabel(long.label)}`
  return tooLarge(
    `${which} has ${long.text.length} characters; the limit is ${LONGEST_BLOCK}. Lines without a number belong to the paragraph above them: number them.`,
  )
}

/** So many warnings mean that the file is no draft at all. */
function first100(warnings: readonly string[]): readonly string[] {
  const more = warnings.length - 100
  return more > 0 ? [...warnings.slice(0, 100), `And ${more} more warnings.`] : warnings
}

const NO_DRAFT = fail(
  'no-draft',
  'No draft was found: the text seems to be a letter or a note alone. A draft has paragraphs with numbers, or those of a resolution (“The Assembly, Recalling …, Decides …”). Import the draft itself, without its letter.',
)
