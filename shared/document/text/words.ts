/** A word, consecutive spaces, or one other sign. */
export interface Word {
  readonly text: string
  /** The offset of its first UTF-16 unit. */
  readonly from: number
}

const WORD = /\s+|[\p{L}\p{M}\p{N}]+(?:['’\-‑][\p{L}\p{M}\p{N}]+)*|[^\s]/gu

/** Cuts a text into words, spaces and signs. Joined in order they are the text again. */
export const wordsIn = (text: string): Word[] =>
  [...text.matchAll(WORD)].map(([word], index, all) => ({ text: word, from: all[index]?.index ?? 0 }))
