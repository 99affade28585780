import type { HostId } from '#shared/model/ids.ts'
import type { Desk } from '../state/desk.ts'
import { blocksById } from '../state/walk.ts'
import { arrange } from './arrange.ts'
import type { LastTops } from './arrange.ts'
import { NearBlocks } from './near-blocks.ts'
import { Reserve } from './reserve.ts'

/** CSS pixels above and below the window within which cards are drawn. */
const BEYOND = 700

export interface MarginListener {
  /** Called with the blocks near the window when they have changed. */
  readonly onNear: (ids: readonly HostId[]) => void
  /** Called with the blocks whose cards must shrink to fit. */
  readonly onSlim: (slim: ReadonlySet<string>) => void
}

/** Keeps the cards beside their brackets when the text or the window changes or a card opens. */
export class MarginKeeper {
  readonly #desk: Desk
  readonly #margin: HTMLElement
  readonly #listener: MarginListener
  readonly #reserve = new Reserve()
  readonly #lastTops: LastTops = new Map()
  readonly #blocks: NearBlocks
  #slim: ReadonlySet<string> = new Set()

  constructor(desk: Desk, margin: HTMLElement, listener: MarginListener) {
    this.#desk = desk
    this.#margin = margin
    this.#listener = listener
    this.#blocks = new NearBlocks({
      desk,
      beyond: BEYOND,
      stores: [desk.current],
      onNear: (ids) => listener.onNear(ids),
      onMoved: (elements) => this.#place(elements),
    })
  }

  /** Call after cards were drawn. */
  drawn(): void {
    this.#blocks.watchSizes(this.#margin.children)
    this.#blocks.look()
  }

  dispose(): void {
    this.#blocks.dispose()
    this.#reserve.remove()
  }

  #place(near: readonly HTMLElement[]): void {
    const current = this.#desk.current.get()
    const blocks = blocksById(this.#desk.board.get())
    const { densities, bottom } = arrange(this.#margin, near, blocks, current, this.#lastTops)
    this.#margin.style.minBlockSize = `${bottom}px`
    this.#tellSlim([...densities].filter(([, density]) => density.slim).map(([id]) => id))
    const room = new Map([...densities].map(([id, density]) => [id, density.reserve]))
    if (this.#reserve.set(room)) this.#blocks.lookSoon()
  }

  #tellSlim(ids: readonly string[]): void {
    if (ids.length === this.#slim.size && ids.every((id) => this.#slim.has(id))) return
    this.#slim = new Set(ids)
    this.#listener.onSlim(this.#slim)
  }
}
