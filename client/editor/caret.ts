import type { Node } from 'prosemirror-model'
import type { Selection, Transaction } from 'prosemirror-state'
import { TextSelection } from 'prosemirror-state'
import { placesNow, tabledPlace } from '#shared/document/follow/caret-place.ts'
import { itemAt } from '#shared/document/text/anchor.ts'
import type { Projection } from '#shared/document/composition/projection.ts'
import { hostText } from '#shared/document/schema.ts'
import type { CaretPlace } from '#shared/model/caret.ts'
import type { HostId } from '#shared/model/ids.ts'
import { shownPosition } from './locate.ts'
import { idOf, placeAt, signOf } from './places.ts'

/** One end of the selection. */
interface End {
  /** Where its owner put it. It stays that, whatever is decided meanwhile: what is taken back finds it there again. */
  readonly place: CaretPlace
  /** The block it was shown in last. */
  readonly block: HostId
  /** Which of its two characters it was put right beside; null: signs stand on both sides. */
  readonly beside: 'item' | 'next' | null
}

const isWords = (node: Node | null): boolean => node !== null && signOf(node) === null

/**
 * The own selection as identities of characters. It is remembered whenever its owner puts it somewhere, and put back
 * after every change by somebody else; so neither a remote edit nor a decision moves it from the character it stands by.
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

  /** It was put somewhere, here or in what was shown before. */
  get known(): boolean {
    return this.#anchor !== null && this.#head !== null
  }

  /**
   * Nothing is left of the paragraph that the caret was in: it is shown in another one, where nobody has put it, and what
   * is typed has no place until its owner chooses one or the paragraph comes back.
   */
  get lost(): boolean {
    return this.#lost
  }

  /** The person must choose a place anew before anything is typed: it stays where it is shown, and counts as lost. */
  giveUp(): void {
    this.#givenUp = true
    this.#lost = true
  }

  get givenUp(): boolean {
    return this.#givenUp
  }

  /** Its owner has put it there. */
  remember({ doc, selection }: { readonly doc: Node; readonly selection: Selection }): void {
    this.#lost = false
    this.#givenUp = false
    this.#head = this.#end(doc, selection.head)
    this.#anchor = selection.empty ? this.#head : this.#end(doc, selection.anchor)
  }

  /** The text that it was put into. */
  get host(): HostId | null {
    return this.#head && this.#head.place.host
  }

  /** The places to show to others; null when the selection is not in a text, or has lost its own. */
  places(): { anchor: CaretPlace; head: CaretPlace } | null {
    const [anchor, head] = [this.#anchor, this.#head]
    if (!anchor || !head || this.#lost) return null
    return { anchor: anchor.place, head: head.place }
  }

  /** Puts the selection back to where it belongs now. */
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

  /** `mapped`: where ProseMirror's mapping left it. Null: there is no place for it. */
  #position(tr: Transaction, { place, block, beside }: End, mapped: number): number | null {
    const $mapped = tr.doc.resolve(mapped)
    const inText = $mapped.parent.isTextblock
    const shown = inText ? placeAt($mapped.parent, $mapped.parentOffset) : null
    for (const at of placesNow(this.#projection.od, place)) {
      // Between signs there are several positions for a place: the mapped one, if it is one of them.
      if (beside === null && shown?.host === at.host && shown.index === at.index) return mapped
      const found = shownPosition(this.#projection, tr.doc, at)
      if (found !== null) return found
    }
    return inText && idOf($mapped.parent) === block ? mapped : null
  }
}
