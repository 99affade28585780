import type { Node } from 'prosemirror-model'
import { cutPieces, lengthOf, plain } from '#shared/document/text/wording.ts'
import type { TextPiece } from '#shared/model/proposals/decision.ts'
import { piecesOf } from './change.ts'
import { signOf } from '../places.ts'
import { hasUnspaced } from '#shared/model/characters/unspaced.ts'

/** A replacement of the range between two offsets of a shown paragraph. */
export interface Replacement {
  readonly from: number
  readonly to: number
  readonly pieces: readonly TextPiece[]
}

/**
 * Widens a replacement to whole words: both of its ends are word boundaries in the text before and after it. It does
 * not extend over bracket signs. A hyphen joins two words into one; in scripts without spaces a dictionary divides
 * words.
 */
export function wholeWords(block: Node, replacement: Replacement): Replacement {
  const run = runAround(block, replacement)
  if (!run) return replacement
  const before = block.textBetween(run.from, run.to)
  const { from, to, pieces } = differing(before, replacement, run.from)
  const after = before.slice(0, from) + plain(pieces) + before.slice(to)
  const [ends, endsAfter] = [endsOfWords(before), endsOfWords(after)]
  const grown = after.length - before.length
  let start = from
  while (!(ends.has(start) && isEnd(after, endsAfter, start))) start--
  let end = to
  while (!(ends.has(end) && isEnd(after, endsAfter, end + grown))) end++
  return {
    from: run.from + start,
    to: run.from + end,
    pieces: widened(block, run.from + start, run.from + end, {
      from: run.from + from,
      to: run.from + to,
      pieces,
    }),
  }
}

/** The pieces for replacing `from` to `to` so that only the smaller replacement `inner` within it changes anything. */
export function widened(block: Node, from: number, to: number, inner: Replacement): TextPiece[] {
  const { content } = block
  return [...piecesOf(content.cut(from, inner.from)), ...inner.pieces, ...piecesOf(content.cut(inner.to, to))]
}

/** The run without signs in which a replacement lies; null when signs lie in it. */
function runAround(block: Node, { from, to }: Replacement): { from: number; to: number } | null {
  let [start, end] = [0, block.content.size]
  let within = true
  block.forEach((node, offset) => {
    if (signOf(node) === null) return
    const stop = offset + node.nodeSize
    if (stop <= from) start = stop
    else if (offset >= to) end = Math.min(end, offset)
    else within = false
  })
  return within ? { from: start, to: end } : null
}

/** The replacement without what is equal at both ends, with offsets relative to the run. */
function differing(before: string, { from, to, pieces }: Replacement, offset: number): Replacement {
  const old = before.slice(from - offset, to - offset)
  const text = plain(pieces)
  const shorter = Math.min(old.length, text.length)
  let head = 0
  while (head < shorter && old[head] === text[head]) head++
  let tail = 0
  while (tail < shorter - head && old.at(-1 - tail) === text.at(-1 - tail)) tail++
  return {
    from: from - offset + head,
    to: to - offset - tail,
    pieces: cutPieces(pieces, head, lengthOf(pieces) - tail),
  }
}

const WORDS = new Intl.Segmenter('en', { granularity: 'word' })
const HYPHEN = /^[-\u2010\u2011]$/

/** The offsets of the boundaries of words and of what stands between words; between spaces each offset is one. */
function endsOfWords(text: string): Set<number> {
  const segments = [...WORDS.segment(text)]
  const ends = new Set([0, text.length, ...segments.map(({ index }) => index)])
  for (const [i, { segment, index }] of segments.entries()) {
    if (segment.trim() === '') for (let inner = 1; inner < segment.length; inner++) ends.add(index + inner)
    if (!HYPHEN.test(segment) || !segments[i - 1]?.isWordLike || !segments[i + 1]?.isWordLike) continue
    ends.delete(index)
    ends.delete(index + 1)
  }
  return ends
}

/** Whether an offset is a boundary after the change; always in unspaced scripts, which a dictionary may divide anew. */
function isEnd(text: string, ends: ReadonlySet<number>, at: number): boolean {
  if (ends.has(at)) return true
  return hasUnspaced(text.charAt(at - 1)) && hasUnspaced(text.charAt(at))
}
