import type { ItemId } from '#shared/model/proposal.ts'

interface Entry<Value> {
  readonly clock: number
  readonly length: number
  /** Of its first character. */
  readonly value: Value
}

/**
 * Values by character: each run of characters has one, told for its first character; `advance` gives it for the n-th.
 * Runs never overlap: what is set later takes the place of what was set before. Finding one takes O(log runs of a client).
 */
export class RunIndex<Value> {
  readonly #clients = new Map<number, Entry<Value>[]>()
  readonly #advance: (value: Value, by: number) => Value

  constructor(advance: (value: Value, by: number) => Value) {
    this.#advance = advance
  }

  get([client, clock]: ItemId): Value | undefined {
    const entry = this.#entryAt(client, clock)
    return entry && this.#advance(entry.value, clock - entry.clock)
  }

  has([client, clock]: ItemId): boolean {
    return this.#entryAt(client, clock) !== undefined
  }

  /** The run that holds a character. */
  #entryAt(client: number, clock: number): Entry<Value> | undefined {
    const entries = this.#clients.get(client)
    const entry = entries?.[firstEndingAfter(entries, clock)]
    return entry && entry.clock <= clock ? entry : undefined
  }

  set(client: number, clock: number, length: number, value: Value): void {
    this.#replace(client, clock, length, [{ clock, length, value }])
  }

  delete(client: number, clock: number, length: number): void {
    this.#replace(client, clock, length, [])
  }

  #replace(client: number, clock: number, length: number, by: readonly Entry<Value>[]): void {
    const entries = this.#clients.get(client) ?? []
    this.#clients.set(client, entries)
    const end = clock + length
    const first = firstEndingAfter(entries, clock)
    let last = first
    while (last < entries.length && entries[last]!.clock < end) last++
    const [before, after] = [entries[first], entries[last - 1]]
    const kept: Entry<Value>[] = [...by]
    if (last > first && before && before.clock < clock)
      kept.unshift({ ...before, length: clock - before.clock })
    if (last > first && after && after.clock + after.length > end)
      kept.push({
        clock: end,
        length: after.clock + after.length - end,
        value: this.#advance(after.value, end - after.clock),
      })
    entries.splice(first, last - first, ...kept)
  }
}

/** The index of the first run that ends behind a clock; as many as there are where none does. */
function firstEndingAfter(entries: readonly Entry<unknown>[], clock: number): number {
  let [low, high] = [0, entries.length]
  while (low < high) {
    const middle = (low + high) >> 1
    const { clock: start, length } = entries[middle]!
    if (start + length > clock) high = middle
    else low = middle + 1
  }
  return low
}
