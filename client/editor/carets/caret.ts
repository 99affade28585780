import type { Node } from 'prosemirror-model'
import type { Selection, Transaction } from 'prosemirror-state'
import { TextSelection } from 'prosemirror-state'
import { placesNow, tabledPlace } from '#shared/document/follow/caret-place.ts'
import { itemAt } from '#shared/document/text/anchor.ts'
import type { Projection } from '#shared/document/composition/projection.ts'
import { hostText } from '#shared/document/schema.ts'
import type { CaretPlace } from '#shared/model/caret.ts'
import type { HostId } from '#shared/model/ids.ts'
import { shownPosition } from '../locate.ts'
import { idOf, placeAt, signOf } from '../places.ts'

/** One end of the selection. */
interface End {
  /**
   * Where the person put it, by item ids. Not changed by decisions, so that it is found again when one is taken back.
   */
  readonly place: CaretPlace
  /** The block in which it was last shown. */
  readonly block: HostId
  /** Which of its two characters it was put directly beside; null when signs stand on both sides. */
  readonly beside: 'item' | 'next' | null
}

const isWords = (node: Node | null): boolean => node !== null && signOf(node) === null

/**
 * The own selection as item ids. It is remembered whenever the person moves it, and restored after every change by
 * somebody else, so that neither a remote edit nor a decision moves it away from the characters beside it.
 */
export class Caret {
  readonly #projection: Projection
  #anchor: End | null = null
  #head: End | null = null
  #lost = false
  #givenUp = false

  /** `former`: the same person's caret in what was shown before. */
  constructor(projection: Projection, former: Caret | null = null) {
    this.#projection = projection
    this.#anchor = former && former.#anchor
    this.#head = former && former.#head
    this.#givenUp = former !== null && former.#givenUp
    this.#lost = this.#givenUp
  }

  /** Whether the person has put it somewhere, in this view or in one before. */
  get known(): boolean {
    return this.#anchor !== null && this.#head !== null
  }

  /**
   * Whether nothing is left of the paragraph that the caret was in. It is then shown in another one, but nothing can
   * be typed until the person chooses a place or the paragraph comes back.
   */
  get lost(): boolean {
    return this.#lost
  }

  /** Makes the caret count as lost, although it stays where it is shown, until the person chooses a place. */
  giveUp(): void {
    this.#givenUp = true
    this.#lost = true
  }

  get givenUp(): boolean {
    return this.#givenUp
  }

  /** Remembers a selection that the person has made. */
  remember({ doc, selection }: { readonly doc: Node; readonly selection: Selection }): void {
    this.#lost = false
    this.#givenUp = false
    this.#head = this.#end(doc, selection.head)
    this.#anchor = selection.empty ? this.#head : this.#end(doc, selection.anchor)
  }

  /** The host into which the head of the selection was put; null for none. */
  get host(): HostId | null {
    return this.#head && this.#head.place.host
  }

  /** The selection for others' screens; null when it is lost or not in a text. */
  places(): { anchor: CaretPlace; head: CaretPlace } | null {
    const [anchor, head] = [this.#anchor, this.#head]
    if (!anchor || !head || this.#lost) return null
    return { anchor: anchor.place, head: head.place }
  }

  /** Sets the selection of a transaction to where the remembered characters are now; updates `lost`. */
  restore(tr: Transaction): void {
    if (!this.#anchor || !this.#head) return
    const { selection } = tr
    const head = this.#position(tr, this.#head, selection.head)
    const anchor = this.#anchor === this.#head ? head : this.#position(tr, this.#anchor, selection.anchor)
    this.#lost = this.#givenUp || head === null || anchor === null
    if (head === null || anchor === null) return
    this.#anchor = this.#moved(tr.doc, this.#anchor, anchor)
    this.#head = head === anchor ? this.#anchor : this.#moved(tr.doc, this.#head, head)
    if (head === selection.head && anchor === selection.anchor) return
    tr.setSelection(TextSelection.create(tr.doc, anchor, head))
  }

  #end(doc: Node, pos: number): End | null {
    const $pos = doc.resolve(pos)
    if (!$pos.parent.isTextblock) return null
    const { host, index } = placeAt($pos.parent, $pos.parentOffset)
    const text = hostText(this.#projection.od, host)
    if (!text) return null
    const beside = isWords($pos.nodeBefore) ? 'item' : isWords($pos.nodeAfter) ? 'next' : null
    const place: CaretPlace = {
      host,
      item: index === 0 ? null : itemAt(text, index - 1),
      next: itemAt(text, index),
      ...(beside === 'next' ? { side: 'before' } : {}),
    }
    return { place, block: idOf($pos.parent), beside }
  }

  #moved(doc: Node, { place, beside }: End, pos: number): End {
    return { place: tabledPlace(this.#projection.od, place), block: idOf(doc.resolve(pos).parent), beside }
  }

  /** The position of one end now; null when it has no place. `mapped`: where ProseMirror's mapping has left it. */
  #position(tr: Transaction, { place, block, beside }: End, mapped: number): number | null {
    const $mapped = tr.doc.resolve(mapped)
    const inText = $mapped.parent.isTextblock
    const shown = inText ? placeAt($mapped.parent, $mapped.parentOffset) : null
    for (const at of placesNow(this.#projection.od, place)) {
      // Between signs several positions have the same place; prefer the mapped one if it is among them.
      if (beside === null && shown?.host === at.host && shown.index === at.index) return mapped
      const found = shownPosition(this.#projection, tr.doc, at)
      if (found !== null) return found
    }
    return inText && idOf($mapped.parent) === block ? mapped : null
  }
}
