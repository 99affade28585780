import * as Y from 'yjs'
import { expect, it } from 'vitest'
import type { LogRow } from '#server/store/port.ts'
import { differenceBetween, replay } from '#server/store/snapshot.ts'
import type { Draft } from '#shared/document/drafts.ts'
import { execute } from '#shared/document/commands/execute.ts'
import { freeze } from '#shared/document/history/freeze.ts'
import { recordGet } from '#shared/document/records.ts'
import { addProposal, headOf, openDocument, type OutcomeDocument } from '#shared/document/schema.ts'
import type { Command } from '#shared/model/command.ts'
import { newCommentId, newProposalId } from '#shared/model/ids.ts'
import type { ParagraphId, ParticipantId, ProposalId } from '#shared/model/ids.ts'
import { formatLabel } from '#shared/model/label.ts'
import { histories } from '#test/kit/histories.ts'
import { House, type Guest } from '#test/kit/room.ts'
import { typeIntoBase, wording } from '#test/kit/proposing.ts'
import { Random } from '#test/kit/random.ts'
import { until } from '#test/kit/until.ts'

/** Rooms whose work never fits into one turn of the event loop, and turns that pass when they are let. */

/** The turns that a room asks for. */
class Gate {
  turns = 0
  #held: (() => void)[] | null = null

  readonly next = (): Promise<void> => {
    this.turns++
    return this.#held ? new Promise((resolve) => this.#held?.push(resolve)) : Promise.resolve()
  }

  /** From now on the room waits for its next turn. */
  hold(): void {
    this.#held = []
  }

  get isWaiting(): boolean {
    return (this.#held?.length ?? 0) > 0
  }

  letGo(): void {
    const held = this.#held ?? []
    this.#held = null
    for (const go of held) go()
  }
}

async function busyHouse(): Promise<{ house: House; gate: Gate }> {
  const gate = new Gate()
  const house = await House.open({ nextTurn: gate.next })
  return { house, gate }
}

const remark = (house: House, on: ParagraphId): Command => ({
  kind: 'comment-add',
  comment: newCommentId((n) => house.random.bytes(n)),
  on,
  thread: null,
  text: 'Why?',
})

const firstParagraph = ({ od }: Guest): ParagraphId => [...od.paragraphs.keys()][0] as ParagraphId

it('17.11 others have a turn between two tasks of a batch', async () => {
  const { house, gate } = await busyHouse()
  const guests: Guest[] = []
  for (const name of ['KEN', 'JPN', 'NOR', 'BRA', 'EU'])
    guests.push(await house.join(house.actor('delegation', name)))
  house.time.work(10)
  const before = gate.turns
  for (const guest of guests) guest.propose('words')
  for (const guest of guests) await guest.saved()
  // Judging, applying and completing each of the five.
  expect(gate.turns - before).toBeGreaterThanOrEqual(10)
})

it('17.11 what waits for its turn is shown to nobody, and is lost whole with the server', async () => {
  const { house, gate } = await busyHouse()
  const kenya = await house.join(house.actor('delegation', 'KEN'))
  const japan = await house.join(house.actor('delegation', 'JPN'))
  const rows = await house.store.rows(house.document, 0, 100)
  house.time.work(10)
  gate.hold()
  const [ken, jpn] = [kenya.propose('of Kenya'), japan.propose('of Japan')]
  for (let turn = 0; turn < 3; turn++) {
    await until('the room to wait for its turn', () => gate.isWaiting)
    gate.letGo()
    gate.hold()
  }
  await until('the room to wait for its turn', () => gate.isWaiting)
  const late = await house.arrive(house.visitor(house.actor('observer')))
  late.hello()
  late.follow()
  expect(late.socket.of('sync-step2')).toHaveLength(0)
  expect([kenya.acknowledged, japan.acknowledged]).toEqual([0, 0])
  // What a server that is started after a crash would find.
  expect(await house.store.rows(house.document, 0, 100)).toEqual(rows)
  gate.letGo()
  await kenya.saved()
  await japan.saved()
  await until('the document', () => late.socket.of('sync-step2').length > 0)
  expect(wording(late.od, ken)).toBe('of Kenya')
  expect(wording(late.od, jpn)).toBe('of Japan')
})

it('11.1 11.2 17.11 carets and aliases follow the committed attribution, also while another waits and is not committed', async () => {
  const { house, gate } = await busyHouse()
  const chair = house.actor('facilitator')
  const ask = (key: string, command: Command) =>
    house.registry.command(house.document, { actor: chair, key, command })
  await ask('hide', { kind: 'policy-set', attribution: 'unattributed' })
  const kenya = await house.join(house.actor('delegation', 'KEN'))
  const japan = await house.join(house.actor('delegation', 'JPN'))
  const { session: caretOf, actor } = kenya.socket.of('welcome')[0]!.welcome
  const { alias } = actor
  expect(alias).toBeDefined()
  const host = firstParagraph(kenya)
  // Kenya moves its caret and is welcomed once more; returns what Japan and Kenya are sent.
  const shown = async (clock: number) => {
    kenya.say({
      type: 'caret',
      caret: { anchor: { host, item: [1, clock] }, head: { host, item: null } },
    })
    house.time.advance(200)
    const again = await house.arrive(house.visitor(kenya.actor))
    again.hello()
    const presence = japan.socket.of('presence').at(-1)!.present
    const caret = presence.find(({ session }) => session === caretOf)?.caret
    return { caret, alias: again.socket.of('welcome')[0]!.welcome.actor.alias }
  }
  house.time.work(10)
  gate.hold()
  const asked = [
    ask('show', { kind: 'policy-set', attribution: 'attributed' }),
    ask('remark', remark(house, host)),
  ].map((answer) => expect(answer).rejects.toThrow('disk is full'))
  house.store.fill()
  for (let turn = 0; turn < 4; turn++) {
    await until('the room to wait for its turn', () => gate.isWaiting)
    expect(await shown(turn), `turn ${turn}`).toEqual({ caret: null, alias })
    gate.letGo()
    gate.hold()
  }
  gate.letGo()
  await Promise.all(asked)
  expect(await shown(10)).toEqual({ caret: null, alias })
  expect(kenya.socket.closed).toBeNull()
  house.store.makeRoom()
})

it('17.11 a link that is withdrawn while an update is judged brings nothing of it into the text', async () => {
  const { house, gate } = await busyHouse()
  const kenya = await house.join(house.actor('delegation', 'KEN'))
  const japan = await house.join(house.actor('delegation', 'JPN'))
  const rows = await house.store.rows(house.document, 0, 100)
  house.time.work(10)
  gate.hold()
  const id = kenya.propose('of Kenya')
  await until('the turn before it is judged', () => gate.isWaiting)
  gate.letGo()
  gate.hold()
  await until('a turn while it is judged', () => gate.isWaiting)
  house.registry.end('revoked', ({ actor }) => actor === kenya.actor)
  gate.letGo()
  const own = japan.propose('of Japan')
  await japan.saved()
  expect(japan.od.proposals.has(id)).toBe(false)
  const written = await house.store.rows(house.document, rows.length, 100)
  expect(written.map(({ actor }) => actor)).toEqual([japan.actor, 'server'])
  const later = await house.join(house.actor('observer'))
  expect([...later.od.proposals.keys()]).toEqual([own])
})

it('13.5 17.11 nor when its connection has ended before that', async () => {
  const { house, gate } = await busyHouse()
  const kenya = await house.arrive(house.visitor(house.actor('delegation', 'KEN'), 'of Kenya'))
  kenya.hello()
  kenya.follow()
  await until('the document', () => kenya.socket.of('sync-step2').length > 0)
  house.time.work(10)
  gate.hold()
  const id = kenya.propose('of Kenya')
  await until('the turn before it is judged', () => gate.isWaiting)
  gate.letGo()
  gate.hold()
  await until('a turn while it is judged', () => gate.isWaiting)
  kenya.connection.left()
  house.registry.revoke('of Kenya')
  gate.letGo()
  expect(await house.registry.read(house.document, (od) => od.proposals.has(id))).toBe(false)
})

it('17.11 keys of others are acknowledged between the commands of somebody who asks for many', async () => {
  const { house } = await busyHouse()
  const chair = house.actor('facilitator')
  const kenya = await house.join(house.actor('delegation', 'KEN'))
  const id = kenya.propose('words')
  await kenya.saved()
  house.time.work(10)
  const paragraph = firstParagraph(kenya)
  let answered = 0
  const asking = Array.from({ length: 60 }, async (_, i) => {
    const command = remark(house, paragraph)
    const answer = await house.registry.command(house.document, { actor: chair, key: `key ${i}`, command })
    expect(answer).toMatchObject({ ok: true })
    answered++
  })
  const meanwhile: number[] = []
  for (const letter of 'abc') {
    kenya.type(id, letter)
    await kenya.saved()
    meanwhile.push(answered)
  }
  expect(meanwhile[0]).toBeLessThan(30)
  await Promise.all(asking)
  expect(answered).toBe(60)
  expect(wording(kenya.od, id)).toBe('wordsabc')
})

it('17.11 a large paste is taken in many turns, and is complete when it is acknowledged', async () => {
  const { house, gate } = await busyHouse()
  const kenya = await house.join(house.actor('delegation', 'KEN'))
  const japan = await house.join(house.actor('delegation', 'JPN'))
  const paragraph = firstParagraph(kenya)
  house.time.work(10)
  const before = gate.turns
  const made: ProposalId[] = []
  kenya.od.doc.transact(() => {
    for (let i = 0; i < 450; i++) {
      const id = newProposalId((n) => house.random.bytes(n))
      const head = { kind: 'paragraph', by: 'KEN' as ParticipantId, paragraph, quote: '' } as const
      const text = `می\u200cخواهم ${i} ${'and more words '.repeat(14)}`
      addProposal(kenya.od, id, head, { kind: 'after', paragraph }, text)
      made.push(id)
    }
  })
  await kenya.saved()
  expect(gate.turns - before).toBeGreaterThan(20)
  await until('the paste to arrive', () =>
    made.every((id) => headOf(japan.od, id)?.person === kenya.actor.name),
  )
  const labels = made.map((id) => recordGet(japan.od, `label/${id}`))
  expect(new Set(labels.map((issued) => issued?.label && formatLabel(issued.label))).size).toBe(450)
  const orders = labels.map((issued) => issued?.order ?? '')
  expect(orders).toEqual(orders.toSorted())
  expect(made.map((id) => wording(japan.od, id))).toEqual(made.map((id) => wording(kenya.od, id)))
  const stored = (await house.store.load(house.document))!
  expect(differenceBetween(replay(stored.snapshot, stored.tail), japan.od.doc)).toBeNull()
})

it('4.4 17.11 many drafts are tabled in many turns as one: whole, or not at all when the server stops meanwhile', async () => {
  const { house, gate } = await busyHouse()
  const actor = house.actor('delegation', 'KEN')
  const kenya = await house.join(actor)
  const space = 'KEN' as ParticipantId
  const paragraph = firstParagraph(kenya)
  const drafts = Array.from({ length: 450 }, (_, i): Draft => ({
    id: newProposalId((n) => house.random.bytes(n)),
    head: { kind: 'paragraph', by: space, person: '', createdAt: null, paragraph, quote: '' },
    anchor: { kind: 'after', paragraph },
    pieces: [{ insert: `draft ${i}` }],
    within: null,
  }))
  const ids = drafts.map(({ id }) => id)
  const rows = await house.store.rows(house.document, 0, 100)
  const before = gate.turns
  house.time.work(10)
  gate.hold()
  const request = {
    actor,
    key: 'table',
    command: { kind: 'drafts-table', space, drafts: ids },
    drafts,
  } as const
  const asked = house.registry.command(house.document, request)
  for (let step = 0; step < 4; step++) {
    await until('the room to wait for its turn', () => gate.isWaiting)
    gate.letGo()
    gate.hold()
  }
  expect(ids.some((id) => kenya.od.proposals.has(id))).toBe(false)
  expect(await house.store.rows(house.document, 0, 100)).toEqual(rows)
  gate.letGo()
  expect(await asked).toMatchObject({ ok: true })
  expect(gate.turns - before).toBeGreaterThanOrEqual(5)
  await until('the drafts to arrive', () => ids.every((id) => kenya.od.proposals.has(id)))
  expect(ids.map((id) => wording(kenya.od, id))).toEqual(drafts.map((_, i) => `draft ${i}`))
  const orders = ids.map((id) => recordGet(kenya.od, `label/${id}`)?.order ?? '')
  expect(orders).toEqual(orders.toSorted())
  expect(new Set(orders).size).toBe(450)
  // One row, and nothing more when the answer was lost and the command is sent again.
  const written = await house.store.rows(house.document, rows.length, 100)
  expect(written.map(({ kind }) => kind)).toEqual(['command'])
  expect(await house.registry.command(house.document, request)).toEqual(await asked)
  expect(await house.store.rows(house.document, rows.length, 100)).toEqual(written)
})

const at = (rows: readonly LogRow[], sequence: number): OutcomeDocument => {
  const od = openDocument(new Y.Doc())
  for (const row of rows)
    if (row.sequence <= sequence && row.bytes.length > 0) Y.applyUpdate(od.doc, row.bytes)
  return od
}

/** Two delegations and two facilitators type; one of them issues revisions meanwhile. Returns the log. */
async function typing(house: House, random: Random): Promise<readonly LogRow[]> {
  const [chair, second] = [house.actor('facilitator'), house.actor('facilitator')]
  const guests: Guest[] = []
  for (const actor of [house.actor('delegation', 'KEN'), house.actor('delegation', 'JPN'), chair, second])
    guests.push(await house.join(actor))
  house.time.work(10)
  const issued: Promise<unknown>[] = []
  for (let step = 0; step < 40; step++) {
    const guest = random.pick(guests)
    if (guest.actor.role === 'facilitator') typeIntoBase(guest.od, random.int(4), `base${step} `)
    else guest.propose(`words${step} `, random.int(4))
    if (random.chance(0.15)) {
      const command = { kind: 'revision-issue', note: `note ${step}` } as const
      issued.push(house.registry.command(house.document, { actor: chair, key: `issue ${step}`, command }))
    }
    if (random.chance(0.2)) await guest.saved()
  }
  await Promise.all(issued)
  for (const guest of guests) await guest.saved()
  return house.store.rows(house.document, 0, 1_000)
}

it('8.1 a revision that is issued while people type is the text at its row, as if nobody else were there', async () => {
  let issued = 0
  for (let seed = 1; seed <= histories(1 / 200); seed++) {
    const { house } = await busyHouse()
    const rows = await typing(house, new Random(seed + 80_000))
    for (const row of rows) {
      if (row.kind !== 'command' || row.command?.kind !== 'revision-issue') continue
      const { sequence, at: now } = row
      const [before, after] = [at(rows, sequence - 1), at(rows, sequence)]
      const actor = row.actor
      if (actor === 'server') throw new Error('somebody issued it')
      before.doc.transact(() => execute({ od: before, actor, now, sequence }, row.command!))
      expect(freeze(after, sequence), `seed ${seed}`).toEqual(freeze(before, sequence))
      const number = [...after.record.keys()].filter((key) => key.startsWith('revision/')).length
      expect(recordGet(after, `revision/${number}`)).toEqual(recordGet(before, `revision/${number}`))
      expect(recordGet(after, `revision/${number}`)?.sequence).toBe(sequence)
      issued++
    }
  }
  expect(issued).toBeGreaterThan(histories(1 / 200))
})
