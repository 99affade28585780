import { expect, test } from 'vitest'
import { Projection } from '#shared/document/composition/projection.ts'
import { openBracketsOn } from '#shared/document/agreement.ts'
import { optionsIn } from '#shared/document/issue/options.ts'
import { recordGet } from '#shared/document/records.ts'
import { decisionOf, headOf, paragraphsInOrder } from '#shared/document/schema.ts'
import { writeText } from '#shared/formats/text/write-text.ts'
import { newProposalId } from '#shared/model/ids.ts'
import type { ProposalId } from '#shared/model/ids.ts'
import { delegate, facilitator, Room } from '#test/kit/drafting.ts'
import { histories } from '#test/kit/histories.ts'
import { allOf, decided, everyWord, openOf, propose } from '#test/kit/negotiated.ts'
import { choosing, OPTIONAL } from '#test/kit/optional.ts'
import { ask, changeOfFamily } from '#test/kit/paragraphs.ts'
import { Random } from '#test/kit/random.ts'
import { seedsUpTo } from '#test/kit/seeds.ts'

const HISTORIES = histories(1 / 20)
const { actor: KEN } = delegate('amina', 'KEN')

function optionalRoom(seed: number): Room {
  const room = new Room(new Random(seed), OPTIONAL[seed % OPTIONAL.length]!)
  for (const name of ['KEN', 'NOR']) room.seat(delegate(name.toLowerCase(), name))
  room.seat(facilitator('fay'))
  return room
}

/** Chooses an option at random, as it stands; null when there is no choice, or it was refused. */
function chooseOne(room: Room): ProposalId | null {
  const { od, random: r } = room
  const sets = optionsIn(od)
  if (sets.length === 0) return null
  const set = r.pick(sets)
  const proposal = newProposalId((length) => r.bytes(length))
  return decided(room, choosing(proposal, set, r.pick(set).head.id)).ok ? proposal : null
}

const chosenIn = (room: Room): ProposalId[] =>
  allOf(room).filter(
    (id) =>
      headOf(room.od, id)?.kind === 'choice' && decisionOf(room.od, id)?.effect.kind === 'family-changed',
  )

const flagsOf = (room: Room) => openOf(room).map((id) => [id, recordGet(room.od, `affected/${id}`) ?? null])

test('25.2 25.3 with people drafting in all options, one is chosen whole and taken back whole, with nothing lost from sight', () => {
  const seen = { chosen: 0, back: 0, again: 0, late: 0 }
  for (const seed of seedsUpTo(HISTORIES)) {
    const room = optionalRoom(seed)
    const { random: r, od } = room
    for (let step = 0; step < 40; step++) {
      const x = r.next()
      const done = chosenIn(room)
      if (x < 0.55) {
        const drafter = r.pick(room.drafters)
        propose(room, drafter, String.fromCharCode(0x4e00 + step))
        if (r.chance(0.4)) drafter.send(false)
        if (r.chance(0.4)) drafter.deliver(r.int(6))
        if (done.length > 0) seen.late++
      } else if (x < 0.65) {
        const change = changeOfFamily(room)
        if (change) ask(room, change, KEN)
      } else if (x < 0.72 && openOf(room).length > 0)
        decided(room, { kind: 'proposal-accept', proposal: r.pick(openOf(room)) })
      else if (x < 0.85 && done.length > 0) {
        const proposal = r.pick(done)
        if (!decided(room, { kind: 'decision-undo', proposal }).ok) continue
        seen.back++
        expect(decisionOf(od, proposal)?.disposition, `seed ${seed}, step ${step}`).toBe('withdrawn')
        if (r.chance(0.3) && decided(room, { kind: 'decision-undo', proposal }).ok) seen.again++
      } else if (chooseOne(room)) seen.chosen++
    }
    room.settleDown()
    const [first, ...others] = room.drafters.map((drafter) => drafter.text())
    for (const other of others) expect(other, `seed ${seed}`).toBe(first)
    const full = new Projection(od)
    for (const block of room.drafters[0]!.projection.blocks())
      expect(
        full.blocks().map(({ id }) => id),
        `seed ${seed}`,
      ).toContain(block.id)
    full.destroy()
  }
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(HISTORIES / 10)
})

test('25.3 a choice that is taken back leaves the text as it was, with every bracket, flag, position and number in its place', () => {
  let nested = 0
  for (const seed of seedsUpTo(HISTORIES)) {
    const room = optionalRoom(seed + 10_000)
    const { od, random: r } = room
    for (let i = 0; i < 14; i++) {
      propose(room, r.pick(room.drafters), String.fromCharCode(0x4e00 + i))
      room.settleDown()
    }
    for (let i = 0; i < 4; i++) {
      const change = changeOfFamily(room)
      if (change) ask(room, change, KEN)
    }
    for (const { id } of paragraphsInOrder(od))
      if (r.chance(0.5))
        decided(room, { kind: 'position-take', on: id, position: r.pick(['support', 'oppose']) })
    const before = () => ({
      words: everyWord(room),
      reads: writeText(od),
      flags: flagsOf(room),
      positions: paragraphsInOrder(od).map(({ id }) => recordGet(od, `positions/${id}`) ?? []),
      options: optionsIn(od),
      open: paragraphsInOrder(od).map(({ id }) => [...openBracketsOn(od, id)].sort()),
    })
    const was = before()
    const choices: ProposalId[] = []
    for (let i = 0; i < 3; i++) {
      const chosen = chooseOne(room)
      if (chosen) choices.push(chosen)
    }
    expect(choices.length, `seed ${seed}`).toBeGreaterThan(0)
    if (choices.length > 1) nested++
    for (const proposal of choices.toReversed())
      expect(decided(room, { kind: 'decision-undo', proposal }), `seed ${seed}`).toMatchObject({ ok: true })
    expect({ ...before(), words: null }, `seed ${seed}`).toEqual({ ...was, words: null })
    for (const [host, words] of Object.entries(was.words))
      expect(everyWord(room)[host], `seed ${seed}`).toBe(words)
  }
  expect(nested).toBeGreaterThan(HISTORIES / 10)
})
