import { expect, it } from 'vitest'
import type { FrozenText } from '#shared/document/history/compared.ts'
import { freeze } from '#shared/document/history/freeze.ts'
import { recordGet } from '#shared/document/records.ts'
import { HeadlessClient } from '#test/kit/client.ts'
import { ask, followLink, importPlain, linkFor, type Imported, type Reply } from '#test/kit/http.ts'
import { temporaryFolder } from '#test/kit/places.ts'
import { proposeInsertion, typeIntoBase } from '#test/kit/proposing.ts'
import { Random } from '#test/kit/random.ts'
import { startServer, type PrivateServer, type Settings } from '#test/kit/server.ts'
import { until } from '#test/kit/until.ts'

/** Revisions, former texts and last looks, asked of a real server. */

interface Setting {
  readonly folder: string
  readonly server: PrivateServer
  readonly imported: Imported
}

async function setUp(settings: Settings = {}): Promise<Setting> {
  const folder = temporaryFolder()
  const server = await startServer(folder, settings)
  return { folder, server, imported: await importPlain(folder, 3, { PUBLIC_URL: server.url }) }
}

const random = new Random(41)

const apiOf = ({ server, imported }: Setting): string => `${server.url}/api/documents/${imported.document}`

const get = (setting: Setting, path: string, role = 'observer'): Promise<Reply> =>
  ask(`${apiOf(setting)}/${path}`, { token: linkFor(setting.imported, role).token })

async function clientOf({ server, imported }: Setting, role: string, participant?: string) {
  const client = new HeadlessClient(linkFor(imported, role, participant).token)
  await client.connect(server.url, imported.document)
  return client
}

async function issue(setting: Setting, note: string): Promise<Reply> {
  const { token } = linkFor(setting.imported, 'facilitator')
  const body = { key: `issue-${note}`, command: { kind: 'revision-issue', note } }
  return ask(`${apiOf(setting)}/commands`, { token, body })
}

async function facilitatorTypes(setting: Setting, words: string): Promise<void> {
  const client = await clientOf(setting, 'facilitator')
  client.change(() => typeIntoBase(client.od, 0, words))
  await client.saved()
  client.close()
}

it('8.1 8.3 a revision says what the text was when it was issued, after later edits, snapshots and a restart', async () => {
  const setting = await setUp({ SNAPSHOT_EVERY: '3' })
  const ken = await clientOf(setting, 'delegation', 'KEN')
  ken.change(() => proposeInsertion(ken.od, ken.actor!, 0, ' in full', (n) => random.bytes(n)))
  await ken.saved()
  expect(await issue(setting, 'first')).toMatchObject({ status: 200, json: { ok: true } })
  await until('the revision comes', () => recordGet(ken.od, 'revision/1') !== undefined)
  const sequence = recordGet(ken.od, 'revision/1')!.sequence
  const expected = freeze(ken.od, sequence)
  expect(expected.paragraphs[0]?.text).toContain('[ in full – KEN]')
  const asked = async (one: Setting) => (await get(one, 'revisions/1')).json
  expect(await asked(setting)).toEqual(expected)

  for (const words of ['One. ', 'Two. ', 'Three. ', 'Four. ']) await facilitatorTypes(setting, words)
  expect(await issue(setting, 'second')).toMatchObject({ status: 200 })
  expect(await asked(setting)).toEqual(expected)
  expect((await get(setting, `texts/${sequence}`)).json).toEqual(expected)
  const second = (await get(setting, 'revisions/2')).json as FrozenText
  expect(second.paragraphs[0]?.base).toMatch(/^Four\. Three\. Two\. One\. /u)
  ken.close()
  expect(await setting.server.stop()).toBe(0)
  const again = await startServer(setting.folder)
  expect(await asked({ ...setting, server: again })).toEqual(expected)
})

it('8.3 former texts are for those who may read, and only where there are any', async () => {
  const setting = await setUp()
  const nobody = await ask(`${apiOf(setting)}/texts/1`)
  expect(nobody.status).toBe(401)
  expect(await get(setting, 'texts/1')).toMatchObject({ status: 200, json: { sequence: 1 } })
  for (const path of ['texts/0', 'texts/2', 'texts/1.5', 'texts/-1', 'texts/9999999999999999', 'texts/now'])
    expect(await get(setting, path)).toMatchObject({ status: 404, json: { code: 'no-text' } })
  for (const path of ['revisions/1', 'revisions/0', 'revisions/first'])
    expect(await get(setting, path)).toMatchObject({ status: 404, json: { code: 'no-revision' } })
  await facilitatorTypes(setting, 'Now. ')
  expect(await get(setting, 'texts/2')).toMatchObject({ status: 200, json: { sequence: 2 } })
})

it('8.1 13.1 only those who decide issue a revision, and once for each key', async () => {
  const setting = await setUp()
  const { token } = linkFor(setting.imported, 'delegation', 'KEN')
  const body = { key: 'by-kenya', command: { kind: 'revision-issue', note: '' } }
  expect(await ask(`${apiOf(setting)}/commands`, { token, body })).toMatchObject({
    status: 409,
    json: { code: 'not-allowed' },
  })
  await issue(setting, 'once')
  expect(await issue(setting, 'once')).toMatchObject({ status: 200 })
  expect(await get(setting, 'revisions/2')).toMatchObject({ status: 404 })
})

it('12.1 where a person last looked is known on each device with her link and her name, and to nobody else', async () => {
  const setting = await setUp()
  const { url } = linkFor(setting.imported, 'delegation', 'KEN')
  const device = async (name: string) => {
    const { cookie } = await followLink(url)
    const origin = setting.server.url
    const put = (path: string, body?: unknown) =>
      ask(`${apiOf(setting)}/${path}`, { method: 'PUT', cookie, origin, ...(body ? { body } : {}) })
    await put('name', { name })
    return { look: () => put('looked'), looked: () => ask(`${apiOf(setting)}/looked`, { cookie }) }
  }
  const laptop = await device('Amina Otieno')
  const phone = await device('Amina Otieno')
  const colleague = await device('Njeri Kamau')
  expect(await laptop.looked()).toMatchObject({ status: 200, json: null })
  const looked = await laptop.look()
  expect(looked).toMatchObject({ status: 200, json: { sequence: 1 } })
  expect((await phone.looked()).json).toEqual(looked.json)
  expect((await colleague.looked()).json).toBeNull()
  await facilitatorTypes(setting, 'Now. ')
  expect((await laptop.looked()).json).toEqual(looked.json)
  expect((await phone.look()).json).toMatchObject({ sequence: 2 })
  expect((await laptop.looked()).json).toMatchObject({ sequence: 2 })
  expect(await ask(`${apiOf(setting)}/looked`)).toMatchObject({ status: 401 })
})
