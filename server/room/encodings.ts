import type * as Y from 'yjs'
import { encodeState } from '#shared/document/updates.ts'
import { encodeFrame } from '#shared/protocol/wire.ts'
import type { EncodedDocument } from '../work/jobs.ts'
import type { DocumentWork } from '../work/document-work.ts'

/** Up to so many bytes a document is encoded at once: that takes a few milliseconds. */
const AT_ONCE = 256 * 1024
/** With more updates behind it than that, a whole encoding is made anew before it is sent. */
const SENT_BEHIND = 64
/** Nor are more kept, though nobody asks for the document. */
const KEPT_BEHIND = 1_024

interface Committed {
  readonly update: Uint8Array
  /** Made when it is needed first. */
  frame: Uint8Array | null
}

/**
 * The committed document in bytes: a whole encoding of some time ago, and what was committed since. To encode a large
 * document takes a quarter of a second, and it changes with every keystroke: so whoever joins is sent both, and now and
 * then a fresh whole encoding is made in another thread.
 *
 * Invariant: `whole` with `behind` applied, in that order, is the committed state.
 */
export class Encodings {
  readonly #away: Pick<DocumentWork, 'encode'>
  #whole: Uint8Array
  #frame: Uint8Array | null = null
  #behind: Committed[]
  #size: number
  #making: Promise<void> | null = null

  /** `whole` and `tail` as the store has them. */
  constructor(whole: Uint8Array, tail: readonly Uint8Array[], away: Pick<DocumentWork, 'encode'>) {
    this.#away = away
    this.#whole = whole
    this.#behind = tail.map((update) => ({ update, frame: null }))
    this.#size = sizeOf(whole, this.#behind)
  }

  /** Notes what was committed; the answer is the frame that tells of it. `doc` is in the committed state. */
  commit(update: Uint8Array, doc: Y.Doc): Uint8Array {
    const frame = encodeFrame({ type: 'sync-update', update })
    this.#behind.push({ update, frame })
    this.#size += update.length
    if (this.#behind.length > KEPT_BEHIND) void this.#renew(doc)
    return frame
  }

  /** A copy of what stands here now. */
  current(): EncodedDocument {
    return { whole: this.#whole, tail: this.#behind.map(({ update }) => update) }
  }

  /**
   * The frames that bring somebody with an empty document to the committed state; or a promise, when a whole encoding
   * must be made first: ask again then. `doc` is in the committed state. With `anyway` there is no promise.
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

  /** Puts a fresh whole encoding in the place of what there is: at once for a small document. Never rejects. */
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
