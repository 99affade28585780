import { expect, test } from 'vitest'
import { Projection } from '#shared/document/composition/projection.ts'
import { writeText } from '#shared/formats/text/write-text.ts'
import type { ImportedDraft } from '#shared/model/import.ts'
import { accept, proposalOf, takeBack } from '#test/kit/deciding.ts'
import { Room } from '#test/kit/drafting.ts'
import { accepted } from '#test/kit/imported.ts'
import { Random } from '#test/kit/random.ts'
import { insertAfter, ken, replaceWords, scene } from '#test/kit/scene.ts'

const SOURCE = [
  '# On reeds',
  '',
  'The Council,',
  '',
  '*Recalling* its decision 4,¹ which says that *Recalling* is not enough,',
  '',
  '_Deeply concerned_ that [**few** – EU] reeds are left,',
  '',
  '1. *Decides* to plant *reeds² in spring*, that is 2 \\* 3 times;',
  '',
  '__________',
  '¹ Of 2031.',
  '² Or rushes.',
].join('\n')

const emphasisedIn = ({ blocks }: ImportedDraft): string[] =>
  blocks.flatMap(({ text, formats = [] }) =>
    formats.map(({ from, to, format }) => `${format}: ${text.slice(from, to)}`),
  )

const lastWords = ({ blocks }: ImportedDraft) => blocks.slice(-6).map(({ kind, text }) => [kind, text])

/** The emphasised words of a document as they are composed. */
function shownEmphasised({ od }: Room): string[] {
  const projection = new Projection(od)
  const found = projection
    .blocks()
    .flatMap((block) =>
      projection
        .composed(block)
        .pieces.flatMap((piece) => (piece.kind === 'text' && piece.formats.length > 0 ? [piece.text] : [])),
    )
  projection.destroy()
  return found
}

test('22.7 what Markdown emphasises is emphasised, in base text and in brackets, and each of words that read alike by itself', () => {
  const { draft } = accepted(SOURCE)
  expect(emphasisedIn(draft)).toEqual([
    'em: Recalling',
    'em: Recalling',
    'em: Deeply concerned',
    'strong: few',
    'em: Decides',
    'em: reeds in spring',
  ])
  const room = new Room(new Random(1), draft.blocks)
  expect(shownEmphasised(room).join('|')).toBe(
    'Recalling|Recalling|Deeply concerned|few|Decides|reeds| in spring',
  )
})

test('22.7 the text export writes emphasis so that it is read again, and signs among the words as such', () => {
  const { draft } = accepted(SOURCE)
  const written = writeText(new Room(new Random(1), draft.blocks).od)
  expect(written).toContain('*Recalling* its decision 4,¹ which says that *Recalling* is not enough,')
  expect(written).toContain('1. *Decides* to plant *reeds² in spring*, that is 2 \\* 3 times;')
  const again = accepted(written).draft
  expect(lastWords(again)).toEqual(lastWords(draft))
  expect(emphasisedIn(again).join('|')).toBe(
    'em: Recalling|em: Recalling|em: Deeply concerned|strong: few|em: Decides|em: reeds in spring',
  )
})

test('22.7 a text without emphasis is written as before, stars and all', () => {
  const { draft } = accepted('1. We plant 2 * 3 reeds_and_rushes.\n2. We rest.\n')
  expect(writeText(new Room(new Random(1), draft.blocks).od)).toContain('1. We plant 2 * 3 reeds_and_rushes.')
})

test('22.7 words proposed within emphasis are emphasised too, also when they are accepted and that is taken back', () => {
  const { room } = scene('*Recalling with concern* the reeds.')
  const amina = room.seat(ken)
  insertAfter(amina, 0, 'Recalling', ' again')
  replaceWords(amina, 0, 'concern', 'care')
  room.settleDown()
  const again = proposalOf(amina, ' again')
  accept(room, again)
  expect(shownEmphasised(room).join('|')).toBe('Recalling again with |concern|care')
  takeBack(room, again)
  expect(shownEmphasised(room).join('|')).toBe('Recalling| again| with |concern|care')
})

test('22.7 emphasis within emphasis, and many emphasised words in one paragraph, stand where the source has them', () => {
  const words = Array.from({ length: 200 }, (_, i) => `*reed ${i}* and`).join(' ')
  const { draft } = accepted(`1. **We *plant* them**, ${words} [*that* – EU] is all.\n\n2. We *rest*.\n`)
  const room = new Room(new Random(1), draft.blocks)
  expect(shownEmphasised(room)).toEqual([
    'We ',
    'plant',
    ' them',
    ...Array.from({ length: 200 }, (_, i) => `reed ${i}`),
    'that',
    'rest',
  ])
})
