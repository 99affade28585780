import { expect, test } from 'vitest'
import { Projection } from '#shared/document/composition/projection.ts'
import { recordGet } from '#shared/document/records.ts'
import type { Language } from '#shared/model/language.ts'
import { accept, chair } from '#test/kit/deciding.ts'
import { Room } from '#test/kit/drafting.ts'
import { accepted } from '#test/kit/imported.ts'
import { asked, numbered } from '#test/kit/paragraphs.ts'
import { Random } from '#test/kit/random.ts'
import { ken } from '#test/kit/scene.ts'

const SOURCE = 'Reeds\n\nArticle 1\nAim\n\n1. Ja.\n\n2. No:\n\n(a) so.\n\nArticle 2\nMeans\n\n1. Go.\n'

function treaty(): Room {
  const room = new Room(new Random(1), accepted(SOURCE).draft.blocks)
  return room
}

const set = (room: Room, language: Language | null, of?: string, actor = chair) =>
  room.command(
    { kind: 'language-set', language, ...(of === undefined ? {} : { paragraph: numbered(room, of) }) },
    actor,
  )

function shown({ od }: Room): (readonly [string, Language | null])[] {
  const projection = new Projection(od)
  const all = projection.blocks().map(({ label, language }) => [label, language] as const)
  projection.destroy()
  return all
}

test('24.6 a facilitator says in which language the text is: its labels have the words of it, and their numbers', () => {
  const room = treaty()
  expect(set(room, 'ru')).toMatchObject({ ok: true })
  expect(recordGet(room.od, 'language')).toBe('ru')
  expect(shown(room)).toEqual([
    ['', 'ru'],
    ['Статья 1', 'ru'],
    ['Статья 1, пункт 1', 'ru'],
    ['Статья 1, пункт 2', 'ru'],
    ['Статья 1, пункт 2 (a)', 'ru'],
    ['Статья 2', 'ru'],
    ['Статья 2, пункт 1', 'ru'],
  ])
  expect(set(room, 'ru')).toMatchObject({ code: 'nothing-changed' })
  expect(set(room, null)).toMatchObject({ ok: true })
  expect(shown(room)[1]).toEqual(['Article 1', null])
})

test('24.6 the number of what is proposed follows, and the next revision keeps the words', () => {
  const room = treaty()
  const block = { kind: 'paragraph', under: true } as const
  const note = asked(room, {
    kind: 'paragraph',
    paragraph: numbered(room, 'Article 2, paragraph 1'),
    block,
    text: 'And so.',
  })
  set(room, 'fr')
  expect(shown(room).at(-1)).toEqual(['Article 2, paragraphe 1 (a)', null])
  accept(room, note)
  room.command({ kind: 'revision-issue', note: '' }, chair)
  expect(shown(room).at(-1)).toEqual(['Article 2, paragraphe 1 (a)', 'fr'])
})

test('24.6 a paragraph may be in another language; what counts below a heading is named in the heading’s', () => {
  const room = treaty()
  set(room, 'fr')
  expect(set(room, 'es', 'Article 1, paragraphe 1')).toMatchObject({ ok: true })
  expect(set(room, 'es', 'Article 2')).toMatchObject({ ok: true })
  expect(shown(room)).toEqual([
    ['', 'fr'],
    ['Article 1', 'fr'],
    ['Article 1, paragraphe 1', 'es'],
    ['Article 1, paragraphe 2', 'fr'],
    ['Article 1, paragraphe 2 (a)', 'fr'],
    ['Artículo 2', 'es'],
    ['Artículo 2, párrafo 1', 'fr'],
  ])
  set(room, 'fr', 'Artículo 2')
  expect(shown(room).slice(-2)).toEqual([
    ['Article 2', 'fr'],
    ['Article 2, paragraphe 1', 'fr'],
  ])
})

test('24.6 only facilitators and the secretariat say so, by a command', () => {
  const room = treaty()
  expect(set(room, 'ru', undefined, ken.actor)).toMatchObject({ code: 'not-allowed' })
  const amina = room.seat(ken)
  amina.od.doc.transact(() => amina.od.record.set('language', 'ru'))
  room.settleDown()
  expect(room.refusals.map(({ code }) => code)).toEqual(['not-allowed'])
  expect(recordGet(room.od, 'language')).toBeUndefined()
})

test('24.1 a heading that is in a language of its own keeps the words of it, whatever the text’s becomes', () => {
  const room = treaty()
  set(room, 'fr')
  set(room, 'ru', 'Article 2')
  expect(set(room, 'ru')).toMatchObject({ ok: true })
  expect(set(room, 'es')).toMatchObject({ ok: true })
  expect(shown(room).slice(3)).toEqual([
    ['Artículo 1, párrafo 2', 'es'],
    ['Artículo 1, párrafo 2 (a)', 'es'],
    ['Статья 2', 'ru'],
    ['Статья 2, пункт 1', 'es'],
  ])
})

test('24.1 the number of a paragraph in a language of its own has the words of it', () => {
  const room = new Room(new Random(1), accepted('Reeds\n\n1. Ja.\n\n1 bis. No.\n\n2. So.\n').draft.blocks)
  set(room, 'fr')
  set(room, 'ru', '1 bis')
  expect(shown(room).slice(1)).toEqual([
    ['1', 'fr'],
    ['1 бис', 'ru'],
    ['2', 'fr'],
  ])
  set(room, 'ar')
  expect(shown(room).slice(1)).toEqual([
    ['1', 'ar'],
    ['1 бис', 'ru'],
    ['2', 'ar'],
  ])
})
