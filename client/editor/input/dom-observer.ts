import type { EditorView } from 'prosemirror-view'

/**
 * Makes a view read now what the browser has changed in its DOM, text and selection. ProseMirror does the same before
 * it handles an event; the method is missing in its types.
 */
export function flushDomObserver(view: EditorView): void {
  const { domObserver } = view as unknown as { readonly domObserver: { flush(): void } }
  domObserver.flush()
}
