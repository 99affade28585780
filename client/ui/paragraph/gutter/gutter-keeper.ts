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
    const origin = this.#gutter.getBoundingClientRect().top
    const places = near.map((element) => ({
      id: element.dataset.id ?? '',
      top: element.getBoundingClientRect().top - origin,
      rtl: getComputedStyle(element).direction === 'rtl',
    }))
    const items = new Map<string, HTMLElement>()
    for (const child of this.#gutter.children)
      if (child instanceof HTMLElement) items.set(child.dataset.gutter ?? '', child)
    for (const { id, top, rtl } of places) {
      const item = items.get(id)
      if (!item) continue
      item.style.transform = `translateY(${Math.round(top)}px)`
      item.dataset.side = rtl ? 'right' : 'left'
    }
  }
}
