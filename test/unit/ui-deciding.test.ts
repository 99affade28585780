import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mergeable } from '#client/ui/cards/nature.ts'
import { fold, stancesOf } from '#client/ui/positions/stances.ts'
import { insertWords, spacedAs } from '#client/ui/decide/bridging.ts'
import { joined, mayBeInPart, wordsOf } from '#client/ui/decide/part.ts'
import { entriesOf, eventsOf } from '#client/ui/history/record.ts'
import { answersTo, proponentFor, speakerOf } from '#client/ui/state/speaking.ts'
import { mayTakeOver, positionOf } from '#client/ui/state/stand.ts'
import { partOf } from '#shared/document/commands/decide/in-part.ts'
import type { DecidedRow, ProposalRow } from '#shared/document/composition/board.ts'
import type { HostId, ParticipantId, PersonId } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'
import type { Position, PositionEntry } from '#shared/model/proposals/position.ts'
import type { Role } from '#shared/model/role.ts'
import { block, board, place, row } from './ui-board.ts'

const name = (code: string) => code as ParticipantId
const says = (who: string, position: Position | null, at = 0): PositionEntry => ({
  participant: name(who),
  person: '',
  at,
  position,
  earlier: [],
})
const actor = (role: Role, participant: string, alias?: string): Actor => ({
  person: 'person' as PersonId,
  name: 'Amina',
  role,
  participant: name(participant),
  ...(alias ? { alias: name(alias) } : {}),
})
const writing = (onBehalfOf: string | null) => ({
  onBehalfOf: onBehalfOf === null ? null : name(onBehalfOf),
  space: null,
})
const choose = (wording: string, ...chosen: readonly number[]) => joined(wordsOf(wording), new Set(chosen))

const shown = (participant: string) => ({ participant, earlier: false })

describe('3 positions on a card', () => {
  test('3.1 stand in the order of the positions; what was taken back is no position', () => {
    const entries = [says('G77', 'oppose'), says('EU', 'support'), says('CAN', null), says('JPN', 'support')]
    expect(stancesOf(entries, null)).toEqual([
      { position: 'support', who: [shown('EU'), shown('JPN')] },
      { position: 'oppose', who: [shown('G77')] },
    ])
  })

  test('many names fold; one alone is never folded away', () => {
    const many = Array.from({ length: 12 }, (_, i) => name(`D${i}`))
    expect(fold(many, 2)).toEqual({ shown: ['D0', 'D1'], more: 10 })
    expect(fold(many.slice(0, 3), 2)).toEqual({ shown: many.slice(0, 3), more: 0 })
  })

  test('1.6, 1.5 a delegation speaks for itself, facilitators for whom they write, observers for nobody', () => {
    expect(speakerOf(actor('delegation', 'KEN'), writing(null))).toBe('KEN')
    expect(speakerOf(actor('delegation', 'KEN'), writing('EU'))).toBe('KEN')
    expect(speakerOf(actor('facilitator', 'Co-Facilitators'), writing(null))).toBeNull()
    expect(speakerOf(actor('secretariat', 'Secretariat'), writing('EU'))).toBe('EU')
    expect(speakerOf({ ...actor('observer', ''), participant: null }, writing(null))).toBeNull()
  })

  test('11.1 in an unattributed round a delegation still finds its own position, and its own proposal', () => {
    const ken = actor('delegation', 'KEN', 'Delegation-00000001')
    const entries = [says('EU', 'oppose'), says('Delegation-00000001', 'reserve')]
    expect(positionOf(entries, answersTo(ken, name('KEN')))).toBe('reserve')
    expect(proponentFor(ken, writing(null), row({ by: 'Delegation-00000001' }))).toBe('Delegation-00000001')
    expect(proponentFor(ken, writing(null), row({ by: 'EU' }))).toBeNull()
  })

  test('3.5 a withdrawn proposal may be taken over by a co-sponsor or supporter only', () => {
    const withdrawn = decided({ positions: [says('EU', 'support'), says('G77', 'oppose')] })
    expect(mayTakeOver(withdrawn, [name('EU')])).toBe(true)
    expect(mayTakeOver(withdrawn, [name('G77')])).toBe(false)
    const beside = { participant: name('JPN'), person: '', at: 0 }
    const sponsored = decided({ sponsorship: { cosponsors: [beside], dissociated: [] } })
    expect(mayTakeOver(sponsored, [name('JPN')])).toBe(true)
    expect(
      mayTakeOver(decided({ disposition: 'not-retained', positions: withdrawn.positions }), [name('EU')]),
    ).toBe(false)
  })
})

describe('6.3 accepting in part', () => {
  test('the chosen words in their order, with the space of the wording at its ends', () => {
    expect(choose(' and timely and full ', 1, 2, 3)).toBe(' timely and full ')
    expect(choose('safe, clean and affordable', 0, 3)).toBe('safe, affordable')
    expect(choose('clean water')).toBe('')
  })

  test('a comma by itself goes with its word', () => {
    expect(wordsOf(', common but').words.map(({ text }) => text)).toEqual([', common', 'but'])
    expect(wordsOf('common –').words.map(({ text }) => text)).toEqual(['common –'])
  })

  test('whatever is chosen, the server takes it for a part', () => {
    const wording = fc.array(fc.constantFrom('water', 'and', 'safe,', '–', 'people’s', '  ', '2.5'), {
      minLength: 1,
    })
    fc.assert(
      fc.property(wording, fc.array(fc.nat(12)), (parts, chosen) => {
        const text = parts.join(' ')
        const part = choose(text, ...chosen)
        expect(partOf(text, part)?.trim()).toBe(part.trim())
      }),
    )
  })

  test('one word without words to delete has no part', () => {
    expect(mayBeInPart(row({ text: 'timely' }))).toBe(false)
    expect(mayBeInPart(row({ text: 'timely', struck: 'swift' }))).toBe(true)
    expect(mayBeInPart(row({ text: '', struck: 'swift' }))).toBe(false)
    expect(mayBeInPart(row({ text: 'timely and full' }))).toBe(true)
  })
})

describe('6.4 writing a bridging text', () => {
  test('a wording goes in where the caret is, with the spaces it needs', () => {
    expect(insertWords('', 0, 0, ' timely ')).toEqual({ text: 'timely', caret: 6 })
    expect(insertWords('safe and', 8, 8, 'timely')).toEqual({ text: 'safe and timely', caret: 15 })
    expect(insertWords('safe water', 4, 4, ', timely')).toEqual({ text: 'safe, timely water', caret: 12 })
    expect(insertWords('safe old water', 5, 8, 'new')).toEqual({ text: 'safe new water', caret: 8 })
  })

  test('a bridging text stands apart from what is around it as the wordings did that it replaces', () => {
    expect(spacedAs('safe and clean', [' safe', ' clean'])).toBe(' safe and clean')
    expect(spacedAs(' safe and clean ', ['safe ', 'clean '])).toBe('safe and clean ')
    expect(spacedAs('safe', ['', 'safe'])).toBe('safe')
    expect(spacedAs(', safe', [' safe', ' clean'])).toBe(', safe')
    expect(spacedAs(' ', [' safe', ' clean'])).toBe('')
  })

  test('only what is on the words of the same text, and on the table, can be merged', () => {
    const first = row({ id: 'q1' })
    const amendment = { ...row({ id: 'q2' }), host: 'q1' as HostId, depth: 1 }
    const draft = { ...row({ id: 'q3' }), space: name('KEN') }
    const reservation: ProposalRow = { ...row({ id: 'q4' }), nature: 'reservation' }
    const other = row({ id: 'q5', struck: 'swift' })
    const rows = [first, amendment, draft, reservation, other]
    expect(mergeable(rows, first).map(({ id }) => id)).toEqual(['q1', 'q5'])
    expect(mergeable(rows, reservation)).toEqual([])
  })
})

describe('6.7 what stays on record', () => {
  const takenBack = {
    decision: { disposition: 'accepted', by: name('Co-Facilitators'), person: 'Elena', at: 20 },
    by: name('Co-Facilitators'),
    person: 'Elena',
    at: 30,
    reason: 'too early',
  } as const

  test('a decision that was taken back stays in the history, latest first', () => {
    const open = { ...row({ id: 'q1' }), reopened: [takenBack] }
    const text = {
      ...board(block({ places: [place(open)] })),
      decided: [decided({ at: 40 }), decided({ at: 10 })],
    }
    expect(entriesOf(text).map(({ kind, at }) => [kind, at])).toEqual([
      ['decided', 40],
      ['reopened', 30],
      ['decided', 10],
    ])
  })

  test('13.4 the life of a proposal, oldest first, with what a position was before', () => {
    const changed = {
      ...says('EU', 'oppose', 15),
      earlier: [{ position: 'support', person: '', at: 5 } as const],
    }
    const told = eventsOf({ ...row(), positions: [changed], reopened: [takenBack] })
    expect(told.map(({ what, at }) => [what, at])).toEqual([
      ['proposed', 0],
      ['position', 5],
      ['position', 15],
      ['decided', 20],
      ['reopened', 30],
    ])
  })
})

interface DecidedFacts extends Partial<Pick<DecidedRow, 'positions' | 'sponsorship'>> {
  readonly disposition?: DecidedRow['decision']['disposition']
  readonly at?: number
}

function decided({ disposition = 'withdrawn', at = 0, ...facts }: DecidedFacts): DecidedRow {
  const { id, head, text, proponent, sponsorship, positions, sources, condition, host, ...rest } = row()
  const { reopened, spokenOf } = rest
  const decision = {
    disposition,
    by: proponent,
    person: '',
    at,
    effect: { kind: 'none' },
    flagged: [],
  } as const
  const shared = { id, head, text, proponent, sponsorship, positions, sources, condition, reopened, spokenOf }
  return { ...shared, ...facts, placing: 0, decision, block: host }
}
