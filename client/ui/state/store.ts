import { useSyncExternalStore } from 'react'

/** A value observed by many components, kept outside React so that one keystroke does not render all of them. */
export interface Store<T> extends ReadableStore<T> {
  readonly set: (next: T) => void
}

export interface ReadableStore<T> {
  readonly get: () => T
  readonly subscribe: (listener: () => void) => () => void
}

export function createStore<T>(initial: T): Store<T> {
  let value = initial
  const listeners = new Set<() => void>()
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return
      value = next
      for (const listener of listeners) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

export const useStore = <T>(store: ReadableStore<T>): T => useSyncExternalStore(store.subscribe, store.get)

/** Renders only when the selected part changes. `select` must return a primitive or the same object. */
export const useSelected = <T, S>(store: ReadableStore<T>, select: (value: T) => S): S =>
  useSyncExternalStore(store.subscribe, () => select(store.get()))
