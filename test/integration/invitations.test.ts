import { expect, it } from 'vitest'
import { headOf } from '#shared/document/schema.ts'
import type { ProposalId } from '#shared/model/ids.ts'
import type { InvitationList, ListedInvitation } from '#shared/protocol/http.ts'
import { HeadlessClient } from '#test/kit/client.ts'
import { ask, importPlain, linkFor, type Imported } from '#test/kit/http.ts'
import { temporaryFolder } from '#test/kit/places.ts'
import { proposeInsertion } from '#test/kit/proposing.ts'
import { Random } from '#test/kit/random.ts'
import { informalsJson, startServer } from '#test/kit/server.ts'
import { until } from '#test/kit/until.ts'

const random = new Random(41)

async function setUp() {
  const folder = temporaryFolder()
  const server = await startServer(folder)
  const imported: Imported = await importPlain(folder, 3, { PUBLIC_URL: server.url })
  const api = `${server.url}/api/documents/${imported.document}`
  const { token } = linkFor(imported, 'facilitator')
  const list = async () => ((await ask(`${api}/invitations`, { token })).json as InvitationList).invitations
  const enter = async (by: string) => {
    const client = new HeadlessClient(by)
    await client.connect(server.url, imported.document)
    return client
  }
  return { folder, server, imported, api, token, list, enter }
}

const find = (list: readonly ListedInvitation[], who: string) =>
  list.find(({ role, participant }) => role === who || participant === who)

it('1.3 a link of a group makes its holder speak as the group, with the rights of a delegation', async () => {
  const { api, token, enter, imported } = await setUp()
  const wish = { role: 'delegation', participant: 'G77' }
  const made = await ask(`${api}/invitations`, { token, body: wish })
  const group = (made.json as { token: string }).token
  expect((await ask(api, { token: group })).json).toMatchObject({
    actor: { role: 'delegation', participant: 'G77' },
    spaces: ['G77'],
  })
  const speaker = await enter(group)
  expect(speaker.actor).toMatchObject({ role: 'delegation', participant: 'G77' })
  const proposed: ProposalId[] = []
  speaker.change(() =>
    proposed.push(proposeInsertion(speaker.od, speaker.actor!, 0, 'for all of us', (n) => random.bytes(n))),
  )
  await speaker.saved()
  const [proposal] = proposed
  const kenya = await enter(linkFor(imported, 'delegation', 'KEN').token)
  expect(headOf(kenya.od, proposal!)?.by).toBe('G77')

  // Its own, and nothing that a delegation may not.
  const send = (by: string, kind: string, seen = {}) =>
    ask(`${api}/commands`, {
      token: by,
      body: { key: `${kind}-${by.slice(0, 8)}`, command: { kind, proposal, ...seen } },
    })
  expect((await send(group, 'proposal-accept', { seen: 'for all of us', struck: '' })).status).toBe(409)
  expect((await send(linkFor(imported, 'delegation', 'KEN').token, 'proposal-withdraw')).status).toBe(409)
  expect((await ask(`${api}/invitations`, { token: group, body: { role: 'observer' } })).status).toBe(403)
  expect((await send(group, 'proposal-withdraw')).json).toMatchObject({ ok: true })
  speaker.close()
  kenya.close()
})

it('links are listed for those who invite, without what opens them', async () => {
  const { api, token, imported, list, enter } = await setUp()
  const kenya = await enter(linkFor(imported, 'delegation', 'KEN').token)
  kenya.close()
  const listed = await list()
  expect(listed).toHaveLength(imported.links.length)
  expect(find(listed, 'facilitator')).toMatchObject({ own: true, revokedAt: null, expiresAt: null })
  expect(find(listed, 'KEN')?.followedAt).toBeGreaterThan(0)
  expect(find(listed, 'JPN')).toMatchObject({ role: 'delegation', own: false, followedAt: null })
  expect(Object.keys(listed[0]!).sort()).toEqual(
    ['createdAt', 'expiresAt', 'followedAt', 'id', 'own', 'participant', 'revokedAt', 'role'].sort(),
  )
  const { text } = await ask(`${api}/invitations`, { token })
  for (const link of imported.links) expect(text).not.toContain(link.token)
  for (const { id } of listed) expect(text).not.toMatch(new RegExp(`${id}[0-9a-f]`))
  for (const role of ['delegation', 'observer'])
    expect((await ask(`${api}/invitations`, { token: linkFor(imported, role).token })).status).toBe(403)
  expect((await ask(`${api}/invitations`)).status).toBe(401)
})

it('a link that is revoked sends away at once whoever came by it, and nobody else', async () => {
  const { api, token, imported, list, enter } = await setUp()
  const [kenya, japan] = await Promise.all(
    ['KEN', 'JPN'].map((code) => enter(linkFor(imported, 'delegation', code).token)),
  )
  const before = await list()
  const revoke = (id: string | undefined, by = token) =>
    ask(`${api}/invitations/${id}`, { token: by, method: 'DELETE' })
  const id = find(before, 'KEN')?.id
  expect((await revoke(id, linkFor(imported, 'delegation', 'JPN').token)).status).toBe(403)
  expect(find(await list(), 'KEN')?.revokedAt).toBeNull()

  const revoked = await revoke(id)
  expect(revoked).toMatchObject({ status: 200, json: { id, participant: 'KEN' } })
  await until('the close', () => kenya?.closeCode != null)
  expect(kenya?.closeCode).toBe(4403)
  expect(japan?.closeCode).toBeNull()
  expect((await ask(linkFor(imported, 'delegation', 'KEN').url)).status).toBe(410)
  const { revokedAt } = revoked.json as ListedInvitation
  expect((await revoke(id)).json).toMatchObject({ revokedAt })
  expect(find(await list(), 'KEN')?.revokedAt).toBe(revokedAt)

  expect(await revoke(find(before, 'facilitator')?.id)).toMatchObject({
    status: 409,
    json: { code: 'own-invitation' },
  })
  for (const nothing of ['0'.repeat(16), 'x', linkFor(imported, 'observer').token])
    expect(await revoke(nothing)).toMatchObject({ status: 404, json: { code: 'no-invitation' } })
  japan?.close()
})

it('15.1 names that differ by letter case, spaces and dots are one participant', async () => {
  const { folder, api, token, imported } = await setUp()
  const invited = async (participant: string) => {
    const made = await ask(`${api}/invitations`, { token, body: { role: 'delegation', participant } })
    return (made.json as ListedInvitation).participant
  }
  expect(await invited('u.s.a.')).toBe('USA')
  expect(await invited(' usa ')).toBe('USA')
  expect(await invited('Youth Forum')).toBe('Youth Forum')
  expect(await invited('YOUTH FORUM.')).toBe('Youth Forum')
  const { document } = imported
  const terms = ['invite', document, '--role', 'delegation', '--participant', 'youthforum', '--json']
  expect(await informalsJson(folder, terms)).toMatchObject({ participant: 'Youth Forum' })
})
