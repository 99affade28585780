/**
 * A value that tells its listeners of each change. Kept outside React, so that a change renders only what shows it. `get`
 * returns the same object until the value changes.
 */
export interface Observable<T> {
  readonly get: () => T
  /** Calls `listener` after each change. Returns the function that ends this; a listener is held once. */
  readonly subscribe: (listener: () => void) => () => void
}

/** An {@link Observable} with the right to set it. Setting an identical value (Object.is) tells nobody. */
export interface Value<T> extends Observable<T> {
  readonly set: (next: T) => void
}

export function createValue<T>(initial: T): Value<T> {
  let value = initial
  const changed = createEmitter()
  return {
    get: () => value,
    set: (next) => {
      if (Object.is(next, value)) return
      value = next
      changed.emit()
    },
    subscribe: changed.subscribe,
  }
}

/** Something that happens, and who is told of it. */
export interface Emitter<T> {
  /** Calls `listener` each time. Returns the function that ends this; a listener is held once. */
  readonly subscribe: (listener: (what: T) => void) => () => void
  /** Calls those who listen at this moment, in the order in which they subscribed. */
  readonly emit: (what: T) => void
}

export function createEmitter<T = void>(): Emitter<T> {
  const listeners = new Set<(what: T) => void>()
  return {
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    emit: (what) => {
      // Copied, because a listener may unsubscribe itself or others.
      for (const listener of Array.from(listeners)) listener(what)
    },
  }
}
