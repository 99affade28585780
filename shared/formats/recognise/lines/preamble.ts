import type { Line } from './line.ts'
import { startsBlock } from './line.ts'
import { isOpening, isOperative, isPreambular } from './resolution.ts'

/** In lines. */
const LONGEST_CLAUSE = 20
const CLAUSE_END = /[,;،；，]["'”’»)\]]*$/u

/**
 * Whether a clause of a preamble begins at line `i` although nobody speaks before it: it ends as clauses do, and another
 * one, or a numbered paragraph, follows it.
 */
export function beginsPreamble(
  lines: readonly Line[],
  i: number,
  hasMark: (index: number) => boolean,
): boolean {
  const line = lines[i]
  if (!line || !startsBlock(line) || !isPreambular(line.text)) return false
  for (let j = i; j < i + LONGEST_CLAUSE; j++) {
    const next = lines[j + 1]
    if (!next) return false
    if (isOpening(next.text, lines[j + 2]?.text ?? '')) return false
    const begins = hasMark(j + 1) || isPreambular(next.text) || isOperative(next.text)
    if (startsBlock(next) || begins) return begins && CLAUSE_END.test(lines[j]?.text ?? '')
  }
  return false
}

/** Whether a text is a clause of a preamble by its beginning and its end. */
export const isClauseOfPreamble = (text: string): boolean => isPreambular(text) && CLAUSE_END.test(text)
