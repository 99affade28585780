import type { BracketedText, ImportedProposal, ImportedStatus } from '#shared/model/import-brackets.ts'
import type { ImportedBlock, Read } from '#shared/model/import.ts'
import { formatLabel } from '#shared/model/label.ts'
import type { Doubt, MarkPlace, Piece, PieceKind } from '#shared/model/understanding.ts'
import { print, printJson } from './command.ts'

/** Prints what an import would make: each piece of the source, how sure it is what it is, and what is doubtful. */
export function printUnderstanding(read: Read, json: boolean): void {
  if (json) printJson(understandingJson(read))
  else printPieces(read)
}

/** A piece of a source as `--json` prints it. */
interface PieceJson {
  /** Where it begins, as answers say it. */
  readonly at: number
  readonly column: number
  /** Its first and last line. */
  readonly lines: readonly [number, number]
  readonly is: PieceKind
  /** The full reference; null when it has none. */
  readonly label: string | null
  readonly level: number
  readonly text: string
  /** What its mark says; null when it has none. */
  readonly status: ImportedStatus | null
  /** How many proposals its brackets make, amendments and requests included. */
  readonly proposals: number
  readonly confidence: number
  readonly doubts: readonly Doubt[]
  readonly answered: boolean
  /** Of a footnote: where its mark stands; null when it has none. */
  readonly mark?: MarkPlace | null
}

function understandingJson({ draft, pieces, names, warnings }: Read) {
  return {
    title: draft.title,
    doubts: pieces.reduce((sum, piece) => sum + piece.doubts.length, 0),
    pieces: pieces.map((piece) => pieceJson(piece, draft.blocks)),
    names,
    warnings,
  }
}

function pieceJson(
  { kind, spans, block, text, confidence, doubts, answered, markedAt }: Piece,
  blocks: readonly ImportedBlock[],
): PieceJson {
  const [first, last] = [spans[0], spans.at(-1)]
  const bracketed = block ? blocks[block.index]?.bracketed : undefined
  return {
    at: first?.at ?? 0,
    column: first?.from ?? 0,
    lines: [first?.at ?? 0, last?.at ?? 0],
    is: kind,
    label: block?.label ? formatLabel(block.label) : null,
    level: block?.level ?? 0,
    text,
    status: bracketed?.status ?? null,
    proposals: bracketed ? proposalsIn(bracketed) : 0,
    confidence,
    doubts,
    answered,
    ...(markedAt !== undefined && { mark: markedAt }),
  }
}

function proposalsIn({ proposals, whole, requests }: BracketedText): number {
  const count = (all: readonly ImportedProposal[]): number =>
    all.reduce((sum, { amendments }) => sum + 1 + count(amendments), 0)
  return count(proposals) + (whole ? 1 + count(whole.amendments) : 0) + requests.length
}

const NAMES: Readonly<Record<PieceKind, string>> = {
  heading: 'heading',
  paragraph: 'paragraph',
  separator: 'separator',
  note: 'footnote',
  cell: 'cell',
  front: 'front matter',
  furniture: 'left out',
}

const EXCERPT = 64

function printPieces({ draft, pieces, names, remarks }: Read): void {
  print(`${draft.title}\n`)
  for (const piece of pieces) {
    const { lines, label, level, text, is, confidence, doubts } = pieceJson(piece, draft.blocks)
    const [first, last] = lines
    const where = first === last ? `${first}` : `${first}–${last}`
    const sure = `${Math.round(confidence * 100)} %`
    const words = text.replaceAll('\n', ' / ')
    const excerpt = words.length > EXCERPT ? `${words.slice(0, EXCERPT - 1)}…` : words
    const named = label === null ? excerpt : `${label}  ${excerpt}`
    print(
      `${where.padStart(11)}  ${sure.padStart(5)}  ${NAMES[is].padEnd(12)}  ${'  '.repeat(level)}${named}`,
    )
    for (const { message } of doubts) print(`${' '.repeat(20)}? ${message}`)
  }
  const doubtful = pieces.filter(({ doubts }) => doubts.length > 0).length
  print(`\n${doubtful === 0 ? 'Nothing is doubtful.' : `Doubtful: ${doubtful} of ${pieces.length}.`}`)
  for (const remark of remarks) print(`\n${remark}`)
  printNames(names)
}

/** How many lines are printed for each name. */
const MOST_LINES = 8

function printNames(names: Read['names']): void {
  if (names.length === 0) return
  print('\nNames in brackets:')
  for (const { written, participant, count, lines } of names) {
    const who = participant === null ? 'not in the directory' : participant === written ? '' : participant
    const more = lines.length > MOST_LINES ? ', …' : ''
    print(`  ${written}  ${who}  ${count} ×, line ${lines.slice(0, MOST_LINES).join(', ')}${more}`)
  }
}
