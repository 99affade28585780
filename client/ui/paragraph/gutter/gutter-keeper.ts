import type { HostId } from '#shared/model/ids.ts'
import { NearBlocks } from '../../margin/near-blocks.ts'
import type { Desk } from '../../state/desk.ts'

/** CSS pixels above and below the window within which gutter entries are drawn. */
const BEYOND = 400

/** Keeps the gutter's entries beside their paragraphs when the text or the window changes. */
export class GutterKeeper {
  readonly #gutter: HTMLElement
  readonly #blocks: NearBlocks

  constructor(desk: Desk, gutter: HTMLElement, onNear: (ids: readonly HostId[]) => void) {
    this.#gutter = gutter
    this.#blocks = new NearBlocks({
      desk,
      beyond: BEYOND,
      stores: [],
      onNear: (ids, elements) => {
        // Blocks get their real height only when they come near, and the page's height may stay the same meanwhile.
        this.#blocks.watchSizes(elements)
        onNear(ids)
      },
      onMoved: (elements) => this.#place(elements),
    })
  }

  /** Call after other paragraphs were drawn. */
  drawn(): void {
    this.#place(this.#blocks.elements)
  }

  dispose(): void {
    this.#blocks.dispose()
  }

  /** Positions the entries. All measuring is done before any writing. */
  #place(near: readonly HTMLElement[]): void {
    const origin = this.#gutter.getBoundingClientRect()
    const places = near.map((element) => {
      const { top, left, right } = element.getBoundingClientRect()
      const rtl = getComputedStyle(element).direction === 'rtl'
      const corner = element.classList.contains('cell') ? (rtl ? left : right) - origin.left : null
      return { id: element.dataset.id ?? '', top: top - origin.top, corner, rtl }
    })
    const items = new Map<string, HTMLElement>()
    for (const child of this.#gutter.children)
      if (child instanceof HTMLElement) items.set(child.dataset.gutter ?? '', child)
    for (const { id, top, corner, rtl } of places) {
      const item = items.get(id)
      if (!item) continue
      const side = rtl ? 'right' : 'left'
      item.style.transform =
        corner === null
          ? `translateY(${Math.round(top)}px)`
          : `translate(${Math.round(corner)}px, ${Math.round(top)}px)`
      // The entry of a cell stands in its corner: beside the text there is room for one of a row alone.
      item.dataset.side = corner === null ? side : `cell-${side}`
    }
  }
}
