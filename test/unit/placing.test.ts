import * as Y from 'yjs'
import { describe, expect, it, test } from 'vitest'
import { execute } from '#shared/document/commands/execute.ts'
import { addProposal, baseTextOf, contentOf } from '#shared/document/schema.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import { recordGet } from '#shared/document/records.ts'
import { anchorAt } from '#shared/document/text/anchor.ts'
import { writeText } from '#shared/formats/text/write-text.ts'
import type { Command, CommandResult } from '#shared/model/command.ts'
import type { ParagraphId, ParticipantId, ProposalId } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'
import type { Anchor, WordAnchor } from '#shared/model/proposals/proposal.ts'
import { followed } from '#test/kit/admission-drafter.ts'
import { change, FACILITATOR, JAPAN, KENYA, openRoom, replicaOf, submit } from '#test/kit/admission-room.ts'
import type { Room } from '#test/kit/admission-room.ts'
import { FIRST, FRESH, head, KENYAS, SECOND, written } from '#test/kit/admission-scene.ts'
import { asSeen, shownNow } from '#test/kit/as-seen.ts'

const MINE = 2_000_001
const EU: Actor = {
  ...JAPAN,
  person: 'elke' as Actor['person'],
  name: 'Elke',
  participant: 'EU' as ParticipantId,
}
const BASE = 'shall not delay, and shall not stop'
const SHALL_NOT = BASE.indexOf('not')
const OTHER_NOT = BASE.lastIndexOf('not')
const MARK = ' (on earlier wording)'

/** Kenya's proposal in a paragraph with the same word twice, which Japan supports and the EU co-sponsors. */
function spokenOf(
  place: (od: OutcomeDocument) => Anchor,
  text = '',
  kind: 'text' | 'paragraph' = 'text',
): Room {
  const room = openRoom()
  change(room, () => {
    const words = baseTextOf(room.od, FIRST)!
    words.delete(0, words.length)
    words.insert(0, BASE)
  })
  put(room, (od) => addProposal(od, FRESH, head('KEN', kind), place(od), text))
  speak(room, JAPAN)
  run(room, EU, { kind: 'proposal-sponsor', proposal: FRESH, stance: 'cosponsor' })
  expect(names(room)).toBe('none')
  return room
}

const put = (room: Room, write: (od: OutcomeDocument) => void, actor = KENYA, client = MINE): void =>
  expect(submit(room, actor, written(room, client, write))).toMatchObject({ ok: true })

const move = (room: Room, anchor: (od: OutcomeDocument) => Anchor): void =>
  put(room, (od) => od.anchors.set(FRESH, anchor(od)))

function run(room: Room, actor: Actor, command: Command): CommandResult {
  const { od, now } = room
  return change(room, () => execute({ od, actor, now, sequence: 1 }, asSeen(od, command)))
}

const speak = (room: Room, actor: Actor): void =>
  expect(run(room, actor, { kind: 'position-take', on: FRESH, position: 'support' })).toMatchObject({
    ok: true,
  })

/** Whether both names in its bracket are shown as given for earlier words, or neither; else the whole text. */
function names(room: Room): string {
  const shown = writeText(room.od)
  const [japan, eu] = ['JPN', 'EU'].map((name) => shown.includes(name + MARK))
  return japan && eu ? 'all' : japan || eu ? shown : 'none'
}

const range =
  (start: number, end: number) =>
  (od: OutcomeDocument): Anchor =>
    anchorAt(od, FIRST, FIRST, start, end)
const after = (paragraph: ParagraphId) => (): Anchor => ({ kind: 'after', paragraph })
const moves = (room: Room) => recordGet(room.od, `reanchored/${FRESH}`) ?? []

const forged: [string, (od: OutcomeDocument) => Anchor, string, (od: OutcomeDocument) => Anchor][] = [
  ['the same word, struck elsewhere', range(SHALL_NOT, SHALL_NOT + 3), '', range(OTHER_NOT, OTHER_NOT + 3)],
  ['an insertion, put elsewhere', range(5, 5), ' ever', range(OTHER_NOT, OTHER_NOT)],
  ['an insertion, put at the very start', range(5, 5), ' ever', range(0, 0)],
  [
    'an insertion, put into another paragraph',
    range(5, 5),
    ' ever',
    (od) => anchorAt(od, SECOND, SECOND, 5, 5),
  ],
  [
    'a replacement of the same word elsewhere',
    range(SHALL_NOT, SHALL_NOT + 3),
    'never',
    range(OTHER_NOT, OTHER_NOT + 3),
  ],
]

describe('15.6 a proposal put elsewhere by its own proponent', () => {
  test.each(forged)(
    '%s: names are marked, its history says so, and it is decided and spoken of anew',
    (_, from, text, to) => {
      const room = spokenOf(from, text)
      const before = shownNow(room.od, FRESH)
      move(room, to)
      expect(names(room)).toBe('all')
      expect(moves(room)).toMatchObject([
        { how: 'moved', by: 'KEN', person: 'Kamau', behind: expect.stringMatching(/^shall/) },
      ])
      const late: [Actor, Command][] = [
        [FACILITATOR, { kind: 'proposal-accept', proposal: FRESH, ...before }],
        [EU, { kind: 'position-take', on: FRESH, position: 'support', ...before }],
        [JAPAN, { kind: 'proposal-sponsor', proposal: FRESH, stance: 'cosponsor', ...before }],
        [
          KENYA,
          { kind: 'proposal-condition', proposal: FRESH, condition: { text: 'x', on: null }, ...before },
        ],
      ]
      for (const [actor, command] of late)
        expect(run(room, actor, command), command.kind).toMatchObject({ code: 'wording-changed' })
      speak(room, JAPAN)
      run(room, EU, { kind: 'proposal-sponsor', proposal: FRESH, stance: 'cosponsor' })
      expect(names(room)).toBe('none')
      expect(run(room, FACILITATOR, { kind: 'proposal-accept', proposal: FRESH })).toMatchObject({ ok: true })
    },
  )

  it('a new paragraph, put after another one', () => {
    const room = spokenOf(after(FIRST), 'A new paragraph.', 'paragraph')
    const before = shownNow(room.od, FRESH)
    move(room, after(SECOND))
    expect(names(room)).toBe('all')
    const accept = { kind: 'proposal-accept', proposal: FRESH, ...before } as const
    expect(run(room, FACILITATOR, accept)).toMatchObject({ code: 'wording-changed' })
    expect(moves(room)).toMatchObject([{ how: 'moved' }])
  })

  it('by way of no anchor at all, or of more words', () => {
    const ways: ((room: Room) => void)[] = [
      (room) => put(room, (od) => od.anchors.delete(FRESH)),
      (room) => move(room, range(SHALL_NOT, OTHER_NOT + 3)),
    ]
    for (const way of ways) {
      const room = spokenOf(range(SHALL_NOT, SHALL_NOT + 3), 'never')
      way(room)
      expect(names(room)).toBe('all')
      move(room, range(OTHER_NOT, OTHER_NOT + 3))
      expect(names(room)).toBe('all')
    }
  })

  it('where its anchor is taken away, and its words are shown at the end', () => {
    const room = spokenOf(range(5, 5), ' ever')
    put(room, (od) => od.anchors.delete(FRESH))
    expect(names(room)).toBe('all')
    expect(moves(room)).toMatchObject([{ how: 'moved' }])
    move(room, range(5, 5))
    expect(names(room)).toBe('none')
  })

  it('onto other words that are gone, at the same place', () => {
    const room = spokenOf(range(SHALL_NOT, SHALL_NOT + 3), 'never')
    const other = range(SHALL_NOT + 4, SHALL_NOT + 9)(room.od)
    put(room, (od) => baseTextOf(od, FIRST)!.delete(SHALL_NOT, 9), FACILITATOR, 4_000_001)
    speak(room, JAPAN)
    speak(room, EU)
    move(room, () => other)
    expect(names(room)).toBe('all')
  })
})

/** Kenya's proposal in a paragraph that begins with these words instead, which Japan supports and the EU co-sponsors. */
function spokenOfIn(words: string, place: (od: OutcomeDocument) => Anchor, text: string): Room {
  const room = openRoom()
  change(room, () => baseTextOf(room.od, FIRST)!.insert(0, `${words}; `))
  put(room, (od) => addProposal(od, FRESH, head('KEN'), place(od), text))
  speak(room, JAPAN)
  run(room, EU, { kind: 'proposal-sponsor', proposal: FRESH, stance: 'cosponsor' })
  return room
}

describe('15.6 a sign that makes a number another one is more than punctuation', () => {
  it.each([
    ['a digit, put behind the decimal point', 'by 1.5 degrees', '2', [range(4, 4), range(5, 5)]],
    ['a digit, put into the second of two numbers', 'in 20 30 and 40', '5', [range(5, 5), range(6, 6)]],
    ['the same, a space at a time', 'in 20  30 and 40', '5', [range(5, 5), range(6, 6), range(7, 7)]],
    ['a digit, put before a minus', 'to -2 degrees', '1', [range(4, 4), range(3, 3)]],
    ['a decimal point, struck with its digit', 'by 1.5 degrees', '7', [range(5, 6), range(4, 6)]],
  ])('%s', (_, words, text, [first, ...others]) => {
    const room = spokenOfIn(words, first!, text)
    expect(names(room)).toBe('none')
    for (const other of others) move(room, other)
    expect(names(room)).toBe('all')
  })

  it('while words beside a number go past its comma', () => {
    const room = spokenOfIn('by 2030, and after', range(7, 7), ' at the latest')
    move(room, range(8, 8))
    expect(names(room)).toBe('none')
  })
})

describe('15.6 what is no other place', () => {
  it('3.8 no more than a space or a sign is covered, or stands between', () => {
    const strike = spokenOf(range(SHALL_NOT, SHALL_NOT + 3))
    move(strike, range(SHALL_NOT, SHALL_NOT + 4))
    expect(names(strike)).toBe('none')
    const comma = BASE.indexOf(',')
    const insertion = spokenOf(range(comma, comma), ' ever')
    move(insertion, range(comma + 1, comma + 1))
    expect(names(insertion)).toBe('none')
    expect(moves(insertion)).toEqual([])
  })

  it('3.8 back in the former place the names given there stand unmarked, and those given elsewhere are marked', () => {
    const room = spokenOf(range(5, 5), ' ever')
    move(room, range(0, 0))
    speak(room, JAPAN)
    expect(names(room)).toContain(`EU${MARK}`)
    move(room, range(5, 5))
    expect(names(room)).toContain(`JPN${MARK}`)
    expect(names(room)).not.toContain(`EU${MARK}`)
    move(room, range(0, 0))
    expect(names(room)).toContain(`EU${MARK}`)
    expect(names(room)).not.toContain(`JPN${MARK}`)
  })

  it('15.7 own words that an undo brings back, and the amendment with them', () => {
    const room = openRoom()
    put(room, (od) =>
      addProposal(od, KENYAS, head('KEN'), anchorAt(od, FIRST, FIRST, 5, 5), 'do not or not do'),
    )
    put(room, (od) => addProposal(od, FRESH, head('KEN'), anchorAt(od, KENYAS, FIRST, 3, 6), ''))
    speak(room, JAPAN)
    speak(room, EU)
    const mine = replicaOf(room.od, 6_000_001)
    mine.doc.on('update', (update: Uint8Array) =>
      expect(submit(room, KENYA, update)).toMatchObject({ ok: true }),
    )
    const undo = new Y.UndoManager(mine.proposals, { trackedOrigins: new Set(['me']), doc: mine.doc })
    mine.doc.transact(() => contentOf(mine, KENYAS)!.delete(3, 3), 'me')
    expect(names(room)).toBe('all')
    undo.undo()
    mine.anchors.set(FRESH, followed(mine, mine.anchors.get(FRESH) as WordAnchor))
    expect(names(room)).toBe('none')
    expect(moves(room)).toMatchObject([{ how: 'brought-back', by: 'KEN' }])
    mine.anchors.set(FRESH, anchorAt(mine, KENYAS, FIRST, 10, 13))
    expect(names(room)).toBe('all')
  })

  it('a proposal that is emptied and typed anew where it stood', () => {
    const room = spokenOf(range(SHALL_NOT, SHALL_NOT + 3), 'never')
    put(room, (od) => {
      contentOf(od, FRESH)!.delete(0, 5)
      od.anchors.delete(FRESH)
    })
    put(room, (od) => {
      contentOf(od, FRESH)!.insert(0, 'never')
      od.anchors.set(FRESH, range(SHALL_NOT, SHALL_NOT + 3)(od))
    })
    expect(names(room)).toBe('none')
    expect(moves(room)).toEqual([])
  })
})

describe('15.7 each time stands in the history', () => {
  it('also of a new proposal of which nobody has spoken; but not that its author chooses more words', () => {
    const room = openRoom()
    put(room, (od) => addProposal(od, FRESH, head('KEN'), anchorAt(od, FIRST, FIRST, 2, 4), ''))
    move(room, range(2, 9))
    expect(moves(room)).toEqual([])
    move(room, range(12, 15))
    move(room, range(20, 23))
    expect(moves(room)).toMatchObject([
      { how: 'moved', by: 'KEN', quote: 'ragraph' },
      { how: 'moved', by: 'KEN', quote: 'rec' },
    ])
  })

  it('with no more than the beginning of a long quote', () => {
    const room = openRoom()
    change(room, () => baseTextOf(room.od, FIRST)!.insert(0, 'word '.repeat(200)))
    put(room, (od) => addProposal(od, FRESH, head('KEN'), range(0, 900)(od), ''))
    move(room, range(910, 950))
    const quote = moves(room)[0]?.quote ?? ''
    expect(quote).toMatch(/^word word .*…$/)
    expect(quote.length).toBeLessThan(300)
  })

  it('6.11 a merger of words that were put elsewhere is refused', () => {
    const room = spokenOf(range(5, 5), ' ever')
    const beside = 'q0000000000beside' as ProposalId
    put(
      room,
      (od) => addProposal(od, beside, head('JPN'), anchorAt(od, FIRST, FIRST, 0, 0), 'Who '),
      JAPAN,
      5_000_001,
    )
    const merge = {
      kind: 'proposals-merge',
      bridge: 'q000000000000merge' as ProposalId,
      proposals: [FRESH, beside],
      text: 'both',
    } as const
    const seen = asSeen(room.od, merge)
    move(room, range(OTHER_NOT, OTHER_NOT))
    expect(run(room, FACILITATOR, seen)).toMatchObject({ code: 'wording-changed' })
    expect(run(room, FACILITATOR, merge)).toMatchObject({ ok: true })
  })
})
