import { once } from 'node:events'
import { connect } from 'node:net'
import { beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import type { ProposalId } from '#shared/model/ids.ts'
import { accepting } from '#test/kit/as-seen.ts'
import { HeadlessClient } from '#test/kit/client.ts'
import { ask, followLink, importPlain, linkFor, type Imported } from '#test/kit/http.ts'
import { temporaryFolder } from '#test/kit/places.ts'
import { proposeInsertion, wording } from '#test/kit/proposing.ts'
import { Random } from '#test/kit/random.ts'
import { informals, informalsJson, startServer, type PrivateServer } from '#test/kit/server.ts'
import { until } from '#test/kit/until.ts'

interface Setting {
  readonly folder: string
  readonly server: PrivateServer
  readonly imported: Imported
  /** The document's address under /api. */
  readonly api: string
}

let house: Pick<Setting, 'folder' | 'server'>

// One server for all: each test has a document of its own in it.
beforeAll(async () => {
  const ends: (() => unknown)[] = []
  const folder = temporaryFolder((end) => ends.push(end))
  house = { folder, server: await startServer(folder, {}, [], (end) => ends.push(end)) }
  return async () => {
    for (const end of ends.toReversed()) await end()
  }
})

async function setUp(): Promise<Setting> {
  const { url } = house.server
  const imported = await importPlain(house.folder, 3, { PUBLIC_URL: url })
  return { ...house, imported, api: `${url}/api/documents/${imported.document}` }
}

async function clientOf({ server, imported }: Setting, role: string, participant?: string) {
  const client = new HeadlessClient(linkFor(imported, role, participant).token)
  await client.connect(server.url, imported.document)
  return client
}

const random = new Random(23)

async function proposed(setting: Setting, participant: string, text: string): Promise<ProposalId> {
  const client = await clientOf(setting, 'delegation', participant)
  const made: ProposalId[] = []
  client.change(() => made.push(proposeInsertion(client.od, client.actor!, 0, text, (n) => random.bytes(n))))
  await client.saved()
  client.close()
  return made[0]!
}

const roles = ['facilitator', 'secretariat', 'delegation', 'observer'] as const

describe('what a role may do', () => {
  it('stands in one table that every route asks', async () => {
    const setting = await setUp()
    const { imported, api, server } = setting
    const file = Buffer.from('1. One thing.\n\n2. Another thing.\n').toString('base64')
    const outcomes: Record<string, number[]> = {}
    for (const role of roles) {
      const { token } = linkFor(imported, role)
      const proposal = await proposed(setting, 'JPN', `for the ${role}`)
      const command = (kind: string, seen = {}) => ({
        token,
        body: { key: `${kind}-${role}`, command: { kind, proposal, ...seen } },
      })
      const replies = [
        await ask(api, { token }),
        await ask(`${api}/export`, { token }),
        await ask(`${api}/name`, { token, method: 'PUT', body: { name: 'Ada Weiss' } }),
        await ask(`${api}/commands`, command('proposal-withdraw')),
        await ask(`${api}/commands`, command('proposal-accept', { seen: `for the ${role}`, struck: '' })),
        await ask(`${api}/invitations`, { token, body: { role: 'observer' } }),
        await ask(`${server.url}/api/documents`, { token, body: { from: imported.document, file } }),
      ]
      outcomes[role] = replies.map((reply) => reply.status)
    }
    expect(outcomes).toEqual({
      facilitator: [200, 200, 200, 409, 200, 201, 201],
      secretariat: [200, 200, 200, 409, 200, 201, 201],
      delegation: [200, 200, 200, 409, 409, 403, 403],
      observer: [200, 200, 200, 409, 409, 403, 403],
    })
  })

  it('is nothing at all without a session', async () => {
    const { api, imported, server } = await setUp()
    for (const token of [
      undefined,
      'not-a-token-of-anything',
      linkFor(imported, 'observer').token.slice(1),
    ]) {
      const reply = await ask(api, token ? { token } : {})
      expect(reply.status).toBe(401)
      expect(reply.json).toMatchObject({ code: 'unauthorised' })
    }
    const missing = await ask(`${server.url}/api/documents/${'0'.repeat(16)}`)
    expect(missing).toMatchObject({ status: 404, json: { code: 'no-document' } })
    const other = await ask(`${server.url}/api/documents/..%2f..%2fetc`)
    expect(other.status).toBe(404)
  })

  it('ends at the document: a token of another one is nobody here', async () => {
    const { api, folder, server } = await setUp()
    const other = await importPlain(folder, 2, { PUBLIC_URL: server.url })
    const reply = await ask(api, { token: linkFor(other, 'facilitator').token })
    expect(reply.status).toBe(401)
  })
})

describe('links', () => {
  it('that are dead lead to a page that says so', async () => {
    const { server, imported, folder } = await setUp()
    const unknown = await ask(`${server.url}/i/${'x'.repeat(32)}`)
    expect(unknown.status).toBe(404)
    expect(unknown.text).toContain('This link leads nowhere')
    const link = linkFor(imported, 'observer')
    await informals(folder, ['revoke', imported.document, link.token])
    const revoked = await ask(link.url)
    expect(revoked.status).toBe(410)
    expect(revoked.text).toContain('This link was withdrawn')
    expect(revoked.headers.get('set-cookie')).toBeNull()
  })

  it('that are revoked by another process end the session and close its sockets', async () => {
    const setting = await setUp()
    const { imported, folder, api } = setting
    const observer = await clientOf(setting, 'observer')
    const kenya = await clientOf(setting, 'delegation', 'KEN')
    const { token } = linkFor(imported, 'observer')
    const done = await informals(folder, ['revoke', imported.document, token])
    expect(done).toMatchObject({ code: 0, stderr: '' })
    await until('the close', () => observer.closeCode !== null)
    expect(observer.closeCode).toBe(4403)
    expect(kenya.closeCode).toBeNull()
    expect((await ask(api, { token })).json).toMatchObject({ code: 'revoked' })
    await observer.connect(setting.server.url, imported.document)
    expect(observer.closeCode).toBe(4403)
    kenya.close()
  })

  it('with an expiry end then', async () => {
    const { imported, api, server } = await setUp()
    const { token } = linkFor(imported, 'facilitator')
    const wish = { role: 'delegation', participant: 'FRA', expiresAt: Date.now() + 4_000 }
    const made = await ask(`${api}/invitations`, { token, body: wish })
    const short = made.json as { token: string; url: string }
    expect(short.url).toBe(`${server.url}/i/${short.token}`)
    const client = new HeadlessClient(short.token)
    await client.connect(server.url, imported.document)
    expect(client.actor).toMatchObject({ role: 'delegation', participant: 'FRA' })
    await until('the expiry', () => client.closeCode !== null)
    expect(client.closeCode).toBe(4403)
    expect((await ask(api, { token: short.token })).json).toMatchObject({ code: 'expired' })
    expect((await ask(short.url)).text).toContain('This link has expired')
  })
})

describe('commands', () => {
  it('are executed once for a key, however often and however concurrently they come', async () => {
    const setting = await setUp()
    const { imported, api, folder } = setting
    const { token } = linkFor(imported, 'facilitator')
    const proposal = await proposed(setting, 'KEN', ' and groundwater')
    const body = { key: 'the-same-key', command: accepting(proposal, ' and groundwater') }
    const replies = await Promise.all(
      Array.from({ length: 10 }, () => ask(`${api}/commands`, { token, body })),
    )
    for (const reply of replies)
      expect(reply).toMatchObject({ status: 200, json: { ok: true, affected: [] } })
    const exported = await informals(folder, ['export', imported.document, '--view', 'base'])
    expect(exported.stdout.match(/and groundwater/g)).toHaveLength(1)
    const other = await ask(`${api}/commands`, {
      token,
      body: { key: 'the-same-key', command: { kind: 'decision-undo', proposal } },
    })
    expect(other).toMatchObject({ status: 422, json: { code: 'key-used' } })
  })

  it('of a second facilitator are refused with who was first and when, and stay so', async () => {
    const setting = await setUp()
    const { imported, api } = setting
    const first = await followLink(linkFor(imported, 'facilitator').url)
    const second = await followLink(linkFor(imported, 'facilitator').url)
    await ask(`${api}/name`, { cookie: first.cookie, method: 'PUT', body: { name: 'Ingrid Dahl' } })
    const proposal = await proposed(setting, 'KEN', ' and groundwater')
    const decide = (cookie: string, command: { readonly kind: string }) =>
      ask(`${api}/commands`, { cookie, body: { key: `${command.kind}-1234`, command } })
    expect((await decide(first.cookie, accepting(proposal, ' and groundwater'))).status).toBe(200)
    const notRetain = { kind: 'proposal-not-retain', proposal, seen: ' and groundwater', struck: '' }
    const refusal = await decide(second.cookie, notRetain)
    expect(refusal).toMatchObject({ status: 409, json: { ok: false, code: 'already-decided' } })
    expect((refusal.json as { message: string }).message).toMatch(/Ingrid Dahl.*20\d\d-\d\d-\d\d/)
    expect((await decide(second.cookie, notRetain)).json).toEqual(refusal.json)
  })

  it('reach everybody who follows', async () => {
    const setting = await setUp()
    const observer = await clientOf(setting, 'observer')
    const proposal = await proposed(setting, 'KEN', ' and groundwater')
    await until('the proposal', () => wording(observer.od, proposal) !== '')
    const body = { key: 'accept-it', command: accepting(proposal, ' and groundwater') }
    const { token } = linkFor(setting.imported, 'facilitator')
    await ask(`${setting.api}/commands`, { token, body })
    await until('the decision', () => observer.od.record.has(`decision/${proposal}`))
    observer.close()
  })
})

describe('a hostile guest', () => {
  it('in a hall with one address locks out nobody but himself', async () => {
    const { imported, api } = await setUp()
    const guest = await followLink(linkFor(imported, 'observer').url)
    const honest = await followLink(linkFor(imported, 'observer').url)
    const knock = ({ cookie }: { cookie: string }) => ask(`${api}/commands`, { cookie, body: {} })
    const replies = await Promise.all(Array.from({ length: 650 }, () => knock(guest)))
    const last = replies.findLast((reply) => reply.status === 429)
    expect(last?.json).toEqual({
      code: 'too-many',
      message: 'Too many requests. Wait a moment and try again.',
    })
    expect((await knock(honest)).status).toBe(400)
    expect((await followLink(linkFor(imported, 'observer').url)).reply.status).toBe(303)
  })

  it('cannot fill the log with what was never allowed', async () => {
    const { imported, api, folder } = await setUp()
    const { token } = linkFor(imported, 'observer')
    const length = async () =>
      (await informalsJson<{ sequence: number }[]>(folder, ['documents']))[0]?.sequence
    const before = await length()
    for (let i = 0; i < 5; i++) {
      const command = { kind: 'proposal-accept', proposal: `q${'0'.repeat(16)}`, seen: 'x'.repeat(90_000) }
      const reply = await ask(`${api}/commands`, { token, body: { key: `key-000${i}`, command } })
      expect(reply.status).toBe(409)
    }
    expect(await length()).toBe(before)
  })

  it('is not invited under a name that a reader would take for another one', async () => {
    const { imported, api, folder } = await setUp()
    const { token } = linkFor(imported, 'facilitator')
    const lies = ['Co-Facilitators', 'co facilitators', 'SECRETARIAT ', 'US delete']
    for (const participant of [
      ...lies,
      'A - US',
      'KEN – US',
      '[KEN',
      '\u041aEN',
      'k\u0301en',
      'x'.repeat(25),
    ]) {
      const reply = await ask(`${api}/invitations`, { token, body: { role: 'delegation', participant } })
      expect(reply).toMatchObject({ status: 400, json: { code: 'invalid' } })
    }
    const told = await informals(folder, [
      'invite',
      imported.document,
      '--role',
      'delegation',
      '--participant',
      'Co-Facilitators',
    ])
    expect(told).toMatchObject({ code: 2, stderr: expect.stringContaining('not a participant') as string })
    for (const participant of ['KEN', 'EU', 'G77', 'G77 & China', "Cote d'Ivoire", 'St. Kitts', 'CANZ-1']) {
      const reply = await ask(`${api}/invitations`, { token, body: { role: 'delegation', participant } })
      expect(reply.status).toBe(201)
    }
  })

  it('finds nothing of a session in a cache', async () => {
    const { imported, api } = await setUp()
    const { token } = linkFor(imported, 'observer')
    for (const address of [api, `${api}/export`, `${api}/export?format=json`])
      expect((await ask(address, { token })).headers.get('cache-control')).toBe('no-store')
  })
})

describe('bad input', () => {
  it('as a command is told so', async () => {
    const { imported, api } = await setUp()
    const { token } = linkFor(imported, 'facilitator')
    const proposal = `q${'0'.repeat(16)}`
    const key = '12345678'
    const bodies: [unknown, string?][] = [
      ['{"key":'],
      ['key=1', 'text/plain'],
      ['key=1', 'application/x-www-form-urlencoded'],
      [{}],
      [{ key, command: { kind: 'drop-table', proposal } }],
      [{ key, command: { kind: 'proposal-accept', proposal: 'q1' } }],
      [{ key: '1', command: { kind: 'proposal-accept', proposal } }],
      [{ key: 'half \ud800 pair', command: { kind: 'proposal-withdraw', proposal } }],
      [{ key: 'nul \u0000 inside', command: { kind: 'proposal-withdraw', proposal } }],
      ['{"key":"12345678","__proto__":{"a":1},"command":{"kind":"proposal-withdraw"}}'],
      [{ key, command: { kind: 'proposal-accept', proposal, text: 'half \udc00' } }],
      [{ key, command: { kind: 'proposal-accept', proposal, by: 'KEN' } }],
      [{ key, command: { kind: 'proposal-accept', proposal, text: 'x'.repeat(100_001) } }],
    ]
    for (const [body, type] of bodies) {
      const headers = type ? { 'content-type': type } : {}
      const reply = await ask(`${api}/commands`, { token, body, headers })
      expect(reply).toMatchObject({ status: 400, json: { code: 'invalid' } })
      expect((reply.json as { message: string }).message).toMatch(/\.$/)
    }
  })

  it('16.3 for a name that reads like a role, a code or a delegation of the document is refused, and others are good', async () => {
    const { imported, api } = await setUp()
    const { token } = linkFor(imported, 'observer')
    const put = (name: string) => ask(`${api}/name`, { token, method: 'PUT', body: { name } })
    for (const name of ['Secretar1at', '\u041aEN', 'PER', 'Kenya'])
      expect(await put(name), name).toMatchObject({ status: 400, json: { code: 'name-taken' } })
    for (const name of ['Ken', 'Guy', 'Per', 'Jordan', 'Chad'])
      expect(await put(name), name).toMatchObject({ status: 200, json: { actor: { name } } })
  })

  it('that is unreadable, too large or unnamed is told so', async () => {
    const { imported, api, server } = await setUp()
    const { token } = linkFor(imported, 'facilitator')
    const from = imported.document
    const post = (file: string, more: object = {}) =>
      ask(`${server.url}/api/documents`, { token, body: { from, file, ...more } })
    expect(await post('')).toMatchObject({ status: 422, json: { code: 'empty' } })
    expect(await post('****')).toMatchObject({ status: 400, json: { code: 'invalid' } })
    const letter = Buffer.from('Dear colleagues,\n\nwe shall meet on Monday.\n').toString('base64')
    expect(await post(letter)).toMatchObject({ status: 422, json: { code: 'no-draft' } })
    const huge = Buffer.alloc(20_000_000, 'a').toString('base64')
    expect(await post(huge)).toMatchObject({ status: 422, json: { code: 'too-large' } })
    const nobody = await ask(`${server.url}/api/documents`, { body: { from, file: letter } })
    expect(nobody).toMatchObject({ status: 401, json: { code: 'unauthorised' } })
    const observer = linkFor(imported, 'observer').token
    const tooFew = await ask(`${server.url}/api/documents`, { token: observer, body: { from, file: letter } })
    expect(tooFew).toMatchObject({ status: 403, json: { code: 'not-allowed' } })
    const lies = ['a\u202eb', 'a\u2028b', '\u200b\u200d', 'half \ud800', '\u2067KEN']
    for (const name of ['', '   ', 'x'.repeat(200), 'a\u0000b', 5, null, ...lies]) {
      const reply = await ask(`${api}/name`, { token, method: 'PUT', body: { name } })
      expect(reply).toMatchObject({ status: 400, json: { code: 'invalid' } })
    }
    for (const wish of [{ role: 'king' }, { role: 'delegation' }, { role: 'observer', expiresAt: 1 }]) {
      const reply = await ask(`${api}/invitations`, { token, body: wish })
      expect(reply).toMatchObject({ status: 400, json: { code: 'invalid' } })
    }
    expect(await ask(`${api}/export?format=pdf`, { token })).toMatchObject({ status: 400 })
    const nowhere = await ask(`${server.url}/api/nowhere`)
    expect(nowhere).toMatchObject({ status: 404, json: { code: 'not-found' } })
    expect(await informalsJson(temporaryFolder(), ['documents'])).toEqual([])
  })
})

describe('other sites', () => {
  it('cannot act with a cookie, nor open a socket', async () => {
    const setting = await setUp()
    const { imported, api, server } = setting
    const { cookie } = await followLink(linkFor(imported, 'facilitator').url)
    const body = { role: 'observer' }
    const evil = 'https://evil.example'
    expect(await ask(`${api}/invitations`, { cookie, body, origin: evil })).toMatchObject({
      status: 403,
      json: { code: 'foreign-origin' },
    })
    expect((await ask(`${api}/invitations`, { cookie, body, origin: 'null' })).status).toBe(403)
    expect((await ask(`${api}/invitations`, { cookie, body, origin: server.url })).status).toBe(201)
    const address = `${server.url.replace('http', 'ws')}/sync/${imported.document}`
    const opened = (origin: string) =>
      new Promise<boolean>((resolve) => {
        const socket = new WebSocket(address, { origin, headers: { cookie } })
        socket.on('error', () => resolve(false))
        socket.on('message', () => {})
        socket.on('open', () => {
          socket.terminate()
          resolve(true)
        })
      })
    expect(await opened(evil)).toBe(false)
    expect(await opened(server.url)).toBe(true)
  })

  it('are kept out by the headers of every page', async () => {
    const { server, imported } = await setUp()
    const page = await ask(`${server.url}/d/${imported.document}`)
    const policy = page.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("script-src 'self'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('upgrade-insecure-requests')
    expect(page.headers.get('x-content-type-options')).toBe('nosniff')
    expect((await ask(`${server.url}/healthz`)).json).toEqual({ ok: true })
  })
})

describe('sockets', () => {
  it.each([
    ['no token', '', 4401],
    ['a wrong token', `?token=${'x'.repeat(32)}`, 4401],
  ])('with %s are closed with a code that a browser can read', async (_name, query, code) => {
    const { server, imported } = await setUp()
    const closed = await closeCode(`${server.url}/sync/${imported.document}${query}`)
    expect(closed).toBe(code)
  })

  it('of no document are closed so', async () => {
    const { server } = await setUp()
    expect(await closeCode(`${server.url}/sync/${'0'.repeat(16)}`)).toBe(4404)
    expect(await closeCode(`${server.url}/sync/nowhere`)).toBe(4404)
  })

  it('survive an upgrade that makes no sense', async () => {
    const { server } = await setUp()
    for (const path of ['//', '/sync/%ff', '/sync//', '/sync/a/b', '/elsewhere', '*']) {
      const socket = connect(server.port, '127.0.0.1')
      socket.on('error', () => {})
      socket.write(`GET ${path} HTTP/1.1\r\n${UPGRADE}`)
      const [answer] = (await once(socket, 'data')) as [Buffer]
      expect(answer.toString()).toMatch(/^HTTP\/1.1 4/)
      socket.destroy()
    }
    expect((await ask(`${server.url}/healthz`)).status).toBe(200)
  })

  it('may use the cookie', async () => {
    const { server, imported } = await setUp()
    const { cookie } = await followLink(linkFor(imported, 'observer').url)
    const address = `${server.url.replace('http', 'ws')}/sync/${imported.document}`
    const socket = new WebSocket(address, { headers: { cookie } })
    const welcome = await new Promise<Buffer>((resolve) => {
      socket.on('open', () => socket.send(new Uint8Array([100, 1])))
      socket.on('message', (data: Buffer) => resolve(data))
    })
    expect(welcome[0]).toBe(101)
    socket.terminate()
  })
})

const UPGRADE =
  'Host: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\n' +
  'Sec-WebSocket-Version: 13\r\nCookie: %%%=%E0%A4%A\r\n\r\n'

function closeCode(address: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(address.replace('http', 'ws'))
    socket.on('close', resolve)
    socket.on('error', reject)
  })
}
