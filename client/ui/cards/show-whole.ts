/** CSS pixels kept free above and below a card for the page's bars. */
const BARS = { top: 72, bottom: 56 } as const

/**
 * Scrolls as little as needed to show a whole row with its actions. If its card is still moving, its final position is
 * used.
 */
export function showWhole(row: HTMLElement): void {
  const card = row.closest<HTMLElement>('[data-place]')
  const margin = card?.parentElement
  if (!card || !margin) return
  const within = row.getBoundingClientRect().top - card.getBoundingClientRect().top
  const top = margin.getBoundingClientRect().top + new DOMMatrix(card.style.transform).m42 + within
  const below = top + row.offsetHeight - (innerHeight - BARS.bottom)
  if (below > 0) scrollBy({ top: Math.min(below, top - BARS.top), behavior: 'instant' })
}
