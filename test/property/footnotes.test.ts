import { expect, test } from 'vitest'
import { Projection } from '#shared/document/composition/projection.ts'
import { itemAt } from '#shared/document/text/anchor.ts'
import { baseTextOf, decisionOf, paragraphFacts, paragraphsInOrder } from '#shared/document/schema.ts'
import { proposedMark, proposedNotes } from '#shared/document/issue/footnotes.ts'
import { isProposalId } from '#shared/model/ids.ts'
import type { HostId, ProposalId } from '#shared/model/ids.ts'
import { accept, chair, decide, takeBack } from '#test/kit/deciding.ts'
import { facilitator, Room } from '#test/kit/drafting.ts'
import type { Drafter } from '#test/kit/drafting.ts'
import { ask, someChange } from '#test/kit/paragraphs.ts'
import { histories } from '#test/kit/histories.ts'
import { Random } from '#test/kit/random.ts'
import { backspace, ken, nor, putCaret } from '#test/kit/scene.ts'
import { seedsUpTo } from '#test/kit/seeds.ts'

const HISTORIES = histories(1 / 25)

/** Each word has one letter, which no other word and nobody's typing has. */
const TEXTS = ['aaaa bbbb cccc dddd', 'eeee ffff gggg hhhh', 'iiii jjjj kkkk llll']

/** Types a figure, or deletes some letters, anywhere. */
function edit(drafter: Drafter, random: Random): void {
  const { doc } = drafter.state
  const block = random.int(doc.childCount)
  const length = doc.child(block).content.size
  const from = random.int(length + 1)
  if (random.chance(0.5)) {
    putCaret(drafter, block, from)
    drafter.type('7')
    return
  }
  putCaret(drafter, block, from, Math.min(length, from + 1 + random.int(6)))
  backspace(drafter)
}

function proposeNote(room: Room, random: Random): void {
  const host = random.pick(paragraphsInOrder(room.od)).id
  const text = baseTextOf(room.od, host)
  const at = text && text.length > 0 ? itemAt(text, random.int(text.length)) : null
  const change = at ? ({ kind: 'note', host, at, text: '9' } as const) : someChange(room)
  ask(room, change, random.pick([ken.actor, nor.actor]))
}

function decideSome(room: Room, random: Random): void {
  const all = [...room.od.proposals.keys()] as ProposalId[]
  if (all.length === 0) return
  const id = random.pick(all)
  if (decisionOf(room.od, id)) takeBack(room, id)
  else if (random.chance(0.75)) accept(room, id)
  else decide(room, 'proposal-not-retain', id)
}

function quotesOf({ od }: Room, note: HostId): readonly string[] {
  if (!isProposalId(note)) return paragraphFacts(od, note)?.marks.map(({ quote }) => quote) ?? []
  return [proposedMark(od, note)?.quote ?? '']
}

/** Returns how many marks are shown, each of which must stand behind a word with a letter of its own. */
function checkMarks(room: Room, where: string): number {
  const projection = new Projection(room.od)
  let shown = 0
  for (const block of projection.blocks()) {
    let before = ''
    for (const piece of projection.composed(block).pieces) {
      if (piece.kind === 'text') before += piece.text
      if (piece.kind !== 'mark') continue
      shown++
      const word = /[a-z0-9]*$/u.exec(before.trimEnd())?.[0] ?? ''
      const isOwn = quotesOf(room, piece.note).some((quote) =>
        word.split('').some((sign) => quote.includes(sign)),
      )
      expect(isOwn, `${where}: “${before}${piece.text}” is of ${quotesOf(room, piece.note).join()}`).toBe(
        true,
      )
    }
  }
  projection.destroy()
  return shown
}

test('22.2 22.10 whatever is typed, proposed, decided and taken back, a mark stands behind what is left of its word', () => {
  let shown = 0
  for (const seed of seedsUpTo(HISTORIES)) {
    const random = new Random(seed)
    const room = new Room(random, TEXTS)
    const seats = [room.seat(ken), room.seat(nor), room.seat(facilitator('fay'))]
    for (let step = 0; step < 40; step++) {
      const drafter = random.pick(seats)
      if (random.chance(0.4)) edit(drafter, random)
      else if (random.chance(0.25)) drafter.undo.undo()
      else if (random.chance(0.45)) proposeNote(room, random)
      else if (random.chance(0.2)) ask(room, someChange(room), ken.actor)
      else decideSome(room, random)
      if (random.chance(0.5)) room.settleDown()
      shown += checkMarks(room, `seed ${seed}, step ${step}`)
    }
    room.settleDown()
    const before = new Set(proposedNotes(room.od))
    room.command({ kind: 'revision-issue', note: '' }, chair)
    expect(new Set(proposedNotes(room.od))).toEqual(before)
    checkMarks(room, `seed ${seed}, after the revision`)
  }
  expect(shown).toBeGreaterThan(HISTORIES * 4)
})
