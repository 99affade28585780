import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, it } from 'vitest'
import { HeadlessClient } from '#test/kit/client.ts'
import { ask, importPlain, linkFor } from '#test/kit/http.ts'
import { DEATH, HANG, HANGING } from '#test/kit/mortal-worker.ts'
import { temporaryFolder } from '#test/kit/places.ts'
import { startServer } from '#test/kit/server.ts'
import { until } from '#test/kit/until.ts'

const MORTAL = pathToFileURL(join(import.meta.dirname, '../kit/mortal-worker.ts')).href

it('a server whose store has died says so, sends everybody away for a while, and ends as failed', async () => {
  const folder = temporaryFolder()
  const server = await startServer(folder, { NODE_OPTIONS: `--import ${MORTAL}` })
  const imported = await importPlain(folder, 3, { PUBLIC_URL: server.url })
  const { token } = linkFor(imported, 'delegation', 'KEN')
  const client = new HeadlessClient(token)
  await client.connect(server.url, imported.document)
  expect(client.open).toBe(true)

  writeFileSync(join(folder, DEATH), '')
  expect(await server.ended).toBe(1)
  expect(server.complaint()).toContain('The server has ended and must be started again.')
  expect(client.closeCode).toBeGreaterThanOrEqual(4500)

  rmSync(join(folder, DEATH))
  const next = await startServer(folder)
  const info = await ask(`${next.url}/api/documents/${imported.document}`, { token })
  expect(info.json).toMatchObject({ title: 'A draft' })
})

it('17.8 a server whose store hangs ends when it is told to', async () => {
  const folder = temporaryFolder()
  const server = await startServer(folder, { NODE_OPTIONS: `--import ${MORTAL}`, STOP_WITHIN: '2' })
  writeFileSync(join(folder, HANG), '')
  // Told to end before that, it would end in good order.
  await until('the store hangs', () => existsSync(join(folder, HANGING)))
  const hung = fetch(`${server.url}/i/${'x'.repeat(32)}`).catch(() => null)
  expect(await server.stop()).toBeNull()
  expect(server.complaint()).toContain('ended by force')
  await hung
})
