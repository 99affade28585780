import * as Y from 'yjs'
import type { DeleteSet } from './delete-ranges.ts'

const FOLD_AT = 256

/**
 * What the server is known to hold durably: every clock and every deletion it has sent or acknowledged. Whatever the
 * local document has beyond it is this person's and not yet saved.
 *
 * Invariant: it never claims too much. The server sends and acknowledges nothing before it is durable, and a server
 * that has a client's clock has all of that client's clocks before it.
 */
export class Ledger {
  readonly #clocks = new Map<number, number>()
  #deleted: DeleteSet = Y.createDeleteSet()
  /** Not looked into yet: while a connection lives nobody asks, and decoding each frame a second time would cost. */
  #unread: Uint8Array[] = []

  /** An update that came from the server, or was acknowledged by it. */
  add(update: Uint8Array): void {
    this.#unread.push(update)
    if (this.#unread.length >= FOLD_AT) this.#fold()
  }

  /** A state vector by which the server described itself. */
  raise(vector: ReadonlyMap<number, number>): void {
    for (const [client, clock] of vector) this.#know(client, clock)
  }

  /** How many of this client's clocks the server has. */
  clock(client: number): number {
    this.#fold()
    return this.#clocks.get(client) ?? 0
  }

  deleted(): DeleteSet {
    this.#fold()
    return this.#deleted
  }

  /** False when a server with this state vector has lost something, so that it is not the one known here. */
  isWithin(vector: ReadonlyMap<number, number>): boolean {
    this.#fold()
    for (const [client, clock] of this.#clocks) {
      if ((vector.get(client) ?? 0) < clock) return false
    }
    return true
  }

  /** For keeping on this device. */
  encode(): Uint8Array {
    this.#fold()
    return Y.encodeSnapshot(Y.createSnapshot(this.#deleted, this.#clocks))
  }

  addEncoded(bytes: Uint8Array): void {
    const { ds, sv } = Y.decodeSnapshot(bytes)
    this.raise(sv)
    this.#deleted = Y.mergeDeleteSets([this.#deleted, ds])
  }

  #know(client: number, clock: number): void {
    if (clock > (this.#clocks.get(client) ?? 0)) this.#clocks.set(client, clock)
  }

  #fold(): void {
    if (this.#unread.length === 0) return
    const sets = [this.#deleted]
    for (const update of this.#unread) {
      const { structs, ds } = Y.decodeUpdate(update)
      for (const { id, length } of structs) this.#know(id.client, id.clock + length)
      sets.push(ds)
    }
    this.#unread = []
    this.#deleted = Y.mergeDeleteSets(sets)
  }
}
