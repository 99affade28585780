/** A range of block indices. */
export interface Range {
  readonly first: number
  /** Inclusive; less than `first` for an empty range. */
  readonly last: number
}

/** The upper and lower edge of a block; null when this view does not show it. */
export type Extent = (index: number) => { readonly top: number; readonly bottom: number } | null

/** The blocks between two heights. Found by bisection, since blocks are ordered: some twenty measurements in 450. */
export function blocksBetween(count: number, extent: Extent, from: number, to: number): Range {
  const first = firstWhere(count, extent, (edges) => edges.bottom >= from)
  const after = firstWhere(count, extent, (edges) => edges.top > to)
  return { first, last: after - 1 }
}

function firstWhere(
  count: number,
  extent: Extent,
  holds: (edges: { readonly top: number; readonly bottom: number }) => boolean,
): number {
  let low = 0
  let high = count
  while (low < high) {
    const middle = (low + high) >> 1
    let probe = middle
    let edges = extent(probe)
    while (!edges && ++probe < high) edges = extent(probe)
    if (!edges || holds(edges)) high = middle
    else low = probe + 1
  }
  return low
}
