/** An observable value. `get` returns the same object until the value changes, as useSyncExternalStore requires. */
export interface Watched<T> {
  readonly get: () => T
  readonly subscribe: (listener: () => void) => () => void
}

/** A {@link Watched} with the right to set it. Setting an identical value (Object.is) tells nobody. */
export interface Value<T> extends Watched<T> {
  readonly set: (next: T) => void
}

export function createValue<T>(initial: T): Value<T> {
  let value = initial
  const listeners = new Set<() => void>()
  return {
    get: () => value,
    set: (next) => {
      if (Object.is(next, value)) return
      value = next
      // Copied, because a listener may unsubscribe itself or others.
      for (const listener of Array.from(listeners)) listener()
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
