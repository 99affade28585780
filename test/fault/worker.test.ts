import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, it } from 'vitest'
import { HeadlessClient } from '#test/kit/client.ts'
import { ask, importPlain, linkFor } from '#test/kit/http.ts'
import { DEATH } from '#test/kit/mortal-worker.ts'
import { temporaryFolder } from '#test/kit/places.ts'
import { startServer } from '#test/kit/server.ts'

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
