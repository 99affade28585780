import { expect, test } from 'vitest'
import { recordGet } from '#shared/document/records.ts'
import { BoardReader } from '#shared/document/composition/read-board.ts'
import { headOf, paragraphsInOrder } from '#shared/document/schema.ts'
import { formatLabel } from '#shared/model/label.ts'
import type { ParticipantId, PersonId, ProposalId } from '#shared/model/ids.ts'
import { newProposalId } from '#shared/model/ids.ts'
import type { Seat } from '#test/kit/drafting.ts'
import { delegate, Room } from '#test/kit/drafting.ts'
import { SpaceRoom } from '#test/kit/drafting-space.ts'
import {
  expectAdmitted,
  expectRefused,
  FRESH,
  head,
  KENYAS,
  ME,
  setScene,
} from '#test/kit/admission-scene.ts'
import { KENYA } from '#test/kit/admission-room.ts'
import { any, forge, type } from '#test/kit/forge.ts'
import { Random } from '#test/kit/random.ts'
import { TREATY } from '#test/kit/treaty.ts'

/** Presses Enter at the end of the paragraph that begins with these words, and types. */
function begins(room: Room, words: string): ProposalId {
  const [drafter] = room.drafters
  let end = 0
  drafter!.state.doc.forEach((node, offset) => {
    if (node.textContent.startsWith(words)) end = offset + 1 + node.content.size
  })
  drafter!.select(end, end)
  drafter!.binding.newParagraph()
  drafter!.type('sow them;')
  room.settleDown()
  return [...room.od.proposals.keys()].at(-1) as ProposalId
}

function treatyRoom(): Room {
  const room = new Room(new Random(1), TREATY)
  room.seat(delegate('amina', 'KEN'))
  return room
}

const numberOf = ({ od }: Room, id: ProposalId): string => {
  const label = recordGet(od, `label/${id}`)?.label
  return label ? formatLabel(label) : ''
}

test('19.16 Enter behind a chapeau with items begins the first of them; behind any other paragraph one of its own level', () => {
  const room = treatyRoom()
  const first = begins(room, 'Each Party shall:')
  expect(headOf(room.od, first)?.block).toEqual({ kind: 'paragraph', under: true })
  expect(recordGet(room.od, `label/${first}`)).toMatchObject({ level: 1 })
  expect(numberOf(room, first)).toMatch(/^Article 1, paragraph 2 \(/u)
  expect(room.drafters[0]!.text()).toMatch(/Each Party shall:\n.*sow them;.*\n.*plant them/su)
  const other = begins(room, 'Reeds are planted.')
  expect(headOf(room.od, other)?.block).toBeUndefined()
  expect(numberOf(room, other)).toBe('Article 1, paragraph 1 bis')
  const item = begins(room, 'plant them')
  expect(numberOf(room, item)).toBe('Article 1, paragraph 2 (a) bis')
  expect(room.refusals).toEqual([])
})

const KEN = 'KEN' as ParticipantId
const OBSERVER: Seat = {
  name: 'olga',
  actor: { person: 'person-olga' as PersonId, name: 'olga', role: 'observer', participant: null },
}

test('19.16, 4.2, 4.6 a first item and a heading that are drafted privately are seen by colleagues alone, and get their numbers when they are tabled', () => {
  const room = new Room(new Random(1), TREATY)
  const space = new SpaceRoom(room, 'KEN')
  const amina = room.seat(delegate('amina', 'KEN'), 'all', [space])
  const baraka = room.seat(delegate('baraka', 'KEN'), 'all', [space])
  const others = [room.seat(OBSERVER), room.seat(delegate('nils', 'NOR'))]
  const before = others[0]!.text()
  amina.draftIn(KEN)
  begins(room, 'Each Party shall:')
  const [last] = paragraphsInOrder(room.od).slice(-1)
  const article = { kind: 'heading', level: 0, division: 'article' } as const
  const heading = amina.binding.operations!.newBlock(last!.id, article, 'Final provisions')!
  expect(amina.binding.operations!.newBlock(last!.id, article, '')).toBeNull()
  room.settleDown()
  const item = [...space.od.proposals.keys()].find((id) => id !== heading) as ProposalId
  expect(amina.text()).toMatch(/Each Party shall:\n.*sow them;.*\n.*plant them/su)
  expect(amina.text()).toMatch(/Reports are written.\n.*Final provisions.*$/su)
  expect(baraka.text()).toBe(amina.text())
  const drafted = new BoardReader(baraka.projection).board().blocks
  expect(drafted.find(({ id }) => id === heading)).toMatchObject({ kind: 'heading', level: 0 })
  expect(drafted.find(({ id }) => id === item)).toMatchObject({ kind: 'paragraph', level: 1 })
  for (const other of others) expect(other.text()).toBe(before)
  expect(room.od.proposals.size).toBe(0)

  // The room goes on, and another article comes first.
  room.command(
    {
      kind: 'paragraph-propose',
      proposal: newProposalId((n) => room.random.bytes(n)),
      change: { kind: 'paragraph', paragraph: last!.id, block: article, text: 'Signature' },
    },
    others[1]!.seat.actor,
  )
  expect(space.table([item, heading], amina.seat.actor)).toMatchObject({ ok: true })
  room.settleDown()
  expect(headOf(room.od, item)?.block).toEqual({ kind: 'paragraph', under: true })
  expect(headOf(room.od, heading)).toMatchObject({ by: 'KEN', person: 'amina', block: article })
  expect(numberOf(room, item)).toBe('Article 1, paragraph 2 (0)')
  expect(numberOf(room, heading)).toBe('Article 2 ter')
  for (const other of others)
    expect(other.text()).toMatch(/sow them;.*plant them.*Reports are written.*Final provisions/su)
  expect(room.refusals).toEqual([])
})

/** A new block as a client writes it. */
const creation = (block: object | undefined, kind = 'paragraph') =>
  forge([
    {
      client: ME,
      clock: 0,
      structs: [
        type(1, { parent: 'proposals', key: FRESH }),
        any([{ ...head('KEN'), kind, quote: '', ...(block && { block }) }], { parent: [ME, 0], key: 'head' }),
        type(2, { parent: [ME, 0], key: 'content' }),
        any([{ kind: 'after', paragraph: head('KEN').paragraph }], { parent: 'anchors', key: FRESH }),
      ],
    },
  ])

test('19.16 a client may say that its new block is the first below a paragraph, or a heading, and nothing else of it', () => {
  for (const block of [
    undefined,
    { kind: 'paragraph', under: true },
    { kind: 'heading', level: 0 },
    { kind: 'heading', level: 5, division: 'article' },
  ])
    expectAdmitted(setScene(), KENYA, creation(block))
  for (const block of [
    {},
    { kind: 'paragraph' },
    { kind: 'paragraph', under: false },
    { kind: 'paragraph', under: true, level: 1 },
    { kind: 'heading', level: 6 },
    { kind: 'heading', level: 0.5 },
    { kind: 'heading', level: 0, division: 'kingdom' },
    { kind: 'heading', level: 0, number: 9 },
    { kind: 'note', mark: { host: KENYAS, runs: [], quote: '' } },
  ])
    expectRefused(setScene(), KENYA, creation(block), 'wrong-shape')
  expectRefused(setScene(), KENYA, creation({ kind: 'heading', level: 0 }, 'text'), 'wrong-shape')
})
