import { describe, expect, it } from 'vitest'
import { menuOf, nextParagraph } from '#client/ui/paragraph/menu-items.ts'
import { findParagraphs } from '#client/ui/paragraph/paragraph-picker.tsx'
import { marksOf, spokenOf } from '#client/ui/paragraph/status.ts'
import { previewOf } from '#client/ui/revisions/preview.ts'
import type { Board, BoardBlock, DecidedRow } from '#shared/document/composition/board.ts'
import type { ParagraphId, ParticipantId } from '#shared/model/ids.ts'
import type { Role } from '#shared/model/role.ts'
import type { StatusName } from '#shared/model/status.ts'
import { block, board, place, row } from './ui-board.ts'

const id = (n: number) => `p${String(n).padStart(16, '0')}` as ParagraphId
const paragraph = (n: number, facts: Partial<BoardBlock> = {}): BoardBlock => ({
  ...block({ id: id(n), label: String(n) }),
  ...facts,
})

const status = (name: StatusName, facts: Partial<NonNullable<BoardBlock['status']>> = {}) => ({
  status: name,
  by: 'Co-Facilitators' as ParticipantId,
  person: '',
  at: 0,
  pending: [],
  placement: false,
  earlier: [],
  ...facts,
})

const withBracket = {
  ...paragraph(2),
  places: [place(row())],
  open: 1,
}
const agreed = paragraph(3, {
  status: status('agreed-ad-ref', { pending: ['CHE' as ParticipantId], placement: true }),
})
const vacant = paragraph(4, { vacant: true })
const moved = { ...paragraph(5), label: '6 bis', former: '18' }
const text = board(paragraph(1), withBracket, agreed, vacant, moved)

const menu = (shown: BoardBlock, role: Role, caretIn: string | null = null, silence = false) =>
  menuOf(text, shown, { role, caretIn, silence, drafting: false })
const acts = (...asked: Parameters<typeof menu>) => menu(...asked).map(({ act }) => act)
const why = (asked: ReturnType<typeof menu>, act: string) => asked.find((entry) => entry.act === act)?.not

describe('the menu of a paragraph', () => {
  it('7.1 facilitators agree and open; delegations propose; observers read', () => {
    expect(acts(paragraph(1), 'facilitator')).toContain('agreeAdRef')
    expect(acts(paragraph(1), 'delegation')).not.toContain('agreeAdRef')
    expect(acts(paragraph(1), 'delegation')).toContain('move')
    expect(acts(paragraph(1), 'observer')).toEqual(['position', 'comments', 'history'])
  })

  it('7.2 says that open brackets stand in the way of agreeing', () => {
    expect(why(menu(withBracket, 'facilitator'), 'agreeAdRef')).toBe('a bracket is open')
    expect(why(menu(paragraph(1), 'facilitator'), 'agreeAdRef')).toBeNull()
  })

  it('7.3 an agreed paragraph takes no proposal, and 7.4 is reopened', () => {
    expect(why(menu(agreed, 'delegation'), 'delete')).toBe('it is agreed')
    expect(acts(agreed, 'facilitator')).toContain('reopen')
    expect(acts(paragraph(1), 'facilitator')).not.toContain('reopen')
  })

  it('2.1 splits only where the caret is in it', () => {
    expect(why(menu(paragraph(1), 'delegation', id(1)), 'split')).toBeNull()
    expect(why(menu(paragraph(1), 'delegation', id(2)), 'split')).not.toBeNull()
  })

  it('4.6 who drafts privately can draft a paragraph or a heading, and is led into proposing nothing to the room', () => {
    const at = { role: 'delegation', caretIn: id(1), silence: true } as const
    const open = menuOf(text, paragraph(1), { ...at, drafting: false })
    const drafting = menuOf(text, paragraph(1), { ...at, drafting: true })
    expect(drafting.map(({ act }) => act)).toEqual(open.map(({ act }) => act))
    const possible = drafting.filter(({ not }) => not === null).map(({ act }) => act)
    expect(possible).toEqual(['newBelow', 'newHeading', 'position', 'comments', 'history', 'break'])
    expect(why(drafting, 'reserve')).toContain('end the private drafting first')
  })

  it('9.3 the silence is broken only while it runs', () => {
    expect(acts(paragraph(1), 'delegation', null, true)).toContain('break')
    expect(acts(paragraph(1), 'delegation')).not.toContain('break')
    expect(acts(paragraph(1), 'observer', null, true)).not.toContain('break')
  })

  it('2.6 an empty number can only be looked at', () => {
    expect(acts(vacant, 'facilitator')).toEqual(['comments', 'history'])
  })
})

const menuIn = (shown: Board, of: BoardBlock) =>
  menuOf(shown, of, { role: 'facilitator', caretIn: null, silence: false, drafting: false })

describe('a paragraph with others below it', () => {
  const chapeau = paragraph(1)
  const items = [1, 2].map((n) => ({ ...paragraph(10 + n), label: `1 (${'ab'[n - 1]})`, level: 1 }))
  const withItems = (...more: readonly BoardBlock[]) => board(chapeau, ...items, ...more, paragraph(2))

  it('19.9 19.11 is agreed, and proposed for deletion, with them too; the menu says how many they are', () => {
    const names = menuIn(withItems(), chapeau).map(({ name }) => name)
    expect(names).toEqual(
      expect.arrayContaining([
        'Agree ad ref',
        'Agree ad ref with everything below (2)',
        'Propose to delete it',
        'Propose to delete it with everything below (2)',
      ]),
    )
    expect(menuIn(withItems(), items[0]!).map(({ act }) => act)).not.toContain('deleteBelow')
  })

  it('19.11 says what stands in the way', () => {
    const open = withItems({ ...withBracket, level: 1 })
    expect(why(menuIn(open, chapeau), 'agreeAdRefBelow')).toBe('a bracket is open in it or below it')
    expect(why(menuIn(open, chapeau), 'agreeAdRef')).toBeNull()
    const closed = withItems({ ...agreed, level: 1 })
    expect(why(menuIn(closed, chapeau), 'deleteBelow')).toBe('a paragraph below it is agreed')
  })

  it('19.9 a deletion or a move of all is marked on each of them', () => {
    const deletion = { ...row({ id: 'q7', text: '' }), nature: 'delete-paragraph', below: 1 } as const
    const head = { ...chapeau, places: [place(deletion)], open: 1 }
    const item = { ...items[0]!, above: [deletion.id] }
    expect(marksOf(board(head, item), item)).toBe('[… – KEN delete, with 1]')
    expect(why(menuIn(board(head, item), item), 'agreeAdRef')).toBe(
      'a deletion or a move of what is above it is open',
    )
  })

  it('19.9 a heading has a menu too, without what is for paragraphs only', () => {
    const heading = block({ id: id(9), kind: 'heading', label: 'Article 2' })
    const entries = menuIn(board(heading, chapeau, ...items), heading)
    expect(entries.map(({ name }) => name)).toContain('Propose to delete it with everything below (3)')
    expect(entries.map(({ act }) => act)).not.toContain('alternative')
  })
})

describe('the paragraph that is taken in', () => {
  it('2.5 is the next one that stands, not across a heading', () => {
    expect(nextParagraph(text, id(3))).toBe(id(5))
    const parted = board(paragraph(1), block({ id: id(9), kind: 'heading', label: '' }), paragraph(2))
    expect(nextParagraph(parted, id(1))).toBeNull()
  })
})

describe('what is said of a paragraph', () => {
  it('3.3 who reserves on it as a whole and who has to come back; what else is said stands on its card', () => {
    const positions = (['reserve', 'come-back', 'support'] as const).map((position, i) => ({
      participant: ['EU', 'CAN', 'JPN'][i] as ParticipantId,
      person: '',
      at: i,
      position,
      earlier: [],
    }))
    const reserved = { ...paragraph(1), positions }
    expect(marksOf(text, reserved)).toBe('[… – EU reserve; CAN to come back]')
    const proposed = block({ id: 'q0000000000000001' })
    expect(marksOf(text, { ...proposed, positions })).toBe('')
  })

  it('7.2 agreement, whom it is pending on, and its placement', () => {
    expect(marksOf(text, agreed)).toBe('[Agreed ad ref, pending CHE, placement to be decided]')
    expect(spokenOf(agreed, 2, true)).toBe(
      'Paragraph 3, Agreed ad ref, pending CHE, placement to be decided, 2 comments, changed since you last looked',
    )
  })

  it('2.4 the number it had before it was moved', () => {
    expect(marksOf(text, moved)).toBe('(former para 18)')
  })

  it('2.5 where the words of an empty number went', () => {
    const effect = { kind: 'paragraphs-joined', from: id(4), paragraph: id(3) }
    const joined: Board = { ...text, decided: [{ decision: { effect } } as unknown as DecidedRow] }
    expect(marksOf(joined, vacant)).toBe('(now part of 3)')
    expect(marksOf(text, vacant)).toBe('(deleted)')
  })
})

describe('looking for a paragraph', () => {
  it('finds its number before words in which that number stands', () => {
    const twelve = { ...paragraph(12), opening: 'Stress' }
    const one = { ...paragraph(1), opening: 'Recalling 12 resolutions' }
    const suffixed = { ...paragraph(7), label: '12 bis' }
    const found = findParagraphs([one, suffixed, twelve], '12').map(({ label }) => label)
    expect(found).toEqual(['12', '12 bis', '1'])
    expect(findParagraphs([one, twelve], 'STRESS')).toEqual([twelve])
  })
})

describe('before a revision is issued', () => {
  it('8.1 says how many paragraphs get another number, and which numbers go', () => {
    const numbers = new Map([1, 2, 3, 5, 18].map((number, i) => [id(number), { number: i + 1, suffix: 0 }]))
    expect(previewOf(text, numbers)).toEqual({ renumbered: 1, vacant: 1, open: 1, examples: [['18', '4']] })
  })

  it('8.1 says it with the whole reference', () => {
    const resolution = board({ ...paragraph(1), label: 'PP1' }, { ...paragraph(2), label: 'PP1 bis' })
    const numbers = new Map(
      [1, 2].map((number) => [id(number), { series: 'PP' as const, number, suffix: 0 }]),
    )
    expect(previewOf(resolution, numbers)).toMatchObject({ renumbered: 1, examples: [['PP1 bis', 'PP2']] })
  })
})
