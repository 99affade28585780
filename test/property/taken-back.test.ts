import { expect, test } from 'vitest'
import { isOpen } from '#shared/document/open.ts'
import { recordGet } from '#shared/document/records.ts'
import { hostText } from '#shared/document/schema.ts'
import { plainText, resolveAnchor } from '#shared/document/text/anchor.ts'
import type { HostId, ProposalId } from '#shared/model/ids.ts'
import { isOnWords } from '#shared/model/proposals/proposal.ts'
import type { BusyCounts } from '#test/kit/busy.ts'
import { BusyHistory } from '#test/kit/busy.ts'
import { delegate, Room } from '#test/kit/drafting.ts'
import { histories } from '#test/kit/histories.ts'
import { decided, decisionFor, openOf, propose } from '#test/kit/negotiated.ts'
import { ask, someChange } from '#test/kit/paragraphs.ts'
import { Random } from '#test/kit/random.ts'
import { seedsUpTo } from '#test/kit/seeds.ts'

const HISTORIES = histories(0.1)
const BUSY = histories(1 / 40)

test('6.8 while people propose, draft, write, delete and undo, every bracket is in its place once all is taken back', () => {
  const counts: BusyCounts = { back: 0, typed: 0, undone: 0, first: 0, later: 0, drafts: 0, tabled: 0 }
  for (const seed of seedsUpTo(BUSY)) {
    const history = new BusyHistory(seed)
    expect(history.run(), `seed ${seed}`).toEqual([])
    for (const key of Object.keys(counts) as (keyof BusyCounts)[]) counts[key] += history.counts[key]
  }
  expect(Math.min(counts.back, counts.first)).toBeGreaterThan(BUSY * 4)
  expect(Math.min(counts.typed, counts.later)).toBeGreaterThan(BUSY)
  expect(counts.undone).toBeGreaterThan(BUSY / 4)
  expect(counts.drafts).toBeGreaterThan(BUSY / 8)
})

const FIRST = 0x5000
const isBase = (letter: string): boolean => letter.charCodeAt(0) >= 0x4e00

/** Every letter stands in the document once, so that it can be told by itself wherever decisions take it. */
function lettered(seed: number): Room {
  let letter = FIRST
  const texts = [24, 20, 12].map((length) =>
    Array.from({ length }, () => String.fromCharCode(letter++)).join(''),
  )
  const room = new Room(new Random(seed), texts)
  for (const name of ['KEN', 'NOR', 'BRA']) room.seat(delegate(name.toLowerCase(), name))
  for (let step = 0; step < 12; step++) {
    propose(room, room.random.pick(room.drafters), String.fromCharCode(0x4e00 + step))
    room.settleDown()
  }
  for (let i = 0; i < 6; i++) ask(room, someChange(room))
  return room
}

/** The letters that each open range is on. */
function lettersOn({ od }: Room): Map<ProposalId, string[]> {
  const found = new Map<ProposalId, string[]>()
  for (const [id, anchor] of od.anchors.entries()) {
    const span = resolveAnchor(od, anchor)
    if (span && anchor.kind === 'range')
      found.set(id as ProposalId, lettersOf(wordsIn(od, anchor.host).slice(span.start, span.end)))
  }
  return found
}

const wordsIn = (od: Room['od'], host: HostId): string => plainText(hostText(od, host)!)
const lettersOf = (words: string): string[] => Array.from(words).filter(isBase)

/** Every range holds all that is left of its letters in its text, wherever that is, and is nothing where none is left. */
function checkRanges({ od }: Room, own: ReadonlyMap<ProposalId, readonly string[]>, seed: number): number {
  let checked = 0
  for (const [id, letters] of own) {
    const anchor = od.anchors.get(id)
    if (!isOpen(od, id) || !anchor || !isOnWords(anchor)) continue
    // It may stand against what was put in the place of its words.
    if (recordGet(od, `affected/${id}`)?.effect === 'contradicts') continue
    const span = resolveAnchor(od, anchor)
    expect(span, `seed ${seed}: ${id}`).not.toBeNull()
    const text = wordsIn(od, anchor.host)
    const held = lettersOf(text.slice(span!.start, span!.end))
    const left = letters.filter((letter) => text.includes(letter))
    expect(
      left.filter((letter) => !held.includes(letter)),
      `seed ${seed}: ${id} has lost`,
    ).toEqual([])
    checked += left.length
  }
  return checked
}

test('6.8 a range holds whatever is left of its letters, after each decision and each one taken back', () => {
  let checked = 0
  let back = 0
  for (const seed of seedsUpTo(HISTORIES)) {
    const made = lettered(seed)
    const own = lettersOn(made)
    const order: ProposalId[] = []
    for (let step = 0; step < 14; step++) {
      if (made.random.chance(0.4) && order.length > 0) {
        const proposal = made.random.pick(order)
        if (decided(made, { kind: 'decision-undo', proposal }).ok) back++
      } else if (openOf(made).length > 0) {
        const proposal = made.random.pick(openOf(made))
        if (decided(made, decisionFor(made, proposal)).ok) order.push(proposal)
      }
      checked += checkRanges(made, own, seed)
    }
  }
  expect(checked).toBeGreaterThan(HISTORIES * 20)
  expect(back).toBeGreaterThan(HISTORIES)
})
