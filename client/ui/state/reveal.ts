import type { Editor } from '#client/editor/contract.ts'
import type { HostId, ProposalId } from '#shared/model/ids.ts'

/** Frames for which the scroll position is corrected after scrolling. */
const FRAMES = 6

/** The band of the window, as fractions of the height above the cards, in which something is in good view. */
const BAND = { from: 0.12, to: 0.78 } as const

let covered = 0

/** Scrolls to a paragraph or bracket; false when this view does not show it. */
export function reveal(editor: Editor, id: HostId): boolean {
  if (!editor.reveal(id)) return false
  keepInView(editor, id)
  return true
}

/**
 * Corrects the scroll position for some frames. Blocks that were not drawn yet have an estimated height, so the text
 * moves when they are drawn; and on narrow windows a card that opens covers part of it.
 */
function keepInView(editor: Editor, id: HostId): void {
  let left = FRAMES
  const check = () => {
    const element = elementOf(editor, id)
    if (element && !isInView(element)) element.scrollIntoView({ block: 'center', behavior: 'instant' })
    if (--left > 0) requestAnimationFrame(check)
  }
  requestAnimationFrame(check)
}

/** Scrolls to a paragraph or bracket unless it is in good view already, so that readers do not lose their place. */
export function bringIntoView(editor: Editor, id: HostId): boolean {
  const element = elementOf(editor, id)
  if (element === null || !isInView(element)) return element !== null && reveal(editor, id)
  keepInView(editor, id)
  return true
}

const elementOf = (editor: Editor, id: HostId): HTMLElement | null =>
  editor.bracketElement(id as ProposalId) ?? editor.blockElement(id)

function isInView(element: HTMLElement): boolean {
  const { top, bottom } = element.getClientRects()[0] ?? element.getBoundingClientRect()
  const height = innerHeight - covered
  const from = height * BAND.from
  const to = height * BAND.to
  // Something taller than the band is in good view when it fills the band.
  return bottom - top > to - from ? top < to && bottom > from : top >= from && bottom <= to
}

/** Sets the height that cards cover at the foot of a narrow window, in CSS pixels; nothing is revealed behind it. */
export function setCoveredHeight(height: number): void {
  covered = height
  document.documentElement.style.setProperty('--covered', `${height}px`)
}
