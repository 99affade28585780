import type { Run } from '../../model/decision.ts'
import type { ItemId } from '../../model/proposal.ts'

interface MappedRange<T> {
  readonly from: number
  readonly to: number
  readonly value: T
  /** Of its first character in the run list it came with. */
  readonly offset: number
}

/** Something known of characters, by their identities. A character that is added twice is found as it was added last. */
export class RunMap<T> {
  readonly #clients = new Map<number, MappedRange<T>[]>()
  #sorted = true

  add(runs: readonly Run[], value: T): void {
    let offset = 0
    for (const [client, clock, length] of runs) {
      const range = { from: clock, to: clock + length, value, offset }
      const known = this.#clients.get(client)
      if (known) known.push(range)
      else this.#clients.set(client, [range])
      offset += length
    }
    this.#sorted = false
  }

  /** What is known of a character, and its offset in the run list it came with. */
  get([client, clock]: ItemId): { readonly value: T; readonly offset: number } | null {
    if (!this.#sorted) this.#sort()
    const ranges = this.#clients.get(client) ?? []
    let low = 0
    let high = ranges.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (ranges[middle]!.from <= clock) low = middle + 1
      else high = middle
    }
    const found = ranges[low - 1]
    return found && clock < found.to
      ? { value: found.value, offset: found.offset + clock - found.from }
      : null
  }

  #sort(): void {
    // Stable: of two that begin alike the later one stays behind, where it is found.
    for (const ranges of this.#clients.values()) ranges.sort((a, b) => a.from - b.from)
    this.#sorted = true
  }
}
