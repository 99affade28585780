import { diffArrays } from 'diff'
import type { Kept, Revised } from '../../model/proposals/decision.ts'
import { carryOffset, commonEnds } from './wording.ts'
import { wordsIn } from './words.ts'

/**
 * Two wordings that differ by more words than this are not compared, since the comparison would block the
 * server.
 */
const DIFFERENCES = 1_000

/**
 * Returns the ranges that two wordings have in common, ascending in both: the words that are in both, and the letters at the
 * start and at the end of words that were changed ("country", "countries"). Null when the wordings differ too much.
 */
export function keptWords(before: string, after: string): readonly Kept[] | null {
  const parts = diffArrays(
    wordsIn(before).map(({ text }) => text),
    wordsIn(after).map(({ text }) => text),
    { maxEditLength: DIFFERENCES },
  ) as ReturnType<typeof diffArrays<string>> | undefined
  if (!parts) return null
  const kept: Kept[] = []
  let [from, to] = [0, 0]
  let [left, right] = ['', '']
  const flush = () => {
    kept.push(...keptEnds(left, right, from, to))
    from += left.length
    to += right.length
    ;[left, right] = ['', '']
  }
  for (const { value, added, removed } of parts) {
    const words = value.join('')
    if (removed) left += words
    else if (added) right += words
    else {
      flush()
      kept.push([from, to, words.length])
      from += words.length
      to += words.length
    }
  }
  flush()
  return kept
}

/** What a run of changed words shares with what it became at both ends. `from`, `to`: where the two begin. */
function keptEnds(left: string, right: string, from: number, to: number): readonly Kept[] {
  const common = left === '' || right === '' ? null : commonEnds(left, right)
  if (common === null) return []
  const { prefix, suffix } = common
  const start: Kept = [from, to, prefix]
  const end: Kept = [from + left.length - suffix, to + right.length - suffix, suffix]
  return [start, end].filter(([, , length]) => length > 0)
}

/** The same ranges with the two wordings exchanged. */
export const reversed = (kept: readonly Kept[]): readonly Kept[] =>
  kept.map(([from, to, length]) => [to, from, length])

/**
 * Maps a unit of a wording that is `from` units long to the other wording, `to` units long. When the unit was
 * left out, `exact` is false and the result is the nearest kept unit before it, or -1 when there is none.
 */
export function carryUnit(
  { common, kept }: Revised,
  from: number,
  to: number,
  unit: number,
): { readonly unit: number; readonly exact: boolean } {
  if (kept) {
    const found = kept.findLast(([start]) => start <= unit)
    if (!found) return { unit: -1, exact: false }
    const [start, become, length] = found
    return { unit: become + Math.min(unit - start, length - 1), exact: unit < start + length }
  }
  const exact = common === null || unit < common.prefix || unit >= from - common.suffix
  return { unit: carryOffset(common, from, to, unit + 1) - 1, exact }
}
