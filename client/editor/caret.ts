import type { Node } from 'prosemirror-model'
import type { EditorState, Transaction } from 'prosemirror-state'
import { TextSelection } from 'prosemirror-state'
import { itemAt } from '#shared/document/text/anchor.ts'
import { offsetIn } from '#shared/document/drafts.ts'
import { forward } from '#shared/document/follow/forward.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import { hostText } from '#shared/document/schema.ts'
import { isParagraphId } from '#shared/model/ids.ts'
import type { CaretPlace } from '#shared/protocol/wire.ts'
import { offsetsOf, placeAt } from './places.ts'

/**
 * The own selection as identities of characters. It is remembered whenever shown text and texts agree, and put back
 * after a remote change; so a remote edit never moves the caret from the character it stands behind.
 */
export class Caret {
  readonly #od: OutcomeDocument
  #anchor: CaretPlace | null = null
  #head: CaretPlace | null = null

  constructor(od: OutcomeDocument) {
    this.#od = od
  }

  remember({ doc, selection }: EditorState): void {
    this.#head = this.#end(doc, selection.head)
    this.#anchor = selection.empty ? this.#head : this.#end(doc, selection.anchor)
  }

  /** The places to show to others; null when the selection is not in a text. */
  places(): { anchor: CaretPlace; head: CaretPlace } | null {
    const [anchor, head] = [this.#anchor, this.#head]
    if (!anchor || !head) return null
    return { anchor, head }
  }

  /** Puts the selection back where it stood. What is no longer shown stays where ProseMirror's mapping left it. */
  restore(tr: Transaction): void {
    if (!this.#anchor || !this.#head) return
    const { selection } = tr
    const head = this.#position(tr, this.#head, selection.head)
    const anchor = this.#anchor === this.#head ? head : this.#position(tr, this.#anchor, selection.anchor)
    if (head === null || anchor === null) return
    if (head === selection.head && anchor === selection.anchor) return
    tr.setSelection(TextSelection.create(tr.doc, anchor, head))
  }

  /** Where the words are, when a split or a merger of paragraphs took them to another one. */
  #live({ host, item }: CaretPlace): CaretPlace {
    if (!isParagraphId(host)) return { host, item }
    const now = forward(this.#od, { kind: 'point', host, paragraph: host, at: item })
    return now.kind === 'point' ? { host: now.host, item: now.at } : { host, item }
  }

  #end(doc: Node, pos: number): CaretPlace | null {
    const $pos = doc.resolve(pos)
    if (!$pos.parent.isTextblock) return null
    const { host, index } = placeAt($pos.parent, $pos.parentOffset)
    const text = hostText(this.#od, host)
    if (!text) return null
    return { host, item: index === 0 ? null : itemAt(text, index - 1) }
  }

  #position(tr: Transaction, place: CaretPlace, mapped: number): number | null {
    const { host, item } = this.#live(place)
    const index = offsetIn(this.#od, host, item)
    if (index === null) return null
    // Where signs stand at this place there are several positions for it: the mapped one, if it is one of them.
    const $mapped = tr.doc.resolve(mapped)
    if ($mapped.parent.isTextblock) {
      const shown = placeAt($mapped.parent, $mapped.parentOffset)
      if (shown.host === host && shown.index === index) return mapped
    }
    let found: number | null = null
    tr.doc.forEach((node, offset) => {
      if (found !== null || !node.isTextblock) return
      const at = offsetsOf(node, host, index)
      if (at) found = offset + 1 + at.left
    })
    return found
  }
}
