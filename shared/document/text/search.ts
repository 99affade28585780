/**
 * Binary search. `before` is true for the first of the indexes below `length` and false for the others. Returns the first for which it
 * is false; `length` when there is none.
 */
export function partitionPoint(length: number, before: (index: number) => boolean): number {
  let low = 0
  let high = length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (before(middle)) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * Binary search in a list that ascends by clock: returns the index of the last entry whose clock is at most
 * `clock`; 0 when there is none.
 */
export function indexAt(
  list: readonly { readonly clock: number }[],
  clock: number,
  below = list.length,
): number {
  return Math.max(0, partitionPoint(below, (index) => list[index]!.clock <= clock) - 1)
}
