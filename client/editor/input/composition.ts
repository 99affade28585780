/** Milliseconds that the browser and ProseMirror may take to write down the end of a composition. */
const COMPOSITION_END = 60

/**
 * Tells whether an input method is composing, and when a composition counts as finished: {@link COMPOSITION_END}
 * after its end, because the browser may still be writing. A composition that starts within that time continues the
 * former one.
 */
export class Composition {
  readonly #finished: () => void
  #going = false
  #timer: ReturnType<typeof setTimeout> | undefined

  /** `finished` is called each time a composition counts as finished. */
  constructor(finished: () => void) {
    this.#finished = finished
  }

  get going(): boolean {
    return this.#going
  }

  start(): void {
    this.destroy()
    this.#going = true
  }

  end(): void {
    this.#going = false
    this.finishSoon()
  }

  finishSoon(): void {
    this.destroy()
    this.#timer = setTimeout(() => this.#finish(), COMPOSITION_END)
  }

  /** Finishes an ended composition at once, because the next input must come after it. */
  finishNow(): void {
    if (this.#timer !== undefined) this.#finish()
  }

  destroy(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  #finish(): void {
    this.destroy()
    if (!this.#going) this.#finished()
  }
}
