/** A ref that focuses a dialog's main field when it appears, with the caret behind its text. */
export function focusNow(element: HTMLElement | null): void {
  element?.focus()
  if (element instanceof HTMLTextAreaElement)
    element.setSelectionRange(element.value.length, element.value.length)
}
