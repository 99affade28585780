import type { HostId } from '#shared/model/ids.ts'
import { NearBlocks } from '../cards/near-blocks.ts'
import type { Desk } from '../state/desk.ts'

/** Drawn this far above and below what is seen, in CSS pixels. */
const BEYOND = 400

/** Keeps what the gutter says beside its paragraphs, whatever moves. */
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
        // A block that comes near takes its real height only then, and what grows and shrinks may leave the page as high as it was.
        this.#blocks.watchSizes(elements)
        onNear(ids)
      },
      onMoved: (elements) => this.#place(elements),
    })
  }

  /** Other paragraphs have just been drawn. */
  drawn(): void {
    this.#place(this.#blocks.elements)
  }

  dispose(): void {
    this.#blocks.dispose()
  }

  /** All reading before all writing. */
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
