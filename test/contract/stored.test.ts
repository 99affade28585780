import { cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import * as Y from 'yjs'
import { execute } from '#shared/document/commands/execute.ts'
import { openDocument } from '#shared/document/schema.ts'
import { writeText } from '#shared/formats/text/write-text.ts'
import type { Command } from '#shared/model/command.ts'
import type { DocumentId, ParticipantId, ProposalId } from '#shared/model/ids.ts'
import { openStored } from '#server/operate/documents.ts'
import { spaceId } from '#server/store/space-id.ts'
import { openSqliteStore } from '#server/store/sqlite/sqlite.ts'
import { asSeen } from '#test/kit/as-seen.ts'
import { facilitator } from '#test/kit/drafting.ts'
import { temporaryFolder } from '#test/kit/places.ts'
import { Random } from '#test/kit/random.ts'

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
    expect(writeText(od, view)).toBe(readFileSync(join(STORED, `${view}.txt`), 'utf8'))
  expect(await store.invitations(DOCUMENT)).toHaveLength(7)
  expect(await store.document(spaceId(DOCUMENT, 'KEN' as ParticipantId))).toMatchObject({ sequence: 4 })
})

it('what an earlier version stored reads the same from its log alone, at every row', async () => {
  const store = await openCopy()
  const { entry } = (await store.load(DOCUMENT))!
  for (let sequence = 1; sequence <= entry.sequence; sequence++)
    expect(JSON.parse((await store.textAt(DOCUMENT, sequence)) ?? 'null')).toMatchObject({ sequence })
})

interface Decided {
  /** How the document read before its first decision. */
  readonly before: string
  readonly decided: readonly ProposalId[]
  /** What was asked after that decision. */
  readonly since: readonly ProposalId[]
  /** The document, in base64. */
  readonly update: string
}

it('6.8 what an earlier version decided is taken back in any order that is allowed, every bracket in its place', () => {
  const stored = JSON.parse(readFileSync(join(STORED, 'decided.json'), 'utf8')) as Decided[]
  expect(stored).toHaveLength(3)
  const random = new Random(1)
  for (const { before, decided, since, update } of [...stored, ...stored, ...stored]) {
    const od = openDocument(new Y.Doc())
    Y.applyUpdate(od.doc, Buffer.from(update, 'base64'))
    const command = (asked: Command) =>
      od.doc.transact(() =>
        execute({ od, actor: facilitator('fay').actor, now: 1, sequence: 1 }, asSeen(od, asked)),
      )
    const rest = [...decided]
    for (let tries = 0; rest.length > 0 && tries < 1_000; tries++) {
      const at = random.int(rest.length)
      if (command({ kind: 'decision-undo', proposal: rest[at]! }).ok) rest.splice(at, 1)
    }
    for (const proposal of since)
      expect(command({ kind: 'proposal-not-retain', proposal })).toMatchObject({ ok: true })
    expect(writeText(od)).toBe(before)
  }
})
