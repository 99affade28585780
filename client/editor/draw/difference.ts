import type { Fragment } from 'prosemirror-model'

/** The smallest range in which two fragments differ: from `from` to `toA` in `a` and `toB` in `b`; null if equal. */
export function difference(a: Fragment, b: Fragment): { from: number; toA: number; toB: number } | null {
  const from = a.findDiffStart(b)
  if (from === null) return null
  const ends = a.findDiffEnd(b)!
  // With a repetition (“aa” to “aaa”) both searches match the same characters; the ends must not precede the start.
  const overlap = Math.max(0, from - Math.min(ends.a, ends.b))
  return { from, toA: ends.a + overlap, toB: ends.b + overlap }
}
