import { setImmediate } from 'node:timers/promises'
import type { Steps } from '#shared/document/steps.ts'
import type { Clock } from '../clock.ts'

/** Milliseconds of work after which the process does first what else waits. */
const TURN = 8

/**
 * Cuts a room's work into turns of the event loop, so that no socket, request or other room waits for all of it. Work that
 * may be interrupted calls {@link rest} wherever others may have a turn; what lies between two calls is never interrupted.
 */
export class Turns {
  readonly #clock: Pick<Clock, 'monotonic'>
  readonly #next: () => Promise<void>
  #began: number

  /** `next` resolves in the next turn of the event loop. */
  constructor(clock: Pick<Clock, 'monotonic'>, next: () => Promise<void> = () => setImmediate()) {
    this.#clock = clock
    this.#next = next
    this.#began = clock.monotonic()
  }

  /** Resolves in the next turn of the event loop. */
  async next(): Promise<void> {
    await this.#next()
    this.begin()
  }

  /** Call when work begins after a wait: the turn is counted from now. */
  begin(): void {
    this.#began = this.#clock.monotonic()
  }

  /** Resolves at once while the turn is short; otherwise after the process has had its turn. */
  async rest(): Promise<void> {
    if (this.#clock.monotonic() - this.#began < TURN) return
    await this.next()
  }

  /** Takes steps one after the other, with turns for others in between, and resolves with what they come to. */
  async run<T>(steps: Steps<T>): Promise<T> {
    for (;;) {
      const step = steps.next()
      if (step.done) return step.value
      await this.rest()
    }
  }
}
