import { expect, test } from 'vitest'
import { plainText, resolveAnchor } from '#shared/document/text/anchor.ts'
import { Projection } from '#shared/document/composition/projection.ts'
import { BoardReader } from '#shared/document/composition/read-board.ts'
import {
  contentOf,
  decisionOf,
  headOf,
  hostText,
  paragraphFacts,
  paragraphsInOrder,
} from '#shared/document/schema.ts'
import { recordGet } from '#shared/document/records.ts'
import type { IssuedLabel } from '#shared/document/records.ts'
import { writeText } from '#shared/formats/text/write-text.ts'
import type { ParagraphId, ProposalId } from '#shared/model/ids.ts'
import { formatLabel } from '#shared/model/label.ts'
import { misplaced, written } from '#test/kit/labels.ts'
import { isOnWords } from '#shared/model/proposals/proposal.ts'
import type { Drafter, Room } from '#test/kit/drafting.ts'
import { delegate, facilitator } from '#test/kit/drafting.ts'
import { misnamed } from '#test/kit/as-seen.ts'
import { histories } from '#test/kit/histories.ts'
import { acceptance, allOf, decided, everyWord, negotiated, openOf, propose } from '#test/kit/negotiated.ts'
import { ask, changeOfFamily, someChange } from '#test/kit/paragraphs.ts'
import { backspace } from '#test/kit/scene.ts'
import { seedsUpTo } from '#test/kit/seeds.ts'

const HISTORIES = histories(1 / 4)
const DELEGATIONS = ['KEN', 'NOR', 'BRA'].map((name) => delegate(name.toLowerCase(), name).actor)

/** On top of what was proposed on words: something asked of paragraphs. */
function askSome(room: Room, times: number): number {
  let done = 0
  for (let i = 0; i < times; i++) {
    if (ask(room, someChange(room), room.random.pick(DELEGATIONS)).result.ok) done++
  }
  return done
}

/** Accepts or closes open proposals; in the order in which it happened. */
function decideSome(room: Room, kinds: Set<string>): ProposalId[] {
  const order: ProposalId[] = []
  for (let i = 0; i < 9; i++) {
    const open = openOf(room)
    if (open.length === 0) break
    const proposal = room.random.pick(open)
    const result = decided(
      room,
      room.random.chance(0.85)
        ? {
            ...(room.random.chance(0.3) ? acceptance(room, proposal) : { kind: 'proposal-accept', proposal }),
          }
        : { kind: 'proposal-not-retain', proposal },
    )
    if (!result.ok) continue
    order.push(proposal)
    kinds.add(decisionOf(room.od, proposal)!.effect.kind)
    // What is split off, and what stands in place of others, is asked about again.
    if (room.random.chance(0.3)) askSome(room, 1)
  }
  return order
}

const EFFECTS = [
  'family-changed',
  'merged',
  'none',
  'paragraph-added',
  'paragraph-moved',
  'paragraph-split',
  'paragraph-vacated',
  'paragraphs-joined',
]

/** Without what was asked in between. */
function readsNow(room: Room, known: ReadonlySet<ProposalId>): string {
  for (const id of openOf(room))
    if (!known.has(id)) room.command({ kind: 'proposal-not-retain', proposal: id }, facilitator('fay').actor)
  return writeText(room.od)
}

test('6.8 6.11 whatever was done to paragraphs, all that is shown can be decided about; taken back in reverse order the document reads as before', () => {
  const kinds = new Set<string>()
  for (const seed of seedsUpTo(HISTORIES)) {
    const room = negotiated(seed)
    askSome(room, 8)
    const known = new Set(openOf(room))
    const before = writeText(room.od)
    const order = decideSome(room, kinds)
    expect(misnamed(room.od), `seed ${seed}`).toEqual([])
    for (const proposal of order.toReversed())
      expect(decided(room, { kind: 'decision-undo', proposal }), `seed ${seed}`).toMatchObject({ ok: true })
    expect(readsNow(room, known), `seed ${seed}`).toBe(before)
  }
  expect([...kinds].sort()).toEqual(EFFECTS)
})

test('6.8 taken back in any order that is allowed, every text has its words again, and every bracket is in its place', () => {
  let outOfOrder = 0
  for (const seed of seedsUpTo(HISTORIES)) {
    const room = negotiated(seed + 200_000)
    askSome(room, 8)
    const known = new Set(openOf(room))
    const [before, shown] = [everyWord(room), writeText(room.od)]
    const rest = decideSome(room, new Set())
    for (let tries = 0; rest.length > 0; tries++) {
      expect(tries, `seed ${seed}: nothing can be taken back`).toBeLessThan(1_000)
      const at = room.random.int(rest.length)
      if (!decided(room, { kind: 'decision-undo', proposal: rest[at]! }).ok) continue
      if (at < rest.length - 1) outOfOrder++
      rest.splice(at, 1)
    }
    expect(everyWord(room), `seed ${seed}`).toMatchObject(before)
    expect(readsNow(room, known), `seed ${seed}`).toBe(shown)
  }
  expect(outOfOrder).toBeGreaterThan(HISTORIES)
})

test('2.2, 2.3 numbers are unique, in the order of the text, and given to one thing only', () => {
  let moved = 0
  for (const seed of seedsUpTo(HISTORIES)) {
    const room = negotiated(seed + 300_000)
    const given = new Map<string, string>()
    for (let step = 0; step < 20; step++) {
      if (room.random.chance(0.6)) askSome(room, 1)
      else {
        const all = allOf(room)
        const moves = all.filter((id) => headOf(room.od, id)?.kind === 'move')
        const proposal = room.random.pick(moves.length > 0 && room.random.chance(0.3) ? moves : all)
        const kind = decisionOf(room.od, proposal) ? 'decision-undo' : 'proposal-accept'
        decided(room, { kind, proposal })
        const effect = decisionOf(room.od, proposal)?.effect.kind
        if (effect === 'paragraph-moved' || effect === 'family-changed') moved++
      }
      checkNumbers(room, given, seed)
    }
  }
  expect(moved).toBeGreaterThan(HISTORIES / 3)
})

function checkNumbers({ od }: Room, given: Map<string, string>, seed: number): void {
  const standing = paragraphsInOrder(od).flatMap(({ id, label, order }) =>
    label ? [{ bearer: bearerOf(od, id, formatLabel(label)), label, order }] : [],
  )
  const proposed = openOf({ od } as Room).flatMap((id) => {
    const issued = recordGet(od, `label/${id}`)
    const label = issued?.label
    return label && contentOf(od, id)?.length ? [{ bearer: id as string, ...issued, label }] : []
  })
  const blocks = [...standing, ...proposed].filter(
    (entry, i, all) => all.findIndex(({ order }) => order === entry.order) === i,
  )
  blocks.sort((a, b) => (a.order < b.order ? -1 : 1))
  expect(misplaced(blocks.map(({ label }) => label)), `seed ${seed}`).toBeNull()
  for (const { label, bearer } of blocks) {
    const known = given.get(formatLabel(label))
    expect(known ?? bearer, `seed ${seed}: ${formatLabel(label)} was given twice`).toBe(bearer)
    given.set(formatLabel(label), bearer)
  }
}

/** The proposal that a number was issued to; else the paragraph that came with it. */
function bearerOf({ record }: Room['od'], paragraph: ParagraphId, label: string): string {
  for (const [key, value] of record.entries())
    if (key.startsWith('label/') && written((value as IssuedLabel).label) === label)
      return key.slice('label/'.length)
  return paragraph
}

test('2.5, 2.9, 5.3 with people typing and coming back late, nothing is lost from sight and all see the same', () => {
  const kinds = new Set<string>()
  for (const seed of seedsUpTo(HISTORIES)) {
    const room = negotiated(seed + 400_000)
    room.seat(facilitator('fay'))
    for (let step = 0; step < 30; step++) happen(room, step, kinds)
    room.settleDown()
    for (const refusal of room.refusals) expect(refusal, `seed ${seed}`).toMatchObject({ code: 'closed' })
    checkShown(room, seed)
  }
  expect([...kinds].sort()).toEqual(EFFECTS)
})

function happen(room: Room, step: number, kinds: Set<string>): void {
  const { random: r } = room
  const drafter = r.pick(room.drafters)
  const x = r.next()
  if (x < 0.4) propose(room, drafter, String.fromCharCode(0x5000 + step))
  else if (x < 0.45) backspace(drafter)
  else if (x < 0.6) askSome(room, 1)
  else if (x < 0.64) askOfFamily(room)
  else if (x < 0.85) {
    const proposal = r.pick(allOf(room))
    const accepting = r.chance(0.85) ? 'proposal-accept' : 'proposal-not-retain'
    decided(room, { kind: decisionOf(room.od, proposal) ? 'decision-undo' : accepting, proposal })
    const effect = decisionOf(room.od, proposal)?.effect.kind
    if (effect) kinds.add(effect)
  } else {
    drafter.send(r.chance(0.5))
    drafter.deliver(r.int(8))
  }
}

function askOfFamily(room: Room): void {
  const change = changeOfFamily(room)
  if (change) ask(room, change, room.random.pick(DELEGATIONS))
}

function checkShown(room: Room, seed: number): void {
  const { od } = room
  const [first, ...others] = room.drafters.map((drafter) => drafter.text())
  for (const other of others) expect(other, `seed ${seed}`).toBe(first)
  const full = new Projection(od)
  const incremental = room.drafters[0]!.projection
  expect(composed(incremental), `seed ${seed}`).toEqual(composed(full))
  const board = new BoardReader(full).board()
  const cards = board.blocks.flatMap(({ places }) => places).flatMap(({ rows }) => rows)
  const carded = new Set(cards.map(({ id }) => id))
  for (const id of openOf(room)) {
    const anchor = od.anchors.get(id)
    const content = plainText(contentOf(od, id)!)
    // Taken back by its author, with all that was in it.
    if (!anchor && content === '') continue
    if (content === '' && anchor?.kind === 'point' && !isAsked(od, id)) continue
    expect(carded, `seed ${seed}: ${id} is lost from sight`).toContain(id)
    if (anchor && isOnWords(anchor))
      expect(resolveAnchor(od, anchor), `seed ${seed}: ${id} has lost its place`).not.toBeNull()
  }
  for (const id of od.paragraphs.keys() as IterableIterator<ParagraphId>) {
    if (paragraphFacts(od, id)?.removed) continue
    const block = full.blocks().find((shown) => shown.id === id)!
    const shown = full
      .composed(block)
      .pieces.flatMap((piece) => (piece.kind === 'text' && piece.within.length === 0 ? [piece.text] : []))
    expect(shown.join(''), `seed ${seed}`).toBe(plainText(hostText(od, id)!))
  }
  full.destroy()
}

const isAsked = (od: Room['od'], id: ProposalId): boolean => {
  const head = od.proposals.get(id)?.get('head') as { kind: string }
  return head.kind !== 'text'
}

const composed = (projection: Drafter['projection']): unknown =>
  projection
    .blocks()
    .map((block) => [
      block.id,
      block.label,
      block.former,
      block.vacant,
      projection.composed(block).pieces.map((piece) => [piece.kind, piece.text, piece.within]),
    ])
