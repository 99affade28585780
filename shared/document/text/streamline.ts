/**
 * The machine check of a bridging text: every word that was proposed is still there, and none came in from elsewhere.
 *
 * A **word** is a stretch of letters, marks and digits. A hyphen or an apostrophe between two of them belongs to it, and
 * so does a full stop or a comma between two digits: "co-operation", "States’", "2.5" and "1,000" are one word each (the
 * last apostrophe is not between letters, and is no part of it). Capital and small letters differ. Punctuation,
 * brackets and the width of spaces do not count; nor does which apostrophe or hyphen was typed, nor whether an accented
 * letter is one character or two.
 */
const WORD = /[\p{L}\p{M}\p{N}]+(?:(?:['-](?=[\p{L}\p{N}])|(?<=\p{Nd})[.,](?=\p{Nd}))[\p{L}\p{M}\p{N}]+)*/gu

export function wordsOf(text: string): string[] {
  const plain = text
    .normalize('NFC')
    .replaceAll(/[\u2018\u2019\u02bc]/gu, "'")
    .replaceAll(/[\u2010\u2011]/gu, '-')
  return plain.match(WORD) ?? []
}

export interface WordsKept {
  /** Words that the text has more often than all sources together. */
  readonly added: readonly string[]
  /** Words that it has less often than the source that has them most. */
  readonly dropped: readonly string[]
}

/**
 * Compares a bridging text with the wordings it was made of. Sources that say the same may be said once; those that
 * stand side by side may all be said: so a word may occur as often as in the source that has it most, up to as often as
 * in all of them. A word that is missing or too many several times is named as many times.
 */
export function wordsKept(sources: readonly string[], text: string): WordsKept {
  const most = new Map<string, number>()
  const all = new Map<string, number>()
  for (const source of sources) {
    for (const [word, times] of countOf(source)) {
      most.set(word, Math.max(most.get(word) ?? 0, times))
      all.set(word, (all.get(word) ?? 0) + times)
    }
  }
  const there = countOf(text)
  return { added: beyond(there, all), dropped: beyond(most, there) }
}

function countOf(text: string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const word of wordsOf(text)) counts.set(word, (counts.get(word) ?? 0) + 1)
  return counts
}

/** What `counts` has more of than `limit`, in the order of its first occurrences. */
const beyond = (counts: ReadonlyMap<string, number>, limit: ReadonlyMap<string, number>): string[] =>
  [...counts].flatMap(([word, times]) =>
    Array.from({ length: Math.max(0, times - (limit.get(word) ?? 0)) }, () => word),
  )
