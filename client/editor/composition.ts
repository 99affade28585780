/** How long the browser and ProseMirror take to write down the end of a composition, in milliseconds. */
const COMPOSITION_END = 60

/**
 * Whether an input method composes in the text, and when what it composed counts as finished: a moment after its end, for
 * the browser may still be writing it down. What comes within that moment and composes again goes on with it.
 */
export class Composition {
  readonly #finished: () => void
  #going = false
  #timer: ReturnType<typeof setTimeout> | undefined

  /** `finished` is called each time that moment has passed. */
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

  /** What is done next comes after what was composed, and does not wait for it. */
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
