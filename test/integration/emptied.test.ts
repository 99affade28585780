import { describe, expect, it } from 'vitest'
import { contentOf, decisionOf, proponentOf } from '#shared/document/schema.ts'
import { recordGet } from '#shared/document/records.ts'
import type { Command } from '#shared/model/command.ts'
import { EMPTIED_WAIT } from '#shared/model/proposals/emptied.ts'
import type { CommentId, ProposalId } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'
import type { Registry } from '#server/room/registry.ts'
import { proposeInsertion, wording } from '#test/kit/proposing.ts'
import { House, type Guest } from '#test/kit/room.ts'
import { until } from '#test/kit/until.ts'

const WORDS = 'in all its forms'

let keys = 0
async function give(house: House, actor: Actor, command: Command, registry: Registry = house.registry) {
  return registry.command(house.document, { actor, key: `key-${++keys}-of-an-emptying`, command })
}

const support = (on: ProposalId, seen = WORDS) =>
  ({ kind: 'position-take', on, position: 'support', seen, struck: '' }) as const

/** A room in which KEN has proposed something, and EU follows. */
async function scene(words = WORDS) {
  const house = await House.open()
  const [ken, eu] = [house.actor('delegation', 'KEN'), house.actor('delegation', 'EU')]
  const kenya = await house.join(ken)
  const union = await house.join(eu)
  const id = kenya.propose(words)
  await kenya.saved()
  return { house, ken, eu, kenya, union, id }
}

const empty = (guest: Guest, id: ProposalId) => {
  const content = contentOf(guest.od, id)!
  content.delete(0, content.length)
}

const backspace = (guest: Guest, id: ProposalId) => {
  const content = contentOf(guest.od, id)!
  content.delete(content.length - 1, 1)
}

const committed = (house: House, id: ProposalId) =>
  house.registry.read(house.document, (od) => ({
    text: wording(od, id),
    decision: decisionOf(od, id),
    emptied: recordGet(od, `emptied/${id}`),
  }))

/** How its author may empty it: at once, or key by key. */
const WAYS: readonly (readonly [string, (guest: Guest, id: ProposalId) => void])[] = [
  ['at once', empty],
  [
    'key by key',
    (guest, id) => {
      while (contentOf(guest.od, id)!.length > 0) backspace(guest, id)
    },
  ],
  [
    'with its anchor, as an undo of all of it does',
    (guest, id) =>
      guest.od.doc.transact(() => {
        empty(guest, id)
        guest.od.anchors.delete(id)
      }),
  ],
]

describe('a proposal that its author empties', () => {
  it('2.10 keeps its last words whole, though something else is said while its author deletes', async () => {
    const { house, eu, kenya, union, id } = await scene()
    const other = kenya.propose('other words')
    await kenya.saved()
    await give(house, eu, support(id))
    for (let key = 0; key < WORDS.length; key++) {
      backspace(kenya, id)
      await kenya.saved()
      if (key === 7) expect(await give(house, eu, support(other, 'other words'))).toMatchObject({ ok: true })
    }
    house.time.advance(EMPTIED_WAIT)
    await until('the withdrawal', () => decisionOf(union.od, id) !== undefined)
    expect(wording(union.od, id)).toBe(WORDS)
  })

  it.each(WAYS)(
    '2.10 is withdrawn with its last words where others have spoken of it: %s',
    async (_how, way) => {
      const { house, eu, kenya, union, id } = await scene()
      expect(await give(house, eu, support(id))).toMatchObject({ ok: true })
      way(kenya, id)
      await kenya.saved()
      house.time.advance(EMPTIED_WAIT - 1)
      expect(await committed(house, id)).toMatchObject({ text: '', emptied: { person: kenya.actor.name } })
      house.time.advance(1)
      await until('the withdrawal', () => decisionOf(union.od, id) !== undefined)
      expect(decisionOf(union.od, id)).toMatchObject({ disposition: 'withdrawn', by: 'KEN' })
      expect(wording(union.od, id)).toBe(WORDS)
      expect(union.od.anchors.has(id)).toBe(true)
      expect(recordGet(union.od, `emptied/${id}`)).toBeUndefined()
      expect(await house.store.dueDocuments(Number.MAX_SAFE_INTEGER)).toEqual([])
      expect(await give(house, eu, { kind: 'proposal-take-over', proposal: id, seen: WORDS })).toMatchObject({
        ok: true,
      })
      expect(await house.registry.read(house.document, (od) => proponentOf(od, id))).toBe('EU')
    },
  )

  const COMMENT = `c${'1'.repeat(16)}` as CommentId
  it.each([
    [
      'a name',
      (id: ProposalId) =>
        ({ kind: 'proposal-sponsor', proposal: id, stance: 'cosponsor', seen: WORDS, struck: '' }) as const,
    ],
    [
      'a comment',
      (on: ProposalId) =>
        ({ kind: 'comment-add', comment: COMMENT, on, thread: null, text: 'Why?' }) as const,
    ],
  ])('2.10 also for %s alone', async (_what, command) => {
    const { house, eu, kenya, union, id } = await scene()
    expect(await give(house, eu, command(id))).toMatchObject({ ok: true })
    empty(kenya, id)
    await kenya.saved()
    house.time.advance(EMPTIED_WAIT)
    await until('the withdrawal', () => decisionOf(union.od, id)?.disposition === 'withdrawn')
  })

  it('2.10 is only taken back where nobody has, and its words are known', async () => {
    const { house, kenya, id } = await scene()
    empty(kenya, id)
    await kenya.saved()
    house.time.advance(2 * EMPTIED_WAIT)
    const { decision, text, emptied } = (await committed(house, id))!
    expect([decision, text]).toEqual([undefined, ''])
    expect(emptied).toMatchObject({ participant: 'KEN', text: [{ insert: WORDS }] })
    expect(await house.store.dueDocuments(Number.MAX_SAFE_INTEGER)).toEqual([])
  })

  it('2.11 is reworded, not withdrawn, where its author types it anew in time', async () => {
    const { house, eu, kenya, id } = await scene()
    await give(house, eu, support(id))
    empty(kenya, id)
    await kenya.saved()
    house.time.advance(EMPTIED_WAIT - 1)
    kenya.type(id, 'in the South only')
    await kenya.saved()
    house.time.advance(3 * EMPTIED_WAIT)
    expect(await committed(house, id)).toEqual({
      text: 'in the South only',
      decision: undefined,
      emptied: undefined,
    })
  })

  it('2.11 takes what came in time, however late it is looked at', async () => {
    const { house, eu, kenya, id } = await scene()
    await give(house, eu, support(id))
    empty(kenya, id)
    await kenya.saved()
    house.time.advance(EMPTIED_WAIT - 1)
    kenya.type(id, 'in the South only')
    house.time.advance(EMPTIED_WAIT)
    await kenya.saved()
    expect(await committed(house, id)).toMatchObject({ text: 'in the South only', decision: undefined })
  })

  it('2.10 keeps the words that were there before it was emptied, and not those of long ago', async () => {
    const { house, eu, kenya, union, id } = await scene()
    for (let i = 0; i < ' forms'.length; i++) backspace(kenya, id)
    await kenya.saved()
    expect(await give(house, eu, support(id, 'in all its'))).toMatchObject({ ok: true })
    empty(kenya, id)
    await kenya.saved()
    house.time.advance(EMPTIED_WAIT)
    await until('the withdrawal', () => decisionOf(union.od, id) !== undefined)
    expect(wording(union.od, id)).toBe('in all its')
  })

  it('3.7 takes no position once it is empty, and a comment that comes later has it withdrawn', async () => {
    const { house, eu, kenya, union, id } = await scene()
    empty(kenya, id)
    await kenya.saved()
    expect(await give(house, eu, support(id))).toMatchObject({ code: 'gone' })
    const bare = { kind: 'position-take', on: id, position: 'support' } as const
    expect(await give(house, eu, bare)).toMatchObject({ code: 'gone' })
    house.time.advance(3 * EMPTIED_WAIT)
    await house.registry.read(house.document, () => null)
    const comment = `c${'2'.repeat(16)}` as CommentId
    await give(house, eu, { kind: 'comment-add', comment, on: id, thread: null, text: 'A pity.' })
    await until('the withdrawal', () => decisionOf(union.od, id)?.disposition === 'withdrawn')
    expect(wording(union.od, id)).toBe(WORDS)
  })

  it('2.10 is withdrawn though the server was down when its time came', async () => {
    const { house, eu, kenya, id } = await scene()
    await give(house, eu, support(id))
    empty(kenya, id)
    await kenya.saved()
    await house.registry.close()
    house.time.advance(10 * EMPTIED_WAIT)
    const registry = house.anotherRegistry(house.store)
    registry.watch()
    await until('the withdrawal', async () => {
      const row = (await house.store.document(house.document))!
      const [last] = await house.store.rows(house.document, row.sequence - 1, 1)
      return last?.kind === 'settle'
    })
    const after = await registry.read(house.document, (od) => [
      wording(od, id),
      decisionOf(od, id)?.disposition,
    ])
    expect(after).toEqual([WORDS, 'withdrawn'])
    await registry.close()
  })

  it('2.10 in an unattributed round under its alias, without anybody’s name', async () => {
    const { house } = await scene()
    const chair = house.actor('facilitator')
    expect(await give(house, chair, { kind: 'policy-set', attribution: 'unattributed' })).toMatchObject({
      ok: true,
    })
    const norway = await house.join(house.actor('delegation', 'NOR'))
    const union = await house.join(house.actor('delegation', 'EU'))
    const alias = norway.socket.of('welcome').at(-1)!.welcome.actor.alias!
    const hidden = { ...norway.actor, participant: alias, name: '' }
    const id = proposeInsertion(norway.od, hidden, 0, WORDS, (n) => house.random.bytes(n))
    await norway.saved()
    expect(await give(house, union.actor, support(id))).toMatchObject({ ok: true })
    empty(norway, id)
    await norway.saved()
    house.time.advance(EMPTIED_WAIT)
    await until('the withdrawal', () => decisionOf(union.od, id) !== undefined)
    expect(decisionOf(union.od, id)).toMatchObject({ by: alias, person: '' })
    expect(JSON.stringify(union.od.record.toJSON())).not.toContain('NOR')
  })
})
