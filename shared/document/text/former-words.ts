import * as Y from 'yjs'
import type { ItemId } from '../../model/proposals/proposal.ts'
import { ClockList } from './clock-list.ts'

/**
 * How much is remembered, in UTF-16 units; each range counts {@link RANGE} more. Beyond this the oldest
 * deletions are forgotten.
 */
const LIMIT = 1_000_000
/** What a range costs beside its text. Many ranges are a single letter, deleted by one key. */
const RANGE = 16

interface DeletedRange {
  readonly clock: number
  readonly text: string
  /**
   * Which deletion it was, counted from 1; a higher number is a later one. 0: deleted before this object
   * listened.
   */
  readonly at: number
}

/**
 * Remembers the text of deleted characters. Yjs drops it at the end of the transaction that deletes them. The
 * server needs it to check what somebody says of deleted words: that new characters restore them, or that a
 * quote is of them.
 */
export class FormerWords {
  readonly #doc: Y.Doc
  /** By Yjs client; no two ranges of a list overlap. */
  readonly #ranges = new Map<number, ClockList<DeletedRange>>()
  /** The ranges in the order in which they are forgotten; those before {@link #forgotten} are forgotten already. */
  #order: { readonly client: number; readonly clock: number }[] = []
  #forgotten = 0
  #length = 0
  #deletions = 0
  #together = false

  /** Remembers what is deleted from now on. */
  constructor(doc: Y.Doc) {
    this.#doc = doc
    doc.on('afterTransaction', ({ deleteSet }: Y.Transaction) => this.#note(deleteSet.clients))
  }

  /** Counts all that is deleted until {@link endOne} as one deletion, in however many transactions. */
  beginOne(): void {
    this.#deletions++
    this.#together = true
  }

  endOne(): void {
    this.#together = false
  }

  /**
   * Returns the UTF-16 unit that a deleted character was, and which deletion removed it; null when that is not
   * known.
   */
  at([client, clock]: ItemId): { readonly unit: string; readonly at: number } | null {
    const range = this.#ranges.get(client)?.upTo(clock)
    const unit = range?.text[clock - range.clock]
    return range && unit !== undefined ? { unit, at: range.at } : null
  }

  /**
   * Adds what an update from the log wrote and what is deleted by now, and dates the deletions that the update
   * made. Call it with the updates in the order in which they were made.
   */
  remember(update: Uint8Array): void {
    const { structs, ds } = Y.decodeUpdate(update)
    for (const struct of structs) {
      if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentString)) continue
      const { client, clock } = struct.id
      const { str } = struct.content
      const end = Math.min(clock + str.length, Y.getState(this.#doc.store, client))
      for (let from = clock; from < end;) {
        const item = itemAt(this.#doc, client, from)
        const to = Math.min(end, item.id.clock + item.length)
        if (item.deleted) this.#add(client, { clock: from, text: str.slice(from - clock, to - clock), at: 0 })
        from = to
      }
    }
    const at = ++this.#deletions
    for (const [client, ranges] of ds.clients)
      for (const { clock, len } of ranges) this.#date(client, clock, clock + len, at)
  }

  /** Sets `at` of the remembered ranges in these clocks whose deletion has no number yet. */
  #date(client: number, start: number, end: number, at: number): void {
    const list = this.#ranges.get(client) ?? new ClockList<DeletedRange>()
    let range = list.upTo(start) ?? list.after(start)
    for (; range && range.clock < end; range = list.after(range.clock)) {
      const { clock, text } = range
      const [from, to] = [Math.max(0, start - clock), Math.min(text.length, end - clock)]
      if (range.at !== 0 || from >= to) continue
      const parts = [
        { clock, text: text.slice(0, from), at: 0 },
        { clock: clock + from, text: text.slice(from, to), at },
        { clock: clock + to, text: text.slice(to), at: 0 },
      ].filter((part) => part.text !== '')
      for (const part of parts) list.set(part)
      for (const part of parts.slice(1)) this.#order.push({ client, clock: part.clock })
      this.#length += (parts.length - 1) * RANGE
      range = parts.at(-1)!
    }
  }

  #note(clients: Map<number, { readonly clock: number; readonly len: number }[]>): void {
    const at = this.#together ? this.#deletions : ++this.#deletions
    for (const [client, ranges] of clients) {
      for (const { clock, len } of ranges) {
        for (let from = clock; from < clock + len;) {
          const item = itemAt(this.#doc, client, from)
          const to = Math.min(clock + len, item.id.clock + item.length)
          if (item instanceof Y.Item && item.content instanceof Y.ContentString) {
            const text = item.content.str.slice(from - item.id.clock, to - item.id.clock)
            this.#add(client, { clock: from, text, at })
          }
          from = to
        }
      }
    }
  }

  #add(client: number, range: DeletedRange): void {
    const list = this.#ranges.get(client) ?? new ClockList()
    this.#ranges.set(client, list)
    const { clock, text } = range
    const previous = list.upTo(clock)
    const next = list.after(clock)
    const overlaps =
      (previous && previous.clock + previous.text.length > clock) ||
      (next && next.clock < clock + text.length)
    if (overlaps) return
    list.set(range)
    this.#order.push({ client, clock })
    this.#length += text.length + RANGE
    while (this.#length > LIMIT) this.#forget()
  }

  #forget(): void {
    const { client, clock } = this.#order[this.#forgotten++]!
    const gone = this.#ranges.get(client)?.remove(clock)
    if (gone) this.#length -= gone.text.length + RANGE
    // Rarely, because it copies all that are left.
    if (this.#forgotten * 2 < this.#order.length) return
    this.#order = this.#order.slice(this.#forgotten)
    this.#forgotten = 0
  }
}

function itemAt({ store }: Y.Doc, client: number, clock: number): Y.Item | Y.GC {
  const structs = store.clients.get(client) as (Y.Item | Y.GC)[]
  return structs[Y.findIndexSS(structs, clock)] as Y.Item | Y.GC
}
