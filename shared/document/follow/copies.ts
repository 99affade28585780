import type { Run } from '../../model/proposals/decision.ts'
import type { ItemId } from '../../model/proposals/proposal.ts'
import { partitionPoint } from '../text/search.ts'

/** Consecutive characters from `from` up to, not including, `to`, and the first of their copies. */
interface Copied {
  readonly from: number
  readonly to: number
  readonly copy: ItemId
}

/** Which characters were copied, and to which. Each is looked up in logarithmic time. */
export class Copies {
  readonly #clients = new Map<number, Copied[]>()

  /** `old` and `fresh` hold equally many characters, in the same order; no character stands twice in `old`. */
  constructor(old: readonly Run[], fresh: readonly Run[]) {
    let at = 0
    let taken = 0
    for (const [client, clock, length] of old) {
      for (let done = 0; done < length && at < fresh.length;) {
        const [to, first, size] = fresh[at]!
        const count = Math.min(length - done, size - taken)
        const piece = { from: clock + done, to: clock + done + count, copy: [to, first + taken] as const }
        const known = this.#clients.get(client)
        if (known) known.push(piece)
        else this.#clients.set(client, [piece])
        done += count
        taken += count
        if (taken === size) [at, taken] = [at + 1, 0]
      }
    }
    for (const pieces of this.#clients.values()) pieces.sort((a, b) => a.from - b.from)
  }

  /** Returns the copy of a character; the character itself when it was not copied. */
  item(item: ItemId): ItemId {
    const [client, clock] = item
    const { piece } = this.#at(client, clock)
    return piece ? [piece.copy[0], piece.copy[1] + clock - piece.from] : item
  }

  /** Returns runs with the copies in place of what was copied; the same array when nothing in it was. */
  runs(runs: readonly Run[]): readonly Run[] {
    const now: Run[] = []
    let found = false
    for (const [client, clock, length] of runs) {
      const end = clock + length
      for (let at = clock; at < end;) {
        const { piece, next } = this.#at(client, at)
        const until = Math.min(end, piece ? piece.to : next)
        if (piece) found = true
        append(now, this.item([client, at]), until - at)
        at = until
      }
    }
    return found ? now : runs
  }

  /** Returns the piece that holds a clock, if one does, and where the next one begins. */
  #at(client: number, clock: number): { readonly piece: Copied | null; readonly next: number } {
    const pieces = this.#clients.get(client) ?? []
    const next = partitionPoint(pieces.length, (index) => pieces[index]!.from <= clock)
    const piece = pieces[next - 1]
    return { piece: piece && clock < piece.to ? piece : null, next: pieces[next]?.from ?? Infinity }
  }
}

function append(runs: Run[], [client, clock]: ItemId, length: number): void {
  const last = runs.at(-1)
  if (last && last[0] === client && last[1] + last[2] === clock)
    runs[runs.length - 1] = [client, last[1], last[2] + length]
  else runs.push([client, clock, length])
}
