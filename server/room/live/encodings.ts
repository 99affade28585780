import type * as Y from 'yjs'
import { encodeState } from '#shared/document/updates.ts'
import { encodeFrame } from '#shared/protocol/wire.ts'
import type { EncodedDocument } from '../../work/jobs.ts'
import type { DocumentWork } from '../../work/document-work.ts'

/** Documents up to this size, in bytes, are encoded in this thread; that takes a few milliseconds. */
const AT_ONCE = 256 * 1024
/** Most updates sent after a whole encoding; with more, a new whole encoding is made first. */
const SENT_BEHIND = 64
/** Most updates kept after a whole encoding while nobody asks for the document. */
const KEPT_BEHIND = 1_024

interface Committed {
  readonly update: Uint8Array
  /** The update as an encoded frame; null until it is first needed. */
  frame: Uint8Array | null
}

/**
 * The committed document as bytes: one Yjs update that encodes the whole document as of some earlier commit, and the
 * updates committed since. Encoding a large document takes a quarter of a second and each keystroke changes it, so
 * whoever joins is sent both parts, and from time to time a new whole encoding is made in another thread.
 *
 * Invariants:
 *
 * - `whole`, then the updates of `behind` in their order, is the committed state.
 * - At most one whole encoding is being made at a time. Updates committed meanwhile stay in `behind`.
 * - If making one fails, the old one and all of `behind` stay valid.
 */
export class Encodings {
  readonly #away: Pick<DocumentWork, 'encode'>
  #whole: Uint8Array
  #frame: Uint8Array | null = null
  #behind: Committed[]
  #size: number
  #making: Promise<void> | null = null

  /** `whole` and `tail`: snapshot and later updates as the store has them. */
  constructor(whole: Uint8Array, tail: readonly Uint8Array[], away: Pick<DocumentWork, 'encode'>) {
    this.#away = away
    this.#whole = whole
    this.#behind = tail.map((update) => ({ update, frame: null }))
    this.#size = sizeOf(whole, this.#behind)
  }

  /** Adds a committed update; returns the `sync-update` frame to broadcast. `doc` holds the committed state. */
  commit(update: Uint8Array, doc: Y.Doc): Uint8Array {
    const frame = encodeFrame({ type: 'sync-update', update })
    this.#behind.push({ update, frame })
    this.#size += update.length
    if (this.#behind.length > KEPT_BEHIND) void this.#renew(doc)
    return frame
  }

  /** The parts as they are now. Later commits do not change the answer. */
  current(): EncodedDocument {
    return { whole: this.#whole, tail: this.#behind.map(({ update }) => update) }
  }

  /**
   * The frames that bring an empty document to the committed state. Returns a promise instead when a new whole
   * encoding should be made first; ask again once it resolves. With `anyway` the frames are returned in any case.
   * `doc` holds the committed state.
   */
  frames(doc: Y.Doc, anyway: boolean): readonly Uint8Array[] | Promise<void> {
    if (this.#behind.length > 0 && this.#size <= AT_ONCE) void this.#renew(doc)
    if (this.#behind.length > SENT_BEHIND && !anyway) return this.#renew(doc)
    this.#frame ??= encodeFrame({ type: 'sync-step2', update: this.#whole })
    const updates = this.#behind.map(
      (each) => (each.frame ??= encodeFrame({ type: 'sync-update', update: each.update })),
    )
    return [this.#frame, ...updates]
  }

  /** Replaces the whole encoding by a new one; a small document is encoded before this returns. Never rejects. */
  #renew(doc: Y.Doc): Promise<void> {
    if (this.#size <= AT_ONCE) {
      this.#replace(encodeState(doc), this.#behind.length)
      return Promise.resolve()
    }
    this.#making ??= this.#make().finally(() => (this.#making = null))
    return this.#making
  }

  async #make(): Promise<void> {
    const covered = this.#behind.length
    const whole = await this.#away.encode(this.current())
    if (whole) this.#replace(whole, covered)
  }

  #replace(whole: Uint8Array, covered: number): void {
    this.#whole = whole
    this.#frame = null
    this.#behind = this.#behind.slice(covered)
    this.#size = sizeOf(whole, this.#behind)
  }
}

const sizeOf = (whole: Uint8Array, behind: readonly Committed[]): number =>
  behind.reduce((sum, { update }) => sum + update.length, whole.length)
