import { isOnWords } from '#shared/model/proposal.ts'
import { expect, test } from 'vitest'
import { plainText, resolveAnchor } from '#shared/document/anchor.ts'
import { isLiveHost } from '#shared/document/open.ts'
import { decisionOf, hostText } from '#shared/document/schema.ts'
import { writeText } from '#shared/formats/text-write.ts'
import type { HostId, ProposalId } from '#shared/model/ids.ts'
import { delegate, facilitator, Room } from '#test/kit/drafting.ts'
import type { Drafter } from '#test/kit/drafting.ts'
import { Random } from '#test/kit/random.ts'
import { backspace } from '#test/kit/scene.ts'

const HISTORIES = Number(process.env.INFORMALS_HISTORIES ?? 600)
const CHAIR = facilitator('fay').actor
const TEXTS = ['one two three four five six', 'seven eight nine ten eleven', 'twelve thirteen']

/** A room where three delegations have proposed on each other's words. */
function negotiated(seed: number): Room {
  const room = new Room(new Random(seed), TEXTS)
  for (const name of ['KEN', 'NOR', 'BRA']) room.seat(delegate(name.toLowerCase(), name))
  for (let step = 0; step < 14; step++) {
    propose(room, room.random.pick(room.drafters), String.fromCharCode(0x4e00 + step))
    room.settleDown()
  }
  expect(room.refusals).toEqual([])
  return room
}

function propose({ random: r }: Room, drafter: Drafter, word: string): void {
  const { doc } = drafter.state
  const pos = r.int(doc.content.size - 2) + 1
  const $pos = doc.resolve(pos)
  if (!$pos.parent.isTextblock) return
  drafter.select(pos, r.chance(0.6) ? Math.min($pos.end(), pos + r.int(16)) : pos)
  if (r.chance(0.12)) drafter.binding.newParagraph([[{ insert: word }]])
  else if (r.chance(0.3) && !drafter.state.selection.empty) backspace(drafter)
  else drafter.type(word)
}

const openOf = (room: Room): ProposalId[] =>
  ([...room.od.proposals.keys()] as ProposalId[]).filter((id) => !decisionOf(room.od, id)).sort()

/** Some of the open proposals decided, one after the other; in the order in which it happened. */
function decideSome(room: Room, seed: number): { order: ProposalId[]; flagged: number } {
  const order: ProposalId[] = []
  let flagged = 0
  for (let i = 0; i < 8; i++) {
    const open = openOf(room)
    if (open.length === 0) break
    const proposal = room.random.pick(open)
    const x = room.random.next()
    const text = x < 0.2 ? { text: 'otherwise' } : {}
    const result = room.command(
      x < 0.75 ? { kind: 'proposal-accept', proposal, ...text } : { kind: 'proposal-not-retain', proposal },
      CHAIR,
    )
    if (!result.ok) {
      expect(['host-closed', 'gone'], `seed ${seed}`).toContain(result.code)
      continue
    }
    order.push(proposal)
    flagged += result.affected.length
  }
  return { order, flagged }
}

test('decisions taken back in reverse order leave the text as it was, every bracket in its place', () => {
  let decided = 0
  let flagged = 0
  for (let seed = 1; seed <= HISTORIES; seed++) {
    const room = negotiated(seed)
    const before = writeText(room.od)
    const done = decideSome(room, seed)
    decided += done.order.length
    flagged += done.flagged
    for (const proposal of done.order.toReversed()) {
      expect(room.command({ kind: 'decision-undo', proposal }, CHAIR), `seed ${seed}`).toMatchObject({
        ok: true,
      })
    }
    expect(writeText(room.od), `seed ${seed}`).toBe(before)
    expect([...room.od.record.keys()].filter((key) => /^(decision|affected)/u.test(key))).toEqual([])
  }
  expect(decided).toBeGreaterThan(HISTORIES * 3)
  expect(flagged).toBeGreaterThan(HISTORIES / 4)
})

test('decisions taken back in any order that is allowed leave the words as they were', () => {
  let outOfOrder = 0
  for (let seed = 1; seed <= HISTORIES; seed++) {
    const room = negotiated(seed + 200_000)
    const before = everyWord(room)
    const { order } = decideSome(room, seed)
    const rest = [...order]
    for (let tries = 0; rest.length > 0; tries++) {
      expect(tries, `seed ${seed}: nothing can be taken back`).toBeLessThan(500)
      const at = room.random.int(rest.length)
      const result = room.command({ kind: 'decision-undo', proposal: rest[at]! }, CHAIR)
      if (!result.ok) continue
      if (at < rest.length - 1) outOfOrder++
      rest.splice(at, 1)
    }
    expect(everyWord(room), `seed ${seed}`).toEqual(before)
  }
  expect(outOfOrder).toBeGreaterThan(HISTORIES)
})

/** The words of each text. */
function everyWord({ od }: Room): Record<string, string> {
  const words: Record<string, string> = {}
  for (const id of [...od.paragraphs.keys(), ...od.proposals.keys()] as HostId[])
    if (isLiveHost(od, id)) words[id] = plainText(hostText(od, id)!)
  return words
}

test('whatever is decided, in whatever order it is taken back, nobody’s open proposal is lost', () => {
  let refused = 0
  for (let seed = 1; seed <= HISTORIES; seed++) {
    const room = negotiated(seed + 100_000)
    for (let i = 0; i < 12; i++) {
      const proposal = room.random.pick([...room.od.proposals.keys()] as ProposalId[])
      const kind = room.random.pick(['proposal-accept', 'proposal-not-retain', 'decision-undo'] as const)
      if (!room.command({ kind, proposal }, CHAIR).ok) refused++
      for (const id of openOf(room)) {
        const anchor = room.od.anchors.get(id)
        if (!anchor || !isOnWords(anchor)) continue
        expect(resolveAnchor(room.od, anchor), `seed ${seed}: ${id} has lost its place`).not.toBeNull()
      }
    }
    room.settleDown()
    const [first, ...others] = room.drafters.map((drafter) => drafter.text())
    for (const other of others) expect(other, `seed ${seed}`).toBe(first)
    // What is decided twice is refused: the history holds one decision for each proposal.
    expect(writeText(room.od)).toBe(writeText(room.drafters[0]!.od))
  }
  expect(refused).toBeGreaterThan(HISTORIES)
})
