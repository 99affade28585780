import * as Y from 'yjs'
import { expect, it } from 'vitest'
import type { LogRow } from '#server/store/port.ts'
import { execute } from '#shared/document/commands/execute.ts'
import { freeze } from '#shared/document/history/freeze.ts'
import { recordGet } from '#shared/document/records.ts'
import { openDocument, type OutcomeDocument } from '#shared/document/schema.ts'
import type { Command } from '#shared/model/command.ts'
import { newCommentId, type ParagraphId } from '#shared/model/ids.ts'
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

it('others have a turn between two tasks of a batch', async () => {
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

it('what waits for its turn is shown to nobody, and is lost whole with the server', async () => {
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

it('keys of others are acknowledged between the commands of somebody who asks for many', async () => {
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
    expect(answer).toMatchObject({ result: { ok: true } })
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
