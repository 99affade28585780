/** Asked later: may the focus still be moved from where it was? */
export type StillThere = () => boolean

/** Within one of these the focus may move and an act is still being waited for at the same place. */
const PLACES =
  '[role="dialog"], [role="alertdialog"], [role="menu"], [role="status"], [data-row], [data-gutter]'
const WRITING = 'input, textarea, [contenteditable="true"]'

/**
 * Notes where the focus is when something is begun that ends later, with an answer of the server or with something that is
 * drawn. The focus may move then only if it is still there: the same element, or the same dialog or card; or nowhere, since
 * what had it has gone. Whoever writes somewhere else meanwhile keeps it.
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
