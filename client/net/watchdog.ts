import type { Cancel, Timers } from './timers.ts'

/** Nothing heard for this long: ask. */
export const SILENCE = 15_000
/** No answer for this long: the connection is dead. */
export const ANSWER = 8_000
/** The same where there is reason for doubt: the browser says that the network is gone. */
export const DOUBT = 2_500

/**
 * Notices a connection that is dead without having been closed (a laptop that changed its network, a proxy that
 * forgot). The server's pings do not reach a page, so silence is met with a question of our own.
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

  heard(): void {
    this.#heard = true
  }

  /** There is reason for doubt: ask now. */
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
