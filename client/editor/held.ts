import type { Node } from 'prosemirror-model'
import { itemsBetween } from '#shared/document/text/anchor.ts'
import { offsetIn } from '#shared/document/drafts.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import { hostText } from '#shared/document/schema.ts'
import type { HostId } from '#shared/model/ids.ts'
import type { ItemId } from '#shared/model/proposal.ts'
import { covered, idOf } from './places.ts'

/**
 * A paragraph in which an input method is composing. It is not redrawn until the composition ends, or the input
 * method would lose its place; meanwhile others' changes go into the texts behind it. So that what is composed still
 * lands where its author sees it, the identity of every shown character is kept.
 */
export class HeldBlock {
  readonly id: HostId
  /** The paragraph as its texts have it: what is composed is the difference to this. */
  written: Node
  /** The composition is outside what the person may write directly: it becomes proposals at its end. */
  deferred = false
  /** What was selected when the composition began, as offsets in the paragraph: it takes the place of that. */
  selected: { readonly from: number; readonly to: number } | null = null
  /** What the composition ended with; it is longer than what has changed where it went over words that stood there. */
  text = ''
  readonly #od: OutcomeDocument
  readonly #items = new Map<HostId, ItemId[]>()

  constructor(od: OutcomeDocument, block: Node) {
    this.#od = od
    this.id = idOf(block)
    this.written = block
    for (const host of covered(block, 0, block.content.size).ranges.keys()) this.#read(host)
  }

  #read(host: HostId): ItemId[] {
    const text = hostText(this.#od, host)
    const items = text ? itemsBetween(text, 0, text.length) : []
    this.#items.set(host, items)
    return items
  }

  /** From an index in the text as it was shown to the same place in the text as it is. */
  readonly carry = (host: HostId, index: number): number => {
    const text = hostText(this.#od, host)
    if (!text) return 0
    const items = this.#items.get(host)
    if (!items || index === 0) return Math.min(index, text.length)
    return offsetIn(this.#od, host, items[Math.min(index, items.length) - 1] ?? null) ?? text.length
  }

  /** Own changes of a text, as shown: `deleted` characters at `index` went, `inserted` came (already in the text). */
  record(host: HostId, index: number, deleted: number, inserted: number): void {
    const items = this.#items.get(host) ?? this.#read(host)
    items.splice(index, deleted)
    const text = hostText(this.#od, host)
    if (!text || inserted === 0) return
    const at = this.carry(host, index)
    items.splice(index, 0, ...itemsBetween(text, at, at + inserted))
  }
}
