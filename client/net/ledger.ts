import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import type { ClockRange, ClockRanges } from '#shared/document/updates.ts'
import { overlap } from '#shared/document/updates.ts'
import type { DeleteSet } from './clock-ranges.ts'
import { uniteRanges } from './clock-ranges.ts'

const DECODE_AT = 256

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
  /** Clocks that the server has as void: their author put aside what was written there. */
  #voids: ClockRanges = new Map()
  /** Not looked into yet: while a connection lives nobody asks, and decoding each frame a second time would cost. */
  #unread: Uint8Array[] = []

  /** An update that came from the server, or was acknowledged by it. */
  add(update: Uint8Array): void {
    this.#unread.push(update)
    if (this.#unread.length >= DECODE_AT) this.#decodeUnread()
  }

  /** A state vector by which the server described itself. */
  raise(vector: ReadonlyMap<number, number>): void {
    for (const [client, clock] of vector) this.#know(client, clock)
  }

  /** How many of this client's clocks the server has. */
  clock(client: number): number {
    this.#decodeUnread()
    return this.#clocks.get(client) ?? 0
  }

  deleted(): DeleteSet {
    this.#decodeUnread()
    return this.#deleted
  }

  voids(): ClockRanges {
    this.#decodeUnread()
    return this.#voids
  }

  holds(client: number, clock: number): boolean {
    return this.lacks(client, clock, clock + 1).length === 0
  }

  /** The clocks from `from` up to `to` whose content the server is not known to hold. */
  lacks(client: number, from: number, to: number): ClockRange[] {
    const known = Math.min(to, this.clock(client))
    const missing = overlap(this.#voids.get(client) ?? [], from, known)
    const beyond = Math.max(from, known)
    return to > beyond ? [...missing, { clock: beyond, len: to - beyond }] : missing
  }

  /** The same of a server that has no more than so many clocks of a client. */
  withoutLost(client: number, clock: number): Ledger {
    const rest = new Ledger()
    rest.addEncoded(this.encode())
    if (rest.clock(client) > clock) rest.#clocks.set(client, clock)
    return rest
  }

  /** False when a server with this state vector has lost something, so that it is not the one known here. */
  isWithin(vector: ReadonlyMap<number, number>): boolean {
    this.#decodeUnread()
    for (const [client, clock] of this.#clocks) {
      if ((vector.get(client) ?? 0) < clock) return false
    }
    return true
  }

  /** For keeping on this device: a Yjs snapshot of what is known, then one whose deletions are what is void. */
  encode(): Uint8Array {
    this.#decodeUnread()
    const voids = Y.createDeleteSet()
    for (const [client, ranges] of this.#voids) voids.clients.set(client, [...ranges])
    const encoder = encoding.createEncoder()
    encoding.writeUint8Array(encoder, Y.encodeSnapshot(Y.createSnapshot(this.#deleted, this.#clocks)))
    encoding.writeUint8Array(encoder, Y.encodeSnapshot(Y.createSnapshot(voids, new Map())))
    return encoding.toUint8Array(encoder)
  }

  /** As {@link encode} wrote it; the second snapshot may be missing, as it was before there were voids. */
  addEncoded(bytes: Uint8Array): void {
    const decoder = decoding.createDecoder(bytes)
    const next = () => Y.decodeSnapshotV2(bytes, new Y.UpdateDecoderV1(decoder))
    const { ds, sv } = next()
    this.raise(sv)
    this.#deleted = Y.mergeDeleteSets([this.#deleted, ds])
    if (decoding.hasContent(decoder)) this.#voids = uniteRanges([this.#voids, next().ds.clients])
  }

  /** A document that holds nothing but what the server has. */
  addDocument(doc: Y.Doc): void {
    this.addEncoded(Y.encodeSnapshot(Y.snapshot(doc)))
    const voids = [...doc.store.clients].map(([client, structs]): ClockRanges => {
      const gone = structs.filter((struct) => struct instanceof Y.GC)
      return new Map([[client, gone.map(({ id, length }) => ({ clock: id.clock, len: length }))]])
    })
    this.#voids = uniteRanges([this.#voids, ...voids])
  }

  #know(client: number, clock: number): void {
    if (clock > (this.#clocks.get(client) ?? 0)) this.#clocks.set(client, clock)
  }

  #decodeUnread(): void {
    if (this.#unread.length === 0) return
    const sets = [this.#deleted]
    const voids: [number, ClockRange[]][] = []
    for (const update of this.#unread) {
      const { structs, ds } = Y.decodeUpdate(update)
      for (const struct of structs) {
        const { id, length } = struct
        this.#know(id.client, id.clock + length)
        if (struct instanceof Y.GC) voids.push([id.client, [{ clock: id.clock, len: length }]])
      }
      sets.push(ds)
    }
    this.#unread = []
    this.#deleted = Y.mergeDeleteSets(sets)
    if (voids.length > 0)
      this.#voids = uniteRanges([this.#voids, ...voids.map((one): ClockRanges => new Map([one]))])
  }
}
