import type { Editor } from '#client/editor/contract.ts'
import type { HostId, ProposalId } from '#shared/model/ids.ts'

/** Frames in which what was scrolled to may still slip. */
const FRAMES = 6

/** The part of the window above the sheet of cards in which something is found without looking for it. */
const BAND = { from: 0.12, to: 0.78 } as const

let covered = 0

/** Scrolls to a paragraph or a bracket; false when this view does not show it. */
export function reveal(editor: Editor, id: HostId): boolean {
  if (!editor.reveal(id)) return false
  keepInView(editor, id)
  return true
}

/**
 * A block that was never near has an estimated height until it is: when it gets its own, what was under it moves. And
 * where there is no room beside the text, the card that opens covers some of it.
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

/** Without moving the page when it is in good view already: eyes that rest on the text are not to lose their place. */
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
  // What is taller than the band is in view when it fills it.
  return bottom - top > to - from ? top < to && bottom > from : top >= from && bottom <= to
}

/** What the cards cover at the foot of a narrow window, in CSS pixels: nothing is revealed behind them. */
export function coverFoot(height: number): void {
  covered = height
  document.documentElement.style.setProperty('--covered', `${height}px`)
}
