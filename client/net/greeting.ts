import * as Y from 'yjs'
import type { ServerFrame, Welcome } from '#shared/protocol/wire.ts'

/** All that the server says before a connection is live. */
export interface Greeted {
  readonly welcome: Welcome
  /** The server's state when it answered. */
  readonly clocks: ReadonlyMap<number, number>
  /** What this document lacked, then what others wrote meanwhile. */
  readonly updates: readonly Uint8Array[]
}

/** Collects the three parts of a greeting, in whatever order; nothing of them is applied before all have come. */
export class Greeting {
  #welcome: Welcome | null = null
  #clocks: ReadonlyMap<number, number> | null = null
  #answer: Uint8Array | null = null
  readonly #early: Uint8Array[] = []

  /** True when the frame belongs to the greeting. */
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

  complete(): Greeted | null {
    const [welcome, clocks, answer] = [this.#welcome, this.#clocks, this.#answer]
    if (welcome === null || clocks === null || answer === null) return null
    return { welcome, clocks, updates: [answer, ...this.#early] }
  }
}
