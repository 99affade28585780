import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import type { ClockRange, ClockRanges } from '#shared/document/updates.ts'
import { overlap } from '#shared/document/updates.ts'
import type { DeleteSet } from './clock-ranges.ts'
import { uniteRanges } from './clock-ranges.ts'

const DECODE_AT = 256

/**
 * What the server is known to hold durably: every clock and every deletion that it has sent or acknowledged. Everything
 * else in the local document was made by this person and is not saved yet, because others' work arrives only through
 * the server.
 *
 * Invariants:
 *
 * - It never claims too much: the server sends and acknowledges only what is durable.
 * - It may claim too little, after a lost acknowledgement. Then work is sent again, and Yjs ignores the repetition.
 * - A server that has a clock of a client has all earlier clocks of that client, so one number per client suffices.
 * - A clock may be *void*: the server has a GC struct there, because the author put aside what was written under it.
 */
export class Ledger {
  readonly #clocks = new Map<number, number>()
  #deleted: DeleteSet = Y.createDeleteSet()
  /** For each client the clocks that the server has as void. */
  #voids: ClockRanges = new Map()
  /** Updates not decoded yet. Nobody asks while a connection is live, and decoding each frame twice would be slow. */
  #unread: Uint8Array[] = []

  /** Adds an update that the server has sent or acknowledged. */
  add(update: Uint8Array): void {
    this.#unread.push(update)
    if (this.#unread.length >= DECODE_AT) this.#decodeUnread()
  }

  /** Adds the server's own state vector. */
  raise(vector: ReadonlyMap<number, number>): void {
    for (const [client, clock] of vector) this.#know(client, clock)
  }

  /** The number of clocks of a client that the server has, void ones included. */
  clock(client: number): number {
    this.#decodeUnread()
    return this.#clocks.get(client) ?? 0
  }

  /** The deletions that the server has. */
  deleted(): DeleteSet {
    this.#decodeUnread()
    return this.#deleted
  }

  /** For each client the clocks that the server has as void, sorted and disjoint. */
  voids(): ClockRanges {
    this.#decodeUnread()
    return this.#voids
  }

  /** Whether the server has the content written under this clock. */
  holds(client: number, clock: number): boolean {
    return this.lacks(client, clock, clock + 1).length === 0
  }

  /** The clocks from `from` up to, not including, `to` whose content the server is not known to hold, sorted. */
  lacks(client: number, from: number, to: number): ClockRange[] {
    const known = Math.min(to, this.clock(client))
    const missing = overlap(this.#voids.get(client) ?? [], from, known)
    const beyond = Math.max(from, known)
    return to > beyond ? [...missing, { clock: beyond, len: to - beyond }] : missing
  }

  /** A copy for a server that has lost all clocks of a client from `clock` on. */
  withoutLost(client: number, clock: number): Ledger {
    const rest = new Ledger()
    rest.addEncoded(this.encode())
    if (rest.clock(client) > clock) rest.#clocks.set(client, clock)
    return rest
  }

  /** Whether a server with this state vector still has every clock known here; false when it has lost something. */
  isWithin(vector: ReadonlyMap<number, number>): boolean {
    this.#decodeUnread()
    for (const [client, clock] of this.#clocks) {
      if ((vector.get(client) ?? 0) < clock) return false
    }
    return true
  }

  /** Encodes the ledger for this device: a Yjs snapshot of what is known, then one whose deletions are the voids. */
  encode(): Uint8Array {
    this.#decodeUnread()
    const voids = Y.createDeleteSet()
    for (const [client, ranges] of this.#voids) voids.clients.set(client, [...ranges])
    const encoder = encoding.createEncoder()
    encoding.writeUint8Array(encoder, Y.encodeSnapshot(Y.createSnapshot(this.#deleted, this.#clocks)))
    encoding.writeUint8Array(encoder, Y.encodeSnapshot(Y.createSnapshot(voids, new Map())))
    return encoding.toUint8Array(encoder)
  }

  /** Adds what {@link encode} wrote. The second snapshot may be missing: earlier versions had no voids. */
  addEncoded(bytes: Uint8Array): void {
    const decoder = decoding.createDecoder(bytes)
    const next = () => Y.decodeSnapshotV2(bytes, new Y.UpdateDecoderV1(decoder))
    const { ds, sv } = next()
    this.raise(sv)
    this.#deleted = Y.mergeDeleteSets([this.#deleted, ds])
    if (decoding.hasContent(decoder)) this.#voids = uniteRanges([this.#voids, next().ds.clients])
  }

  /** Adds everything in a document that holds only what the server has. */
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
