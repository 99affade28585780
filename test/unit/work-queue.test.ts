import { describe, expect, it } from 'vitest'
import { WorkQueue } from '#server/room/batch/queue.ts'
import type { Session } from '#server/room/session/session.ts'
import type { CommandWork, UpdateWork, RoomTask } from '#server/room/batch/work.ts'
import type { Command } from '#shared/model/command.ts'
import type { ParticipantId, PersonId, ProposalId } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'

let people = 0

// A queue looks at no more of a session than whose it is.
const someone = (): Session => sessionOf(`person ${++people}`)
const sessionOf = (person: string) => ({ actor: { person: person as PersonId } as Actor }) as Session

const update = (session: Session, bytes: number, number: number): UpdateWork => ({
  kind: 'update',
  session,
  update: new Uint8Array(bytes),
  number,
  attempt: 0,
  refusedFrom: number,
  receivedAt: 0,
})
const command = (
  { actor }: Session,
  key: string,
  asked: Command = { kind: 'meeting-close' },
): CommandWork => ({
  kind: 'command',
  actor,
  key,
  command: asked,
  receivedAt: 0,
  done: () => {},
  fail: () => {},
})
const keys = (works: readonly RoomTask[]) => works.flatMap((work) => ('key' in work ? [work.key] : []))
const alone = (): RoomTask => ({ kind: 'exclusive', run: async () => [], fail: () => {} })
const numbers = (works: readonly RoomTask[]) =>
  works.flatMap((work) => ('number' in work ? [work.number] : []))

describe('what waits in a room', () => {
  it('is done in the order it came, a heavy update in a batch of its own after what is light', () => {
    const queue = new WorkQueue()
    const [ann, ben] = [someone(), someone()]
    queue.push(update(ben, 10, 1))
    queue.push(update(ann, 500_000, 2))
    queue.push(update(ben, 10, 3))
    expect(numbers(queue.takeBatch())).toEqual([1, 3])
    expect(numbers(queue.takeBatch())).toEqual([2])
    expect(queue.isEmpty).toBe(true)
  })

  it('lets nobody wait behind the heavy updates of somebody else', () => {
    const queue = new WorkQueue()
    const [ann, ben, eve] = [someone(), someone(), someone()]
    for (const number of [1, 2, 3]) queue.push(update(eve, 500_000, number))
    queue.push(update(ann, 500_000, 10))
    queue.push(update(ben, 10, 20))
    expect(numbers(queue.takeBatch())).toEqual([20])
    expect(numbers(queue.takeBatch())).toEqual([1])
    expect(numbers(queue.takeBatch())).toEqual([10])
    expect(numbers(queue.takeBatch())).toEqual([2])
  })

  it('17.11 lets light and heavy tasks alternate: a key waits for at most one heavy task, and none waits for ever', () => {
    const queue = new WorkQueue()
    const [ann, ben, eve] = [someone(), someone(), someone()]
    const done: (number | null)[][] = []
    for (let round = 0; round < 4; round++) {
      for (const [i, author] of [ann, ben].entries()) queue.push(update(author, 500_000, 10 * round + i))
      queue.push(update(eve, 10, 100 + round))
      done.push(numbers(queue.takeBatch()), numbers(queue.takeBatch()))
    }
    expect(done).toEqual([[100], [0], [101], [1], [102], [10], [103], [11]])
  })

  it('17.11 does first what exclusive work comes to, also when a heavy task is next', () => {
    const queue = new WorkQueue()
    const ann = someone()
    queue.push(update(ann, 10, 1))
    queue.push(alone())
    queue.push(update(ann, 500_000, 3))
    expect(numbers(queue.takeBatch())).toEqual([1])
    expect(queue.takeExclusive()?.kind).toBe('exclusive')
    queue.pushFirst([update(someone(), 10, 2)])
    expect(numbers(queue.takeBatch())).toEqual([2])
    expect(numbers(queue.takeBatch())).toEqual([3])
  })

  it('does what is due after the heavy tasks that arrived before it, and lets no key wait for that', () => {
    const queue = new WorkQueue()
    const [ann, ben] = [someone(), someone()]
    queue.push(update(ann, 500_000, 1))
    queue.push({ kind: 'due' })
    queue.push(update(ben, 10, 2))
    queue.push(command(ben, 'policy', { kind: 'policy-set', attribution: 'attributed' }))
    const batches = Array.from({ length: 3 }, () => queue.takeBatch())
    const names = batches.map((works) => works.map((work) => ('number' in work ? work.number : work.kind)))
    expect(names).toEqual([[2], [1], ['due', 'command']])
    expect(queue.isEmpty).toBe(true)
  })

  it('keeps the order of one session, also behind a heavy update', () => {
    const queue = new WorkQueue()
    const ann = someone()
    queue.push(update(ann, 500_000, 1))
    queue.push(update(ann, 500_000, 2))
    queue.push(update(ann, 10, 3))
    const order = [queue.takeBatch(), queue.takeBatch(), queue.takeBatch()]
    expect(order.flatMap(numbers)).toEqual([1, 2, 3])
  })

  it('keeps the order of one person, by socket and by request, and lets nobody else’s command wait', () => {
    const queue = new WorkQueue()
    const [ann, ben] = [someone(), someone()]
    const annElsewhere = sessionOf(ann.actor.person)
    queue.push(update(ben, 500_000, 1))
    queue.push(update(ann, 500_000, 2))
    queue.push(command(ann, 'of Ann'))
    queue.push(update(annElsewhere, 10, 3))
    queue.push(command(someone(), 'of somebody else'))
    const batches = Array.from({ length: 4 }, () => queue.takeBatch())
    expect(batches.map(numbers)).toEqual([[], [1], [2], [3]])
    expect(batches.map(keys)).toEqual([['of somebody else'], [], [], ['of Ann']])
    expect(queue.isEmpty).toBe(true)
  })

  it('does a command about the whole document, or about many drafts, in a batch of its own', () => {
    const queue = new WorkQueue()
    const [ann, ben, eve] = [someone(), someone(), someone()]
    const space = 'KEN' as ParticipantId
    const drafts = Array.from({ length: 40 }, (_, i) => `q${i}` as ProposalId)
    queue.push(command(ann, 'revision', { kind: 'revision-issue', note: '' }))
    queue.push(command(ben, 'many drafts', { kind: 'drafts-table', space, drafts }))
    queue.push(command(eve, 'one draft', { kind: 'drafts-table', space, drafts: drafts.slice(0, 1) }))
    queue.push(update(ann, 10, 1))
    queue.push(update(eve, 10, 2))
    const batches = Array.from({ length: 4 }, () => queue.takeBatch())
    expect(batches.map(keys)).toEqual([['one draft'], ['revision'], [], ['many drafts']])
    expect(batches.map(numbers)).toEqual([[2], [], [1], []])
    expect(queue.isEmpty).toBe(true)
  })

  it('does few commands of one person with a batch, in their order, and lets nobody wait for the others', () => {
    const queue = new WorkQueue()
    const [ann, ben] = [someone(), someone()]
    for (let i = 1; i <= 11; i++) queue.push(command(ann, String(i)))
    queue.push(update(ann, 10, 12))
    queue.push(update(ben, 10, 20))
    queue.push(command(ben, 'of Ben'))
    const batches = [queue.takeBatch(), queue.takeBatch(), queue.takeBatch(), queue.takeBatch()]
    const first = ['1', '2', '3', '4', '5', '6', '7', '8', 'of Ben']
    expect(batches.map(keys)).toEqual([first, ['9', '10', '11'], [], []])
    expect(batches.map(numbers)).toEqual([[20], [12], [], []])
    queue.push(command(ann, 'later'))
    expect(keys(queue.takeBatch())).toEqual(['later'])
    expect(queue.isEmpty).toBe(true)
  })

  it('lets no heavy update overtake what its author sent before it', () => {
    const queue = new WorkQueue()
    const [ann, ben] = [someone(), someone()]
    for (let number = 1; number <= 600; number++) queue.push(update(ann, 10, number))
    queue.push(update(ann, 500_000, 601))
    queue.push(update(ben, 500_000, 1_000))
    expect(numbers(queue.takeBatch())).toEqual(Array.from({ length: 512 }, (_, i) => i + 1))
    expect(numbers(queue.takeBatch())).toEqual([1_000])
    expect(numbers(queue.takeBatch())).toEqual(Array.from({ length: 88 }, (_, i) => i + 513))
    expect(numbers(queue.takeBatch())).toEqual([601])
    expect(queue.isEmpty).toBe(true)
  })

  it('does what must be alone when all before it is done, and first what that comes to', () => {
    const queue = new WorkQueue()
    const ann = someone()
    queue.push(update(ann, 10, 1))
    queue.push(alone())
    queue.push(update(ann, 10, 3))
    expect(queue.takeExclusive()).toBeNull()
    expect(numbers(queue.takeBatch())).toEqual([1])
    expect(queue.takeExclusive()?.kind).toBe('exclusive')
    queue.pushFirst([update(someone(), 10, 2)])
    expect(numbers(queue.takeBatch())).toEqual([2, 3])
  })

  it('does what must be alone behind a heavy update that came before it', () => {
    const queue = new WorkQueue()
    const ann = someone()
    queue.push(update(ann, 500_000, 1))
    queue.push(update(ann, 10, 2))
    queue.push(alone())
    queue.push(update(ann, 10, 4))
    expect(queue.takeExclusive()).toBeNull()
    expect(numbers(queue.takeBatch())).toEqual([1])
    expect(queue.takeExclusive()).toBeNull()
    expect(numbers(queue.takeBatch())).toEqual([2])
    expect(queue.takeExclusive()?.kind).toBe('exclusive')
    expect(numbers(queue.takeBatch())).toEqual([4])
  })

  it('does what an author sent after a heavy task at once when that is done, before the heavy tasks of others', () => {
    const queue = new WorkQueue()
    const [ann, ben] = [someone(), someone()]
    for (let number = 1; number <= 30; number++) queue.push(update(ben, 20_000, number))
    queue.push(update(ann, 20_000, 100))
    for (let number = 101; number <= 120; number++) queue.push(update(ann, 10, number))
    const batches = Array.from({ length: 4 }, () => numbers(queue.takeBatch()))
    expect(batches).toEqual([[1], [100], Array.from({ length: 20 }, (_, i) => 101 + i), [2]])
  })

  it('takes a share of what one person sent in many small pieces, so that nobody waits for all of it', () => {
    const queue = new WorkQueue()
    const [ann, ben] = [someone(), someone()]
    for (let number = 1; number <= 40; number++) queue.push(update(ann, 16_000, number))
    queue.push(update(ben, 10, 100))
    expect(numbers(queue.takeBatch())).toEqual([1, 2, 3, 4, 100])
    expect(numbers(queue.takeBatch())).toEqual([5, 6, 7, 8])
  })

  it('11.1 changes the attribution after all that was sent before, and before all that was sent after', () => {
    const queue = new WorkQueue()
    const [chair, ken, nor] = [someone(), someone(), someone()]
    queue.push(update(ken, 20_000, 1))
    queue.push(update(nor, 20_000, 2))
    for (let i = 1; i <= 10; i++) queue.push(command(ken, String(i)))
    queue.push(command(chair, 'policy', { kind: 'policy-set', attribution: 'attributed' }))
    queue.push(update(ken, 20_000, 3))
    queue.push(update(nor, 10, 4))
    const order = Array.from({ length: 8 }, () => queue.takeBatch()).flat()
    const names = order.map((work): string | number =>
      work.kind === 'command' ? work.key : work.kind === 'update' ? (work.number ?? '') : '',
    )
    const at = names.indexOf('policy')
    expect(new Set(names.slice(0, at))).toEqual(
      new Set([1, 2, ...Array.from({ length: 10 }, (_, i) => String(i + 1))]),
    )
    expect(new Set(names.slice(at + 1))).toEqual(new Set([3, 4]))
  })

  it('lets no heavy task overtake exclusive work', () => {
    const queue = new WorkQueue()
    const [ann, ben] = [someone(), someone()]
    for (const number of [1, 2, 3]) queue.push(update(ann, 20_000, number))
    queue.push(update(ben, 20_000, 10))
    queue.push(alone())
    queue.push(update(ben, 20_000, 11))
    const done: (number | string)[] = []
    while (!queue.isEmpty) {
      if (queue.takeExclusive()) done.push('alone')
      else done.push(...numbers(queue.takeBatch()).map((number) => number ?? ''))
    }
    expect(done).toEqual([1, 10, 2, 3, 'alone', 11])
  })

  it('says when the oldest request that waits arrived', () => {
    const queue = new WorkQueue()
    const ann = someone()
    expect(queue.oldestRequest).toBe(Infinity)
    queue.push({ ...update(ann, 20_000, 1), receivedAt: 5 })
    queue.push({ ...command(ann, 'objection'), receivedAt: 7 })
    expect(queue.oldestRequest).toBe(5)
    queue.takeBatch()
    expect(queue.oldestRequest).toBe(7)
  })

  it('serves so many readers at a time', () => {
    const queue = new WorkQueue()
    for (let i = 0; i < 40; i++)
      queue.push({ kind: 'join', session: someone(), vector: new Uint8Array([0]), waited: false })
    expect(queue.takeBatch()).toHaveLength(4)
    expect(queue.drain()).toHaveLength(36)
    expect(queue.isEmpty).toBe(true)
  })
})
