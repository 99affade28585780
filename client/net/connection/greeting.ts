import * as Y from 'yjs'
import type { ServerFrame, Welcome } from '#shared/protocol/wire.ts'

/** Everything that the server sends before a connection is live. */
export interface Greeted {
  readonly welcome: Welcome
  /** The server's state vector when it answered. */
  readonly clocks: ReadonlyMap<number, number>
  /** What the document lacked, then what was committed meanwhile, in order. */
  readonly updates: readonly Uint8Array[]
}

/**
 * Collects the three parts of a greeting (`welcome`, `sync-step1`, `sync-step2`), which may come in any order.
 * Nothing is applied before all three have come, because the first two decide whether this document may take in the
 * third.
 */
export class Greeting {
  #welcome: Welcome | null = null
  #clocks: ReadonlyMap<number, number> | null = null
  #answer: Uint8Array | null = null
  readonly #early: Uint8Array[] = []

  /** Takes a frame. True when it is part of the greeting. */
  take(frame: ServerFrame): boolean {
    switch (frame.type) {
      case 'welcome':
        this.#welcome = frame.welcome
        return true
      case 'sync-step1':
        this.#clocks = Y.decodeStateVector(frame.stateVector)
        return true
      case 'sync-step2':
        if (this.#answer === null) this.#answer = frame.update
        else this.#early.push(frame.update)
        return true
      case 'sync-update':
        this.#early.push(frame.update)
        return true
      case 'acknowledged':
      case 'refused':
      case 'presence':
        return false
    }
  }

  /** The greeting; null while a part is missing. */
  complete(): Greeted | null {
    const [welcome, clocks, answer] = [this.#welcome, this.#clocks, this.#answer]
    if (welcome === null || clocks === null || answer === null) return null
    return { welcome, clocks, updates: [answer, ...this.#early] }
  }
}
