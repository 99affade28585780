import type { CorrectedPiece } from './correct.ts'

/**
 * Returns how sure it is what a piece is, from 0 to 1: 1 where a person or an export said so, 0.95 for a numbered paragraph or the
 * head of a division, 0.9 for what its place or its form shows, 0.8 for words without a mark; each doubt takes a half off.
 */
export function confidenceOf({ kind, segment, answer }: CorrectedPiece, doubts: number): number {
  if ((answer ?? segment?.exported) && doubts === 0) return 1
  const certain = segment?.marker || segment?.division ? 0.95 : kind === 'paragraph' ? 0.8 : 0.9
  return Number((certain / 2 ** doubts).toFixed(2))
}
