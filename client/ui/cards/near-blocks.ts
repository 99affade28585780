import type { HostId } from '#shared/model/ids.ts'
import type { Desk } from '../state/desk.ts'
import type { Observable } from '#client/observable.ts'
import { blocksBetween } from './near.ts'
import { shownBlocks } from './shown-blocks.ts'

export interface NearBlocksOptions {
  readonly desk: Desk
  /** CSS pixels above and below the window within which a block counts as near. */
  readonly beyond: number
  /** Stores whose changes may move blocks. */
  readonly stores: readonly Pick<Observable<unknown>, 'subscribe'>[]
  /** Called when the near blocks have changed. */
  readonly onNear: (ids: readonly HostId[], elements: readonly HTMLElement[]) => void
  /** Called at most once a frame, after `onNear`, when something may have moved. */
  readonly onMoved: (elements: readonly HTMLElement[]) => void
}

/**
 * Tracks which blocks are near the window while the text is scrolled, laid out or resized. It works outside React,
 * because it runs at every scroll event.
 */
export class NearBlocks {
  readonly #options: NearBlocksOptions
  readonly #sizes: ResizeObserver
  readonly #stops: readonly (() => void)[]
  #near: readonly HTMLElement[] = []
  #told = ''
  #frame = 0

  constructor(options: NearBlocksOptions) {
    this.#options = options
    this.#sizes = new ResizeObserver(this.lookSoon)
    const { desk, stores } = options
    this.#stops = [desk.layout, desk.board, ...stores].map((store) => store.subscribe(this.lookSoon))
    addEventListener('scroll', this.lookSoon, { passive: true })
    addEventListener('resize', this.lookSoon)
    this.watchSizes([])
    this.lookSoon()
  }

  get elements(): readonly HTMLElement[] {
    return this.#near
  }

  /** Checks again whenever one of these elements or the page changes its size. */
  watchSizes(elements: Iterable<Element>): void {
    this.#sizes.disconnect()
    this.#sizes.observe(document.documentElement)
    for (const element of elements) this.#sizes.observe(element)
  }

  readonly lookSoon = (): void => {
    if (this.#frame !== 0) return
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0
      this.look()
    })
  }

  look(): void {
    this.#findNear()
    this.#options.onMoved(this.#near)
  }

  dispose(): void {
    cancelAnimationFrame(this.#frame)
    this.#sizes.disconnect()
    for (const stop of this.#stops) stop()
    removeEventListener('scroll', this.lookSoon)
    removeEventListener('resize', this.lookSoon)
  }

  #findNear(): void {
    const { desk, beyond, onNear } = this.#options
    const editor = desk.editor()
    if (!editor) return
    const shown = shownBlocks(editor, desk.board.get())
    const extent = (index: number) => shown[index]?.getBoundingClientRect() ?? null
    const { first, last } = blocksBetween(shown.length, extent, -beyond, innerHeight + beyond)
    this.#near = Array.prototype.slice.call(shown, first, last + 1) as HTMLElement[]
    const ids = this.#near.map((element) => (element.dataset.id ?? '') as HostId)
    if (ids.join() === this.#told) return
    this.#told = ids.join()
    onNear(ids, this.#near)
  }
}
