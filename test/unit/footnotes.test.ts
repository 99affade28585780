import { describe, expect, test } from 'vitest'
import { writeText, writeTextExport } from '#shared/formats/text/write-text.ts'
import { newProposalId } from '#shared/model/ids.ts'
import { accept, chair, proposalOf, takeBack, text } from '#test/kit/deciding.ts'
import { facilitator, Room } from '#test/kit/drafting.ts'
import { unmarked } from '#test/kit/footnotes.ts'
import { accepted } from '#test/kit/imported.ts'
import { asked, numbered, splitBehind } from '#test/kit/paragraphs.ts'
import { Random } from '#test/kit/random.ts'
import {
  backspace,
  deleteWords,
  insertAfter,
  ken,
  putAfter,
  replaceWords,
  scene,
  selectWords,
  shown,
  typeKeys,
} from '#test/kit/scene.ts'

const RULE = '__________'

const reeds = () => scene('We plant reeds¹ and rest.', 'We rest² again.', '¹ In spring.', '² At night.').room

const printed = (...blocks: string[]): string => blocks.join('\n\n')

describe('22.1 footnotes are blocks, and their marks stand behind words', () => {
  test('the mark is printed behind its word and before the bracket that follows', () => {
    const room = reeds()
    const amina = room.seat(ken)
    insertAfter(amina, 0, 'reeds¹', ' and willows')
    room.settleDown()
    expect(text(room)).toBe(
      printed(
        '1. We plant reeds¹ [and willows – KEN] and rest.',
        '2. We rest² again.',
        RULE,
        '¹ In spring.',
        '² At night.',
      ),
    )
  })

  test('a proposal to delete the word holds its mark', () => {
    const room = reeds()
    const amina = room.seat(ken)
    deleteWords(amina, 0, ' reeds')
    room.settleDown()
    expect(text(room)).toContain('We plant[ reeds¹ – KEN delete] and rest.'.replace('[ ', ' ['))
  })

  test('a note is amended, agreed and reserved on as a paragraph is', () => {
    const room = reeds()
    const amina = room.seat(ken)
    replaceWords(amina, 2, 'spring', 'autumn')
    room.settleDown()
    expect(text(room)).toContain('¹ In [spring – KEN / autumn – KEN].'.replace(' – KEN /', ' /'))
    accept(room, proposalOf(amina, 'autumn'))
    const note = numbered(room, 'footnote 1')
    const agreed = { kind: 'paragraph-status', paragraph: note, status: 'agreed', reason: '' } as const
    expect(room.command(agreed, chair)).toMatchObject({ ok: true })
    expect(text(room)).toContain('¹ In autumn. (Agreed)')
  })
})

describe('22.2 a mark goes with its word and comes back with it', () => {
  test('an accepted deletion leaves the note without a mark; taken back, it has it again', () => {
    const room = reeds()
    const amina = room.seat(ken)
    deleteWords(amina, 0, ' reeds')
    room.settleDown()
    const deletion = proposalOf(amina, '')
    accept(room, deletion)
    expect(text(room)).toContain('1. We plant and rest.')
    expect(text(room)).toContain('¹ In spring.')
    expect(unmarked(room)).toEqual(['footnote 1'])
    takeBack(room, deletion)
    room.settleDown()
    expect(unmarked(room)).toEqual([])
    expect(shown(amina)[0]).toContain('reeds¹')
  })

  test('words deleted by a facilitator come back with their mark when that is undone, and go when it is redone', () => {
    const room = reeds()
    const fay = room.seat(facilitator('fay'))
    deleteWords(fay, 0, 'plant reeds')
    room.settleDown()
    expect(unmarked(room)).toEqual(['footnote 1'])
    for (let times = 0; times < 2; times++) {
      fay.undo.undo()
      room.settleDown()
      expect(unmarked(room)).toEqual([])
      expect(text(room)).toContain('1. We plant reeds¹ and rest.')
      fay.undo.redo()
      room.settleDown()
      expect(unmarked(room)).toEqual(['footnote 1'])
    }
  })

  test('a paragraph that is split, merged or moved keeps its marks', () => {
    const room = reeds()
    accept(room, asked(room, splitBehind(room, numbered(room, '1'), 'We')))
    expect(text(room)).toContain('1 bis. plant reeds¹ and rest.')
    const [first, second] = ['1', '1 bis'].map((label) => numbered(room, label))
    accept(room, asked(room, { kind: 'join', paragraph: first!, next: second! }))
    expect(text(room)).toContain('1. We plant reeds¹ and rest.')
    accept(room, asked(room, { kind: 'move', paragraph: first!, after: numbered(room, '2') }))
    expect(text(room)).toContain('We plant reeds¹ and rest.')
    expect(unmarked(room)).toEqual([])
  })

  test('a note that is deleted takes its mark along', () => {
    const room = reeds()
    accept(room, asked(room, { kind: 'delete-paragraph', paragraph: numbered(room, 'footnote 1') }))
    expect(text(room)).toContain('1. We plant reeds and rest.')
    expect(unmarked(room)).toEqual([])
  })
})

describe('22.3 a mark is no character', () => {
  test('backspace steps over it, and a word keeps its mark as long as a letter of it is left', () => {
    const room = reeds()
    const fay = room.seat(facilitator('fay'))
    putAfter(fay, 0, 'reeds¹')
    backspace(fay, 2)
    expect(shown(fay)[0]).toBe('We plant reed|¹ and rest.')
    typeKeys(fay, 'mace')
    expect(shown(fay)[0]).toBe('We plant reedmace|¹ and rest.')
    backspace(fay, 7)
    expect(shown(fay)[0]).toBe('We plant r|¹ and rest.')
    backspace(fay)
    expect(shown(fay)[0]).toBe('We plant | and rest.')
    room.settleDown()
    expect(unmarked(room)).toEqual(['footnote 1'])
  })

  test('a selected mark alone is not deleted, and a copy of it brings no words', () => {
    const room = reeds()
    const amina = room.seat(ken)
    selectWords(amina, 0, '¹')
    backspace(amina)
    room.settleDown()
    expect(text(room)).toContain('1. We plant reeds¹ and rest.')
  })
})

describe('22.4 what may not be done with a note', () => {
  test('nothing is moved behind one, and it is not moved, split or merged itself', () => {
    const room = reeds()
    const [note, other, paragraph] = ['footnote 1', 'footnote 2', '1'].map((label) => numbered(room, label))
    const refused = (change: Parameters<typeof asked>[1]): string => {
      const result = room.command({ kind: 'paragraph-propose', proposal: newId(room), change }, ken.actor)
      return result.ok ? 'done' : result.code
    }
    expect(refused({ kind: 'move', paragraph: note!, after: null })).toBe('not-allowed')
    expect(refused({ kind: 'move', paragraph: paragraph!, after: note! })).toBe('not-allowed')
    expect(refused({ kind: 'join', paragraph: note!, next: other! })).toBe('not-together')
    expect(refused({ kind: 'alternative', paragraph: note!, text: 'No.' })).toBe('not-allowed')
  })

  test('a client that writes a paragraph behind a note, or a mark, is refused', () => {
    const room = reeds()
    const amina = room.seat(ken)
    const note = numbered(room, 'footnote 1')
    amina.od.doc.transact(() => amina.od.paragraphs.get(note)?.set('marks', []))
    room.settleDown()
    expect(room.refusals.map(({ code }) => code)).toEqual(['not-allowed'])
    expect(unmarked(room)).toEqual([])
  })
})

describe('22.5 a revision numbers the notes by the order of their marks', () => {
  test('when the paragraphs with the marks have changed places', () => {
    const room = reeds()
    const first = numbered(room, '1')
    accept(room, asked(room, { kind: 'move', paragraph: first, after: numbered(room, '2') }))
    expect(text(room)).toContain('¹ In spring.')
    room.command({ kind: 'revision-issue', note: '' }, chair)
    expect(text(room)).toBe(
      printed('1. We rest¹ again.', '2. We plant reeds² and rest.', RULE, '¹ At night.', '² In spring.'),
    )
  })
})

describe('22.6 what is exported is read again with its notes and marks', () => {
  test('marks in superscript digits', () => {
    const room = reeds()
    const { draft } = accepted(writeText(room.od, 'base'))
    expect(
      draft.blocks.map(({ kind, text: words, notes }) => [
        kind,
        words,
        notes?.map(({ at, note }) => [at, note]),
      ]),
    ).toEqual([
      ['heading', 'Draft', undefined],
      ['paragraph', 'We plant reeds and rest.', [[14, 0]]],
      ['paragraph', 'We rest again.', [[7, 1]]],
      ['note', 'In spring.', undefined],
      ['note', 'At night.', undefined],
    ])
  })
})

test('22.6 figures and stars that somebody typed are words, beside marks that look like them', () => {
  const room = reeds()
  const fay = room.seat(facilitator('fay'))
  putAfter(fay, 0, 'We')
  typeKeys(fay, ' x² [1] reeds¹ * y* 5 ')
  const amina = room.seat(ken)
  insertAfter(amina, 1, 'again', ' at 10² m [2] * or*')
  room.settleDown()
  const again = new Room(new Random(1), accepted(writeTextExport(room.od, 'all', 0)).draft.blocks)
  expect(text(again)).toBe(text(room))
  expect(unmarked(again)).toEqual([])
})

describe('22.6 marks in the brackets of a source', () => {
  test('stand in the words of their bracket', () => {
    const { draft } = accepted(
      '1. We plant [reeds – EU delete] here¹ and [willows² there – NOR].\n2. We rest.\n\n____________\n¹ In spring.\n² At night.\n',
    )
    const room = new Room(new Random(1), draft.blocks)
    expect(text(room)).toContain('1. We plant [reeds – EU delete] here¹ and [willows² there – NOR].')
    expect(unmarked(room)).toEqual([])
  })
})

const newId = (room: Room) => newProposalId((length) => room.random.bytes(length))
