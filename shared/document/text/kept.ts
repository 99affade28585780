import { diffArrays } from 'diff'
import type { Kept } from '../../model/decision.ts'
import type { Common } from './wording.ts'
import { carryOffset } from './wording.ts'
import { wordsIn } from './words.ts'

/** How one wording relates to another that was made of it. */
export interface Revised {
  /** What both share at their ends; null: they are the same. */
  readonly common: Common | null
  /** The words that both have, in order. Absent in what an earlier version recorded: then only `common` is known. */
  readonly kept?: readonly Kept[]
}

/** Wordings that differ by more words than this are not compared: the server has others to serve. */
const DIFFERENCES = 1_000

/** The stretches of whole words that two wordings share; null: they are too long and too different to tell. */
export function keptWords(before: string, after: string): readonly Kept[] | null {
  const parts = diffArrays(
    wordsIn(before).map(({ text }) => text),
    wordsIn(after).map(({ text }) => text),
    { maxEditLength: DIFFERENCES },
  ) as ReturnType<typeof diffArrays<string>> | undefined
  if (!parts) return null
  const kept: Kept[] = []
  let [from, to] = [0, 0]
  for (const { value, added, removed } of parts) {
    const length = value.join('').length
    if (!added && !removed) kept.push([from, to, length])
    if (!added) from += length
    if (!removed) to += length
  }
  return kept
}

/** Seen from the other wording. */
export const reversed = (kept: readonly Kept[]): readonly Kept[] =>
  kept.map(([from, to, length]) => [to, from, length])

/**
 * Which unit of the one wording, of length `to`, a unit of the other, of length `from`, became. Not `exact`: it was left
 * out, and this is the nearest before it that was not; -1: there is none.
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
