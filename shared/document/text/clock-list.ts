import { indexAt } from './search.ts'

/** How many entries a block holds at most. Moving so many takes less than a microsecond. */
const BLOCK = 512

/**
 * Entries ascending by clock, no two with the same clock. Whatever the order in which entries come and go, each call
 * takes about a microsecond, also among a hundred thousand: an array of all would move half of them at each call.
 */
export class ClockList<Entry extends { readonly clock: number }> {
  /** In order; none is empty. */
  readonly #blocks: { clock: number; readonly entries: Entry[] }[] = []

  /** Returns the last entry whose clock is at most `clock`. */
  upTo(clock: number): Entry | undefined {
    const entries = this.#blocks[indexAt(this.#blocks, clock)]?.entries ?? []
    const entry = entries[indexAt(entries, clock)]
    return entry && entry.clock <= clock ? entry : undefined
  }

  /** Returns the first entry whose clock is above `clock`. */
  after(clock: number): Entry | undefined {
    const index = indexAt(this.#blocks, clock)
    const block = this.#blocks[index]
    if (!block) return undefined
    const place = block.clock > clock ? 0 : indexAt(block.entries, clock) + 1
    return block.entries[place] ?? this.#blocks[index + 1]?.entries[0]
  }

  /** Adds an entry; it takes the place of one with the same clock. */
  set(entry: Entry): void {
    const { clock } = entry
    const index = indexAt(this.#blocks, clock)
    const block = this.#blocks[index]
    if (!block) {
      this.#blocks.push({ clock, entries: [entry] })
      return
    }
    const { entries } = block
    const place = block.clock > clock ? 0 : indexAt(entries, clock) + 1
    const replaces = entries[place - 1]?.clock === clock
    entries.splice(replaces ? place - 1 : place, replaces ? 1 : 0, entry)
    block.clock = entries[0]!.clock
    if (entries.length <= BLOCK) return
    // Entries mostly come in ascending order. Then a full block stays full.
    const keep = place === BLOCK ? BLOCK : BLOCK / 2
    const rest = entries.splice(keep)
    this.#blocks.splice(index + 1, 0, { clock: rest[0]!.clock, entries: rest })
  }

  /** Removes the entry with this clock and returns it. */
  remove(clock: number): Entry | undefined {
    const index = indexAt(this.#blocks, clock)
    const block = this.#blocks[index]
    const place = block ? indexAt(block.entries, clock) : 0
    if (block?.entries[place]?.clock !== clock) return undefined
    const [gone] = block.entries.splice(place, 1)
    if (block.entries.length === 0) this.#blocks.splice(index, 1)
    else block.clock = block.entries[0]!.clock
    return gone
  }
}
