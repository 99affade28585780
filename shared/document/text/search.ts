/**
 * Binary search in a list that ascends by clock: returns the index of the last entry whose clock is at most
 * `clock`; 0 when there is none.
 */
export function indexAt(
  list: readonly { readonly clock: number }[],
  clock: number,
  below = list.length,
): number {
  let low = 0
  let high = below - 1
  while (low < high) {
    const middle = (low + high + 1) >>> 1
    if ((list[middle]?.clock ?? 0) <= clock) low = middle
    else high = middle - 1
  }
  return low
}
