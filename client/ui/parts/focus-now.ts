/** A ref for the one field that a dialog was opened for: it has the focus as soon as it is there. */
export const focusNow = (element: HTMLElement | null): void => element?.focus()
