import { describe, expect, it } from 'vitest'
import { exportJson } from '#shared/document/export-json.ts'
import { Projection } from '#shared/document/composition/projection.ts'
import { BoardReader } from '#shared/document/composition/read-board.ts'
import { paragraphsInOrder } from '#shared/document/schema.ts'
import { recordGet } from '#shared/document/records.ts'
import { writeText } from '#shared/formats/text/write-text.ts'
import type { CommandResult, ParagraphChange } from '#shared/model/command.ts'
import type { ParagraphId, ParticipantId, ProposalId } from '#shared/model/ids.ts'
import { newProposalId } from '#shared/model/ids.ts'
import { accept, chair, decide, proposalBy, proposalOf, takeBack, text } from '#test/kit/deciding.ts'
import type { Room } from '#test/kit/drafting.ts'
import { delegate } from '#test/kit/drafting.ts'
import { ask, asked, numbered, splitBehind } from '#test/kit/paragraphs.ts'
import {
  backspace,
  deleteWords,
  insertAfter,
  ken,
  nor,
  putAfter,
  replaceWords,
  scene,
  shown,
} from '#test/kit/scene.ts'

const code = (result: CommandResult): string => (result.ok ? 'ok' : result.code)

function rounds(room: Room, id: ProposalId, accepted: string): void {
  const before = text(room)
  for (let times = 0; times < 2; times++) {
    expect(accept(room, id)).toMatchObject({ ok: true })
    expect(text(room)).toBe(accepted)
    expect(takeBack(room, id)).toMatchObject({ ok: true })
    expect(text(room)).toBe(before)
  }
}

const three = () => scene('One.', 'Two.', 'Three.').room

// History 1248 of property/paragraphs.
it('2.9 a split asked for inside accepted words stays in sight when these go back and are then not retained', () => {
  const { room } = scene('One two.', 'Three.')
  const amina = room.seat(ken)
  insertAfter(amina, 0, 'One', ' and a half')
  room.settleDown()
  const half = proposalOf(amina, ' and a half')
  accept(room, half)
  const split = asked(room, splitBehind(room, numbered(room, '1'), 'and'))
  takeBack(room, half)
  expect(text(room)).toContain('[and [split here – KEN] a half – KEN]')
  expect(decide(room, 'proposal-not-retain', half).ok).toBe(true)
  expect(recordGet(room.od, `affected/${split}`)).toEqual({ by: half, effect: 'host-closed' })
  const projection = new Projection(room.od)
  expect(JSON.stringify(new BoardReader(projection).board())).toContain(split)
  projection.destroy()
  expect(decide(room, 'proposal-not-retain', split).ok).toBe(true)
})

it('7.2 a paragraph is not agreed while its split is asked for', () => {
  const room = three()
  const paragraph = numbered(room, '1')
  const split = asked(room, splitBehind(room, paragraph, 'On'))
  const agree = () => room.command({ kind: 'paragraph-status', paragraph, status: 'agreed' }, chair)
  expect(agree().ok).toBe(false)
  decide(room, 'proposal-not-retain', split)
  expect(agree().ok).toBe(true)
})

describe('the brackets of what is asked of a paragraph', () => {
  it.each([
    ['delete-paragraph', '1. One. [… – KEN delete paragraph]'],
    ['reservation', '1. One. [… – KEN reserve]'],
    ['move', '1. One. [move after 3 – KEN]'],
    ['join', '1. One. [merge with 2 – KEN]'],
    ['split', '1. On [split here – KEN]e.'],
  ] as const)('2.1 %s', (kind, written) => {
    const room = three()
    const paragraph = numbered(room, '1')
    const other = numbered(room, '2')
    const change: ParagraphChange =
      kind === 'move'
        ? { kind, paragraph, after: numbered(room, '3') }
        : kind === 'join'
          ? { kind, paragraph, next: other }
          : kind === 'split'
            ? splitBehind(room, paragraph, 'On')
            : { kind, paragraph }
    asked(room, change)
    expect(text(room)).toBe(`${written}\n\n2. Two.\n\n3. Three.`)
  })

  it('2.1 a move to the very beginning', () => {
    const room = three()
    asked(room, { kind: 'move', paragraph: numbered(room, '2'), after: null })
    expect(text(room)).toContain('2. Two. [move to the beginning – KEN]')
  })

  it('3.3 names who supports it, and who wants the opposite', () => {
    const room = three()
    const id = asked(room, { kind: 'delete-paragraph', paragraph: numbered(room, '1') })
    for (const [name, position] of [
      ['EU', 'support'],
      ['NOR', 'oppose'],
    ] as const)
      room.command({ kind: 'position-take', on: id, position }, delegate(name, name).actor)
    expect(text(room)).toContain('1. One. [… – KEN, EU delete paragraph; NOR retain]')
  })

  it('2.2 alternatives stand right after their paragraph, before its new paragraphs', () => {
    const room = three()
    const amina = room.seat(ken)
    putAfter(amina, 0, 'One.')
    amina.binding.newParagraph([[{ insert: 'New.' }]])
    room.settleDown()
    asked(room, { kind: 'alternative', paragraph: numbered(room, '1'), text: 'Uno.' })
    asked(room, { kind: 'alternative', paragraph: numbered(room, '1'), text: 'Un.' }, nor.actor)
    accept(room, proposalOf(amina, 'New.'))
    asked(room, { kind: 'alternative', paragraph: numbered(room, '1 bis'), text: 'Newer.' })
    expect(text(room)).toBe(
      [
        '1. One.',
        '1 alt. [Uno. – KEN]',
        '1 alt 2. [Un. – NOR]',
        '1 bis. New.',
        '1 bis alt. [Newer. – KEN]',
        '2. Two.',
        '3. Three.',
      ].join('\n\n'),
    )
  })

  it('2.1 an alternative is written on by its owner like a new paragraph', () => {
    const room = three()
    const amina = room.seat(ken)
    asked(room, { kind: 'alternative', paragraph: numbered(room, '1'), text: 'Un' })
    room.settleDown()
    insertAfter(amina, 1, '[Un', 'o')
    room.settleDown()
    expect(room.refusals).toEqual([])
    expect(text(room)).toContain('1 alt. [Uno – KEN]')
  })

  it('typing beside such a bracket is typing beside any other', () => {
    const { room } = scene('One two.')
    const amina = room.seat(ken)
    const paragraph = numbered(room, '1')
    asked(room, { kind: 'delete-paragraph', paragraph })
    asked(room, splitBehind(room, paragraph, 'One'))
    room.settleDown()
    insertAfter(amina, 0, 'paragraph]', 'end')
    insertAfter(amina, 0, 'here – KEN]', 'mid')
    putAfter(amina, 0, 'here – KEN]')
    backspace(amina)
    expect(shown(amina)).toEqual([
      'One| [split here – KEN][mid – KEN] two.[end – KEN] [… – KEN delete paragraph]',
    ])
    room.settleDown()
    expect(room.refusals).toEqual([])
  })

  it('the clean text hides a paragraph whose deletion is asked, and alternatives', () => {
    const room = three()
    asked(room, { kind: 'delete-paragraph', paragraph: numbered(room, '1') })
    asked(room, { kind: 'alternative', paragraph: numbered(room, '2'), text: 'Due.' })
    asked(room, { kind: 'move', paragraph: numbered(room, '3'), after: null })
    asked(room, splitBehind(room, numbered(room, '3'), 'Th'))
    expect(writeText(room.od, 'clean')).toBe('Draft\n\n1.\n\n2. Two.\n\n3. Three.\n')
  })

  it('the cards say what is asked and name the other paragraph', () => {
    const room = three()
    const paragraph = numbered(room, '1')
    asked(room, { kind: 'move', paragraph, after: numbered(room, '3') })
    asked(room, { kind: 'delete-paragraph', paragraph }, nor.actor)
    const [block] = new BoardReader(new Projection(room.od)).board().blocks
    expect(block?.open).toBe(2)
    expect(block?.places).toMatchObject([
      { conflict: false, rows: [{ nature: 'move', other: '3' }] },
      { conflict: false, rows: [{ nature: 'delete-paragraph', struck: 'One.', other: '' }] },
    ])
  })

  it('2.12 an insertion that its author has emptied, shown for the sake of an amendment, is no deletion', () => {
    const room = three()
    const [amina, ingrid] = [room.seat(ken), room.seat(nor)]
    insertAfter(amina, 0, 'One', ' and all')
    room.settleDown()
    insertAfter(ingrid, 0, ' and', ' nearly')
    room.settleDown()
    deleteWords(amina, 0, ' all')
    deleteWords(amina, 0, ' and')
    room.settleDown()
    const rows = new BoardReader(new Projection(room.od)).board().blocks[0]?.places[0]?.rows
    expect(rows).toMatchObject([
      { text: '', nature: 'insertion' },
      { text: ' nearly', nature: 'insertion' },
    ])
  })

  it('a change of heading is a proposal on its words', () => {
    const room = three()
    const amina = room.seat(ken)
    room.od.paragraphs.get(numbered(room, '1'))!.set('kind', 'heading')
    room.od.paragraphs.get(paragraphsInOrder(room.od)[0]!.id)!.set('label', null)
    room.settleDown()
    replaceWords(amina, 0, 'One', 'Our vision')
    room.settleDown()
    const board = new BoardReader(new Projection(room.od)).board()
    expect(board.blocks[0]?.places[0]?.rows[0]?.nature).toBe('heading-change')
    rounds(room, proposalBy(amina, 'KEN'), 'Our vision.\n\n2. Two.\n\n3. Three.')
    expect(text(room)).toBe('[One / Our vision – KEN].\n\n2. Two.\n\n3. Three.')
  })
})

describe('what cannot be asked', () => {
  it.each([
    [
      'no-such-paragraph',
      () => ({ kind: 'delete-paragraph', paragraph: `p${'0'.repeat(16)}` as ParagraphId }),
    ],
    [
      'nothing-changed',
      (room: Room) => ({ kind: 'move', paragraph: numbered(room, '2'), after: numbered(room, '1') }),
    ],
    ['nothing-changed', (room: Room) => ({ kind: 'move', paragraph: numbered(room, '1'), after: null })],
    ['nothing-changed', (room: Room) => splitBehind(room, numbered(room, '1'), 'One.')],
    [
      'not-allowed',
      (room: Room) => ({ ...splitBehind(room, numbered(room, '1'), 'On'), paragraph: numbered(room, '2') }),
    ],
    [
      'not-together',
      (room: Room) => ({ kind: 'join', paragraph: numbered(room, '1'), next: numbered(room, '3') }),
    ],
    [
      'forbidden-character',
      (room: Room) => ({ kind: 'alternative', paragraph: numbered(room, '1'), text: 'a\nb' }),
    ],
  ] as const)('13.2 %s', (refused, change) => {
    const { room } = scene('One.', 'Two.', 'Three.')
    const before = text(room)
    expect(code(ask(room, change(room) as ParagraphChange).result)).toBe(refused)
    expect(text(room)).toBe(before)
    expect(room.od.proposals.size).toBe(0)
  })

  it('7.3 anything of an agreed paragraph, or of an empty number', () => {
    const { room } = scene('One.', 'Two.')
    const paragraph = numbered(room, '1')
    accept(room, asked(room, { kind: 'delete-paragraph', paragraph: numbered(room, '2') }))
    expect(code(ask(room, { kind: 'reservation', paragraph: numbered(room, '2') }).result)).toBe('gone')
    room.command({ kind: 'paragraph-status', paragraph, status: 'agreed' }, chair)
    expect(code(ask(room, { kind: 'reservation', paragraph }).result)).toBe('paragraph-agreed')
  })

  it('13.1 under an identity that is taken', () => {
    const { room } = scene('One.')
    const change = { kind: 'reservation', paragraph: numbered(room, '1') } as const
    const proposal = asked(room, change)
    expect(code(room.command({ kind: 'paragraph-propose', proposal, change }, ken.actor))).toBe('id-taken')
  })

  it('1.5 on behalf of others only by those who serve the room, and both are recorded', () => {
    const { room } = scene('One.')
    const change = { kind: 'reservation', paragraph: numbered(room, '1') } as const
    const proposal = newProposalId((length) => room.random.bytes(length))
    const command = {
      kind: 'paragraph-propose',
      proposal,
      change,
      onBehalfOf: 'EU' as ParticipantId,
    } as const
    expect(code(room.command(command, ken.actor))).toBe('not-allowed')
    expect(code(room.command(command, chair))).toBe('ok')
    expect(room.od.proposals.get(proposal)?.get('head')).toMatchObject({
      by: 'EU',
      via: 'Co-Facilitators',
      person: 'fay',
    })
    expect(text(room)).toBe('1. One. [… – EU reserve]')
  })
})

describe('what is decided on paragraphs as such', () => {
  it('2.6 a deleted paragraph leaves its number, empty; what was proposed on it is flagged and stays in sight', () => {
    const { room } = scene('One two.', 'Three.')
    const ingrid = room.seat(nor)
    deleteWords(ingrid, 0, 'two')
    room.settleDown()
    const paragraph = numbered(room, '1')
    const reserved = asked(room, { kind: 'reservation', paragraph }, nor.actor)
    const id = asked(room, { kind: 'delete-paragraph', paragraph })
    expect(accept(room, id)).toMatchObject({ affected: [proposalBy(ingrid, 'NOR'), reserved] })
    takeBack(room, id)
    rounds(room, id, '1. [… – NOR delete] [… – NOR reserve]\n\n2. Three.')
    accept(room, id)
    expect(exportJson(room.od).paragraphs[0]).toMatchObject({ label: '1', vacant: true })
  })

  it('2.4 a moved paragraph takes a number of its new place, once, and says which it had', () => {
    const { room } = scene('One.', 'Two.', 'Three.')
    const id = asked(room, { kind: 'move', paragraph: numbered(room, '3'), after: numbered(room, '1') })
    rounds(room, id, '1. One.\n\n1 bis. (former para 3) Three.\n\n2. Two.')
    accept(room, id)
    expect(exportJson(room.od).paragraphs[1]).toMatchObject({ label: '1 bis', former: '3' })
    const again = asked(room, {
      kind: 'move',
      paragraph: numbered(room, '1 bis'),
      after: numbered(room, '2'),
    })
    accept(room, again)
    expect(text(room)).toBe('1. One.\n\n2. Two.\n\n2 bis. (former para 3) Three.')
    expect(takeBack(room, id)).toMatchObject({ ok: false, code: 'later-decision' })
    takeBack(room, again)
    expect(takeBack(room, id).ok).toBe(true)
    expect(text(room)).toBe('1. One.\n\n2. Two.\n\n3. Three. [move after 1 – KEN] [move after 2 – KEN]')
  })

  it('2.3 a number given to a moved paragraph is given to no other, whatever becomes of the move', () => {
    const { room } = scene('One.', 'Two.', 'Three.')
    const id = asked(room, { kind: 'move', paragraph: numbered(room, '3'), after: numbered(room, '1') })
    accept(room, id)
    takeBack(room, id)
    const amina = room.seat(ken)
    putAfter(amina, 0, 'One.')
    amina.binding.newParagraph([[{ insert: 'New.' }]])
    room.settleDown()
    accept(room, id)
    expect(text(room)).toBe('1. One.\n\n1 bis. (former para 3) Three.\n\n1 ter. [New. – KEN]\n\n2. Two.')
  })

  it('2.4 the first of all is 0', () => {
    const { room } = scene('One.', 'Two.')
    const id = asked(room, { kind: 'move', paragraph: numbered(room, '2'), after: null })
    rounds(room, id, '0. (former para 2) Two.\n\n1. One.')
  })

  it('2.5 the second part of a split paragraph takes the next number; what is proposed on its words goes along', () => {
    const { room } = scene('One two. Three four.', 'Five.')
    const ingrid = room.seat(nor)
    replaceWords(ingrid, 0, 'four', 'five')
    insertAfter(ingrid, 0, 'On', 'X')
    deleteWords(ingrid, 0, 'two. Th')
    room.settleDown()
    const id = asked(room, splitBehind(room, numbered(room, '1'), 'two.'))
    rounds(room, id, '1. On[X – NOR]e [two. – NOR delete]\n\n1 bis. Three [four / five – NOR].\n\n2. Five.')
  })

  it('2.5 of two merged paragraphs the second number stands empty; what is proposed on its words goes along', () => {
    const { room } = scene('One.', 'Two three.', 'Four.')
    const ingrid = room.seat(nor)
    replaceWords(ingrid, 1, 'three', 'four')
    room.settleDown()
    const paragraph = numbered(room, '1')
    const id = asked(room, { kind: 'join', paragraph, next: numbered(room, '2') })
    rounds(room, id, '1. One. Two [three / four – NOR].\n\n2.\n\n3. Four.')
  })

  it('2.7 an alternative puts its words in the place of the paragraph’s, amendments and all', () => {
    const { room } = scene('One two.', 'Three.')
    const ingrid = room.seat(nor)
    deleteWords(ingrid, 0, 'two')
    room.settleDown()
    const paragraph = numbered(room, '1')
    const id = asked(room, { kind: 'alternative', paragraph, text: 'Uno due.' })
    room.settleDown()
    insertAfter(ingrid, 1, 'Uno', 'X')
    room.settleDown()
    rounds(room, id, '1. [… – NOR delete]Uno[X – NOR] due.\n\n2. Three.')
    accept(room, id)
    expect(numbered(room, '1')).toBe(paragraph)
  })

  it('2.2 a new paragraph proposed after a moved one stays where its number puts it', () => {
    const { room } = scene('One.', 'Two.', 'Three.')
    const ingrid = room.seat(nor)
    putAfter(ingrid, 2, 'Three.')
    ingrid.binding.newParagraph([[{ insert: 'New.' }]])
    room.settleDown()
    const id = asked(room, { kind: 'move', paragraph: numbered(room, '3'), after: numbered(room, '1') })
    rounds(room, id, '1. One.\n\n1 bis. (former para 3) Three.\n\n2. Two.\n\n3 bis. [New. – NOR]')
    expect(recordGet(room.od, `label/${proposalOf(ingrid, 'New.')}`)?.label).toEqual({ number: 3, suffix: 1 })
  })

  it('7.7 nothing is taken into an agreed paragraph or out of it, also by undoing', () => {
    const { room } = scene('One two. Three four.', 'Five.')
    const agree = (label: string, status: 'agreed' | 'open') => {
      const reason = status === 'open' ? { reason: 'a mistake' } : {}
      const paragraph = numbered(room, label)
      expect(room.command({ kind: 'paragraph-status', paragraph, status, ...reason }, chair).ok).toBe(true)
    }
    const split = asked(room, splitBehind(room, numbered(room, '1'), 'two.'))
    accept(room, split)
    const before = text(room)
    agree('1 bis', 'agreed')
    expect(takeBack(room, split)).toMatchObject({ ok: false, code: 'paragraph-agreed' })
    const change = { kind: 'join', paragraph: numbered(room, '1'), next: numbered(room, '1 bis') } as const
    expect(code(ask(room, change).result)).toBe('paragraph-agreed')
    expect(text(room)).toBe(before.replace('Three four.', 'Three four. (Agreed)'))
    agree('1 bis', 'open')
    expect(takeBack(room, split).ok).toBe(true)
  })

  it('6.8 a reservation is not accepted; it is withdrawn or not retained', () => {
    const { room } = scene('One.')
    const id = asked(room, { kind: 'reservation', paragraph: numbered(room, '1') })
    expect(accept(room, id)).toMatchObject({ ok: false, code: 'not-allowed' })
    for (const kind of ['proposal-withdraw', 'proposal-not-retain'] as const) {
      expect(room.command({ kind, proposal: id }, kind === 'proposal-withdraw' ? ken.actor : chair).ok).toBe(
        true,
      )
      expect(text(room)).toBe('1. One.')
      expect(takeBack(room, id).ok).toBe(true)
    }
    expect(text(room)).toBe('1. One. [… – KEN reserve]')
  })
})
