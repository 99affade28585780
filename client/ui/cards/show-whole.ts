/** What is left free above and below a card that is brought into view, in CSS pixels: the page's own bars. */
const BARS = { top: 72, bottom: 56 } as const

/**
 * Scrolls as little as shows the whole row, so that what can be done with it is seen. Its card may still be gliding to
 * its place: where it goes is read, not where it is.
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
