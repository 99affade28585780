/**
 * Positions of the cards in the margin. Each card should be level with its bracket, no card may cover another, and the
 * cards of a paragraph stay beside it if there is space. Lengths are in CSS pixels from the top of the text.
 */
export interface StackItem {
  /** The position level with its bracket. */
  readonly top: number
  readonly height: number
  /** The range beside its paragraph. */
  readonly slotStart: number
  readonly slotEnd: number
}

export const CARD_GAP = 8

/**
 * The tops of the cards, in the given order. The card `pinned` is exactly level with its bracket; the others give
 * way.
 */
export function stack(items: readonly StackItem[], pinned = -1, gap = CARD_GAP): number[] {
  const tops = items.map((item) => Math.max(0, item.top))
  pushDown(items, tops, 0, gap)
  pullIntoSlots(items, tops, gap)
  pushDown(items, tops, 0, gap)
  const pin = items[pinned]
  if (!pin) return tops
  tops[pinned] = Math.max(0, pin.top)
  for (let i = pinned - 1; i >= 0; i--)
    tops[i] = Math.min(at(tops, i), at(tops, i + 1) - gap - heightOf(items, i))
  // The pinned card and those after it may have been pushed down by earlier ones; move them up again.
  for (let i = pinned + 1; i < items.length; i++) tops[i] = Math.min(at(tops, i), items[i]?.top ?? 0)
  tops[0] = Math.max(0, at(tops, 0))
  pushDown(items, tops, 0, gap)
  return tops
}

function pushDown(items: readonly StackItem[], tops: number[], from: number, gap: number): void {
  for (let i = from + 1; i < items.length; i++)
    tops[i] = Math.max(at(tops, i), at(tops, i - 1) + heightOf(items, i - 1) + gap)
}

function pullIntoSlots(items: readonly StackItem[], tops: number[], gap: number): void {
  let limit = Infinity
  for (let i = items.length - 1; i >= 0; i--) {
    const item = items[i]
    if (!item) continue
    const lowest = Math.min(item.slotEnd, limit) - item.height
    tops[i] = Math.max(Math.min(item.slotStart, at(tops, i)), Math.min(at(tops, i), lowest))
    limit = at(tops, i) - gap
  }
}

const at = (tops: readonly number[], i: number): number => tops[i] ?? 0
const heightOf = (items: readonly StackItem[], i: number): number => items[i]?.height ?? 0
