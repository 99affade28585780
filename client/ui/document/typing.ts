/** Whether the person is typing, although the focus may have fallen out of the text. */
export interface TypingWatch {
  /** The focus was in the text, and nothing the person did took it away. */
  readonly typing: () => boolean
  /** The person has left the text by a key. */
  leave(): void
  stop(): void
}

const TEXT = '.ProseMirror'

/**
 * Follows whether the person is in the text. She leaves it by pressing a pointer elsewhere, or when something else takes the
 * focus; not when the text itself lets go of it, for a moment or for good: then a burst of keys goes on as if it were there,
 * and no key of it may be a command.
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
