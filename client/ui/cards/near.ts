/** The blocks near the part of the page that is seen: only their cards are on the page. */
export interface Range {
  readonly first: number
  /** Included; less than `first` when there is none. */
  readonly last: number
}

/** Where a block begins and ends, or null where this view does not show it. */
export type Extent = (index: number) => { readonly top: number; readonly bottom: number } | null

/** Blocks lie one under the other, so both ends are found by halving: some twenty measurements in 450 blocks. */
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
