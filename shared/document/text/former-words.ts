import * as Y from 'yjs'
import type { ItemId } from '../../model/proposal.ts'
import { indexAt } from './search.ts'

/** Most UTF-16 units that are remembered, each range counting {@link RANGE} more; the oldest deletions are forgotten first. */
const LIMIT = 1_000_000
/** What a range takes beside its words: many a range is one letter, deleted by one key. */
const RANGE = 16

interface DeletedRange {
  readonly clock: number
  readonly text: string
  /** Counts the deletions: a higher one came later. 0: not known when. */
  readonly at: number
}

/**
 * What deleted characters said. Yjs forgets it at the end of the transaction that deletes them; the server needs it to
 * prove what somebody brings back, or quotes, of words that are gone by now.
 */
export class FormerWords {
  readonly #doc: Y.Doc
  /** By client, ascending by clock, without overlaps. */
  readonly #ranges = new Map<number, DeletedRange[]>()
  readonly #oldest: { readonly client: number; readonly clock: number }[] = []
  #length = 0
  #deletions = 0

  /** Listens to the document from now on. */
  constructor(doc: Y.Doc) {
    this.#doc = doc
    doc.on('afterTransaction', ({ deleteSet }: Y.Transaction) => this.#note(deleteSet.clients))
  }

  /** The character, and when it was deleted; null: not known (any more). */
  at([client, clock]: ItemId): { readonly unit: string; readonly at: number } | null {
    const list = this.#ranges.get(client) ?? []
    const range = list[indexAt(list, clock)]
    const unit = range?.text[clock - range.clock]
    return range && unit !== undefined ? { unit, at: range.at } : null
  }

  /**
   * Takes from an earlier update of the document what it wrote that is deleted by now, and when what was remembered before was
   * deleted: the updates come in the order in which they were made.
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

  /** Of what is remembered there, and not known when it was deleted: then. */
  #date(client: number, start: number, end: number, at: number): void {
    const list = this.#ranges.get(client) ?? []
    for (let i = indexAt(list, start); i < list.length && list[i]!.clock < end; i++) {
      const range = list[i]!
      const { clock, text } = range
      const [from, to] = [Math.max(0, start - clock), Math.min(text.length, end - clock)]
      if (range.at !== 0 || from >= to) continue
      const parts = [
        { clock, text: text.slice(0, from), at: 0 },
        { clock: clock + from, text: text.slice(from, to), at },
        { clock: clock + to, text: text.slice(to), at: 0 },
      ].filter((part) => part.text !== '')
      list.splice(i, 1, ...parts)
      for (const part of parts.slice(1)) this.#oldest.push({ client, clock: part.clock })
      this.#length += (parts.length - 1) * RANGE
      i += parts.length - 1
    }
  }

  #note(clients: Map<number, { readonly clock: number; readonly len: number }[]>): void {
    const at = ++this.#deletions
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
    const list = this.#ranges.get(client) ?? []
    this.#ranges.set(client, list)
    const { clock, text } = range
    const place = (list[0]?.clock ?? Infinity) < clock ? indexAt(list, clock) + 1 : 0
    const previous = list[place - 1]
    const next = list[place]
    const overlaps =
      (previous && previous.clock + previous.text.length > clock) ||
      (next && next.clock < clock + text.length)
    if (overlaps) return
    list.splice(place, 0, range)
    this.#oldest.push({ client, clock })
    this.#length += text.length + RANGE
    while (this.#length > LIMIT) this.#forget()
  }

  #forget(): void {
    const oldest = this.#oldest.shift()
    const list = oldest && this.#ranges.get(oldest.client)
    if (!list) return
    const [gone] = list.splice(indexAt(list, oldest.clock), 1)
    if (gone) this.#length -= gone.text.length + RANGE
  }
}

function itemAt({ store }: Y.Doc, client: number, clock: number): Y.Item | Y.GC {
  const structs = store.clients.get(client) as (Y.Item | Y.GC)[]
  return structs[Y.findIndexSS(structs, clock)] as Y.Item | Y.GC
}
