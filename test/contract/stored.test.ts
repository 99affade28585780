import { cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import type { DocumentId, ParticipantId } from '#shared/model/ids.ts'
import { openStored, writeExport } from '#server/operate/documents.ts'
import { spaceId } from '#server/store/space-id.ts'
import { openSqliteStore } from '#server/store/sqlite.ts'
import { temporaryFolder } from '#test/kit/places.ts'

/**
 * A data directory as an earlier version left it: the sample, negotiated by five people with decisions, positions, private
 * drafts, a revision, an unattributed round, a silence that runs, and a link that was withdrawn. Never written anew:
 * every later version must read it.
 */
const STORED = join(import.meta.dirname, '../kit/stored')
const DOCUMENT = 'gj9ckn4bdmvb9k9f' as DocumentId

async function openCopy() {
  const folder = temporaryFolder()
  cpSync(STORED, folder, { recursive: true })
  const store = await openSqliteStore(folder)
  onTestFinished(() => store.close())
  return store
}

it('what an earlier version stored opens, is sound, and reads as it did', async () => {
  const store = await openCopy()
  expect(await store.verify()).toEqual([])
  const od = (await openStored(store, DOCUMENT))!
  for (const view of ['all', 'clean', 'base'] as const)
    expect(writeExport(od, 'text', view)).toBe(readFileSync(join(STORED, `${view}.txt`), 'utf8'))
  expect(await store.invitations(DOCUMENT)).toHaveLength(7)
  expect(await store.document(spaceId(DOCUMENT, 'KEN' as ParticipantId))).toMatchObject({ sequence: 4 })
})

it('what an earlier version stored reads the same from its log alone, at every row', async () => {
  const store = await openCopy()
  const { entry } = (await store.load(DOCUMENT))!
  for (let sequence = 1; sequence <= entry.sequence; sequence++)
    expect(JSON.parse((await store.textAt(DOCUMENT, sequence)) ?? 'null')).toMatchObject({ sequence })
})
