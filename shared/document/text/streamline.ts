/**
 * The automatic check of a bridging text: it holds every word that was proposed, and no other.
 *
 * A **word** consists of letters, marks and digits. A hyphen or an apostrophe between two of them belongs to
 * it, and so does a full stop or a comma between two digits: "co-operation", "States’", "2.5" and "1,000" are
 * one word each (the last apostrophe is not between letters, so it is no part of the word). Letter case counts.
 * Punctuation, brackets and the number of spaces do not count; nor does which apostrophe or hyphen was typed,
 * nor whether an accented letter is one code point or two.
 */
const WORD = /[\p{L}\p{M}\p{N}]+(?:(?:['-](?=[\p{L}\p{N}])|(?<=\p{Nd})[.,](?=\p{Nd}))[\p{L}\p{M}\p{N}]+)*/gu

/** Returns the words of a text in their order, with apostrophes and hyphens unified. */
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
  /** Words that the text has less often than the source that has them most often. */
  readonly dropped: readonly string[]
}

/**
 * Compares a bridging text with the wordings of its sources. What two sources both say may be said once or
 * twice: a word may occur as often as in the source that has it most often, and at most as often as in all
 * sources together. A word that is missing, or too many, three times is listed three times.
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

/** Returns what `counts` has more of than `limit`, each word as many times as it exceeds it. */
const beyond = (counts: ReadonlyMap<string, number>, limit: ReadonlyMap<string, number>): string[] =>
  [...counts].flatMap(([word, times]) =>
    Array.from({ length: Math.max(0, times - (limit.get(word) ?? 0)) }, () => word),
  )
