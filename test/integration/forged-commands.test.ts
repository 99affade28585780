import * as Y from 'yjs'
import { describe, expect, it, onTestFinished } from 'vitest'
import { baseTextOf, paragraphsInOrder } from '#shared/document/schema.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import { NEEDS } from '#shared/model/command.ts'
import type { CommandKind } from '#shared/model/command.ts'
import { can } from '#shared/model/role.ts'
import type { Role } from '#shared/model/role.ts'
import { HeadlessClient } from '#test/kit/client.ts'
import { ask, importPlain, linkFor } from '#test/kit/http.ts'
import type { Imported } from '#test/kit/http.ts'
import { temporaryFolder } from '#test/kit/places.ts'
import { startServer } from '#test/kit/server.ts'
import { until } from '#test/kit/until.ts'

/** Commands that nobody's client would send, over the real wire. */

const NONE = '0'.repeat(16)
const [paragraph, proposal, comment, meeting] = ['p', 'q', 'c', 'm'].map((letter) => letter + NONE)

/** One of each kind, well formed, about nothing that is there. */
const COMMANDS: Readonly<Record<CommandKind, object>> = {
  'proposal-accept': { proposal, text: 'x', seen: 'x', part: { strike: true }, basis: 'room-consensus' },
  'proposal-not-retain': { proposal, supersededBy: proposal },
  'option-choose': { proposal, option: paragraph, dropped: [paragraph] },
  'proposal-withdraw': { proposal },
  'proposal-keep': { proposal },
  'proposals-merge': { bridge: proposal, proposals: [proposal], text: 'x', struck: [''], placing: [9] },
  'decision-undo': { proposal, reason: 'why' },
  'paragraph-propose': { proposal, change: { kind: 'reservation', paragraph } },
  'drafts-table': { space: 'KEN', drafts: [proposal] },
  'position-take': { on: paragraph, position: 'support', seen: '', placing: 2 ** 53 - 1 },
  'proposal-sponsor': { proposal, stance: 'cosponsor' },
  'proposal-take-over': { proposal },
  'proposal-condition': { proposal, condition: { text: 'x', on: null } },
  'paragraph-status': { paragraph, status: 'agreed' },
  'revision-issue': { note: '\u0000' },
  'silence-place': { revision: 9, deadline: 8e15, zone: 'Mars/Olympus', note: '' },
  'silence-extend': { deadline: 8e15 },
  'silence-break': { paragraphs: [paragraph], objection: 'No.', text: '' },
  'comment-add': { comment, on: paragraph, thread: null, text: 'x' },
  'comment-remove': { comment },
  'comment-resolve': { comment, resolved: true },
  'policy-set': { attribution: 'attributed' },
  'meeting-open': { meeting, title: 'x', agenda: [paragraph] },
  'meeting-close': {},
  'language-set': { language: 'fr', paragraph },
  'note-place': { note: paragraph, host: paragraph, at: [1, 1] },
}
/** Which of them a role that may do such a thing is not refused. */
const HARMLESS: ReadonlySet<string> = new Set(['policy-set'])
const KINDS = Object.keys(COMMANDS) as CommandKind[]

const open = (title: string) => ({ kind: 'meeting-open', meeting, title, agenda: [] })

let keys = 0
async function running() {
  const folder = temporaryFolder()
  const imported = await importPlain(folder, 3)
  const server = await startServer(folder)
  const give = async (who: string, command: unknown, key: unknown = `a-forged-key-${++keys}`) => {
    const { status, json } = await ask(`${server.url}/api/documents/${imported.document}/commands`, {
      token: who,
      body: { key, command },
    })
    return { status, code: (json as { code?: string } | null)?.code ?? null }
  }
  return { server, imported, give }
}

const tokenOf = (imported: Imported, role: string, participant?: string): string =>
  linkFor(imported, role, participant).token

async function reader(url: string, imported: Imported): Promise<HeadlessClient> {
  const client = new HeadlessClient(tokenOf(imported, 'observer'))
  onTestFinished(() => client.close())
  await client.connect(url, imported.document)
  return client
}

const stateOf = ({ doc }: OutcomeDocument): string => Buffer.from(Y.encodeStateAsUpdate(doc)).toString('hex')

describe('forged commands', () => {
  it('13.2 each kind by each role is refused in words and changes nothing', async () => {
    const { server, imported, give } = await running()
    const before = stateOf((await reader(server.url, imported)).od)
    for (const role of ['observer', 'delegation', 'secretariat', 'facilitator'] as readonly Role[]) {
      const token = tokenOf(imported, role, role === 'delegation' ? 'KEN' : undefined)
      for (const kind of KINDS) {
        const { status, code } = await give(token, { kind, ...COMMANDS[kind] })
        const may = can(role, NEEDS[kind])
        if (may && HARMLESS.has(kind)) expect([kind, status]).toEqual([kind, 200])
        else expect([kind, status]).toEqual([kind, 409])
        if (!may) expect([kind, code]).toEqual([kind, 'not-allowed'])
      }
    }
    expect(stateOf((await reader(server.url, imported)).od)).toBe(before)
  })

  it('1.6 nobody speaks for others who may not', async () => {
    const { imported, give } = await running()
    const token = tokenOf(imported, 'delegation', 'KEN')
    for (const kind of ['position-take', 'proposal-withdraw', 'paragraph-propose', 'silence-break'] as const)
      expect(await give(token, { kind, ...COMMANDS[kind], onBehalfOf: 'JPN' })).toMatchObject({ status: 409 })
    expect(await give(token, { kind: 'drafts-table', space: 'JPN', drafts: [proposal] })).toMatchObject({
      status: 409,
      code: 'not-allowed',
    })
    const chair = tokenOf(imported, 'facilitator')
    for (const onBehalfOf of ['__proto__', 'constructor]', '', 'KEN; USA delete', 'x'.repeat(25), {}, null])
      expect(
        (await give(chair, { kind: 'position-take', ...COMMANDS['position-take'], onBehalfOf })).status,
      ).toBe(400)
  })

  it('13.2 what is of another shape is no command', async () => {
    const { server, imported, give } = await running()
    const chair = tokenOf(imported, 'facilitator')
    const odd: unknown[] = [
      null,
      [],
      'proposal-accept',
      {},
      { kind: '__proto__' },
      { kind: 'constructor' },
      { kind: 'toString' },
      { kind: ['proposal-accept'], proposal },
      { kind: 'proposal-accept', proposal, extra: 1 },
      { kind: 'proposal-accept', proposal: '__proto__' },
      { kind: 'proposal-accept', proposal: paragraph },
      { kind: 'proposal-accept', proposal: `${proposal}\n` },
      { kind: 'proposal-accept', proposal: [proposal] },
      { kind: 'proposal-accept', proposal, text: '\ud800' },
      { kind: 'proposal-accept', proposal, text: 'x'.repeat(100_001) },
      { kind: 'proposal-accept', proposal, part: { strike: 'no' } },
      { kind: 'proposal-accept', proposal, seen: 'x', struck: 1 },
      { kind: 'proposal-accept', proposal, seen: 'x', struck: '', placing: '0' },
      { kind: 'proposal-accept', proposal, seen: 'x', struck: '', placing: -1 },
      { kind: 'proposals-merge', bridge: proposal, proposals: [proposal], text: 'x', placing: [0.5] },
      { kind: 'proposal-accept', proposal, part: { strike: true, __proto__x: 1 } },
      { kind: 'proposals-merge', bridge: proposal, proposals: [], text: '' },
      { kind: 'proposals-merge', bridge: proposal, proposals: Array(501).fill(proposal), text: '' },
      { kind: 'silence-break', paragraphs: Array(2001).fill(paragraph), objection: 'x', text: '' },
      { kind: 'silence-break', paragraphs: [paragraph], objection: 'x'.repeat(4_001), text: '' },
      { kind: 'silence-place', revision: 1, deadline: 1e300, zone: 'UTC', note: '' },
      { kind: 'silence-place', revision: -1, deadline: 1, zone: 'UTC', note: '' },
      { kind: 'silence-place', revision: 1, deadline: 1, zone: 'U'.repeat(65), note: '' },
      { kind: 'silence-extend', deadline: null },
      { kind: 'comment-add', comment, on: meeting, thread: null, text: 'x' },
      { kind: 'comment-add', comment: proposal, on: paragraph, thread: null, text: 'x' },
      { kind: 'comment-add', comment, on: paragraph, thread: null, text: '\udc00 half' },
      { kind: 'meeting-open', meeting, title: 'x'.repeat(201), agenda: [] },
      { kind: 'paragraph-status', paragraph, status: 'reopened' },
      { kind: 'paragraph-status', paragraph, status: 'agreed', pending: ['a;b'] },
      { kind: 'paragraph-status', paragraph, status: 'agreed', pending: Array(401).fill('KEN') },
      { kind: 'paragraph-propose', proposal, change: { kind: 'split', paragraph, at: [1, -1] } },
      { kind: 'paragraph-propose', proposal, change: { kind: 'split', paragraph, at: [1.5, 1] } },
      { kind: 'paragraph-propose', proposal, change: { kind: 'text', paragraph } },
      { kind: 'position-take', on: paragraph, position: 'agree' },
    ]
    for (const command of odd) {
      const { status } = await give(chair, command)
      expect([JSON.stringify(command)?.slice(0, 90), status]).toEqual([
        JSON.stringify(command)?.slice(0, 90),
        400,
      ])
    }
    for (const key of ['short', 'x'.repeat(65), 7, null, ['a-forged-key-of-an-array'], {}])
      expect((await give(chair, { kind: 'meeting-close' }, key)).status).toBe(400)
    const large = { kind: 'proposal-accept', proposal, text: 'x'.repeat(1_100_000) }
    expect((await give(chair, large)).status).toBe(413)
    expect((await ask(`${server.url}/healthz`)).status).toBe(200)
  })

  it('13.1 a key says one thing, of one person', async () => {
    const { imported, give } = await running()
    const [chair, ken] = [tokenOf(imported, 'facilitator'), tokenOf(imported, 'delegation', 'KEN')]
    const key = 'the-same-key-once-more'
    expect(await give(chair, open('Fifth'), key)).toMatchObject({ status: 200 })
    expect(await give(chair, open('Fifth'), key)).toMatchObject({ status: 200 })
    expect((await give(chair, open('Sixth'), key)).code).toBe('key-used')
    expect((await give(ken, open('Fifth'), key)).code).toBe('key-used')
  })

  it('13.3 one invitation cannot fill the log, by however many commands', async () => {
    const { server, imported, give } = await running()
    const large = { kind: 'proposal-accept', proposal, text: '€'.repeat(100_000), seen: '€'.repeat(100_000) }
    const ken = tokenOf(imported, 'delegation', 'KEN')
    const statuses: number[] = []
    for (let i = 0; i < 80 && statuses.at(-1) !== 429; i++) statuses.push((await give(ken, large)).status)
    expect(statuses.at(-1)).toBe(429)
    const other = await give(tokenOf(imported, 'delegation', 'JPN'), { kind: 'comment-remove', comment })
    expect(other).toMatchObject({ status: 409, code: 'no-such-comment' })
    expect((await ask(`${server.url}/healthz`)).status).toBe(200)
  })

  it('10.2 whoever comes later is not sent what was taken back', async () => {
    const { server, imported, give } = await running()
    const here = await reader(server.url, imported)
    const on = paragraphsInOrder(here.od).find(({ kind }) => kind === 'paragraph')!.id
    const ken = tokenOf(imported, 'delegation', 'KEN')
    const secret = 'a word that was said too soon'
    expect(await give(ken, { kind: 'comment-add', comment, on, thread: null, text: secret })).toMatchObject({
      status: 200,
    })
    await until('the comment', () => here.od.record.has(`comment/${comment}`))
    expect(Buffer.from(Y.encodeStateAsUpdate(here.od.doc)).includes(secret)).toBe(true)
    for (const token of [tokenOf(imported, 'delegation', 'JPN'), tokenOf(imported, 'facilitator')])
      expect((await give(token, { kind: 'comment-remove', comment })).code).toBe('not-allowed')
    expect(await give(ken, { kind: 'comment-remove', comment })).toMatchObject({ status: 200 })
    const later = await reader(server.url, imported)
    expect(later.od.record.get(`comment/${comment}`)).toMatchObject({ text: '', removed: true })
    expect(Buffer.from(Y.encodeStateAsUpdate(later.od.doc)).includes(secret)).toBe(false)
    expect(baseTextOf(later.od, on)!.length).toBeGreaterThan(0)
  })
})
