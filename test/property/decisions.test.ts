import { isOnWords } from '#shared/model/proposals/proposal.ts'
import { expect, test } from 'vitest'
import { resolveAnchor } from '#shared/document/text/anchor.ts'
import { decisionOf } from '#shared/document/schema.ts'
import { recordGet } from '#shared/document/records.ts'
import { writeText } from '#shared/formats/text/write-text.ts'
import type { ProposalId } from '#shared/model/ids.ts'
import { DISPOSITIONS } from '#shared/model/proposals/decision.ts'
import type { Room } from '#test/kit/drafting.ts'
import { histories } from '#test/kit/histories.ts'
import { allOf, decided, decisionFor, everyWord, negotiated, openOf } from '#test/kit/negotiated.ts'
import { seedsUpTo } from '#test/kit/seeds.ts'

const HISTORIES = histories(1 / 2)

/** For what may be refused of an open proposal, each for a reason of its own. */
const REFUSED = ['host-closed', 'gone', 'not-decided', 'not-a-part', 'not-together']

interface Done {
  /** The decided proposals in the order in which it happened; of a merger its first source. */
  readonly order: ProposalId[]
  readonly bridges: ProposalId[]
  readonly dispositions: Set<string>
  flagged: number
}

/** Some of the open proposals decided, one after the other. */
function decideSome(room: Room, seed: number): Done {
  const done: Done = { order: [], bridges: [], dispositions: new Set(), flagged: 0 }
  for (let i = 0; i < 8; i++) {
    const open = openOf(room)
    if (open.length === 0) break
    const proposal = room.random.pick(open)
    const command = decisionFor(room, proposal)
    const result = decided(room, command)
    if (!result.ok) {
      expect(REFUSED, `seed ${seed}`).toContain(result.code)
      continue
    }
    done.order.push(proposal)
    done.dispositions.add(decisionOf(room.od, proposal)!.disposition)
    if (command.kind === 'proposals-merge') done.bridges.push(command.bridge)
    done.flagged += result.affected.length
  }
  return done
}

/** Nothing is left of what was taken back but its traces; a bridging proposal has ended. */
function checkAllBack(room: Room, { bridges }: Done, seed: number): void {
  const left = [...room.od.record.keys()].filter((key) => /^(decision|affected)\//u.test(key))
  expect(left.sort(), `seed ${seed}`).toEqual(bridges.map((id) => `decision/${id}`).sort())
  for (const id of bridges)
    expect(decisionOf(room.od, id), `seed ${seed}`).toMatchObject({ disposition: 'superseded' })
}

test('6.4, 6.8 decisions taken back in reverse order leave the text as it was, every bracket in its place', () => {
  let count = 0
  let flagged = 0
  const reached = new Set<string>()
  for (const seed of seedsUpTo(HISTORIES)) {
    const room = negotiated(seed)
    const before = writeText(room.od)
    const done = decideSome(room, seed)
    for (const disposition of done.dispositions) reached.add(disposition)
    count += done.order.length
    flagged += done.flagged
    for (const proposal of done.order.toReversed())
      expect(decided(room, { kind: 'decision-undo', proposal }), `seed ${seed}`).toMatchObject({ ok: true })
    expect(writeText(room.od), `seed ${seed}`).toBe(before)
    checkAllBack(room, done, seed)
  }
  expect(count).toBeGreaterThan(HISTORIES * 3)
  expect(flagged).toBeGreaterThan(HISTORIES / 4)
  expect([...reached].sort()).toEqual([...DISPOSITIONS].sort())
})

test('6.8 decisions taken back in any order that is allowed leave the text as it was, every bracket in its place', () => {
  let outOfOrder = 0
  for (const seed of seedsUpTo(HISTORIES)) {
    const room = negotiated(seed + 200_000)
    const before = everyWord(room)
    const shown = writeText(room.od)
    const done = decideSome(room, seed)
    const rest = [...done.order]
    for (let tries = 0; rest.length > 0; tries++) {
      expect(tries, `seed ${seed}: nothing can be taken back`).toBeLessThan(500)
      const at = room.random.int(rest.length)
      const result = decided(room, { kind: 'decision-undo', proposal: rest[at]! })
      if (!result.ok) continue
      if (at < rest.length - 1) outOfOrder++
      rest.splice(at, 1)
    }
    expect(everyWord(room), `seed ${seed}`).toEqual(before)
    checkAllBack(room, done, seed)
    expect(writeText(room.od), `seed ${seed}`).toBe(shown)
  }
  expect(outOfOrder).toBeGreaterThan(HISTORIES)
})

test('6.1, 13.2, 13.4 whatever is decided and taken back: nothing open is lost, nothing is decided twice, all of it is on record', () => {
  let refused = 0
  let twice = 0
  for (const seed of seedsUpTo(HISTORIES)) {
    const room = negotiated(seed + 100_000)
    const undone = new Map<ProposalId, number>()
    for (let i = 0; i < 12; i++) {
      const proposal = room.random.pick(allOf(room))
      const was = decisionOf(room.od, proposal)
      if (room.random.chance(0.3)) {
        if (!takenBack(room, proposal, undone)) refused++
      } else {
        const result = decided(room, decisionFor(room, proposal))
        if (was) {
          twice++
          expect(result, `seed ${seed}: ${proposal} is decided twice`).toMatchObject({
            code: 'already-decided',
            message: expect.stringContaining(was.by) as string,
          })
          expect(decisionOf(room.od, proposal)).toEqual(was)
        } else if (!result.ok) refused++
      }
      checkPlaces(room, seed)
    }
    checkRecord(room, undone, seed)
    room.settleDown()
    const [first, ...others] = room.drafters.map((drafter) => drafter.text())
    for (const other of others) expect(other, `seed ${seed}`).toBe(first)
    expect(writeText(room.od)).toBe(writeText(room.drafters[0]!.od))
  }
  expect(refused).toBeGreaterThan(HISTORIES)
  expect(twice).toBeGreaterThan(HISTORIES)
})

/** Counts for each proposal how often a decision on it was taken back. */
function takenBack(room: Room, proposal: ProposalId, undone: Map<ProposalId, number>): boolean {
  const before = new Set(allOf(room).filter((id) => decisionOf(room.od, id)))
  if (!decided(room, { kind: 'decision-undo', proposal }).ok) return false
  for (const id of before)
    if (!decisionOf(room.od, id) || id === proposal) undone.set(id, (undone.get(id) ?? 0) + 1)
  return true
}

function checkPlaces(room: Room, seed: number): void {
  for (const id of openOf(room)) {
    const anchor = room.od.anchors.get(id)
    if (!anchor || !isOnWords(anchor)) continue
    expect(resolveAnchor(room.od, anchor), `seed ${seed}: ${id} has lost its place`).not.toBeNull()
  }
}

function checkRecord({ od }: Room, undone: ReadonlyMap<ProposalId, number>, seed: number): void {
  for (const id of od.proposals.keys() as IterableIterator<ProposalId>) {
    const reopened = recordGet(od, `reopened/${id}`) ?? []
    expect(reopened.length, `seed ${seed}: ${id}`).toBe(undone.get(id) ?? 0)
    for (const said of [...reopened, ...reopened.map(({ decision }) => decision), decisionOf(od, id)]) {
      if (!said) continue
      expect(said.by.length * said.at, `seed ${seed}: nobody decided on ${id}`).toBeGreaterThan(0)
      expect(said.person).toBe('fay')
    }
  }
}
