/** Whether the focus is still where it was when this was made, so that it may be moved. */
export type StillThere = () => boolean

/** Elements within which the focus may move and still count as being at the same place. */
const PLACES =
  '[role="dialog"], [role="alertdialog"], [role="menu"], [role="status"], [data-row], [data-gutter]'
const WRITING = 'input, textarea, [contenteditable="true"]'

/**
 * Remembers the focus when an action begins that ends later, with an answer of the server or with something that is
 * drawn. The returned function tells whether the action may move the focus at its end: it is still on the same
 * element, in the same dialog or card, or nowhere because its element was removed. A person who writes elsewhere
 * meanwhile keeps it.
 */
export function noteFocus(): StillThere {
  const began = document.activeElement
  const place = began?.closest(PLACES) ?? null
  return () => {
    const now = document.activeElement
    if (now === null || now === document.body || now === began) return true
    if (place?.contains(now)) return true
    return began?.isConnected !== true && began !== document.body && !now.matches(WRITING)
  }
}
