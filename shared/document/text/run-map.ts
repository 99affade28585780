import type { Run } from '../../model/proposals/decision.ts'
import type { ItemId } from '../../model/proposals/proposal.ts'
import { partitionPoint } from './search.ts'

interface MappedRange<T> {
  readonly from: number
  readonly to: number
  readonly value: T
  /** The offset of its first character in the run list that it was added with. */
  readonly offset: number
}

/** A map from characters, by identity, to a value. When a character was added twice, the later value is found. */
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

  /**
   * Returns the value for a character and the character's offset in the run list it was added with; null for
   * none.
   */
  get([client, clock]: ItemId): { readonly value: T; readonly offset: number } | null {
    if (!this.#sorted) this.#sort()
    const ranges = this.#clients.get(client) ?? []
    const found = ranges[partitionPoint(ranges.length, (index) => ranges[index]!.from <= clock) - 1]
    return found && clock < found.to
      ? { value: found.value, offset: found.offset + clock - found.from }
      : null
  }

  #sort(): void {
    // The sort is stable, so of two ranges that begin at one clock the later one is found.
    for (const ranges of this.#clients.values()) ranges.sort((a, b) => a.from - b.from)
    this.#sorted = true
  }
}
