import { expect, test } from 'vitest'
import { recordGet } from '#shared/document/records.ts'
import { headOf } from '#shared/document/schema.ts'
import { formatLabel } from '#shared/model/label.ts'
import type { ProposalId } from '#shared/model/ids.ts'
import { delegate, Room } from '#test/kit/drafting.ts'
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

test('25.6 Enter behind a chapeau with items begins the first of them; behind any other paragraph one of its own level', () => {
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

test('25.6 a client may say that its new block is the first below a paragraph, or a heading, and nothing else of it', () => {
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
