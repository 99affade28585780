import type { HostId } from '#shared/model/ids.ts'
import { NearBlocks } from '../margin/near-blocks.ts'
import type { Desk } from '../state/desk.ts'

/** CSS pixels above and below the window within which the marks of options are drawn. */
const BEYOND = 400

/** Keeps the headings and rails of options beside their blocks when the text or the window changes. */
export class OptionKeeper {
  readonly #layer: HTMLElement
  readonly #blocks: NearBlocks

  constructor(desk: Desk, layer: HTMLElement, onNear: (ids: readonly HostId[]) => void) {
    this.#layer = layer
    this.#blocks = new NearBlocks({
      desk,
      beyond: BEYOND,
      stores: [desk.view],
      onNear: (ids, elements) => {
        this.#blocks.watchSizes(elements)
        onNear(ids)
      },
      onMoved: (elements) => this.#place(elements),
    })
  }

  /** Call after the marks were drawn. */
  drawn(): void {
    this.#place(this.#blocks.elements)
  }

  dispose(): void {
    this.#blocks.dispose()
  }

  /** Positions what is drawn. All measuring is done before any writing. */
  #place(near: readonly HTMLElement[]): void {
    const origin = this.#layer.getBoundingClientRect().top
    const edges = new Map<string, { top: number; bottom: number; rtl: boolean }>()
    for (const element of near) {
      const { top, bottom } = element.getBoundingClientRect()
      const rtl = getComputedStyle(element).direction === 'rtl'
      edges.set(element.dataset.id ?? '', { top: top - origin, bottom: bottom - origin, rtl })
    }
    for (const mark of this.#layer.children) {
      if (!(mark instanceof HTMLElement)) continue
      const own = (mark.dataset.over ?? '').split(' ').flatMap((id) => edges.get(id) ?? [])
      const [first, last] = [own[0], own.at(-1)]
      mark.hidden = !first
      if (!first || !last) continue
      mark.dataset.side = first.rtl ? 'right' : 'left'
      mark.style.transform = `translateY(${Math.round(first.top)}px)`
      if (mark.dataset.rail !== undefined) mark.style.blockSize = `${Math.round(last.bottom - first.top)}px`
    }
  }
}
