/** A ref for the one field that a dialog was opened for: it has the focus at once, behind what it holds already. */
export function focusNow(element: HTMLElement | null): void {
  element?.focus()
  if (element instanceof HTMLTextAreaElement)
    element.setSelectionRange(element.value.length, element.value.length)
}
