import type { Cancel, Timers } from '../timers.ts'

/** Milliseconds of silence after which the server is probed. Exported for tests. */
export const SILENCE = 15_000
/** Milliseconds without an answer to a probe after which the connection is dead. Exported for tests. */
export const ANSWER = 8_000
/** The same after a hint of the browser that the network may be gone. */
const DOUBT = 2_500

/**
 * Notices a connection that is dead but was not closed, after a change of network or in a proxy that dropped it.
 * Pings of the server are not visible to a page, so the client probes after a silence.
 *
 *     heard ──── SILENCE ────┬── something came: begin again
 *                            └── nothing: probe ── ANSWER ──┬── something came: begin again
 *                                                           └── nothing: dead
 */
export class Watchdog {
  readonly #timers: Timers
  readonly #probe: () => void
  readonly #dead: () => void
  #heard = false
  #probing = false
  #cancel: Cancel

  constructor(timers: Timers, probe: () => void, dead: () => void) {
    this.#timers = timers
    this.#probe = probe
    this.#dead = dead
    this.#cancel = timers.after(SILENCE, this.#onSilence)
  }

  /** Call for every frame received. */
  heard(): void {
    this.#heard = true
  }

  /** Probes now, with a shorter time for the answer. Call after a hint that the network may be gone. */
  suspect(): void {
    if (this.#probing) return
    this.#cancel()
    this.#ask(DOUBT)
  }

  stop(): void {
    this.#cancel()
  }

  #ask(patience: number): void {
    this.#probing = true
    this.#heard = false
    this.#cancel = this.#timers.after(patience, this.#onAnswerDue)
    this.#probe()
  }

  #begin(): void {
    this.#probing = false
    this.#heard = false
    this.#cancel = this.#timers.after(SILENCE, this.#onSilence)
  }

  readonly #onSilence = (): void => (this.#heard ? this.#begin() : this.#ask(ANSWER))
  readonly #onAnswerDue = (): void => (this.#heard ? this.#begin() : this.#dead())
}
