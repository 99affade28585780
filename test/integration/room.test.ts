import * as Y from 'yjs'
import { describe, expect, it } from 'vitest'
import { fingerprint, replay } from '#server/store/snapshot.ts'
import type { Draft } from '#shared/document/drafts.ts'
import { RETURN_WITHIN } from '#shared/document/issue/stranded.ts'
import { headOf, openDocument } from '#shared/document/schema.ts'
import type { Command } from '#shared/model/command.ts'
import { accepting } from '#test/kit/as-seen.ts'
import { House } from '#test/kit/room.ts'
import { typeIntoBase, updatesOf, wording } from '#test/kit/proposing.ts'
import { until } from '#test/kit/until.ts'

describe('committing', () => {
  it('acknowledges and shows nothing before it is durable', async () => {
    const house = await House.open()
    const kenya = await house.join(house.actor('delegation', 'KEN'))
    const japan = await house.join(house.actor('delegation', 'JPN'))
    house.store.hold()
    const id = kenya.propose('and groundwater')
    await until('the commit to begin', () => house.store.waiting === 1)
    expect(kenya.acknowledged).toBe(0)
    expect(wording(japan.od, id)).toBe('')
    house.store.letGo()
    await kenya.saved()
    expect(wording(japan.od, id)).toBe('and groundwater')
  })

  it('shows a joiner the committed state only', async () => {
    const house = await House.open()
    const kenya = await house.join(house.actor('delegation', 'KEN'))
    house.store.hold()
    const id = kenya.propose('not durable yet')
    await until('the commit to begin', () => house.store.waiting === 1)
    const late = await house.arrive(house.visitor(house.actor('observer')))
    late.hello()
    late.follow()
    expect(late.socket.of('sync-step2')).toHaveLength(0)
    house.store.failNext()
    house.store.letGo()
    await until('the room to be given up', () => late.socket.closed !== null)
    expect(late.socket.closed).toBe('store-failed')
    const again = await house.join(house.actor('observer'))
    expect(wording(again.od, id)).toBe('')
  })

  it('puts what comes during a commit into the next one, whole', async () => {
    const house = await House.open()
    const kenya = await house.join(house.actor('delegation', 'KEN'))
    const japan = await house.join(house.actor('delegation', 'JPN'))
    const id = kenya.propose('a')
    await kenya.saved()
    const before = (await house.store.document(house.document))?.sequence ?? 0
    house.store.hold()
    kenya.type(id, 'b')
    await until('the commit to begin', () => house.store.waiting === 1)
    for (const letter of 'cdef') kenya.type(id, letter)
    const frames = japan.socket.of('sync-update').length
    house.store.letGo()
    await kenya.saved()
    expect(wording(japan.od, id)).toBe('abcdef')
    expect(japan.socket.of('sync-update').length - frames).toBe(2)
    expect(kenya.socket.of('acknowledged').map((frame) => frame.number)).toEqual([1, 2, 6])
    expect((await house.store.document(house.document))?.sequence).toBe(before + 5)
  })

  it('loses no acknowledged word and shows no unacknowledged one when the store fails', async () => {
    const house = await House.open()
    const kenya = await house.join(house.actor('delegation', 'KEN'))
    const japan = await house.join(house.actor('delegation', 'JPN'))
    const id = kenya.propose('kept')
    await kenya.saved()
    house.store.failNext()
    kenya.type(id, ', lost')
    await until('the sockets to close', () => kenya.socket.closed !== null && japan.socket.closed !== null)
    expect([kenya.socket.closed, japan.socket.closed]).toEqual(['store-failed', 'store-failed'])
    expect(kenya.acknowledged).toBe(1)
    expect(wording(japan.od, id)).toBe('kept')
    const again = await house.join(house.actor('observer'))
    expect(wording(again.od, id)).toBe('kept')
    expect(house.problems.map((problem) => problem.what)).toEqual(['store-failed'])
  })

  it('answers a command only when it is durable, and not at all when it is not', async () => {
    const house = await House.open()
    const kenya = await house.join(house.actor('delegation', 'KEN'))
    const chair = house.actor('facilitator')
    const id = kenya.propose('and more')
    await kenya.saved()
    const accept = (key: string) =>
      house.registry.command(house.document, { actor: chair, key, command: accepting(id, 'and more') })
    house.store.failNext()
    await expect(accept('key-00001')).rejects.toThrow('disk is full')
    const answer = await accept('key-00001')
    expect(answer).toMatchObject({ ok: true })
  })
})

describe('loading', () => {
  it('15.8 a command that breaks before it has changed anything fails alone: the room is not loaded anew', async () => {
    const house = await House.open()
    const kenya = await house.join(house.actor('delegation', 'KEN'))
    const { loads } = house.store
    const table: Command = { kind: 'drafts-table', space: kenya.actor.participant!, drafts: [] }
    const broken = [null] as unknown as readonly Draft[]
    const asked = house.registry.command(house.document, {
      actor: kenya.actor,
      key: 'key-00000001',
      command: table,
      drafts: broken,
    })
    const first = kenya.propose(' one')
    await expect(asked).rejects.toThrow()
    const second = kenya.propose(' two')
    await kenya.saved()
    const found = await house.registry.read(house.document, (od) =>
      [first, second].every((id) => headOf(od, id)),
    )
    expect(found).toBe(true)
    expect(house.store.loads).toBe(loads)
    expect(house.problems).toMatchObject([{ what: 'fault' }])
  })

  it('loads a document once, however many come at the same time', async () => {
    const house = await House.open()
    const before = house.store.loads
    const guests = await Promise.all(Array.from({ length: 50 }, () => house.join(house.actor('observer'))))
    expect(house.store.loads - before).toBe(1)
    const prints = new Set(guests.map((guest) => fingerprint(guest.od.doc)))
    expect(prints.size).toBe(1)
  })

  it('16.20 a joiner at the end waits for its letter, also while its author has lost her connection; not for ever', async () => {
    const house = await House.open()
    const kenya = await house.join(house.actor('delegation', 'KEN'))
    const japan = await house.join(house.actor('delegation', 'JPN'))
    const brazil = await house.join(house.actor('delegation', 'BRA'))
    const [first, second] = [kenya, brazil].map((guest) => guest.propose('می\u200c'))
    for (const guest of [kenya, brazil]) await guest.saved()
    for (const guest of [kenya, brazil]) guest.connection.left()
    kenya.type(first!, 'خواهم')
    const again = await house.join(kenya.actor)
    again.submit(Y.encodeStateAsUpdate(kenya.od.doc, Y.encodeStateVector(again.od.doc)))
    await again.saved()
    house.time.advance(RETURN_WITHIN)
    japan.propose('at another place')
    await until('what was left', () => wording(japan.od, second!) === 'می')
    expect(wording(japan.od, first!)).toBe('می\u200cخواهم')
  })

  it('unloads a room that stays empty, with a snapshot, and loads it again', async () => {
    const house = await House.open()
    const kenya = await house.join(house.actor('delegation', 'KEN'))
    const id = kenya.propose('remembered')
    await kenya.saved()
    kenya.connection.left()
    house.time.advance(120_000)
    await until('the snapshot', async () => (await house.store.load(house.document))?.snapshot !== null)
    const again = await house.join(house.actor('observer'))
    expect(wording(again.od, id)).toBe('remembered')
  })

  it('takes a snapshot every so many rows, equal to the log', async () => {
    const house = await House.open({ snapshotEvery: 10 })
    const kenya = await house.join(house.actor('delegation', 'KEN'))
    const id = kenya.propose('')
    for (let i = 0; i < 25; i++) {
      kenya.type(id, `${i} `)
      await kenya.saved()
    }
    await until('the snapshot', async () => (await house.store.load(house.document))!.snapshotSequence >= 20)
    const stored = (await house.store.load(house.document))!
    expect(fingerprint(replay(stored.snapshot, stored.tail))).toBe(fingerprint(kenya.od.doc))
    expect(await house.store.verify()).toEqual([])
    expect(house.problems).toEqual([])
  })

  it('says when there is no such document', async () => {
    const house = await House.open()
    const nowhere = 'v'.repeat(16) as typeof house.document
    expect(await house.registry.read(nowhere, () => true)).toBeNull()
  })
})

describe('refusing', () => {
  it('tells the author, closes for good, and applies nothing of that connection afterwards', async () => {
    const house = await House.open()
    const kenya = await house.join(house.actor('delegation', 'KEN'))
    const japan = await house.join(house.actor('delegation', 'JPN'))
    const id = kenya.propose('honest')
    await kenya.saved()
    const print = fingerprint(japan.od.doc)
    typeIntoBase(kenya.od, 0, 'forged ')
    kenya.type(id, ' and after')
    await until('the refusal', () => kenya.socket.closed !== null)
    expect(kenya.socket.closed).toBe('refused')
    expect(kenya.socket.of('refused')).toMatchObject([{ number: 2, code: 'not-allowed' }])
    japan.propose('goes on')
    await japan.saved()
    const fresh = await house.join(house.actor('observer'))
    expect(wording(fresh.od, id)).toBe('honest')
    expect(fingerprint(japan.od.doc)).toBe(fingerprint(fresh.od.doc))
    expect(fingerprint(japan.od.doc)).not.toBe(print)
  })

  it('keeps what the same connection sent before the refused update in the same batch', async () => {
    const house = await House.open()
    const kenya = await house.join(house.actor('delegation', 'KEN'))
    const id = kenya.propose('a')
    await kenya.saved()
    house.store.hold()
    kenya.type(id, 'b')
    await until('the commit to begin', () => house.store.waiting === 1)
    kenya.type(id, 'c')
    typeIntoBase(kenya.od, 0, 'forged ')
    house.store.letGo()
    await until('the refusal', () => kenya.socket.closed !== null)
    expect(kenya.acknowledged).toBe(3)
    expect(kenya.socket.of('refused')).toMatchObject([{ number: 4 }])
    const fresh = await house.join(house.actor('observer'))
    expect(wording(fresh.od, id)).toBe('abc')
  })

  it.each<[string, (bytes: Uint8Array) => Uint8Array]>([
    ['truncated', (bytes) => bytes.subarray(0, bytes.length - 3)],
    ['with bytes after it', (bytes) => new Uint8Array([...bytes, 0, 1])],
    ['random', () => new Uint8Array([102, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1])],
    ['of an unknown type', () => new Uint8Array([42, 1, 1])],
    ['empty', () => new Uint8Array()],
  ])('closes on a frame that is %s', async (_name, spoil) => {
    const house = await House.open()
    const kenya = await house.join(house.actor('delegation', 'KEN'))
    const japan = await house.join(house.actor('delegation', 'JPN'))
    const print = fingerprint(japan.od.doc)
    kenya.connection.receive(spoil(new Uint8Array([102, 1, 2, 0, 0])))
    await until('the close', () => kenya.socket.closed !== null)
    expect(['malformed', 'refused']).toContain(kenya.socket.closed)
    expect(fingerprint(japan.od.doc)).toBe(print)
    expect(japan.socket.closed).toBeNull()
  })

  it('closes when submits do not rise by one', async () => {
    const house = await House.open()
    const kenya = await house.join(house.actor('delegation', 'KEN'))
    kenya.say({ type: 'submit', number: 2, update: new Uint8Array([0, 0]) })
    expect(kenya.socket.closed).toBe('malformed')
  })

  it('acknowledges an update without news, and writes no row for it', async () => {
    const house = await House.open()
    const kenya = await house.join(house.actor('delegation', 'KEN'))
    const before = (await house.store.document(house.document))?.sequence
    kenya.submit(Y.encodeStateAsUpdate(kenya.od.doc))
    await kenya.saved()
    expect((await house.store.document(house.document))?.sequence).toBe(before)
  })

  it("refuses another person's client id, also after a reload, and the victim goes on", async () => {
    const house = await House.open()
    const kenya = await house.join(house.actor('delegation', 'KEN'))
    const id = kenya.propose('mine')
    await kenya.saved()
    for (const registry of [house.registry, house.anotherRegistry(house.store)]) {
      const thief = await house.join(house.actor('delegation', 'KEN'), registry)
      thief.od.doc.clientID = kenya.od.doc.clientID
      thief.type(id, '!')
      await until('the refusal', () => thief.socket.closed !== null)
      expect(thief.socket.of('refused')).toMatchObject([{ code: 'foreign-client' }])
    }
    kenya.type(id, ' still')
    await kenya.saved()
    const fresh = await house.join(house.actor('observer'))
    expect(wording(fresh.od, id)).toBe('mine still')
  })

  it("refuses the server's own client id", async () => {
    const house = await House.open()
    const chair = house.actor('facilitator')
    const kenya = await house.join(house.actor('delegation', 'KEN'))
    const id = kenya.propose('words')
    await kenya.saved()
    await house.registry.command(house.document, {
      actor: chair,
      key: 'key-00001',
      command: { kind: 'proposal-not-retain', proposal: id, seen: 'words', struck: '' },
    })
    const owners = (await house.store.load(house.document))!.claims
    const server = owners.filter((claim) => claim.owner === 'server').map((claim) => claim.client)
    expect(server.length).toBe(2)
    for (const client of server) {
      const thief = await house.join(house.actor('delegation', 'JPN'))
      thief.od.doc.clientID = client
      thief.propose('forged')
      await until('the refusal', () => thief.socket.closed !== null)
      expect(thief.socket.of('refused')).toMatchObject([{ code: 'foreign-client' }])
    }
  })
})

describe('two servers over one database', () => {
  it('admit anew what another was first to write, and tell everybody', async () => {
    const house = await House.open()
    const other = house.anotherRegistry(house.store)
    const kenya = await house.join(house.actor('delegation', 'KEN'))
    const japan = await house.join(house.actor('delegation', 'JPN'), other)
    const first = kenya.propose('from one')
    await kenya.saved()
    expect(wording(japan.od, first)).toBe('')
    const second = japan.propose('from the other', 1)
    await japan.saved()
    expect(wording(japan.od, first)).toBe('from one')
    kenya.type(first, ', still')
    await kenya.saved()
    expect(wording(kenya.od, second)).toBe('from the other')
    expect(await house.store.verify()).toEqual([])
  })

  it('execute a command once, whichever is asked', async () => {
    const house = await House.open()
    const other = house.anotherRegistry(house.store)
    const chair = house.actor('facilitator')
    const kenya = await house.join(house.actor('delegation', 'KEN'))
    await house.join(house.actor('observer'), other)
    const id = kenya.propose('words')
    await kenya.saved()
    const command = accepting(id, 'words')
    const answers = await Promise.all(
      [house.registry, other, house.registry, other].map((registry) =>
        registry.command(house.document, { actor: chair, key: 'the-same-key', command }),
      ),
    )
    for (const answer of answers) expect(answer).toMatchObject({ ok: true })
    const rows = await house.store.rows(house.document, 0, 1_000)
    expect(rows.filter((row) => row.kind === 'command')).toHaveLength(1)
    const reuse = await other.command(house.document, {
      actor: house.actor('facilitator'),
      key: 'the-same-key',
      command,
    })
    expect(reuse).toMatchObject({ ok: false, code: 'key-used' })
  })

  it('lose nothing when both write at the same time', async () => {
    const house = await House.open()
    const other = house.anotherRegistry(house.store)
    const guests = await Promise.all(
      Array.from({ length: 6 }, (_, i) =>
        house.join(house.actor('delegation', `D${i}`), i % 2 ? house.registry : other),
      ),
    )
    const ids = guests.map((guest) => guest.propose(''))
    for (let round = 0; round < 20; round++) {
      for (const [i, guest] of guests.entries()) guest.type(ids[i]!, `${round} `)
      await Promise.race(guests.map((guest) => guest.saved()))
    }
    await Promise.all(guests.map((guest) => guest.saved()))
    const fresh = await house.join(house.actor('observer'), house.anotherRegistry(house.store))
    const expected = Array.from({ length: 20 }, (_, round) => `${round} `).join('')
    for (const id of ids) expect(wording(fresh.od, id)).toBe(expected)
    expect(await house.store.verify()).toEqual([])
    expect(house.problems).toEqual([])
  })
})

describe('going down', () => {
  it('flushes, tells everybody, and takes a snapshot', async () => {
    const house = await House.open()
    const kenya = await house.join(house.actor('delegation', 'KEN'))
    house.store.hold()
    const id = kenya.propose('last words')
    await until('the commit to begin', () => house.store.waiting === 1)
    kenya.type(id, ', really')
    const closing = house.registry.close()
    house.store.letGo()
    await closing
    expect(kenya.acknowledged).toBe(2)
    expect(kenya.socket.closed).toBe('going-away')
    const stored = (await house.store.load(house.document))!
    expect(stored.snapshotSequence).toBe(stored.entry.sequence)
    expect(fingerprint(replay(stored.snapshot, []))).toBe(fingerprint(kenya.od.doc))
  })
})

describe('while it goes down', () => {
  it('takes in nothing more: what comes then is neither kept nor acknowledged', async () => {
    const house = await House.open()
    const kenya = await house.join(house.actor('delegation', 'KEN'))
    house.store.hold()
    const id = kenya.propose('in time')
    await until('the commit to begin', () => house.store.waiting === 1)
    const closing = house.registry.close()
    // By the time the store has answered, the room has begun to close; the commit is still held.
    await house.store.document(house.document)
    kenya.type(id, ', too late')
    house.store.letGo()
    await closing
    expect(kenya.acknowledged).toBe(1)
    const { snapshot } = (await house.store.load(house.document))!
    expect(wording(openDocument(replay(snapshot, [])), id)).toBe('in time')
  })
})

describe('an update is applied only as it was admitted', () => {
  it('every row of the log applies to the rows before it', async () => {
    const house = await House.open()
    const kenya = await house.join(house.actor('delegation', 'KEN'))
    const id = kenya.propose('abc')
    await kenya.saved()
    const [update] = updatesOf(kenya.od.doc, () => kenya.type(id, 'd'))
    await kenya.saved()
    const rows = await house.store.rows(house.document, 0, 100)
    expect(rows.map((row) => row.kind)).toEqual(['create', 'update', 'settle', 'update'])
    expect(rows.at(-1)?.bytes).toEqual(update)
    expect(rows.at(-1)?.actor).toEqual(kenya.actor)
  })
})
