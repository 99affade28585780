import type { Node } from 'prosemirror-model'
import { itemsBetween } from '#shared/document/text/anchor.ts'
import { offsetIn } from '#shared/document/drafts.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import { hostText } from '#shared/document/schema.ts'
import type { HostId } from '#shared/model/ids.ts'
import type { ItemId } from '#shared/model/proposals/proposal.ts'
import { covered, idOf } from '../places.ts'

/**
 * A paragraph in which an input method is composing. It is not redrawn before the composition ends, because that would
 * disturb the input method; meanwhile others' changes go into the texts behind it.
 *
 * Invariant: for each host shown in the paragraph, `#items` holds the item id of every shown character in order.
 * {@link carry} uses them to find where composed words belong in the text as it is now.
 */
export class HeldBlock {
  readonly id: HostId
  /** The paragraph as it was last written to the texts. The composed change is the difference to this. */
  written: Node
  /** Whether the composition cannot be written directly and becomes a proposal at its end. */
  deferred = false
  /** The selection when the composition began, which it replaces, as offsets in the paragraph; null for a caret. */
  selected: { readonly from: number; readonly to: number } | null = null
  /** The text that the composition ended with. It may include words that stood there before and were composed again. */
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

  /** Maps an index in a host as it is shown to the index of the same place in the text as it is now. */
  readonly carry = (host: HostId, index: number): number => {
    const text = hostText(this.#od, host)
    if (!text) return 0
    const items = this.#items.get(host)
    if (!items || index === 0) return Math.min(index, text.length)
    return offsetIn(this.#od, host, items[Math.min(index, items.length) - 1] ?? null) ?? text.length
  }

  /** Records an own change, already written: at the shown `index`, `deleted` characters were replaced by `inserted`. */
  record(host: HostId, index: number, deleted: number, inserted: number): void {
    const items = this.#items.get(host) ?? this.#read(host)
    items.splice(index, deleted)
    const text = hostText(this.#od, host)
    if (!text || inserted === 0) return
    const at = this.carry(host, index)
    items.splice(index, 0, ...itemsBetween(text, at, at + inserted))
  }
}
