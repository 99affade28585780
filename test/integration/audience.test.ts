import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { fingerprint } from '#server/store/snapshot.ts'
import { headOf } from '#shared/document/schema.ts'
import { House } from '#test/kit/room.ts'
import { wording } from '#test/kit/proposing.ts'
import { until } from '#test/kit/until.ts'

describe('following', () => {
  it("sends a client everybody's updates but its own, and what the server makes of them", async () => {
    const house = await House.open()
    const kenya = await house.join(house.actor('delegation', 'KEN'))
    const japan = await house.join(house.actor('delegation', 'JPN'))
    const id = kenya.propose('one')
    await kenya.saved()
    expect(kenya.socket.of('sync-update')).toHaveLength(1)
    expect(japan.socket.of('sync-update')).toHaveLength(1)
    expect(headOf(kenya.od, id)).toMatchObject({ person: kenya.actor.name, createdAt: house.time.now() })
    kenya.type(id, ' more')
    await kenya.saved()
    expect(kenya.socket.of('sync-update')).toHaveLength(1)
    expect(japan.socket.of('sync-update')).toHaveLength(2)
  })

  it('sends nothing of the document to who has not asked for it', async () => {
    const house = await House.open()
    const kenya = await house.join(house.actor('delegation', 'KEN'))
    const mute = await house.arrive(house.visitor(house.actor('observer')))
    kenya.propose('one')
    await kenya.saved()
    expect(mute.socket.frames).toEqual([])
  })

  it('speaks only y-websocket to a stock client, and answers its signs of life', async () => {
    const house = await House.open()
    const kenya = await house.join(house.actor('delegation', 'KEN'))
    const stock = await house.arrive(house.visitor(house.actor('observer')))
    stock.follow()
    await until('the document', () => stock.socket.of('sync-step2').length > 0)
    kenya.propose('one')
    await kenya.saved()
    house.time.advance(1_000)
    const types = new Set(stock.socket.frames.map((frame) => frame.type))
    expect([...types].sort()).toEqual(['sync-step1', 'sync-step2', 'sync-update'])
    const before = stock.socket.raw.length
    stock.connection.receive(new Uint8Array([1, 1, 0]))
    expect(stock.socket.raw.slice(before)).toEqual([new Uint8Array([1, 1, 0])])
  })

  it('forwards two authors of one batch to both', async () => {
    const house = await House.open()
    const kenya = await house.join(house.actor('delegation', 'KEN'))
    const japan = await house.join(house.actor('delegation', 'JPN'))
    house.store.hold()
    const first = kenya.propose('one')
    await until('the commit to begin', () => house.store.waiting === 1)
    const second = kenya.propose('two', 1)
    const third = japan.propose('three', 2)
    house.store.letGo()
    await Promise.all([kenya.saved(), japan.saved()])
    expect([first, second, third].map((id) => wording(japan.od, id))).toEqual(['one', 'two', 'three'])
    expect(fingerprint(kenya.od.doc)).toBe(fingerprint(japan.od.doc))
  })
})

describe('slow readers', () => {
  it('stops queueing, then sends one catch-up', async () => {
    const house = await House.open()
    const kenya = await house.join(house.actor('delegation', 'KEN'))
    const slow = await house.join(house.actor('observer'))
    const id = kenya.propose('')
    await kenya.saved()
    slow.socket.bufferedAmount = 300 * 1024
    kenya.type(id, 'first ')
    await kenya.saved()
    const frames = slow.socket.of('sync-update').length
    for (const word of ['second ', 'third ', 'fourth ']) {
      kenya.type(id, word)
      await kenya.saved()
    }
    expect(slow.socket.of('sync-update')).toHaveLength(frames)
    expect(wording(slow.od, id)).toBe('first ')
    slow.socket.bufferedAmount = 0
    house.time.advance(500)
    await until('the catch-up', () => wording(slow.od, id) === 'first second third fourth ')
    expect(slow.socket.of('sync-update')).toHaveLength(frames + 1)
    kenya.type(id, 'fifth')
    await kenya.saved()
    expect(wording(slow.od, id)).toBe('first second third fourth fifth')
  })

  it('closes a reader that is hopeless, retryably', async () => {
    const house = await House.open()
    const kenya = await house.join(house.actor('delegation', 'KEN'))
    const slow = await house.join(house.actor('observer'))
    const stalled = await house.join(house.actor('observer'))
    slow.socket.bufferedAmount = 5 * 1024 * 1024
    stalled.socket.bufferedAmount = 300 * 1024
    kenya.propose('words')
    await kenya.saved()
    house.time.advance(500)
    expect(slow.socket.closed).toBe('slow')
    expect(stalled.socket.closed).toBeNull()
    house.time.advance(31_000)
    expect(stalled.socket.closed).toBe('slow')
  })

  it('bears with a reader that makes progress', async () => {
    const house = await House.open()
    const kenya = await house.join(house.actor('delegation', 'KEN'))
    const slow = await house.join(house.actor('observer'))
    slow.socket.bufferedAmount = 3 * 1024 * 1024
    kenya.propose('words')
    await kenya.saved()
    for (let i = 0; i < 10; i++) {
      slow.socket.bufferedAmount -= 100 * 1024
      house.time.advance(20_000)
    }
    expect(slow.socket.closed).toBeNull()
  })
})

describe('limits', () => {
  it('closes on a frame that is too large', async () => {
    const house = await House.open({ limits: { frameBytes: 100 } })
    const kenya = await house.join(house.actor('delegation', 'KEN'))
    kenya.propose('x'.repeat(200))
    expect(kenya.socket.closed).toBe('oversize')
  })

  it('17.2 counts by a clock that cannot be set back', async () => {
    const house = await House.open({ limits: { frameBurst: 60, framesPerSecond: 1 } })
    const kenya = await house.join(house.actor('delegation', 'KEN'))
    house.time.leap(-3_600_000)
    for (let second = 0; second < 20; second++) {
      house.time.advance(1_000)
      kenya.propose(`at second ${second}`)
      await kenya.saved()
    }
    expect(kenya.socket.closed).toBeNull()
    house.time.leap(7_200_000)
    for (let frame = 0; frame < 70; frame++) kenya.propose('at once')
    expect(kenya.socket.closed).toBe('flood')
  })

  it('closes on a flood, and lets a person type', async () => {
    const house = await House.open({ limits: { frameBurst: 200, framesPerSecond: 20 } })
    const kenya = await house.join(house.actor('delegation', 'KEN'))
    const id = kenya.propose('')
    for (let i = 0; i < 300; i++) {
      kenya.type(id, 'a')
      house.time.advance(60)
    }
    await kenya.saved()
    for (let i = 0; i < 300; i++) kenya.connection.receive(new Uint8Array([1, 1, 0]))
    expect(kenya.socket.closed).toBe('flood')
  })

  it('lets the holders of one invitation add only so many proposals at once, and others go on', async () => {
    const house = await House.open({ limits: { proposalsBurst: 3, proposalsPerSecond: 1 } })
    const kenya = await house.join(house.actor('delegation', 'KEN'))
    const japan = await house.arrive({
      ...house.visitor(house.actor('delegation', 'JPN')),
      invitation: 'other',
    })
    japan.hello()
    japan.follow()
    for (let i = 0; i < 3; i++) kenya.propose(`wish ${i}`)
    await kenya.saved()
    kenya.propose('one too many')
    await until('the end', () => kenya.socket.closed !== null)
    expect(kenya.socket.closed).toBe('flood')
    japan.propose('something else', 1)
    await japan.saved()
    expect(japan.od.proposals.size).toBe(4)
    house.time.advance(1_000)
    const colleague = await house.join(house.actor('delegation', 'KEN'))
    colleague.propose('later')
    await colleague.saved()
    expect(colleague.socket.closed).toBeNull()
  })

  it('lets the holders of one invitation bring only so many client ids and bytes', async () => {
    for (const limits of [
      { clientsBurst: 2, clientsPerSecond: 0 },
      { bytesBurst: 2_000, bytesPerSecond: 0 },
    ]) {
      const house = await House.open({ limits })
      const ends: unknown[] = []
      for (let i = 0; i < 3; i++) {
        const kenya = await house.join(house.actor('delegation', 'KEN'))
        kenya.propose('x'.repeat(500))
        await until('an answer', () => kenya.acknowledged === 1 || kenya.socket.closed !== null)
        ends.push(kenya.socket.closed)
      }
      expect(ends).toEqual([null, null, 'flood'])
    }
  })

  it('refuses a state vector that nobody can have', async () => {
    const house = await House.open()
    const observer = await house.join(house.actor('observer'))
    const vector = new Map(Array.from({ length: 40_000 }, (_, i) => [i + 1, 1]))
    observer.say({ type: 'sync-step1', stateVector: Y.encodeStateVector(vector) })
    await until('the end', () => observer.socket.closed !== null)
    expect(observer.socket.closed).toBe('malformed')
  })

  it('sends the document no second time to who has not read it the first time', async () => {
    const house = await House.open()
    const observer = await house.join(house.actor('observer'))
    const nothing = new Uint8Array([0])
    observer.socket.bufferedAmount = 300 * 1024
    const frames = observer.socket.raw.length
    for (let i = 0; i < 10; i++) observer.say({ type: 'sync-step1', stateVector: nothing })
    await house.registry.read(house.document, () => null)
    expect(observer.socket.raw).toHaveLength(frames)
    observer.socket.bufferedAmount = 0
    house.time.advance(500)
    await until('the answer', () => observer.socket.raw.length > frames)
    expect(observer.socket.raw).toHaveLength(frames + 1)
    observer.socket.bufferedAmount = 5 * 1024 * 1024
    observer.say({ type: 'sync-step1', stateVector: nothing })
    expect(observer.socket.closed).toBe('slow')
  })

  it('lets one browser have only so many windows', async () => {
    const house = await House.open({ limits: { socketsPerVisit: 2 } })
    const visitor = house.visitor(house.actor('observer'))
    await house.arrive(visitor)
    await house.arrive(visitor)
    await expect(house.arrive(visitor)).rejects.toThrow('flood')
  })
})

describe('presence', () => {
  const place = { host: `p${'0'.repeat(16)}`, item: [1, 2] }

  it("is the server's word, whatever a client says", async () => {
    const house = await House.open()
    const kenya = await house.join(house.actor('delegation', 'KEN'))
    const japan = await house.join(house.actor('delegation', 'JPN'))
    const caret = { anchor: place, head: place }
    kenya.say({ type: 'caret', caret })
    house.time.advance(100)
    const seen = japan.socket.of('presence').at(-1)?.present
    expect(seen).toEqual([
      {
        session: expect.any(String) as string,
        name: kenya.actor.name,
        role: 'delegation',
        participant: 'KEN',
        caret,
      },
    ])
    for (const forged of [
      { anchor: place, head: place, name: 'The President' },
      { anchor: place },
      { anchor: { ...place, host: 'x' }, head: place },
      { anchor: { ...place, item: [1.5, -2] }, head: place },
      'caret',
    ]) {
      const forger = await house.join(house.actor('delegation', 'FRA'))
      forger.say({ type: 'caret', caret: forged })
      expect(forger.socket.closed).toBe('malformed')
    }
  })

  it('sends many moves as one frame, and takes away who has left', async () => {
    const house = await House.open()
    const kenya = await house.join(house.actor('delegation', 'KEN'))
    const japan = await house.join(house.actor('delegation', 'JPN'))
    house.time.advance(100)
    const before = japan.socket.of('presence').length
    for (let i = 0; i < 20; i++) kenya.say({ type: 'caret', caret: { anchor: place, head: place } })
    house.time.advance(100)
    expect(japan.socket.of('presence').length).toBe(before + 1)
    kenya.connection.left()
    house.time.advance(100)
    expect(japan.socket.of('presence').at(-1)?.present).toEqual([])
  })

  it('follows a change of name', async () => {
    const house = await House.open()
    const kenya = await house.join(house.actor('delegation', 'KEN'))
    const japan = await house.join(house.actor('delegation', 'JPN'))
    house.registry.rename(house.visitor(kenya.actor).visit, 'Amina Otieno')
    house.time.advance(100)
    expect(japan.socket.of('presence').at(-1)?.present).toMatchObject([{ name: 'Amina Otieno' }])
  })

  it('knows no caret of an observer', async () => {
    const house = await House.open()
    const observer = await house.join(house.actor('observer'))
    const japan = await house.join(house.actor('delegation', 'JPN'))
    observer.say({ type: 'caret', caret: { anchor: place, head: place } })
    house.time.advance(100)
    expect(japan.socket.of('presence').at(-1)?.present).toMatchObject([{ role: 'observer', caret: null }])
  })
})

describe('what ends a session', () => {
  it('is the expiry of what it came by', async () => {
    const house = await House.open()
    const actor = house.actor('observer')
    const guest = await house.arrive({ ...house.visitor(actor), expiresAt: house.time.now() + 5_000 })
    house.time.advance(4_000)
    expect(guest.socket.closed).toBeNull()
    house.time.advance(2_000)
    expect(guest.socket.closed).toBe('revoked')
  })
})
