import { expect, test } from 'vitest'
import { createApi } from '#client/net/api.ts'
import type { DocumentId, ProposalId } from '#shared/model/ids.ts'

const COMMAND = { kind: 'proposal-withdraw', proposal: 'q1' as ProposalId } as const

interface Asked {
  readonly path: string
  readonly method: string
  readonly body: unknown
}

/** Answers in order; `null` is a network that fails. */
const api = (...answers: (Response | null)[]) => apiAs(null, ...answers)

function apiAs(as: string | null, ...answers: (Response | null)[]) {
  const asked: Asked[] = []
  const fetch = (path: string, init: RequestInit): Promise<Response> => {
    const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : undefined
    asked.push({ path, method: init.method ?? 'GET', body })
    const answer = answers.shift()
    return answer ? Promise.resolve(answer) : Promise.reject(new TypeError('failed to fetch'))
  }
  return { api: createApi('d1' as DocumentId, as, { fetch }), asked }
}

const json = (body: unknown, status = 200): Response => new Response(JSON.stringify(body), { status })

test('routes, methods and bodies are those of the contract', async () => {
  const { api: client, asked } = api(json({}), json({}), json({}), json({}), new Response('text'))
  await client.info()
  await client.setName('Ana')
  await client.importText(new TextEncoder().encode('1. Text'), { title: 'Title' })
  await client.invite({ role: 'observer' })
  expect(await client.exportText({ format: 'text', view: 'clean' })).toEqual({ ok: true, value: 'text' })
  expect(asked).toEqual([
    { path: '/api/documents/d1', method: 'GET', body: undefined },
    { path: '/api/documents/d1/name', method: 'PUT', body: { name: 'Ana' } },
    { path: '/api/documents', method: 'POST', body: { from: 'd1', file: 'MS4gVGV4dA==', title: 'Title' } },
    { path: '/api/documents/d1/invitations', method: 'POST', body: { role: 'observer' } },
    { path: '/api/documents/d1/export?format=text&view=clean', method: 'GET', body: undefined },
  ])
})

test('frozen texts and the last look are asked for by number, sequence and nothing', async () => {
  const { api: client, asked } = api(json({}), json({}), json(null), json({ sequence: 9, at: 5 }))
  await client.revision(2)
  await client.textAt(41)
  expect(await client.looked()).toEqual({ ok: true, value: null })
  expect(await client.look()).toEqual({ ok: true, value: { sequence: 9, at: 5 } })
  expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'GET /api/documents/d1/revisions/2',
    'GET /api/documents/d1/texts/41',
    'GET /api/documents/d1/looked',
    'PUT /api/documents/d1/looked',
  ])
})

test('one of several sessions of a browser is named in every request', async () => {
  const { api: client, asked } = apiAs('5e55', json({}), json({}), json({}), json({}), new Response('text'))
  await client.info()
  await client.command('key', COMMAND)
  await client.invitations()
  await client.revoke('1234')
  await client.exportText({ format: 'text', view: 'clean' })
  expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'GET /api/documents/d1?as=5e55',
    'POST /api/documents/d1/commands?as=5e55',
    'GET /api/documents/d1/invitations?as=5e55',
    'DELETE /api/documents/d1/invitations/1234?as=5e55',
    'GET /api/documents/d1/export?format=text&view=clean&as=5e55',
  ])
})

test('a problem is a value, whoever states it', async () => {
  const problem = { code: 'not-allowed', message: 'Observers read.' }
  const { api: client } = api(
    json(problem, 403),
    new Response('<html>', { status: 500 }),
    null,
    new Response('{'),
  )
  expect(await client.info()).toEqual({ ok: false, ...problem })
  expect(await client.info()).toMatchObject({ ok: false, code: 'http-500' })
  expect(await client.info()).toMatchObject({ ok: false, code: 'unreachable' })
  expect(await client.info()).toMatchObject({ ok: false, code: 'unreachable' })
})

test('a command that was refused is not tried again', async () => {
  const refusal = { ok: false, code: 'already-decided', message: 'Ana has decided it.' }
  const { api: client, asked } = api(json(refusal, 409))
  expect(await client.command('key-0001', COMMAND)).toEqual(refusal)
  expect(asked).toEqual([
    { path: '/api/documents/d1/commands', method: 'POST', body: { key: 'key-0001', command: COMMAND } },
  ])
})

test('where no server answered a command, that is said: who sent it may ask again under the same key', async () => {
  const done = { ok: true, affected: [] }
  const { api: client, asked } = api(null, new Response('', { status: 503 }), json(done))
  for (let i = 0; i < 2; i++)
    expect(await client.command('key-0001', COMMAND)).toMatchObject({ ok: false, code: 'unreachable' })
  expect(await client.command('key-0001', COMMAND)).toEqual(done)
  expect(new Set(asked.map(({ body }) => JSON.stringify(body))).size).toBe(1)
})

test('a file of any length is encoded', async () => {
  const { api: client, asked } = api(json({}))
  const file = Uint8Array.from({ length: 100_000 }, (_, i) => i % 256)
  await client.importText(file)
  const { file: sent } = asked.map(({ body }) => body as { file: string })[0] ?? { file: '' }
  expect(Uint8Array.from(atob(sent), (char) => char.charCodeAt(0))).toEqual(file)
})
