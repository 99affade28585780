import type { HostId } from '#shared/model/ids.ts'
import type { Observable } from '#client/observable.ts'
import type { Editor } from '#client/editor/contract.ts'
import type { Board } from '#shared/document/composition/board.ts'
import type { Desk } from '../state/desk.ts'

export interface NearBlocksOptions {
  readonly desk: Desk
  /** CSS pixels above and below the window within which a block counts as near. */
  readonly beyond: number
  /** Observables whose changes may move blocks. */
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

/** A range of block indices. */
interface Range {
  readonly first: number
  /** Inclusive; less than `first` for an empty range. */
  readonly last: number
}

/** The upper and lower edge of a block; null when this view does not show it. */
type Extent = (index: number) => { readonly top: number; readonly bottom: number } | null

/**
 * The blocks between two heights. Found by bisection, since blocks are ordered: some twenty measurements in 450.
 * Exported for tests.
 */
export function blocksBetween(count: number, extent: Extent, from: number, to: number): Range {
  const first = firstWhere(count, extent, (edges) => edges.bottom >= from)
  const after = firstWhere(count, extent, (edges) => edges.top > to)
  return { first, last: after - 1 }
}

function firstWhere(
  count: number,
  extent: Extent,
  holds: (edges: { readonly top: number; readonly bottom: number }) => boolean,
): number {
  let low = 0
  let high = count
  while (low < high) {
    const middle = (low + high) >> 1
    let probe = middle
    let edges = extent(probe)
    while (!edges && ++probe < high) edges = extent(probe)
    if (!edges || holds(edges)) high = middle
    else low = probe + 1
  }
  return low
}

/**
 * The elements of the shown blocks, in order. They are the children of one element, which is found from any block;
 * asking the editor for each block would search the whole text each time.
 */
function shownBlocks(editor: Editor, board: Board): ArrayLike<Element> {
  for (const { id } of board.blocks) {
    const parent = editor.blockElement(id)?.parentElement
    if (parent) return parent.children
  }
  return []
}
