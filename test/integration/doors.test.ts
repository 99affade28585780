import { once } from 'node:events'
import { connect } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import { newToken } from '#server/access/token.ts'
import { cookieName } from '#server/http/cookies.ts'
import { DEFAULT_LIMITS, type Expense, type Limits } from '#server/room/limits/limits.ts'
import { CLOSE } from '#shared/protocol/close.ts'
import { encodeFrame } from '#shared/protocol/wire.ts'
import { PrivateHouse } from '#test/kit/private-house.ts'
import { ask } from '#test/kit/http.ts'
import { House } from '#test/kit/room.ts'
import { wording } from '#test/kit/proposing.ts'
import { until } from '#test/kit/until.ts'

const only = (expense: Expense, burst: number): Partial<Limits> => ({
  expenses: { ...DEFAULT_LIMITS.expenses, [expense]: { burst, perSecond: burst / 10 } },
})

/** All that comes back for what is written to a bare connection, which is then left alone. */
async function answerTo(url: string, head: string): Promise<string> {
  const { hostname, port } = new URL(url)
  const stream = connect(Number(port), hostname)
  onTestFinished(() => void stream.destroy())
  let answer = ''
  stream.on('data', (chunk) => (answer += String(chunk)))
  stream.on('error', () => {})
  stream.write(head)
  await until('an answer', () => answer.includes('\r\n\r\n'))
  return answer
}

describe('a request', () => {
  it.each([
    ['of nobody', '', '401'],
    ['of an observer who may not', 'observer', '403'],
  ])('%s is refused before a byte of its body has come', async (_who, role, status) => {
    const house = await PrivateHouse.open()
    const token = role === '' ? '' : await house.invite('observer')
    const { document } = house.house
    for (const place of ['/api/documents', `/api/documents/${document}/invitations`]) {
      const head = [
        `POST ${place} HTTP/1.1`,
        `Host: ${new URL(house.url).host}`,
        'Content-Type: application/json',
        'Content-Length: 30000000',
        ...(token ? [`Authorization: Bearer ${token}`] : []),
      ]
      const answer = await answerTo(house.url, `${head.join('\r\n')}\r\n\r\n`)
      expect(answer).toContain(`HTTP/1.1 ${status}`)
      expect(answer.toLowerCase()).toContain('connection: close')
    }
  })

  it('costs the account of its invitation, whichever session it comes by, and its sockets as well', async () => {
    const house = await PrivateHouse.open(only('frames', 20))
    const token = await house.invite('observer')
    const statuses: number[] = []
    for (let i = 0; i < 25; i++) statuses.push((await house.ask(token, '')).status)
    expect(statuses.filter((status) => status === 429)).toHaveLength(5)
    const recorder = house.listen(token)
    await once(recorder.socket, 'open')
    recorder.socket.send(encodeFrame({ type: 'hello', version: 1 }))
    await until('the end', () => recorder.closed !== null)
    expect(recorder.closed).toBe(CLOSE.busy.code)
    expect((await house.ask(await house.invite('observer'), '')).status).toBe(200)
    house.house.time.advance(1_000)
    expect((await house.ask(token, '')).status).toBe(200)
  })

  it('with a forged session is not even looked up once too many came, and who was there before is let in', async () => {
    const house = await PrivateHouse.open({ unknownCallers: { burst: 10, perSecond: 1 } })
    const { house: inner } = house
    const token = await house.invite('observer')
    expect((await house.ask(token, '')).status).toBe(200)
    const forged = () => newToken((length) => inner.random.bytes(length))
    const byCookie = async () => {
      const headers = { cookie: `${cookieName({ publicUrl: null }, inner.document, null)}=${forged()}` }
      return (await fetch(`${house.url}/api/documents/${inner.document}`, { headers })).status
    }
    const statuses: number[] = []
    for (let i = 0; i < 8; i++) statuses.push((await house.ask(forged(), '')).status, await byCookie())
    expect(statuses).toEqual([...Array<number>(10).fill(401), ...Array<number>(6).fill(429)])
    const imported = await fetch(`${house.url}/api/documents`, {
      method: 'POST',
      headers: { authorization: `Bearer ${forged()}` },
    })
    expect(imported.status).toBe(429)
    const recorder = house.listen(forged())
    await until('the end', () => recorder.closed !== null)
    expect(recorder.closed).toBe(CLOSE.busy.code)
    expect((await house.ask(token, '')).status).toBe(200)
    const newcomer = await house.invite('observer')
    expect((await house.ask(newcomer, '')).status).toBe(429)
    inner.time.advance(1_000)
    expect((await house.ask(newcomer, '')).status).toBe(200)
  })

  it('that guesses links is counted by its address, whatever sessions it says it has', async () => {
    const house = await PrivateHouse.open({ unknownCallers: { burst: 10, perSecond: 1 } })
    const { house: inner } = house
    const forged = () => newToken((length) => inner.random.bytes(length))
    const follow = async (token: string, session: string) => {
      const headers = { cookie: `${cookieName({ publicUrl: null }, inner.document, null)}=${session}` }
      return fetch(`${house.url}/i/${token}`, { redirect: 'manual', headers })
    }
    const token = await house.invite('observer')
    const followed = await follow(token, forged())
    expect(followed.status).toBe(303)
    const statuses: number[] = []
    for (let i = 0; i < 12; i++) statuses.push((await follow(forged(), forged())).status)
    expect(statuses).toEqual([...Array<number>(10).fill(404), 429, 429])
    expect((await follow(token, forged())).status).toBe(303)
    expect((await follow(await house.invite('observer'), forged())).status).toBe(429)
  })

  it('to follow a link again brings no fresh allowance', async () => {
    const house = await PrivateHouse.open(only('writes', 10))
    const token = await house.invite('observer')
    const follow = async () => (await fetch(`${house.url}/i/${token}`, { redirect: 'manual' })).status
    const statuses = []
    for (let i = 0; i < 5; i++) statuses.push(await follow())
    expect(statuses).toEqual([303, 303, 303, 429, 429])
    house.house.time.advance(3_000)
    expect(await follow()).toBe(303)
  })

  it('goes on while another one’s export waits for its thread', async () => {
    const house = await PrivateHouse.open()
    const gate = Promise.withResolvers<void>()
    const { work } = house.house
    const run = work.run.bind(work)
    const ran: string[] = []
    work.run = async (kind, asked, payer) => {
      ran.push(kind)
      await gate.promise
      return run(kind, asked, payer)
    }
    const token = await house.invite('observer')
    const exported = house.ask(token, '/export')
    await until('the export to begin', () => ran.length === 1)
    expect((await house.ask(token, '')).status).toBe(200)
    gate.resolve()
    expect(await exported).toMatchObject({ status: 200 })
    const again = await house.ask(token, '/export')
    expect(again.text).toBe((await exported).text)
    expect(ran).toEqual(['export'])
  })
})

const upgraded = async (house: PrivateHouse, headers: Record<string, string>) => {
  const token = await house.invite('observer')
  const socket = new WebSocket(
    `${house.url.replace('http', 'ws')}/sync/${house.house.document}?token=${token}`,
    {
      headers,
    },
  )
  onTestFinished(() => socket.terminate())
  return new Promise<string>((resolve) => {
    socket.on('open', () => resolve('open'))
    socket.on('error', (error) => resolve(error.message))
  })
}
const asSeen = (host: string) => ({
  host: 'app.internal',
  origin: `https://${host}`,
  'x-forwarded-host': host,
  'x-forwarded-proto': 'https',
})

describe('a text of five megabytes in half a million lines', () => {
  const long = 'word word\n'.repeat(500_000)
  const parts = Array.from({ length: 9_000 }, (_, i) => `${i + 1}. We begin.\n${'word word\n'.repeat(54)}\n`)

  it.each([
    ['refused', `1. We begin.\n${long}`, 422],
    ['taken', parts.join(''), 201],
  ])('is %s while people type, and none of them waits for that', async (_how, text, status) => {
    const house = await PrivateHouse.open()
    const { house: inner } = house
    const kenya = await inner.join(inner.actor('delegation', 'KEN'))
    const japan = await inner.join(inner.actor('delegation', 'JPN'))
    const id = kenya.propose('')
    await kenya.saved()
    const started = Promise.withResolvers<void>()
    const run = inner.work.run.bind(inner.work)
    inner.work.run = (kind, asked, payer) => {
      if (kind === 'import') started.resolve()
      return run(kind, asked, payer)
    }
    const file = Buffer.from(text).subarray(0, 5_000_000).toString('base64')
    const token = await house.invite('facilitator')
    const order: (number | 'imported')[] = []
    const body = { from: inner.document, title: 'A long text', file }
    const imported = ask(`${house.url}/api/documents`, { token, body })
    void imported.finally(() => order.push('imported'))
    await started.promise
    for (let key = 1; key <= 20; key++) {
      kenya.type(id, 'x')
      await until('the key at the other screen', () => wording(japan.od, id).length === key)
      order.push(key)
    }
    expect((await imported).status).toBe(status)
    expect(order).toEqual([...Array.from({ length: 20 }, (_, i) => i + 1), 'imported'])
  })
})

describe('a connection', () => {
  it('whose headers never end is ended', async () => {
    const deadlines = { headers: 300, request: 1_000, idle: 30_000, look: 50 }
    const house = await PrivateHouse.open({}, [], deadlines)
    const { hostname, port } = new URL(house.url)
    const stream = connect(Number(port), hostname)
    onTestFinished(() => void stream.destroy())
    let [answer, ended] = ['', false]
    stream.on('data', (chunk) => (answer += String(chunk)))
    stream.on('error', () => {})
    stream.on('close', () => (ended = true))
    stream.write('GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ')
    await until('its end', () => {
      if (stream.writable) stream.write('a')
      return ended
    })
    expect(answer).toContain('408')
    const whole = await answerTo(house.url, 'GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n')
    expect(whole).toContain('200 OK')
  })

  it('is one of so many that an address may begin at once, and later again', async () => {
    const house = await PrivateHouse.open({ connections: { burst: 3, perSecond: 1 } })
    const { hostname, port } = new URL(house.url)
    const isTaken = async () => {
      const stream = connect(Number(port), hostname)
      onTestFinished(() => void stream.destroy())
      stream.on('error', () => {})
      stream.write('GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n')
      return Promise.race([once(stream, 'data').then(() => true), once(stream, 'close').then(() => false)])
    }
    const taken: boolean[] = []
    for (let i = 0; i < 4; i++) taken.push(await isTaken())
    expect(taken).toEqual([true, true, true, false])
    house.house.time.advance(1_000)
    expect(await isTaken()).toBe(true)
  })

  it('of a proxy counts for whom it asks', async () => {
    const house = await PrivateHouse.open({ connections: { burst: 2, perSecond: 1 } }, ['loopback'])
    const of = (address: string) => upgraded(house, { 'x-forwarded-for': address })
    const first = [await of('192.0.2.1'), await of('192.0.2.1'), await of('192.0.2.1')]
    expect(first).toEqual(['open', 'open', 'Unexpected server response: 429'])
    expect(await of('192.0.2.2')).toBe('open')
    for (let i = 0; i < 5; i++) expect((await house.get('/healthz')).status).toBe(200)
  })
})

describe('behind a trusted proxy', () => {
  it('15.9 15.10 15.11 a socket is asked for at the same host and by the same scheme as a page', async () => {
    const house = await PrivateHouse.open({}, ['loopback'])
    expect(await upgraded(house, asSeen('talks.localhost'))).toBe('open')
    expect(await upgraded(house, asSeen('evil.example'))).toContain('421')
    const foreign = { ...asSeen('talks.localhost'), origin: 'https://other.localhost' }
    expect(await upgraded(house, foreign)).toContain('403')
  })

  it('15.11 and where it is not trusted, neither is it', async () => {
    const house = await PrivateHouse.open()
    expect(await upgraded(house, asSeen('talks.localhost'))).toContain('421')
  })
})

describe('a socket', () => {
  it('of an invitation that has enough of them is told to come back later', async () => {
    const house = await PrivateHouse.open({ socketsPerInvitation: 2 })
    const token = await house.invite('observer')
    const open = async () => {
      const recorder = house.listen(token)
      await once(recorder.socket, 'open')
      return recorder
    }
    const [first] = [await open(), await open()]
    const third = await open()
    await until('the end', () => third.closed !== null)
    expect(third.closed).toBe(CLOSE.busy.code)
    first.socket.close()
    await until('the first to have gone', () => first.closed !== null)
    const fourth = await open()
    fourth.socket.send(encodeFrame({ type: 'hello', version: 1 }))
    await until('a welcome', () => fourth.frames.length > 0)
    expect(fourth.closed).toBeNull()
  })

  it('of an observer may send little, and is not read any further when it sends more', async () => {
    const house = await PrivateHouse.open()
    const recorder = house.listen(await house.invite('observer'))
    await once(recorder.socket, 'open')
    recorder.socket.send(encodeFrame({ type: 'sync-update', update: new Uint8Array(70_000) }))
    await until('the end', () => recorder.closed !== null)
    expect(recorder.closed).toBe(CLOSE.oversize.code)
  })

  it('without a session is closed at once, and of too many none is opened', async () => {
    const house = await PrivateHouse.open()
    const url = `${house.url.replace('http', 'ws')}/sync/${house.house.document}`
    const ends = await Promise.all(
      Array.from({ length: 80 }, () => {
        const socket = new WebSocket(url)
        onTestFinished(() => socket.terminate())
        return new Promise((resolve) => {
          socket.on('close', resolve)
          socket.on('error', (error) => resolve(error.message))
        })
      }),
    )
    for (const end of ends)
      expect([CLOSE.unauthorised.code, 'Unexpected server response: 429']).toContain(end)
    expect(ends).toContain(CLOSE.unauthorised.code)
  })
})

describe('accounts', () => {
  it('outlive a room that is unloaded', async () => {
    const house = await House.open({ limits: { proposalsBurst: 1, proposalsPerSecond: 0.001 } })
    const kenya = await house.join(house.actor('delegation', 'KEN'))
    kenya.propose('one')
    await kenya.saved()
    kenya.connection.left()
    const loads = house.store.loads
    house.time.advance(120_000)
    const again = await house.join(house.actor('delegation', 'KEN'))
    expect(house.store.loads).toBeGreaterThan(loads)
    again.propose('two')
    await until('the end', () => again.socket.closed !== null)
    expect(again.socket.closed).toBe('flood')
  })

  it('count what brings nothing new', async () => {
    const house = await House.open({ limits: only('received', 10_000) })
    const observer = await house.join(house.actor('observer'))
    while (observer.socket.closed === null)
      observer.say({ type: 'sync-update', update: new Uint8Array([0, 0]) })
    expect(observer.socket.closed).toBe('flood')
    const another = await house.arrive(house.visitor(house.actor('observer')))
    another.connection.receive(new Uint8Array(60_000).fill(1))
    expect(another.socket.closed).toBe('busy')
  })
})

describe('honest people', () => {
  it('are let in by the thousand from one address, each with a session', async () => {
    const house = await House.open()
    const guests = await Promise.all(Array.from({ length: 1_000 }, () => house.join(house.actor('observer'))))
    expect(guests.filter((guest) => guest.socket.closed !== null)).toEqual([])
    const kenya = await house.join(house.actor('delegation', 'KEN'))
    const id = kenya.propose('seen by all')
    await kenya.saved()
    expect(guests.every((guest) => wording(guest.od, id) === 'seen by all')).toBe(true)
  })

  it('bring thousands of edits back from two days offline', async () => {
    const house = await House.open()
    const kenya = await house.join(house.actor('delegation', 'KEN'))
    const id = kenya.propose('')
    await kenya.saved()
    const japan = await house.join(house.actor('delegation', 'JPN'))
    house.time.advance(48 * 3_600_000)
    const edits = 1_900
    for (let i = 0; i < edits; i++) kenya.type(id, `${i} `)
    await kenya.saved()
    expect(kenya.socket.closed).toBeNull()
    expect(wording(japan.od, id)).toBe(Array.from({ length: edits }, (_, i) => `${i} `).join(''))
  })
})
