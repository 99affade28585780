import type { Answer, PieceKind } from '../../../model/understanding.ts'
import { readLabel } from './asked-label.ts'
import type { DivisionHead } from '../markers/division.ts'
import { headsDivision, readDivision } from '../markers/division.ts'
import { readEnumerated } from '../outline/heading-class.ts'
import type { Vocabulary } from '../lines/join.ts'
import { jointBetween } from '../lines/join.ts'
import type { Marker } from '../markers/marker.ts'
import { readMarker } from '../markers/marker.ts'
import { readNote } from '../lines/notes.ts'
import type { SourcePiece } from '../segments/pieces.ts'
import type { LineSpan, Segment, SegmentKind } from '../segments/segment.ts'

/** What a segment is made of anew. */
export interface Redrawn {
  readonly kind: PieceKind
  readonly spans: readonly LineSpan[]
  /** The piece of the source that its first words belonged to. */
  readonly owner: SourcePiece
  /** Whether it begins where its owner did. */
  readonly begins: boolean
  readonly answer: Answer | null
}

/** How a segment begins: the text of its first line without the mark, and what the mark means. */
interface Head {
  readonly marker: Marker | null
  readonly division: DivisionHead | null
  readonly text: string
}

/** Makes the segment of a piece whose text, kind, label or level a person changed; else the predicate of a fault. */
export function resegment(piece: Redrawn, vocabulary: Vocabulary): Segment | { readonly fault: string } {
  const { spans, answer } = piece
  const [first, ...rest] = spans
  if (!first) return { fault: 'has no words' }
  if (piece.kind === 'separator' && (answer?.level !== undefined || answer?.label !== undefined))
    return { fault: 'is a separator, which has neither label nor level' }
  if (piece.kind === 'note') return noteOf(piece, first, vocabulary)
  const head = headOf(piece, first)
  if ('fault' in head) return head
  const kind = segmentKind(piece)
  const depth = kind === 'heading' ? piece.owner.segment?.depth : undefined
  const { level } = answer ?? {}
  return {
    kind,
    spans,
    at: first.line.at,
    indent: first.line.indent,
    marker: head.marker,
    division: head.division,
    text: joined(head.text, first, rest, vocabulary),
    ...(depth === undefined ? {} : { depth }),
    ...(answer?.is === undefined && answer?.label === undefined && level === undefined
      ? {}
      : { asked: level === undefined ? {} : { level } }),
  }
}

function noteOf(
  { spans, answer }: Redrawn,
  { line }: LineSpan,
  vocabulary: Vocabulary,
): Segment | { readonly fault: string } {
  if (answer?.level !== undefined || answer?.label !== undefined)
    return { fault: 'is a footnote, which has neither label nor level' }
  const { text, printed, mark } = readNote(textOf(spans, vocabulary))
  return {
    kind: 'note',
    spans,
    at: line.at,
    indent: line.indent,
    marker: null,
    division: null,
    text,
    note: { printed, mark, label: null },
  }
}

function segmentKind({ kind, owner, begins, answer }: Redrawn): SegmentKind {
  const before = owner.segment?.kind
  const isFixed = answer?.level !== undefined || answer?.label !== undefined
  if (isFixed && (kind === 'heading' || kind === 'paragraph')) return kind
  if (begins && before !== undefined && owner.kind === kind) return before
  return kind === 'front' || kind === 'furniture' ? 'paragraph' : kind
}

/** Marks without a sign, which are read only where they count up. */
const SIGNLESS: ReadonlySet<Marker['style']> = new Set(['space', 'alone'])

function headOf(piece: Redrawn, first: LineSpan): Head | { readonly fault: string } {
  const { kind, answer, owner, begins } = piece
  const words = sliceOf(first)
  const bare: Head = { marker: null, division: null, text: words }
  if (kind !== 'heading' && kind !== 'paragraph') return bare
  if (answer?.label === null) return bare
  const known = begins && kind === owner.kind ? owner.segment : null
  const printed = kind === 'paragraph' ? paragraphHead(words, first, known) : headingHead(words, known)
  if (answer?.label === undefined) return printed
  const asked = readLabel(answer.label, kind)
  if (!asked) return { fault: `cannot have “${answer.label}” as the label of a ${kind}` }
  const text = kind === 'heading' && !printed.division ? (readEnumerated(words)?.rest ?? words) : printed.text
  return { ...asked, text }
}

/** `known`: how it was read when its kind is the same, so that nothing is taken for a mark that was not taken for one. */
function paragraphHead(words: string, { line, from }: LineSpan, known: Segment | null): Head {
  const marker = readMarker(words, from === 0 && line.tabbed)
  const isMark = known ? known.marker !== null : marker !== null && !SIGNLESS.has(marker.style)
  if (!marker || !isMark) return { marker: null, division: null, text: words }
  return { marker, division: null, text: marker.style === 'bullet' ? words : marker.lead + marker.rest }
}

function headingHead(words: string, known: Segment | null): Head {
  const division = known && !known.division ? null : readDivision(words)
  if (!division || !headsDivision(division)) return { marker: null, division: null, text: words }
  return { marker: null, division, text: division.opened + division.rest + division.closed }
}

const sliceOf = ({ line, from, to }: LineSpan): string => line.text.slice(from, to).trim()

/** How much of the end of a text decides how the next line is joined. */
const TAIL = 60

function joined(text: string, first: LineSpan, rest: readonly LineSpan[], vocabulary: Vocabulary): string {
  const parts = [text]
  let tail = text.slice(-TAIL)
  let before = first
  for (const span of rest) {
    const next = sliceOf(span)
    const joint =
      span.line === before.line
        ? { gap: /\s/.test(span.line.text.slice(span.from - 1, span.from + 1)) ? ' ' : '', drops: false }
        : jointBetween(tail, next, before.line.broken, vocabulary)
    if (joint.drops) parts.push((parts.pop() ?? '').slice(0, -1))
    parts.push(joint.gap + next)
    tail = ((joint.drops ? tail.slice(0, -1) : tail) + joint.gap + next).slice(-TAIL)
    before = span
  }
  return parts.join('')
}

/** Returns the words of spans as one text. */
export function textOf(spans: readonly LineSpan[], vocabulary: Vocabulary): string {
  const [first, ...rest] = spans
  return first ? joined(sliceOf(first), first, rest, vocabulary) : ''
}
