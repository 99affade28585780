import { readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it, onTestFinished } from 'vitest'
import { restoreInto } from '#server/operate/restore.ts'
import { openSqliteStore } from '#server/store/sqlite/sqlite.ts'
import { importDraft } from '#server/operate/documents.ts'
import { HeadlessClient } from '#test/kit/client.ts'
import { plainDraft } from '#test/kit/drafts.ts'
import { importPlain, linkFor } from '#test/kit/http.ts'
import { temporaryFolder } from '#test/kit/places.ts'
import { proposeInsertion } from '#test/kit/proposing.ts'
import { Random } from '#test/kit/random.ts'
import { informals, startServer } from '#test/kit/server.ts'

const opened = async (folder: string) => {
  const store = await openSqliteStore(folder)
  onTestFinished(() => store.close())
  return store
}

const CAREFUL = { force: false, withDamage: false }

describe('a backup', () => {
  it('17.5 taken while people write restores all that was acknowledged, the secret too', async () => {
    const folder = temporaryFolder()
    const imported = await importPlain(folder, 3)
    const server = await startServer(folder)
    const kenya = new HeadlessClient(linkFor(imported, 'delegation', 'KEN').token)
    await kenya.connect(server.url, imported.document)
    const random = new Random(4)
    kenya.change(() => proposeInsertion(kenya.od, kenya.actor!, 1, ' and more', (n) => random.bytes(n)))
    await kenya.saved()
    const file = join(temporaryFolder(), 'all.backup')
    const backup = await informals(folder, ['backup', file])
    expect(backup).toMatchObject({ code: 0, stderr: '' })
    expect(backup.stdout).toContain('verified and is sound')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    kenya.close()

    const other = temporaryFolder()
    expect(await informals(other, ['restore', file])).toMatchObject({ code: 0, stderr: '' })
    expect(readFileSync(join(other, 'secret'))).toEqual(readFileSync(join(folder, 'secret')))
    const text = await informals(other, ['export', imported.document])
    expect(text.stdout).toContain('[and more – KEN]')
    expect(await (await opened(other)).verify()).toEqual([])
  })

  it('17.5 changes nothing where there are data, or where it is damaged itself, unless that is asked for', async () => {
    const folder = temporaryFolder()
    const store = await opened(folder)
    const random = new Random(5)
    const making = { store, random: (n: number) => random.bytes(n), now: 1, actor: 'server' as const }
    const { id } = await importDraft(making, plainDraft(2))
    const file = join(temporaryFolder(), 'all.backup')
    expect(await store.backup(file, [])).toEqual([])
    await expect(store.backup(file, [])).rejects.toThrow('is there already')
    await store.close()
    const whole = readFileSync(file)
    const before = readdirSync(folder)
    expect(restoreInto(folder, file, CAREFUL, 1)).toMatchObject({ ok: false, damage: [] })

    const db = new DatabaseSync(file)
    db.exec('UPDATE log SET at = at + 1')
    db.close()
    const damage = [{ document: id, part: 'log', sequence: 1, message: 'the row is not what was written' }]
    const refused = restoreInto(folder, file, { ...CAREFUL, force: true }, 1)
    expect(refused).toMatchObject({ ok: false, damage: expect.arrayContaining(damage) as unknown })
    writeFileSync(file, whole.subarray(0, whole.length / 2))
    expect(() => restoreInto(folder, file, { ...CAREFUL, force: true }, 1)).toThrow(
      'cannot be used as a backup',
    )
    expect(readdirSync(folder)).toEqual(before)

    writeFileSync(file, whole)
    const restored = restoreInto(folder, file, { ...CAREFUL, force: true }, 1)
    expect(restored).toMatchObject({ ok: true, damage: [] })
    expect(readdirSync(restored.ok ? restored.aside! : '')).toEqual(['informals.db'])
    expect(await (await opened(folder)).document(id)).toMatchObject({ sequence: 1 })
  })
})

describe('the command verify', () => {
  it('17.3 says what it cannot prove, and that a noted log was cut', async () => {
    const folder = temporaryFolder()
    const { document } = await importPlain(folder, 3)
    const note = join(temporaryFolder(), 'heads.json')
    const first = await informals(folder, ['verify', '--note', note])
    expect(first).toMatchObject({ code: 0 })
    expect(first.stdout).toContain('Not proved: that nothing was cut off')
    const db = new DatabaseSync(join(folder, 'informals.db'))
    // As somebody does it who knows how: the last link and its row are gone, and the end is put back.
    db.exec(`DELETE FROM invitations WHERE id = (SELECT invitation FROM access_log ORDER BY sequence DESC LIMIT 1);
      DELETE FROM access_log WHERE sequence = (SELECT max(sequence) FROM access_log);
      UPDATE documents SET (access_sequence, access_hash) =
        (SELECT sequence, hash FROM access_log ORDER BY sequence DESC LIMIT 1)`)
    db.close()
    expect(await (await opened(folder)).verify()).toEqual([])
    const cut = await informals(folder, ['verify', '--note', note])
    expect(cut.code).toBe(1)
    const message = `Document ${document}, access_log: ends at row 4, but had 5 rows when it was noted.`
    expect(cut.stdout).toContain(message)
    expect(cut.stdout).toContain('Nothing was noted.')
  })
})

describe('a secret', () => {
  it('17.7 that is missing keeps the server from starting, until it is given up', async () => {
    const folder = temporaryFolder()
    const server = await startServer(folder)
    await server.stop()
    const path = join(folder, 'secret')
    const right = readFileSync(path)
    rmSync(path)
    const refused = await informals(folder, ['serve'], { PORT: '0' })
    expect(refused.code).toBe(1)
    expect(refused.stderr).toMatch(/“secret” .* is missing.*--renew/)
    expect(await informals(folder, ['secret', '--renew'])).toMatchObject({ code: 0 })
    await (await startServer(folder)).stop()
    expect(readFileSync(path)).not.toEqual(right)
  })
})
