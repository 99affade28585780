import { expect, test } from 'vitest'
import { Projection } from '#shared/document/composition/projection.ts'
import { idsBelow } from '#shared/document/issue/families.ts'
import { recordGet } from '#shared/document/records.ts'
import { acceptedBelow } from '#shared/document/commands/decide/with-proposed.ts'
import { proposedBelow } from '#shared/document/issue/proposed-below.ts'
import { decisionOf, madeOf, paragraphsInOrder } from '#shared/document/schema.ts'
import type { Command } from '#shared/model/command.ts'
import type { ProposalId } from '#shared/model/ids.ts'
import type { Label } from '#shared/model/label.ts'
import { labelKey } from '#shared/model/label-path.ts'
import { isAgreed } from '#shared/model/status.ts'
import { writeText } from '#shared/formats/text/write-text.ts'
import { delegate, facilitator, Room } from '#test/kit/drafting.ts'
import { outlined } from '#test/kit/families.ts'
import { histories } from '#test/kit/histories.ts'
import { misplaced } from '#test/kit/labels.ts'
import { decided, everyWord, openOf, propose } from '#test/kit/negotiated.ts'
import { ask, changeOfFamily } from '#test/kit/paragraphs.ts'
import { proposeBlocks } from '#test/kit/proposed-families.ts'
import type { ProposedBlock } from '#test/kit/proposed-families.ts'
import { Random } from '#test/kit/random.ts'
import { seedsUpTo } from '#test/kit/seeds.ts'

const HISTORIES = histories(1 / 4)
const TEXTS = [
  'one two three:',
  'four five six',
  'seven eight',
  'nine ten eleven',
  'twelve thirteen',
  'fourteen',
]
const { actor: KEN } = delegate('amina', 'KEN')

/** A room with items below its first paragraph, or below a heading. */
function familyRoom(seed: number): Room {
  const room = new Room(new Random(seed), outlined(TEXTS, seed % 2 === 0 ? 1 : 2))
  for (const name of ['KEN', 'NOR']) room.seat(delegate(name.toLowerCase(), name))
  room.seat(facilitator('fay'))
  return room
}

/** Somebody types; what others do meanwhile reaches them late. */
function typeSome(room: Room, word: string): void {
  const drafter = room.random.pick(room.drafters)
  propose(room, drafter, word)
  if (room.random.chance(0.4)) drafter.send(false)
  if (room.random.chance(0.4)) drafter.deliver(room.random.int(6))
}

const accepted = (room: Room): ProposalId[] =>
  ([...room.od.proposals.keys()] as ProposalId[]).filter(
    (id) => decisionOf(room.od, id)?.effect.kind === 'family-changed',
  )

function checkLabels({ od }: Room, where: string): void {
  const labels = paragraphsInOrder(od).flatMap(({ label }) => (label ? [label] : []))
  expect(misplaced(labels), where).toBeNull()
  expect(new Set(labels.map(labelKey)).size, where).toBe(labels.length)
}

/** What stands below each paragraph, and its level. */
const outlineOf = ({ od }: Room) =>
  paragraphsInOrder(od).map(({ id, level, label }) => [id, level, label, idsBelow(od, id)])

test('19.9 19.10 with people typing below, families are moved and deleted whole, and taken back whole in any order that is allowed', () => {
  const seen = { moved: 0, deleted: 0, back: 0, outOfOrder: 0 }
  for (const seed of seedsUpTo(HISTORIES)) {
    const room = familyRoom(seed)
    for (let step = 0; step < 40; step++) {
      const where = `seed ${seed}, step ${step}`
      const x = room.random.next()
      if (x < 0.5) typeSome(room, String.fromCharCode(0x4e00 + step))
      else if (x < 0.7) {
        const change = changeOfFamily(room)
        if (change) ask(room, change, KEN)
      } else decideOne(room, seen)
      checkLabels(room, where)
    }
    room.settleDown()
    const [first, ...others] = room.drafters.map((drafter) => drafter.text())
    for (const other of others) expect(other, `seed ${seed}`).toBe(first)
    const full = new Projection(room.od)
    expect(
      room.drafters[0]!.projection.blocks().map(({ id, label, level }) => [id, label, level]),
      `seed ${seed}`,
    ).toEqual(full.blocks().map(({ id, label, level }) => [id, label, level]))
    full.destroy()
    takeAllBack(room, seen, seed)
  }
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(HISTORIES / 10)
})

function decideOne(room: Room, seen: { moved: number; deleted: number; back: number }): void {
  const { random: r, od } = room
  const done = accepted(room)
  if (done.length > 0 && r.chance(0.4)) {
    if (decided(room, { kind: 'decision-undo', proposal: r.pick(done) }).ok) seen.back++
    return
  }
  const open = openOf(room)
  const families = open.filter((id) => {
    const anchor = od.anchors.get(id)
    return anchor?.kind === 'whole' && anchor.below
  })
  if (open.length === 0) return
  const proposal = r.pick(families.length > 0 && r.chance(0.7) ? families : open)
  decided(room, { kind: 'proposal-accept', proposal })
  const effect = decisionOf(od, proposal)?.effect
  if (effect?.kind !== 'family-changed') return
  if (effect.parts[0]!.kind === 'paragraph-moved') seen.moved++
  else seen.deleted++
}

/** Everything that was decided, in any order: in the end the outline is the one of the beginning. */
function takeAllBack(room: Room, seen: { outOfOrder: number }, seed: number): void {
  const { od, random: r } = room
  const decidedNow = () =>
    ([...od.proposals.keys()] as ProposalId[]).filter((id) => {
      const kind = decisionOf(od, id)?.effect.kind
      return kind !== undefined && kind !== 'none'
    })
  for (let tries = 0; decidedNow().length > 0; tries++) {
    expect(tries, `seed ${seed}: nothing can be taken back`).toBeLessThan(1_000)
    const left = decidedNow().sort((a, b) => decisionOf(od, a)!.at - decisionOf(od, b)!.at)
    const proposal = r.pick(left)
    if (decided(room, { kind: 'decision-undo', proposal, reason: 'in error' }).ok && proposal !== left.at(-1))
      seen.outOfOrder++
  }
  const fresh = familyRoom(seed)
  expect(outlineOf(room), `seed ${seed}`).toEqual(outlineOf(fresh))
}

test('19.9 19.10 taken back in reverse order, a text with families reads as before, with every bracket and number in its place', () => {
  for (const seed of seedsUpTo(HISTORIES)) {
    const room = familyRoom(seed + 10_000)
    for (let i = 0; i < 12; i++) {
      propose(room, room.random.pick(room.drafters), String.fromCharCode(0x4e00 + i))
      room.settleDown()
    }
    for (let i = 0; i < 6; i++) {
      const change = changeOfFamily(room)
      if (change) ask(room, change, KEN)
    }
    const [words, reads] = [everyWord(room), writeText(room.od)]
    const order: ProposalId[] = []
    for (let i = 0; i < 8; i++) {
      const open = openOf(room)
      if (open.length === 0) break
      const proposal = room.random.pick(open)
      if (decided(room, { kind: 'proposal-accept', proposal }).ok) order.push(proposal)
    }
    for (const proposal of order.toReversed())
      expect(decided(room, { kind: 'decision-undo', proposal }), `seed ${seed}`).toMatchObject({ ok: true })
    expect(everyWord(room), `seed ${seed}`).toEqual(words)
    expect(writeText(room.od), `seed ${seed}`).toBe(reads)
  }
})

test('19.11 a family is agreed and reopened whole, or not at all and it is said which paragraph stands in the way', () => {
  const seen = { agreed: 0, refused: 0, reopened: 0 }
  for (const seed of seedsUpTo(HISTORIES)) {
    const room = familyRoom(seed + 20_000)
    const { od, random: r } = room
    for (let step = 0; step < 20; step++) {
      if (r.chance(0.15)) typeSome(room, String.fromCharCode(0x4e00 + step))
      const open = openOf(room)
      if (open.length > 0 && r.chance(0.3)) decided(room, { kind: 'proposal-accept', proposal: r.pick(open) })
      const paragraph = r.pick(paragraphsInOrder(od)).id
      const below = idsBelow(od, paragraph)
      const status = r.pick(['agreed-ad-ref', 'agreed', 'open'] as const)
      const command: Command = { kind: 'paragraph-status', paragraph, status, below, reason: 'as instructed' }
      const result = decided(room, command)
      const family = [paragraph, ...below].map((id) => isAgreed(recordGet(od, `status/${id}`)?.status))
      if (result.ok) {
        expect(new Set(family), `seed ${seed}, step ${step}`).toEqual(new Set([status !== 'open']))
        seen[status === 'open' ? 'reopened' : 'agreed']++
      } else seen.refused++
    }
  }
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(HISTORIES)
})

/** A paragraph with levels below it, sometimes with an alternative to one of them, behind some paragraph. */
function proposeFamily(room: Room): readonly ProposalId[] {
  const { random: r, od } = room
  const standing = r.pick(paragraphsInOrder(od))
  const first: Label = { ...(standing.label ?? { number: 9 }), number: 90 + od.proposals.size, suffix: 0 }
  const item = (number: number): Label => ({ number, suffix: 0, style: 'letter', within: first })
  const blocks: ProposedBlock[] = [{ label: first, level: standing.level, text: 'we shall' }]
  for (let i = 1, n = 1 + r.int(4); i <= n; i++) {
    blocks.push({ label: item(i), level: standing.level + 1, text: `do ${i}` })
    if (r.chance(0.3)) blocks.push({ label: null, level: standing.level + 2, text: `so ${i}` })
    if (r.chance(0.1))
      blocks.push({ label: { ...item(i), alt: 1 }, level: standing.level + 1, text: `not ${i}` })
  }
  return proposeBlocks(od, r, standing.id, blocks)
}

test('19.15 what is proposed below a proposed paragraph is accepted with it and taken back with it, all or nothing, while people type in it', () => {
  const seen = { accepted: 0, refused: 0, back: 0, heldBack: 0 }
  const count = histories(1 / 10)
  for (const seed of seedsUpTo(count)) {
    const room = familyRoom(seed + 30_000)
    const { random: r } = room
    const heads: ProposalId[] = []
    for (let step = 0; step < 30; step++) {
      const where = `seed ${seed}, step ${step}`
      const x = r.next()
      if (x < 0.15) heads.push(proposeFamily(room)[0]!)
      else if (x < 0.5) typeSome(room, String.fromCharCode(0x4e00 + step))
      else if (x < 0.6 && openOf(room).length > 0)
        decided(room, { kind: 'proposal-accept', proposal: r.pick(openOf(room)) })
      else if (heads.length > 0) decideTogether(room, r.pick(heads), seen, where)
    }
    room.settleDown()
    const [first, ...others] = room.drafters.map((drafter) => drafter.text())
    for (const other of others) expect(other, `seed ${seed}`).toBe(first)
  }
  for (const times of Object.values(seen)) expect(times).toBeGreaterThan(count / 10)
})

function decideTogether(
  room: Room,
  head: ProposalId,
  seen: { accepted: number; refused: number; back: number; heldBack: number },
  where: string,
): void {
  const { od, random: r } = room
  const together = [head, ...acceptedBelow(od, head)]
  if (together.length > 1) {
    if (r.chance(0.4)) {
      // What is agreed is not taken back.
      const status = r.pick(['agreed', 'open'] as const)
      decided(room, {
        kind: 'paragraph-status',
        paragraph: madeOf(r.pick(together)),
        status,
        reason: 'as instructed',
      })
      return
    }
    const result = decided(room, { kind: 'decision-undo', proposal: r.pick(together) })
    expect(new Set(together.map((id) => decisionOf(od, id) === undefined)), where).toEqual(
      new Set([result.ok]),
    )
    seen[result.ok ? 'back' : 'heldBack']++
    return
  }
  const below = proposedBelow(od, head)
  if (below.length === 0) return
  const result = decided(room, {
    kind: 'proposal-accept',
    proposal: head,
    proposedBelow: below.map((proposal) => ({ proposal })),
  })
  const standing = [head, ...below].map((id) => decisionOf(od, id) !== undefined)
  expect(new Set(standing), where).toEqual(new Set([result.ok]))
  // Paragraphs of the text may stand behind them.
  if (result.ok) expect(idsBelow(od, madeOf(head)).slice(0, below.length), where).toEqual(below.map(madeOf))
  seen[result.ok ? 'accepted' : 'refused']++
}
