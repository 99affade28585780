import type { Fragment } from 'prosemirror-model'

/** The smallest stretch in which two fragments differ: from `from`, to `toA` in the one and `toB` in the other. */
export function difference(a: Fragment, b: Fragment): { from: number; toA: number; toB: number } | null {
  const from = a.findDiffStart(b)
  if (from === null) return null
  const ends = a.findDiffEnd(b)!
  // What repeats at the edge (“aa” to “aaa”) is found from both sides: the ends must not run over the start.
  const overlap = Math.max(0, from - Math.min(ends.a, ends.b))
  return { from, toA: ends.a + overlap, toB: ends.b + overlap }
}
