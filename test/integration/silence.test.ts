import { describe, expect, it } from 'vitest'
import { paragraphsInOrder, type OutcomeDocument } from '#shared/document/schema.ts'
import { recordGet } from '#shared/document/records.ts'
import { lastSilence } from '#shared/document/issue/silence.ts'
import type { Command } from '#shared/model/command.ts'
import type { DocumentId, ParagraphId } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'
import type { Silence } from '#shared/model/silence.ts'
import type { Registry } from '#server/room/registry.ts'
import { HeadlessClient } from '#test/kit/client.ts'
import { ask, importPlain, linkFor } from '#test/kit/http.ts'
import { temporaryFolder } from '#test/kit/places.ts'
import { House } from '#test/kit/room.ts'
import { startServer } from '#test/kit/server.ts'
import { until } from '#test/kit/until.ts'

const MINUTE = 60_000

const place = (deadline: number): Command => ({
  kind: 'silence-place',
  revision: 1,
  deadline,
  zone: 'America/New_York',
  note: '',
})

const firstParagraph = (od: OutcomeDocument): ParagraphId =>
  paragraphsInOrder(od).find(({ kind }) => kind === 'paragraph')!.id

/** Kenya with a proposal whose commit has begun and does not end, and its objection to the last paragraph. */
async function objecting(house: House) {
  const kenya = await house.join(house.actor('delegation', 'KEN'))
  house.store.hold()
  kenya.propose('in time')
  await until('the commit to begin', () => house.store.waiting === 1)
  const paragraphs = [paragraphsInOrder(kenya.od).findLast(({ kind }) => kind === 'paragraph')!.id]
  return { kenya, objection: { kind: 'silence-break', paragraphs, objection: 'No.', text: '' } as const }
}

let keys = 0
const give = (house: House, actor: Actor, command: Command, registry: Registry = house.registry) =>
  registry.command(house.document, { actor, key: `key-${++keys}-of-a-command`, command })

/** A house where Rev.1 is under silence for so long. */
async function silent(after: number) {
  const house = await House.open()
  const chair = house.actor('facilitator')
  const deadline = house.time.now() + after
  for (const command of [{ kind: 'revision-issue', note: '' } as const, place(deadline)])
    expect(await give(house, chair, command)).toMatchObject({ ok: true })
  return { house, chair, deadline }
}

const silenceIn = async (house: House, registry = house.registry): Promise<Silence | null> =>
  registry.read(house.document, lastSilence)

const lastRows = async (house: House, count: number) => {
  const { sequence } = (await house.store.document(house.document))!
  return house.store.rows(house.document, sequence - count, count)
}

describe('a room under silence', () => {
  it('9.4 9.5 is agreed when the clock says so, and whoever follows sees it', async () => {
    const { house, deadline } = await silent(MINUTE)
    const kenya = await house.join(house.actor('delegation', 'KEN'))
    kenya.propose('and water')
    await kenya.saved()
    const observer = await house.join(house.actor('observer'))
    house.time.advance(MINUTE - 1)
    expect(await silenceIn(house)).toMatchObject({ state: 'running' })
    house.time.advance(1)
    await until('the end', () => lastSilence(observer.od)?.state === 'agreed')
    const left = firstParagraph(observer.od)
    expect(lastSilence(observer.od)).toMatchObject({ endedAt: deadline, left: [left] })
    // The heading and all paragraphs but the one with Kenya's bracket.
    expect(lastSilence(observer.od)!.agreed).toHaveLength(4)
    expect(await lastRows(house, 1)).toMatchObject([{ kind: 'settle', actor: 'server', at: deadline }])
    expect(await house.store.dueDocuments(Number.MAX_SAFE_INTEGER)).toEqual([])
  })

  it('9.5 17.1 is ended within a second when the machine has slept past the deadline with the room open', async () => {
    const { house, deadline } = await silent(60 * MINUTE)
    const observer = await house.join(house.actor('observer'))
    house.time.leap(90 * MINUTE)
    house.time.advance(1_000)
    await until('the end', () => lastSilence(observer.od)?.state === 'agreed')
    expect(lastSilence(observer.od)).toMatchObject({ endedAt: deadline })
  })

  it('9.2 waits for the later deadline once it is extended', async () => {
    const { house, chair, deadline } = await silent(MINUTE)
    const later = deadline + 3 * MINUTE
    await give(house, chair, { kind: 'silence-extend', deadline: later })
    const observer = await house.join(house.actor('observer'))
    house.time.advance(later - house.time.now() - 1)
    expect(await silenceIn(house)).toMatchObject({ state: 'running', deadline: later })
    house.time.advance(1)
    await until('the end', () => lastSilence(observer.od)?.state === 'agreed')
  })

  it('9.5 ends where another server placed it, though all that this one learnt it by was a change that it refused', async () => {
    const house = await House.open()
    const chair = house.actor('facilitator')
    const kenya = await house.join(house.actor('delegation', 'KEN'))
    const observer = await house.join(house.actor('observer'))
    const other = house.anotherRegistry(house.store)
    const deadline = house.time.now() + MINUTE
    const paragraph = firstParagraph(kenya.od)
    const agreed: Command = {
      kind: 'paragraph-status',
      paragraph,
      status: 'agreed-ad-ref',
      pending: [],
      placement: false,
    }
    for (const command of [{ kind: 'revision-issue', note: '' } as const, place(deadline), agreed])
      expect(await give(house, chair, command, other)).toMatchObject({ ok: true })
    // Its row finds the other's in the log: the document is loaded anew, and this is refused there.
    kenya.propose('on an agreed paragraph')
    await until('the refusal', () => kenya.socket.of('refused').length > 0)
    house.time.advance(MINUTE)
    await until('the end', () => lastSilence(observer.od)?.state === 'agreed')
    expect(lastSilence(observer.od)).toMatchObject({ endedAt: deadline })
  })

  it('9.5 is still broken in time by what came before the deadline and had to wait', async () => {
    const { house, deadline } = await silent(MINUTE)
    const { kenya, objection } = await objecting(house)
    house.time.advance(MINUTE - 1)
    const broken = give(house, kenya.actor, objection)
    // By the time the store has answered, the command has reached the room.
    await house.store.document(house.document)
    house.time.advance(MINUTE)
    house.store.letGo()
    expect(await broken).toMatchObject({ ok: true })
    const breaks = [{ participant: 'KEN', at: deadline - 1 }]
    expect(await silenceIn(house)).toMatchObject({ state: 'broken', endedAt: deadline - 1, breaks })
  })

  it('9.2 9.5 is extended at the last moment, also when that had to wait', async () => {
    const { house, chair, deadline } = await silent(MINUTE)
    const kenya = await house.join(house.actor('delegation', 'KEN'))
    house.store.hold()
    kenya.propose('in time')
    await until('the commit to begin', () => house.store.waiting === 1)
    house.time.advance(MINUTE - 1)
    const extended = give(house, chair, { kind: 'silence-extend', deadline: deadline + MINUTE })
    await house.store.document(house.document)
    house.time.advance(1)
    const late = give(house, chair, { kind: 'silence-extend', deadline: deadline + 2 * MINUTE })
    await house.store.document(house.document)
    house.store.letGo()
    expect(await extended).toMatchObject({ ok: true })
    // It still runs, thanks to the first: so this one comes in time too.
    expect(await late).toMatchObject({ ok: true })
    expect(await silenceIn(house)).toMatchObject({ state: 'running', deadline: deadline + 2 * MINUTE })
    house.time.advance(2 * MINUTE)
    await until('the end', () => lastSilence(kenya.od)?.state === 'agreed')
    expect(lastSilence(kenya.od)).toMatchObject({ endedAt: deadline + 2 * MINUTE })
  })

  it('9.5 is ended before anything that comes after the deadline', async () => {
    const { house, deadline } = await silent(MINUTE)
    const { kenya, objection } = await objecting(house)
    house.time.advance(MINUTE)
    const broken = give(house, kenya.actor, objection)
    house.store.letGo()
    expect(await broken).toMatchObject({ ok: false, code: 'no-silence' })
    expect(await silenceIn(house)).toMatchObject({ state: 'agreed', endedAt: deadline, breaks: [] })
    expect((await lastRows(house, 2)).map(({ kind }) => kind)).toEqual(['settle', 'command'])
  })

  it('9.3 once broken is left alone at the deadline', async () => {
    const { house } = await silent(MINUTE)
    const kenya = await house.join(house.actor('delegation', 'KEN'))
    const paragraphs = [firstParagraph(kenya.od)]
    await give(house, kenya.actor, { kind: 'silence-break', paragraphs, objection: 'No.', text: '' })
    expect(await house.store.dueDocuments(Number.MAX_SAFE_INTEGER)).toEqual([])
    house.time.advance(2 * MINUTE)
    expect(await silenceIn(house)).toMatchObject({ state: 'broken', agreed: [] })
    expect(recordGet(kenya.od, `status/${paragraphs[0]!}`)).toBeUndefined()
  })
})

describe('a document that nobody has open', () => {
  it('9.5 is ended by a server that was down at the deadline, as of the deadline', async () => {
    const { house, deadline } = await silent(MINUTE)
    await house.registry.close()
    house.time.advance(5 * MINUTE)
    const after = house.anotherRegistry(house.store)
    after.watch()
    const isOver = async () => (await house.store.dueDocuments(Number.MAX_SAFE_INTEGER)).length === 0
    await until('the end', isOver)
    const [row] = await lastRows(house, 1)
    expect(row).toMatchObject({ kind: 'settle', actor: 'server', at: house.time.now() })
    expect(await silenceIn(house, after)).toMatchObject({ state: 'agreed', endedAt: deadline })
    expect(await house.store.verify()).toEqual([])
    await after.close()
  })

  it('9.5 is ended also when its room was unloaded long before', async () => {
    const { house } = await silent(10 * MINUTE)
    // A command is answered before its flush has ended, and a room that flushes is not unloaded.
    await house.store.document(house.document)
    house.registry.watch()
    house.time.advance(120_000)
    await until('the snapshot', async () => (await house.store.load(house.document))?.snapshot !== null)
    const { loads } = house.store
    // The look comes again some seconds after the last, and each asks the store.
    await until('the end', async () => {
      house.time.advance(MINUTE)
      return (await lastRows(house, 1))[0]?.kind === 'settle'
    })
    expect(house.store.loads).toBe(loads + 1)
    await house.registry.close()
  })

  it('9.5 is ended again when it failed the first time', async () => {
    const { house } = await silent(MINUTE)
    await house.registry.close()
    house.time.advance(2 * MINUTE)
    const after = house.anotherRegistry(house.store)
    house.store.failNext()
    after.watch()
    await until('the failure', () => house.problems.length > 0)
    await until('the end', async () => {
      house.time.advance(5_000)
      return (await lastRows(house, 1))[0]?.kind === 'settle'
    })
    expect(house.problems).toMatchObject([{ what: 'store-failed', message: 'the disk is full' }])
    await after.close()
  })
})

it('9.5 a real server that is started after the deadline ends the silence before anybody comes', async () => {
  const folder = temporaryFolder()
  const imported = await importPlain(folder, 3)
  const document = imported.document as DocumentId
  const first = await startServer(folder)
  const { token } = linkFor(imported, 'facilitator')
  const api = `${first.url}/api/documents/${document}`
  const order = async (key: string, command: Command) =>
    (await ask(`${api}/commands`, { token, body: { key, command } })).json
  await ask(`${api}/name`, { token, method: 'PUT', body: { name: 'Fay' } })
  const deadline = Date.now() + 1_000
  expect(await order('key-issue', { kind: 'revision-issue', note: '' })).toMatchObject({ ok: true })
  expect(await order('key-place', place(deadline))).toMatchObject({ ok: true })
  await first.kill()
  await until('the deadline', () => Date.now() > deadline)
  const second = await startServer(folder)
  const reader = new HeadlessClient(linkFor(imported, 'observer').token)
  await reader.connect(second.url, document)
  await until('the end', () => lastSilence(reader.od)?.state === 'agreed')
  expect(lastSilence(reader.od)).toMatchObject({ endedAt: deadline, left: [] })
  expect(lastSilence(reader.od)!.agreed).toHaveLength(3)
  reader.close()
})
