import type { HostId } from '#shared/model/ids.ts'
import type { Desk } from '../state/desk.ts'
import { arrange } from './arrange.ts'
import type { LastTops } from './arrange.ts'
import { blocksBetween } from './near.ts'
import { shownBlocks } from './shown-blocks.ts'
import { blocksById } from '../state/walk.ts'
import { Reserve } from './reserve.ts'

/** Cards are drawn this far above and below what is seen, in CSS pixels. */
const BEYOND = 700

export interface MarginListener {
  /** Other blocks have come near what is seen. */
  readonly onNear: (ids: readonly HostId[]) => void
  /** The blocks whose cards must shrink to fit. */
  readonly onSlim: (slim: ReadonlySet<string>) => void
}

/**
 * Keeps the cards where they belong whatever moves: the text, the window, a card that opens. Outside React, for it
 * works at every scrolled pixel.
 */
export class MarginKeeper {
  readonly #desk: Desk
  readonly #margin: HTMLElement
  readonly #listener: MarginListener
  readonly #reserve = new Reserve()
  readonly #lastTops: LastTops = new Map()
  readonly #sizes: ResizeObserver
  readonly #stops: readonly (() => void)[]
  #near: readonly HTMLElement[] = []
  #told = ''
  #slim: ReadonlySet<string> = new Set()
  #frame = 0

  constructor(desk: Desk, margin: HTMLElement, listener: MarginListener) {
    this.#desk = desk
    this.#margin = margin
    this.#listener = listener
    this.#sizes = new ResizeObserver(this.#soon)
    this.#stops = [desk.layout, desk.current, desk.board].map((store) => store.subscribe(this.#soon))
    addEventListener('scroll', this.#soon, { passive: true })
    addEventListener('resize', this.#soon)
    this.#soon()
  }

  /** The cards of these blocks have just been drawn. */
  drawn(): void {
    this.#sizes.disconnect()
    // Whatever opens above the text moves it: the letter, a banner, words offered back.
    this.#sizes.observe(document.documentElement)
    for (const card of this.#margin.children) this.#sizes.observe(card)
    this.#look()
    this.#place()
  }

  dispose(): void {
    cancelAnimationFrame(this.#frame)
    this.#sizes.disconnect()
    this.#reserve.remove()
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
    this.#listener.onNear(ids)
  }

  #place(): void {
    const current = this.#desk.current.get()
    const blocks = blocksById(this.#desk.board.get())
    const { densities, bottom } = arrange(this.#margin, this.#near, blocks, current, this.#lastTops)
    this.#margin.style.minBlockSize = `${bottom}px`
    this.#tellSlim([...densities].filter(([, density]) => density.slim).map(([id]) => id))
    const room = new Map([...densities].map(([id, density]) => [id, density.reserve]))
    if (this.#reserve.set(room)) this.#soon()
  }

  #tellSlim(ids: readonly string[]): void {
    if (ids.length === this.#slim.size && ids.every((id) => this.#slim.has(id))) return
    this.#slim = new Set(ids)
    this.#listener.onSlim(this.#slim)
  }
}
