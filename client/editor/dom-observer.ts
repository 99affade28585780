import type { EditorView } from 'prosemirror-view'

/**
 * Makes a view read what the browser has done in it, text and selection, now and not with the next task. ProseMirror does
 * so itself before it handles an event; the method is not in its types.
 */
export function flushDomObserver(view: EditorView): void {
  const { domObserver } = view as unknown as { readonly domObserver: { flush(): void } }
  domObserver.flush()
}
