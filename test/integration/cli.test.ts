import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { createServer } from 'node:net'
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { HeadlessClient } from '#test/kit/client.ts'
import { ask, importPlain, linkFor, type Imported, type Link } from '#test/kit/http.ts'
import { temporaryFolder } from '#test/kit/places.ts'
import { proposeInsertion, wording } from '#test/kit/proposing.ts'
import { Random } from '#test/kit/random.ts'
import { informals, informalsJson, startServer } from '#test/kit/server.ts'

describe('the command line', () => {
  it('explains itself', async () => {
    const folder = temporaryFolder()
    const help = await informals(folder, ['--help'])
    expect(help).toMatchObject({ code: 0, stderr: '' })
    for (const command of ['serve', 'import', 'export', 'invite', 'revoke', 'verify']) {
      expect(help.stdout).toContain(command)
      const own = await informals(folder, [command, '--help'])
      expect(own).toMatchObject({ code: 0, stderr: '' })
      expect(own.stdout).toContain(`informals ${command}`)
    }
  })

  it.each<[string[], number, RegExp]>([
    [['dance'], 2, /no command “dance”/],
    [['import'], 2, /Usage: informals import FILE/],
    [['import', 'a', 'b'], 2, /Usage/],
    [['export', 'x', '--colour'], 2, /Unknown option '--colour'/],
    [['import', '/nowhere/file.txt'], 1, /cannot be read/],
    [['export', 'nowhere'], 1, /no document “nowhere”/],
    [['export', 'nowhere', '--format', 'pdf'], 2, /--format must be one of text, json/],
    [['invite', 'nowhere', '--role', 'king'], 2, /--role must be one of/],
    [['invite', 'nowhere', '--role', 'delegation'], 2, /needs --participant/],
    [['invite', 'nowhere', '--role', 'observer', '--expires', 'soon'], 2, /--expires must be/],
    [['invite', 'nowhere', '--role', 'observer', '--expires', '2001-01-01'], 2, /in the past/],
  ])('says in one sentence what is wrong with %j', async (words, code, message) => {
    const outcome = await informals(temporaryFolder(), words)
    expect(outcome).toMatchObject({ code, stdout: '' })
    expect(outcome.stderr).toMatch(message)
    expect(outcome.stderr.trim().split('\n')).toHaveLength(1)
  })

  it.each([
    [{ PORT: 'abc' }, /PORT must be a number/],
    [{ PORT: '70000' }, /PORT must be from 0 to 65535/],
    [{ PUBLIC_URL: 'example' }, /PUBLIC_URL must be an http/],
    [{ DATA_DIR: '/proc/nowhere' }, /data directory \/proc\/nowhere cannot be used/],
    [{ HOST: '203.0.113.7' }, /HOST 203.0.113.7 is not an address of this machine/],
  ])('says what is wrong with %j', async (settings, message) => {
    const outcome = await informals(temporaryFolder(), ['serve'], { PORT: '0', ...settings })
    expect(outcome.code).toBe(1)
    expect(outcome.stderr).toMatch(message)
    expect(outcome.stderr).not.toMatch(/\n\s+at /)
  })

  it('says when the port is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as { port: number }
    const outcome = await informals(temporaryFolder(), ['serve'], { PORT: String(port) })
    other.close()
    expect(outcome.code).toBe(1)
    expect(outcome.stderr).toMatch(new RegExp(`Port ${port} on 127.0.0.1 is in use`))
  })

  it('refuses files without a draft and makes nothing of them', async () => {
    const folder = temporaryFolder()
    const file = join(folder, 'letter.txt')
    for (const content of ['', 'Dear colleagues,\n\nuntil Monday.\n', Buffer.from([0xff, 0xfe, 0, 1, 2])]) {
      writeFileSync(file, content)
      const outcome = await informals(folder, ['import', file])
      expect(outcome).toMatchObject({ code: 1, stdout: '' })
      expect(outcome.stderr.trim().split('\n')).toHaveLength(1)
    }
    expect(await informalsJson(folder, ['documents'])).toEqual([])
  })
})

describe('23.3 looking at an import before it is made', () => {
  const draft = 'Wells\n\n1. We dig.\n\nA word between.\n\n3. We end.\n'
  interface DryRun {
    readonly pieces: readonly {
      readonly is: string
      readonly label: string | null
      readonly text: string
      readonly status: { readonly status: string } | null
      readonly proposals: number
      readonly confidence: number
      readonly doubts: readonly { readonly code: string; readonly line: number; readonly name?: string }[]
    }[]
    readonly names: readonly unknown[]
  }

  it('prints what the import with the same answers makes, and makes nothing', async () => {
    const folder = temporaryFolder()
    const [file, answers] = [join(folder, 'draft.txt'), join(folder, 'answers.json')]
    writeFileSync(file, draft)
    writeFileSync(
      answers,
      JSON.stringify({
        answers: [
          { at: 5, is: 'heading' },
          { at: 7, label: '2' },
        ],
      }),
    )
    const plain = await informals(folder, ['import', file, '--dry-run'])
    expect(plain.stdout).toContain('? Line 5 (“A word between.”) has no number')
    const shown = await informalsJson<DryRun>(folder, ['import', file, '--answers', answers, '--dry-run'])
    expect(await informalsJson(folder, ['documents'])).toEqual([])
    const made = await informalsJson<Imported>(folder, ['import', file, '--answers', answers])
    const blocks = shown.pieces.map(({ is, label, text }) => ({ kind: is, label, text }))
    expect(blocks).toEqual(made.paragraphs.map(({ kind, label, text }) => ({ kind, label, text })))
    expect(blocks.map(({ label }) => label)).toEqual([null, '1', null, '2'])
  })

  it('23.8 lists names, statuses, proposals and the codes of doubts for programs', async () => {
    const folder = temporaryFolder()
    const file = join(folder, 'draft.txt')
    writeFileSync(
      file,
      'Wells\n\n1. We dig [deep – EU; Well Keepers delete].\n\n2. We [end.\n\n3. We rest. [Agreed ad ref]\n',
    )
    const { pieces, names } = await informalsJson<DryRun>(folder, ['import', file, '--dry-run'])
    expect(names).toEqual([
      { written: 'EU', participant: 'EU', count: 1, lines: [3] },
      { written: 'Well Keepers', participant: null, count: 1, lines: [3] },
    ])
    expect(pieces.slice(1)).toMatchObject([
      {
        label: '1',
        proposals: 1,
        confidence: 0.47,
        doubts: [{ code: 'name-unknown', line: 3, name: 'Well Keepers' }],
      },
      { label: '2', proposals: 0, confidence: 0.47, doubts: [{ code: 'bracket-unclosed', line: 5 }] },
      { label: '3', status: { status: 'agreed-ad-ref' }, confidence: 0.95, doubts: [] },
    ])
  })

  it('refuses answers that cannot be applied, and makes nothing', async () => {
    const folder = temporaryFolder()
    const [file, answers] = [join(folder, 'draft.txt'), join(folder, 'answers.json')]
    writeFileSync(file, draft)
    for (const [given, message] of [
      ['[{ "at": 4, "is": "heading" }]', 'Line 4 has no words'],
      ['[{ "at": 5, "is": "title" }]', 'Line 5: “is” must be one of'],
      ['{ "names": [{ "written": "Oz", "participant": "U5A" }] }', '“U5A”, which looks like USA'],
      ['[', 'is not JSON'],
    ] as const) {
      writeFileSync(answers, given)
      const outcome = await informals(folder, ['import', file, '--answers', answers])
      expect(outcome).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining(message) })
    }
    expect(await informalsJson(folder, ['documents'])).toEqual([])
  })
})

describe('beside a running server', () => {
  it('imports, invites, exports, revokes', async () => {
    const folder = temporaryFolder()
    const server = await startServer(folder)
    const settings = { PUBLIC_URL: server.url }
    const imported: Imported = await importPlain(folder, 3, settings)
    expect(imported.paragraphs).toMatchObject([
      { label: '1', kind: 'paragraph', chapeau: false, text: 'We reaffirm commitment number 1.' },
      { label: '2' },
      { label: '3' },
    ])
    expect(imported.links.map((link) => [link.role, link.participant])).toEqual([
      ['facilitator', 'Co-Facilitators'],
      ['secretariat', 'Secretariat'],
      ['delegation', 'KEN'],
      ['delegation', 'JPN'],
      ['observer', null],
    ])
    const { document } = imported
    const kenya = new HeadlessClient(linkFor(imported, 'delegation', 'KEN').token)
    await kenya.connect(server.url, document)
    const random = new Random(4)
    kenya.change(() => proposeInsertion(kenya.od, kenya.actor!, 1, ' and more', (n) => random.bytes(n)))
    await kenya.saved()

    const all = await informals(folder, ['export', document, '--format', 'text'])
    expect(all.stdout).toContain('[and more – KEN]')
    const base = await informals(folder, ['export', document, '--view', 'base'])
    expect(base.stdout).not.toContain('and more')
    const json = await informals(folder, ['export', document, '--format', 'json'])
    expect(JSON.parse(json.stdout)).toMatchObject({ title: 'A draft', view: 'all' })
    const { token } = linkFor(imported, 'observer')
    const served = await ask(`${server.url}/api/documents/${document}/export`, { token })
    expect(served.text).toBe(all.stdout)

    const words = ['invite', document, '--role', 'delegation', '--participant', 'FRA', '--expires', '7d']
    const link = await informalsJson<Link>(folder, words, settings)
    expect(link.url).toBe(`${server.url}/i/${link.token}`)
    const france = new HeadlessClient(link.token)
    await france.connect(server.url, document)
    expect(france.actor).toMatchObject({ role: 'delegation', participant: 'FRA' })
    const listed = await informalsJson<{ id: string; participant: string; standing: string }[]>(folder, [
      'invitations',
      document,
    ])
    expect(listed).toHaveLength(6)
    const id = listed.find((invitation) => invitation.participant === 'FRA')!.id
    expect(await informals(folder, ['revoke', document, id])).toMatchObject({ code: 0 })
    expect(await informals(folder, ['revoke', document, 'nothing'])).toMatchObject({ code: 1 })
    expect(await informals(folder, ['verify'])).toMatchObject({ code: 0, stderr: '' })
    kenya.close()
    france.close()
  })

  it('keeps what was typed when it is told to end, with a snapshot', async () => {
    const folder = temporaryFolder()
    const imported = await importPlain(folder, 2)
    const server = await startServer(folder)
    const kenya = new HeadlessClient(linkFor(imported, 'delegation', 'KEN').token)
    await kenya.connect(server.url, imported.document)
    const random = new Random(4)
    const made: ReturnType<typeof proposeInsertion>[] = []
    let saved = false
    kenya.change(
      () => made.push(proposeInsertion(kenya.od, kenya.actor!, 1, ' the end', (n) => random.bytes(n))),
      () => (saved = true),
    )
    await kenya.saved()
    expect(await server.stop()).toBe(0)
    expect(saved).toBe(true)
    expect(kenya.closeCode).toBe(4500)
    const db = new DatabaseSync(join(folder, 'informals.db'), { readOnly: true })
    expect(db.prepare('SELECT count(*) AS count FROM snapshots').get()).toEqual({ count: 1 })
    db.close()
    const again = await startServer(folder)
    const fresh = new HeadlessClient(linkFor(imported, 'observer').token)
    await fresh.connect(again.url, imported.document)
    expect(wording(fresh.od, made[0]!)).toBe(' the end')
    fresh.close()
  })

  it('names the damage', async () => {
    const folder = temporaryFolder()
    const imported = await importPlain(folder, 2)
    const db = new DatabaseSync(join(folder, 'informals.db'))
    db.exec('UPDATE log SET actor = \'"somebody"\'')
    db.close()
    const outcome = await informals(folder, ['verify'])
    expect(outcome.code).toBe(1)
    expect(outcome.stdout).toContain(`Document ${imported.document}, row 1: the row is not what was written.`)
  })

  it('starts with a sample consultation, the same one every time', async () => {
    const folder = temporaryFolder()
    const first = await startServer(folder, {}, ['--sample'])
    const links = linksIn(first.output())
    expect(links).toHaveLength(6)
    for (const link of links) expect((await ask(link)).status).toBe(303)
    await first.stop()
    const second = await startServer(folder, { PORT: String(first.port) }, ['--sample'])
    expect(linksIn(second.output())).toEqual(links)
    expect(await informalsJson<unknown[]>(folder, ['documents'])).toHaveLength(1)
  })
})

const linksIn = (output: string): string[] => [...output.matchAll(/http:\S+\/i\/\S+/g)].map(([link]) => link)
