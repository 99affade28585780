import type { SourceLine } from '../../model/import.ts'

/** An export that was quoted in a mail. */
export interface Unquoted {
  /** Without the signs of the quote. What stands before or behind the quote is empty, so that lines keep their numbers. */
  readonly lines: string[]
  /** What stands before the quote, one string for each block of lines. */
  readonly before: readonly string[]
  /** What stands behind it. */
  readonly dropped: SourceLine[]
}

const QUOTE = /^(?:>[ ]?)+/u

/**
 * Takes the signs of quoted mail off an export. `isKey`: whether a line is the key of an export. A text that has this line outside of
 * a quote, or not at all, is returned as it is.
 */
export function unquoted(raw: readonly string[], isKey: (line: string) => boolean): Unquoted {
  const plain = { lines: [...raw], before: [], dropped: [] }
  if (raw.some((line) => isKey(line.trim()))) return plain
  if (!raw.some((line) => QUOTE.test(line) && isKey(line.replace(QUOTE, '').trim()))) return plain
  const first = raw.findIndex((line) => QUOTE.test(line))
  const last = raw.findLastIndex((line) => QUOTE.test(line))
  const behind = raw.slice(last + 1).map((line, i): SourceLine => ({ at: last + i + 2, text: line.trim() }))
  return {
    lines: raw.map((line, i) => (i < first || i > last ? '' : line.replace(QUOTE, ''))),
    before: raw
      .slice(0, first)
      .join('\n')
      .split(/\n\s*\n/u)
      .map((block) => block.trim())
      .filter((block) => block !== ''),
    dropped: behind.filter(({ text }) => text !== ''),
  }
}
