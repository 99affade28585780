import { expect, test } from 'vitest'
import { isOpen } from '#shared/document/open.ts'
import { recordGet } from '#shared/document/records.ts'
import { hostText } from '#shared/document/schema.ts'
import { plainText, resolveAnchor } from '#shared/document/text/anchor.ts'
import type { HostId, ProposalId } from '#shared/model/ids.ts'
import { isOnWords } from '#shared/model/proposal.ts'
import { delegate, Room } from '#test/kit/drafting.ts'
import { histories } from '#test/kit/histories.ts'
import { MappedRoom } from '#test/kit/mapped.ts'
import { decisionFor, openOf, propose } from '#test/kit/negotiated.ts'
import { ask, someChange } from '#test/kit/paragraphs.ts'
import { Random } from '#test/kit/random.ts'
import type { Decide, History } from '#test/kit/taken-back.ts'
import { paragraphHistory, takeAllBack, wordingHistory } from '#test/kit/taken-back.ts'

const HISTORIES = histories(0.1)

/** Decides by what a map says; one map a room. */
function byMap(): Decide {
  let mapped: MappedRoom | null = null
  return (room, command) => (mapped ??= new MappedRoom(room)).decide(command)
}

const KINDS: [string, (seed: number, decide: Decide) => History][] = [
  ['on words', wordingHistory],
  ['on paragraphs', paragraphHistory],
]

for (const [kind, history] of KINDS)
  test(`by the map, decisions ${kind} taken back in any order that is allowed leave every bracket in its place`, () => {
    let outOfOrder = 0
    for (let seed = 1; seed <= HISTORIES; seed++) {
      const decide = byMap()
      const made = history(seed + 600_000, decide)
      outOfOrder += takeAllBack(made, decide)
      expect(made.reads(), `seed ${seed}`).toBe(made.before)
    }
    expect(outOfOrder).toBeGreaterThan(HISTORIES)
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

test('by the map, a range holds whatever is left of its letters, after each decision and each one taken back', () => {
  let checked = 0
  let back = 0
  for (let seed = 1; seed <= HISTORIES; seed++) {
    const made = lettered(seed)
    const own = lettersOn(made)
    const decide = byMap()
    const decided: ProposalId[] = []
    for (let step = 0; step < 14; step++) {
      if (made.random.chance(0.4) && decided.length > 0) {
        const proposal = made.random.pick(decided)
        if (decide(made, { kind: 'decision-undo', proposal }).ok) back++
      } else if (openOf(made).length > 0) {
        const proposal = made.random.pick(openOf(made))
        if (decide(made, decisionFor(made, proposal)).ok) decided.push(proposal)
      }
      checked += checkRanges(made, own, seed)
    }
  }
  expect(checked).toBeGreaterThan(HISTORIES * 20)
  expect(back).toBeGreaterThan(HISTORIES)
})
