/** A word, a stretch of spaces, or one sign. */
export interface Word {
  readonly text: string
  /** Offset of its first UTF-16 unit. */
  readonly from: number
}

const WORD = /\s+|[\p{L}\p{M}\p{N}]+(?:['’\-‑][\p{L}\p{M}\p{N}]+)*|[^\s]/gu

/** A text cut between its words; joined they are the text again. */
export const wordsIn = (text: string): Word[] =>
  [...text.matchAll(WORD)].map(([word], index, all) => ({ text: word, from: all[index]?.index ?? 0 }))
