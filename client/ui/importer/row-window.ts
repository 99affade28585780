import { createValue, type Value } from '#client/observable.ts'
import { partitionPoint } from '#shared/document/text/search.ts'

/** Which rows of a list are drawn, and where. Lengths are in pixels. */
export interface RowView {
  /** The indexes of the first and the last row to draw; none when `to` is less than `from`. */
  readonly from: number
  readonly to: number
  /** Where each row begins, and at the end where the last one ends. */
  readonly starts: readonly number[]
}

/** How far beyond the window rows are drawn. */
const BEYOND = 600

/** Keeps the rows of a long list of which only those near the window are in the page. Rows are known by keys. */
export class RowWindow {
  readonly view: Value<RowView> = createValue<RowView>({ from: 0, to: -1, starts: [0] })
  readonly #estimate: number
  readonly #heights = new Map<string, number>()
  #keys: readonly string[] = []
  #place: HTMLElement | null = null
  #revealed = 0
  readonly #observer = new ResizeObserver((entries) => this.#measure(entries))

  /** `estimate`: how high a row is before it is measured. */
  constructor(estimate: number) {
    this.#estimate = estimate
  }

  /** `keys`: one for each row, which stays the same when rows come and go around it. */
  setKeys(keys: readonly string[]): void {
    this.#keys = keys
    this.#arrange()
  }

  /** Follows the element that scrolls. Returns the function that ends this. */
  attach(place: HTMLElement): () => void {
    this.#place = place
    const look = () => this.#look(this.view.get().starts)
    // What was brought into view stays there when the window gets smaller.
    const resized = new ResizeObserver(() => {
      look()
      this.reveal(this.#revealed)
    })
    resized.observe(place)
    place.addEventListener('scroll', look, { passive: true })
    return () => {
      this.#place = null
      resized.disconnect()
      place.removeEventListener('scroll', look)
    }
  }

  /** Measures a row, which has its key as `data-row`, as long as it is in the page. Returns the function that ends this. */
  observe(row: HTMLElement): () => void {
    this.#observer.observe(row)
    return () => this.#observer.unobserve(row)
  }

  /** Brings a row into view: in the middle when it was out of sight. */
  reveal(index: number): void {
    this.#revealed = index
    const place = this.#place
    const { starts } = this.view.get()
    const [start, end] = [starts[index], starts[index + 1]]
    if (!place || start === undefined || end === undefined) return
    const { scrollTop, clientHeight } = place
    if (start >= scrollTop && end <= scrollTop + clientHeight) return
    const inSight = start < scrollTop + clientHeight && end > scrollTop
    if (!inSight) place.scrollTop = (start + end - clientHeight) / 2
    else if (start < scrollTop || end - start > clientHeight) place.scrollTop = start
    else place.scrollTop = end - clientHeight
  }

  #arrange(): void {
    const starts = [0]
    let at = 0
    for (const key of this.#keys) {
      at += this.#heights.get(key) ?? this.#estimate
      starts.push(at)
    }
    this.#look(starts)
  }

  #look(starts: readonly number[]): void {
    const { scrollTop, clientHeight } = this.#place ?? { scrollTop: 0, clientHeight: BEYOND }
    const from = indexAt(starts, scrollTop - BEYOND)
    const to = Math.min(this.#keys.length - 1, indexAt(starts, scrollTop + clientHeight + BEYOND))
    const now = this.view.get()
    if (now.from !== from || now.to !== to || now.starts !== starts) this.view.set({ from, to, starts })
  }

  /** A row above the window that turns out higher or lower than it was moves nothing in sight. */
  #measure(entries: readonly ResizeObserverEntry[]): void {
    const place = this.#place
    let shift = 0
    let changed = false
    for (const { target } of entries) {
      if (!place || !(target instanceof HTMLElement)) continue
      const key = target.dataset.row ?? ''
      const before = this.#heights.get(key) ?? this.#estimate
      const now = target.getBoundingClientRect().height
      if (now === 0 || this.#heights.get(key) === now) continue
      if (target.offsetTop + before <= place.scrollTop) shift += now - before
      this.#heights.set(key, now)
      changed = true
    }
    if (!changed) return
    this.#arrange()
    if (place && shift !== 0) place.scrollTop += shift
  }
}

/** Returns the index of the row at a height. `starts` ends with the height of all rows. */
const indexAt = (starts: readonly number[], height: number): number =>
  Math.max(0, partitionPoint(starts.length - 1, (row) => starts[row]! <= height) - 1)
