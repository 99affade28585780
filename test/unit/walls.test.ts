import { execFile } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { PATIENCE } from '#test/kit/patience.ts'

// The walls between the folders are lint rules; a rule whose pattern matches nothing would pass unseen. So one bad
// import for each wall is written into a copy of the tree, and the linter must refuse every one and no good one.

const ROOT = join(import.meta.dirname, '../..')

const REFUSED: readonly (readonly [from: string, imported: string])[] = [
  ['shared/model/a', '#shared/document/schema.ts'],
  ['shared/model/b', '../document/schema.ts'],
  ['shared/model/c', '../formats/text/read-text.ts'],
  ['shared/model/d', '#shared/protocol/wire.ts'],
  ['shared/model/e', 'yjs'],
  ['shared/model/f', 'lib0/encoding'],
  ['shared/model/g', '#shared/directory/directory.ts'],
  ['shared/directory/a', '../document/schema.ts'],
  ['shared/directory/b', '#shared/formats/text/read-text.ts'],
  ['shared/directory/c', 'yjs'],
  ['shared/document/a', '../formats/text/read-text.ts'],
  ['shared/document/admit/b', '../../protocol/wire.ts'],
  ['shared/document/c', '#shared/formats/text/read-text.ts'],
  ['shared/document/d', 'prosemirror-model'],
  ['shared/document/e', 'node:crypto'],
  ['shared/formats/a', 'node:fs'],
  ['shared/formats/b', '#server/store/port.ts'],
  ['shared/formats/c', '../../client/editor/contract.ts'],
  ['shared/formats/d', '../protocol/wire.ts'],
  ['shared/formats/e', 'fastify'],
  ['shared/protocol/a', '../document/schema.ts'],
  ['shared/protocol/b', '#shared/formats/text/read-text.ts'],
  ['shared/protocol/c', 'ws'],
  ['shared/other/a', '#server/main.ts'],
  ['shared/other/b', 'react'],
  ['server/room/a', 'ws'],
  ['server/room/b', 'node:sqlite'],
  ['server/room/c', '../store/sqlite/sqlite.ts'],
  ['server/room/d', '#server/store/sqlite/lanes/quick-worker.ts'],
  ['server/room/e', '../http/routes.ts'],
  ['server/room/f', 'fastify'],
  ['server/store/a', '../room/room.ts'],
  ['server/store/b', '#server/http/routes.ts'],
  ['server/store/c', 'ws'],
  ['server/http/a', '#client/editor/contract.ts'],
  ['server/other/a', '../../client/editor/contract.ts'],
  ['server/main', '#test/kit/random.ts'],
  ['server/room/g', '../../test/kit/random.ts'],
  ['client/editor/a', 'react'],
  ['client/editor/b', '../net/connection.ts'],
  ['client/editor/c', '#client/ui/app.tsx'],
  ['client/editor/d', '#server/room/room.ts'],
  ['client/net/a', '../ui/app.tsx'],
  ['client/net/b', '#client/editor/contract.ts'],
  ['client/net/c', 'react-dom/client'],
  ['client/ui/a', '../../server/main.ts'],
  ['client/ui/b', 'node:path'],
  ['client/ui/c', '#test/kit/random.ts'],
  ['client/main', '#server/main.ts'],
]

const ALLOWED: readonly (readonly [from: string, imported: string])[] = [
  ['shared/directory/good', '../model/ids.ts'],
  ['shared/document/good', '../model/ids.ts'],
  ['shared/document/good3', '../directory/directory.ts'],
  ['shared/document/good2', 'yjs'],
  ['shared/formats/good', '../document/schema.ts'],
  ['shared/protocol/good', '#shared/model/ids.ts'],
  ['server/room/good', '../store/port.ts'],
  ['server/store/good', 'node:sqlite'],
  ['server/http/good', '../room/room.ts'],
  ['client/editor/good', 'prosemirror-view'],
  ['client/net/good', '#shared/protocol/wire.ts'],
  ['client/ui/good', '../editor/contract.ts'],
  ['test/unit/good', '#server/room/room.ts'],
]

const Report = z.object({
  diagnostics: z.array(z.object({ code: z.string().optional(), filename: z.string() })),
})

let folder = ''
let refused: ReadonlyMap<string, readonly string[]> = new Map()

beforeAll(async () => {
  // Outside the project: inside it, what git ignores is not linted, and what it does not ignore others would see.
  folder = await mkdtemp(join(tmpdir(), 'informals-walls-'))
  await copyFile(join(ROOT, '.oxlintrc.json'), join(folder, '.oxlintrc.json'))
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  for (const [from, imported] of [...REFUSED, ...ALLOWED])
    await write(`${from}.ts`, `import * as bad from '${imported}'\nexport const used = bad\n`)
  await write('shared/model/round.ts', `import { b } from './trip.ts'\nexport const a = () => b\n`)
  await write('shared/model/trip.ts', `import { a } from './round.ts'\nexport const b = () => a\n`)
  refused = await lint()
})

afterAll(() => rm(folder, { recursive: true, force: true }))

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true })
  await writeFile(join(folder, path), text)
}

/** The rules that each file broke. */
async function lint(): Promise<Map<string, string[]>> {
  const oxlint = join(ROOT, 'node_modules/.bin/oxlint')
  const words = ['--no-ignore', '-c', '.oxlintrc.json', '-f', 'json', 'shared', 'server', 'client', 'test']
  const found = promisify(execFile)(oxlint, words, { cwd: folder, timeout: PATIENCE, maxBuffer: 1 << 24 })
  // Refusing is what it is asked to do, and then it exits with 1.
  const { stdout } = await found.catch((failure: { stdout: string }) => failure)
  const rules = new Map<string, string[]>()
  for (const { code, filename } of Report.parse(JSON.parse(stdout)).diagnostics)
    rules.set(filename, [...(rules.get(filename) ?? []), code ?? ''])
  return rules
}

const broke = (path: string, rule: string): boolean =>
  (refused.get(path) ?? []).some((code) => code.includes(rule))

test.each(REFUSED)('%s may not import %s', (from) => {
  expect(broke(`${from}.ts`, 'no-restricted-imports')).toBe(true)
})

test.each(ALLOWED)('%s may import %s', (from) => {
  expect(broke(`${from}.ts`, 'no-restricted-imports')).toBe(false)
})

test('imports may not go in a circle', () => {
  expect(broke('shared/model/round.ts', 'no-cycle')).toBe(true)
})
