import { decisionOf } from '#shared/document/schema.ts'
import { writeText } from '#shared/formats/text/write-text.ts'
import type { ProposalId } from '#shared/model/ids.ts'
import type { Room } from './drafting.ts'
import { delegate, facilitator } from './drafting.ts'
import { acceptance, decided, decisionFor, negotiated, openOf } from './negotiated.ts'
import { ask, someChange } from './paragraphs.ts'

/** Random histories of decisions that are all taken back again, and whether every bracket is in its place afterwards. */

export interface History {
  readonly room: Room
  /** The proposals that were decided, in that order; of a merger its first source. */
  readonly order: ProposalId[]
  /** How the document read before the first decision. */
  readonly before: string
  /** How it reads now, without what was asked since. */
  readonly reads: () => string
}

const DELEGATIONS = ['KEN', 'NOR', 'BRA'].map((name) => delegate(name.toLowerCase(), name).actor)

/** Decisions on wordings, as in `property/decisions`. */
export function wordingHistory(seed: number): History {
  const room = negotiated(seed)
  const before = writeText(room.od)
  const order: ProposalId[] = []
  for (let i = 0; i < 8; i++) {
    const open = openOf(room)
    if (open.length === 0) break
    const proposal = room.random.pick(open)
    if (decided(room, decisionFor(room, proposal)).ok) order.push(proposal)
  }
  return { room, order, before, reads: () => writeText(room.od) }
}

/** Decisions on wordings and on paragraphs, as in `property/paragraphs`. */
export function paragraphHistory(seed: number): History {
  const room = negotiated(seed)
  const asking = (times: number) => {
    for (let i = 0; i < times; i++) ask(room, someChange(room), room.random.pick(DELEGATIONS))
  }
  asking(8)
  const known = new Set(openOf(room))
  const before = writeText(room.od)
  const order: ProposalId[] = []
  for (let i = 0; i < 9; i++) {
    const open = openOf(room)
    if (open.length === 0) break
    const proposal = room.random.pick(open)
    const accepts = room.random.chance(0.85)
    const plain = { kind: 'proposal-accept', proposal } as const
    const command = accepts
      ? room.random.chance(0.3)
        ? acceptance(room, proposal)
        : plain
      : ({ kind: 'proposal-not-retain', proposal } as const)
    if (!decided(room, command).ok) continue
    order.push(proposal)
    if (room.random.chance(0.3)) asking(1)
  }
  const reads = () => {
    for (const id of openOf(room))
      if (!known.has(id))
        room.command({ kind: 'proposal-not-retain', proposal: id }, facilitator('fay').actor)
    return writeText(room.od)
  }
  return { room, order, before, reads }
}

/** Takes all of it back in a random order that is allowed. Returns how many went out of order. */
export function takeAllBack({ room, order }: History): number {
  const rest = [...order]
  let outOfOrder = 0
  for (let tries = 0; rest.length > 0; tries++) {
    if (tries === 1_000) throw new Error('nothing can be taken back')
    const at = room.random.int(rest.length)
    const proposal = rest[at]!
    if (!decided(room, { kind: 'decision-undo', proposal }).ok) continue
    if (at < rest.length - 1) outOfOrder++
    rest.splice(at, 1)
    if (decisionOf(room.od, proposal)) throw new Error(`${proposal} is decided still`)
  }
  return outOfOrder
}
