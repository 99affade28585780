import type { BoardBlock } from '#shared/document/board.ts'
import type { Desk } from '../state/desk.ts'
import { arrange } from './arrange.ts'
import type { LastTops } from './arrange.ts'
import { blocksBetween } from './near.ts'
import type { Range } from './near.ts'
import { Reserve } from './reserve.ts'

/** Cards are drawn this far above and below what is seen, in CSS pixels. */
const BEYOND = 700

export interface MarginListener {
  /** Other blocks have come near. */
  readonly onRange: (range: Range) => void
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
  #near: readonly BoardBlock[] = []
  #range: Range = { first: 0, last: -1 }
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
  drawn(near: readonly BoardBlock[]): void {
    this.#near = near
    this.#sizes.disconnect()
    for (const card of this.#margin.children) this.#sizes.observe(card)
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
    const { blocks } = this.#desk.board.get()
    if (!editor || blocks.length === 0) return
    const extent = (index: number) => {
      const block = blocks[index]
      return (block && editor.blockElement(block.id)?.getBoundingClientRect()) ?? null
    }
    const range = blocksBetween(blocks.length, extent, -BEYOND, innerHeight + BEYOND)
    if (range.first === this.#range.first && range.last === this.#range.last) return
    this.#range = range
    this.#listener.onRange(range)
  }

  #place(): void {
    const editor = this.#desk.editor()
    if (!editor) return
    const current = this.#desk.current.get()
    const { densities, bottom } = arrange(this.#margin, editor, this.#near, current, this.#lastTops)
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
