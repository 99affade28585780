import { expect, test } from 'vitest'
import { plainText, resolveAnchor } from '#shared/document/text/anchor.ts'
import { consequencesOf } from '#shared/document/commands/decide/consequences.ts'
import { isOpen } from '#shared/document/open.ts'
import { Projection } from '#shared/document/composition/projection.ts'
import { BoardReader } from '#shared/document/composition/read-board.ts'
import { hostText } from '#shared/document/schema.ts'
import { recordGet } from '#shared/document/records.ts'
import type { ProposalId } from '#shared/model/ids.ts'
import type { Consequence } from '#shared/model/proposals/proposal.ts'
import { isOnWords } from '#shared/model/proposals/proposal.ts'
import { chair } from '#test/kit/deciding.ts'
import type { Room } from '#test/kit/drafting.ts'
import { histories } from '#test/kit/histories.ts'
import { acceptance, negotiated, openOf } from '#test/kit/negotiated.ts'
import { seedsUpTo } from '#test/kit/seeds.ts'

const HISTORIES = histories()

test('5.1, 5.2, 5.3 what is said to become of the others before accepting is what becomes of them', () => {
  const seen = { contradicts: 0, 'words-gone': 0, 're-anchored': 0, 'host-closed': 0 }
  for (const seed of seedsUpTo(HISTORIES)) {
    const room = negotiated(seed + 400_000)
    for (let i = 0; i < 5; i++) {
      const open = openOf(room)
      if (open.length === 0) break
      const id = room.random.pick(open)
      const command = acceptance(room, id)
      const told = consequencesOf(room.od, id, command)
      const disputed = inDispute(room, id)
      const before = new Map(open.map((other) => [other, struckBy(room, other)]))
      const result = room.command(command, chair)
      if (!result.ok) {
        expect(told, `seed ${seed}`).toEqual([])
        continue
      }
      expect(result.consequences, `seed ${seed}`).toEqual(told)
      const flagged = told.filter(({ becomes }) => becomes !== 're-anchored')
      expect(result.affected).toEqual(flagged.map(({ proposal }) => proposal))
      const listed = told.map(({ proposal }) => proposal)
      expect(disputed.filter((other) => !listed.includes(other))).toEqual([])
      expect(new Set(listed).size).toBe(listed.length)
      before.delete(id)
      for (const [other, words] of before) {
        const outcome = told.find(({ proposal }) => proposal === other)
        checkOutcome(room, id, other, words, outcome, seed)
        if (outcome) seen[outcome.becomes]++
      }
    }
  }
  expect(Math.min(seen.contradicts, seen['words-gone'], seen['re-anchored'])).toBeGreaterThan(HISTORIES / 20)
})

/** With what else it shares a place on the board, amendments aside. */
function inDispute({ od }: Room, id: ProposalId): ProposalId[] {
  const projection = new Projection(od)
  const { blocks } = new BoardReader(projection).board()
  projection.destroy()
  const [place] = blocks
    .flatMap(({ places }) => places)
    .filter(({ rows }) => rows.some((row) => row.id === id && row.depth === 0))
  const rows = place?.rows ?? []
  return rows.filter((row) => row.depth === 0 && row.id !== id).map((row) => row.id)
}

/** The words that a proposal is on now; null where it is on none. */
function struckBy({ od }: Room, id: ProposalId): string | null {
  const anchor = od.anchors.get(id)
  const span = anchor && resolveAnchor(od, anchor)
  if (!anchor || !span || !isOnWords(anchor) || anchor.kind === 'point') return null
  return plainText(hostText(od, anchor.host)!).slice(span.start, span.end)
}

function checkOutcome(
  room: Room,
  by: ProposalId,
  other: ProposalId,
  words: string | null,
  outcome: Consequence | undefined,
  seed: number,
): void {
  const said = `seed ${seed}: ${other}`
  const now = struckBy(room, other)
  const flag = recordGet(room.od, `affected/${other}`)
  expect(isOpen(room.od, other), said).toBe(true)
  const becomes = outcome?.becomes ?? 're-anchored'
  if (becomes === 're-anchored') {
    expect(flag?.by, said).not.toBe(by)
    if (words) expect(now, said).toMatch(/./su)
  } else expect(flag, said).toMatchObject({ by, effect: becomes })
  if (becomes === 'words-gone') expect(now ?? '', said).toBe('')
}
