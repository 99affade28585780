import type { Place } from './corrections.ts'
import type { ShownPiece } from './messages.ts'
import type { Source } from './session.ts'

/** A word of a source. */
export interface Word extends Place {
  readonly text: string
}

/** How many words are offered. */
export const MOST_WORDS = 2_000

/** Returns the words of a piece, in order: what stands between two spaces, and in scripts without spaces what a dictionary says. */
export function wordsOf({ spans }: ShownPiece, source: Source): readonly Word[] {
  const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' })
  const found: Word[] = []
  for (const { at, from, to } of spans) {
    const text = source.lines[at]?.slice(from, to) ?? ''
    const spaced = /\s/.test(text) || text.length < 12
    const starts = spaced
      ? [...text.matchAll(/\S+/g)].map((match) => ({ index: match.index, segment: match[0] }))
      : [...segmenter.segment(text)]
    for (const { index, segment } of starts) {
      if (found.length > MOST_WORDS) return found
      found.push({ at, column: from + index, text: segment })
    }
  }
  return found
}
