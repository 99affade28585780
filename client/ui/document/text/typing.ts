/** Tells whether the person is typing in the text, even if the text has lost the focus by itself. */
export interface TypingWatch {
  /** Whether the focus was in the text and the person has done nothing to move it. */
  readonly typing: () => boolean
  /** Call when the person leaves the text by a key. */
  leave(): void
  stop(): void
}

const TEXT = '.ProseMirror'

/**
 * Tracks whether the person is in the text. They leave it by pressing the pointer elsewhere or when something else
 * takes the focus, but not when the text itself loses the focus, for example while it is redrawn. Keys of a burst of
 * typing must then not act as commands.
 */
export function watchTyping(page: Document = document): TypingWatch {
  let inText = false
  const focused = ({ target }: FocusEvent) => {
    inText = target instanceof Element && target.closest(TEXT) !== null
  }
  const pressed = ({ target }: PointerEvent) => {
    if (!(target instanceof Element) || target.closest(TEXT) === null) inText = false
  }
  page.addEventListener('focusin', focused, true)
  page.addEventListener('pointerdown', pressed, true)
  return {
    typing: () => inText,
    leave: () => {
      inText = false
    },
    stop: () => {
      page.removeEventListener('focusin', focused, true)
      page.removeEventListener('pointerdown', pressed, true)
    },
  }
}
