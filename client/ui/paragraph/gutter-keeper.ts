import type { HostId } from '#shared/model/ids.ts'
import { blocksBetween } from '../cards/near.ts'
import { shownBlocks } from '../cards/shown-blocks.ts'
import type { Desk } from '../state/desk.ts'

/** Drawn this far above and below what is seen, in CSS pixels. */
const BEYOND = 400

/**
 * Keeps what the gutter says beside its paragraphs, whatever moves. Outside React, for it works at every scrolled pixel.
 */
export class GutterKeeper {
  readonly #desk: Desk
  readonly #gutter: HTMLElement
  readonly #onNear: (ids: readonly HostId[]) => void
  readonly #sizes: ResizeObserver
  readonly #stops: readonly (() => void)[]
  #near: readonly HTMLElement[] = []
  #told = ''
  #frame = 0

  constructor(desk: Desk, gutter: HTMLElement, onNear: (ids: readonly HostId[]) => void) {
    this.#desk = desk
    this.#gutter = gutter
    this.#onNear = onNear
    this.#sizes = new ResizeObserver(this.#soon)
    this.#sizes.observe(document.documentElement)
    this.#stops = [desk.layout, desk.board].map((store) => store.subscribe(this.#soon))
    addEventListener('scroll', this.#soon, { passive: true })
    addEventListener('resize', this.#soon)
    this.#soon()
  }

  /** Other paragraphs have just been drawn. */
  drawn(): void {
    this.#place()
  }

  dispose(): void {
    cancelAnimationFrame(this.#frame)
    this.#sizes.disconnect()
    for (const stop of this.#stops) stop()
    removeEventListener('scroll', this.#soon)
    removeEventListener('resize', this.#soon)
  }

  readonly #soon = (): void => {
    if (this.#frame !== 0) return
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0
      this.#look()
      this.#place()
    })
  }

  #look(): void {
    const editor = this.#desk.editor()
    if (!editor) return
    const shown = shownBlocks(editor, this.#desk.board.get())
    const extent = (index: number) => shown[index]?.getBoundingClientRect() ?? null
    const { first, last } = blocksBetween(shown.length, extent, -BEYOND, innerHeight + BEYOND)
    this.#near = Array.prototype.slice.call(shown, first, last + 1) as HTMLElement[]
    const ids = this.#near.map((element) => (element.dataset.id ?? '') as HostId)
    if (ids.join() === this.#told) return
    this.#told = ids.join()
    this.#observe()
    this.#onNear(ids)
  }

  /** A block that comes near takes its real height only then, and what grows and shrinks may leave the page as high as it was. */
  #observe(): void {
    this.#sizes.disconnect()
    for (const element of [document.documentElement, ...this.#near]) this.#sizes.observe(element)
  }

  /** All reading before all writing. */
  #place(): void {
    const origin = this.#gutter.getBoundingClientRect().top
    const places = this.#near.map((element) => ({
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
