import { describe, expect, it } from 'vitest'
import { lastSilence } from '#shared/document/issue/silence.ts'
import { paragraphsInOrder } from '#shared/document/schema.ts'
import { EMPTY_UPDATE } from '#shared/document/updates.ts'
import { unusable } from '#server/store/sqlite/database.ts'
import { wording } from '#test/kit/proposing.ts'
import { PrivateHouse } from '#test/kit/private-house.ts'
import { House } from '#test/kit/room.ts'
import { until } from '#test/kit/until.ts'

describe('a room on a full disk', () => {
  it('17.9 tells who writes, keeps who reads, and takes everything as soon as there is room', async () => {
    const house = await House.open()
    const kenya = await house.join(house.actor('delegation', 'KEN'))
    const id = kenya.propose('and water')
    await kenya.saved()
    const observer = await house.join(house.actor('observer'))
    house.store.fill()
    kenya.type(id, ' for all')
    await until('the writer to be told', () => kenya.socket.closed !== null)
    expect(kenya.socket.closed).toBe('unwritable')
    expect(observer.socket.closed).toBeNull()
    expect(wording(observer.od, id)).toBe('and water')
    const late = await house.join(house.actor('observer'))
    expect(wording(late.od, id)).toBe('and water')
    expect(late.socket.closed).toBeNull()
    const chair = house.actor('facilitator')
    const issue = () =>
      house.registry.command(house.document, {
        actor: chair,
        key: 'key-to-issue',
        command: { kind: 'revision-issue', note: '' },
      })
    await expect(issue()).rejects.toMatchObject({
      code: 'unwritable',
      message: "Not saved: the server's disk is full.",
    })

    house.store.makeRoom()
    house.time.advance(1_000)
    expect(await issue()).toMatchObject({ ok: true })
    const again = await house.join(house.actor('delegation', 'KEN'))
    const other = again.propose('after it')
    await again.saved()
    await until('the news', () => wording(observer.od, other) === 'after it')
    expect(await house.store.verify()).toEqual([])
  })

  it('14.4 17.9 acknowledges nothing of an attempt that was refused before', async () => {
    const house = await House.open()
    const chair = house.actor('facilitator')
    const kenya = await house.arrive(house.visitor(house.actor('delegation', 'KEN')))
    kenya.hello(2)
    kenya.follow()
    await until('the document', () => kenya.socket.of('sync-step2').length > 0)
    const [, paragraph] = paragraphsInOrder(kenya.od).filter(({ kind }) => kind === 'paragraph')
    const agree = { kind: 'paragraph-status', paragraph: paragraph!.id, status: 'agreed' } as const
    await house.registry.command(house.document, { actor: chair, key: 'key-to-agree', command: agree })
    kenya.propose('too late', 1)
    await until('the refusal', () => kenya.socket.of('refused').length > 0)
    const japan = await house.join(house.actor('delegation', 'JPN'))
    house.store.fill()
    japan.propose('for nobody')
    await until('the writer to be told', () => japan.socket.closed !== null)
    kenya.submit(EMPTY_UPDATE)
    await house.join(house.actor('observer'))
    expect(kenya.socket.closed).toBeNull()
    expect(kenya.acknowledged).toBe(0)
  })

  it('17.9 ends a silence when there is room again, also when nobody writes', async () => {
    const house = await House.open()
    const chair = house.actor('facilitator')
    const deadline = house.time.now() + 60_000
    const place = { kind: 'silence-place', revision: 1, deadline, zone: 'UTC', note: '' } as const
    await house.registry.command(house.document, {
      actor: chair,
      key: 'key-to-issue',
      command: { kind: 'revision-issue', note: '' },
    })
    await house.registry.command(house.document, { actor: chair, key: 'key-to-place', command: place })
    const observer = await house.join(house.actor('observer'))
    house.store.fill()
    house.time.advance(60_000)
    await until('the failure', () => house.problems.length > 0)
    expect(lastSilence(observer.od)).toMatchObject({ state: 'running' })
    expect(observer.socket.closed).toBeNull()
    house.store.makeRoom()
    await until('the end', () => {
      house.time.advance(1_000)
      return lastSilence(observer.od)?.state === 'agreed'
    })
    expect(lastSilence(observer.od)).toMatchObject({ endedAt: deadline })
  })
})

describe('the doors of a house with a full disk', () => {
  it('17.9 open: links, names, texts and exports; and sessions are written when there is room', async () => {
    const house = await PrivateHouse.open()
    const token = await house.invite('observer')
    const chair = await house.invite('facilitator')
    house.house.store.fill()
    expect((await house.ask(token, '')).json).toMatchObject({ actor: { role: 'observer' } })
    const named = await house.rename(token, 'Olga Observer')
    expect(named.json).toMatchObject({ actor: { name: 'Olga Observer' } })
    expect((await house.ask(token, '/export?format=text')).status).toBe(200)
    const refused = await house.command(chair, { kind: 'revision-issue', note: '' })
    expect(refused).toMatchObject({ status: 503, json: { code: 'unwritable' } })
    const ready = await house.get('/readyz')
    expect(ready).toMatchObject({ status: 503, json: { ready: false, checks: { disk: 'ok', worker: 'ok' } } })
    expect(JSON.stringify(ready.json)).toContain('disk is full')
    expect(await house.get('/healthz')).toMatchObject({ status: 200 })

    house.house.store.makeRoom()
    house.house.time.advance(1_000)
    expect((await house.ask(token, '')).json).toMatchObject({ actor: { name: 'Olga Observer' } })
    expect(await house.get('/readyz')).toMatchObject({ status: 200, json: { ready: true } })
    expect(await house.house.store.verify()).toEqual([])
  })
})

describe('a disk that is full when the server starts', () => {
  it.each([
    ['SQLite, for its shared memory', Object.assign(new Error('disk I/O error'), { errcode: 4_874 })],
    ['SQLite, for a page', Object.assign(new Error('database or disk is full'), { errcode: 13 })],
    ['the system', Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' })],
  ])('17.9 is the reason that is given, when it is %s that finds no room', (_who, error) => {
    expect(unusable('/data', error)).toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(
        /^The data directory \/data cannot be used: its disk is full, .*Make room/,
      ),
    })
  })
})
