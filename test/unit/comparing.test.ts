import { describe, expect, it } from 'vitest'
import { itemAt } from '#shared/document/text/anchor.ts'
import { causesOf } from '#shared/document/history/causes.ts'
import { compareTexts } from '#shared/document/history/compare.ts'
import type { Cause, ComparedParagraph, FrozenText } from '#shared/document/history/compared.ts'
import { freeze } from '#shared/document/history/freeze.ts'
import { phraseHistory } from '#shared/document/history/history.ts'
import { baseTextOf, paragraphsInOrder } from '#shared/document/schema.ts'
import type { Command, ParagraphChange } from '#shared/model/command.ts'
import type { ParagraphId } from '#shared/model/ids.ts'
import { newProposalId } from '#shared/model/ids.ts'
import { chair, decide, proposalBy, proposalOf } from '#test/kit/deciding.ts'
import { delegate, facilitator } from '#test/kit/drafting.ts'
import type { Drafter, Room } from '#test/kit/drafting.ts'
import {
  addParagraphAfter,
  backspace,
  deleteWords,
  insertAfter,
  ken,
  nor,
  replaceWords,
  scene,
} from '#test/kit/scene.ts'

const fac = facilitator('fay')

const frozen = (room: Room): FrozenText => freeze(room.od, 1)

const compared = (room: Room, before: FrozenText): ComparedParagraph[] =>
  compareTexts(before, frozen(room), causesOf(room.od))

const names = (causes: readonly Cause[]): string =>
  causes.map(({ proposal, by }) => (proposal ? by : 'draft')).join(', ')

/** `from -[extreme ](KEN) +[all ](NOR) poverty` */
const drawn = (paragraphs: readonly ComparedParagraph[]): string[] =>
  paragraphs.map(({ pieces }) =>
    pieces
      .map(({ kind, text, causes }) =>
        kind === 'same' ? text : `${kind === 'inserted' ? '+' : '-'}[${text}](${names(causes)})`,
      )
      .join(''),
  )

const outline = (paragraphs: readonly ComparedParagraph[]): string[] =>
  paragraphs.map(({ was, now, change }) => `${was} ${now} ${change}`)

const seated = (room: Room) => ({
  amina: room.seat(ken),
  ingrid: room.seat(nor),
  fay: room.seat(fac),
})

function acceptBy(room: Room, who: Drafter, participant: string): void {
  room.settleDown()
  expect(decide(room, 'proposal-accept', proposalBy(who, participant))).toMatchObject({ ok: true })
  room.settleDown()
}

function run(room: Room, command: Command): void {
  expect(room.command(command, command.kind === 'paragraph-propose' ? ken.actor : chair)).toMatchObject({
    ok: true,
  })
}

function structural(room: Room, change: ParagraphChange): void {
  const proposal = newProposalId((length) => room.random.bytes(length))
  run(room, { kind: 'paragraph-propose', proposal, change })
  run(room, { kind: 'proposal-accept', proposal })
}

const paragraphs = (room: Room): ParagraphId[] => paragraphsInOrder(room.od).map(({ id }) => id)

const historyOf = (room: Room, words: string): readonly Cause[] => {
  const [paragraph] = paragraphs(room) as [ParagraphId]
  const at = baseTextOf(room.od, paragraph)!.toJSON().indexOf(words)
  expect(at).toBeGreaterThanOrEqual(0)
  return phraseHistory(room.od, paragraph, at, at + words.length)
}

describe('comparing two texts', () => {
  it('8.4 shows each phrase that went and that came, and by whom', () => {
    const { room } = scene('free humanity from extreme poverty and want')
    const { amina, ingrid } = seated(room)
    const before = frozen(room)
    replaceWords(amina, 0, 'extreme poverty', 'all hunger')
    acceptBy(room, amina, 'KEN')
    insertAfter(ingrid, 0, 'want', ' for ever')
    acceptBy(room, amina, 'NOR')
    expect(drawn(compared(room, before))).toEqual([
      'free humanity from -[extreme poverty](KEN)+[all hunger](KEN) and want+[ for ever](NOR)',
    ])
    expect(outline(compared(room, before))).toEqual(['1 1 changed'])
  })

  it('8.4 words are whole: a letter changed is a word replaced', () => {
    const { room } = scene('every state shall')
    const { amina } = seated(room)
    const before = frozen(room)
    insertAfter(amina, 0, 'state', 's')
    acceptBy(room, amina, 'KEN')
    expect(drawn(compared(room, before))).toEqual(['every -[state](KEN)+[states](KEN) shall'])
  })

  it('8.4 what the facilitators write and strike themselves is theirs', () => {
    const { room } = scene('one two three')
    const { fay } = seated(room)
    const before = frozen(room)
    deleteWords(fay, 0, 'two ')
    insertAfter(fay, 0, 'three', ' four')
    room.settleDown()
    const [{ pieces } = { pieces: [] }] = compared(room, before)
    expect(drawn(compared(room, before))).toEqual(['one -[two ](draft)three+[ four](draft)'])
    expect(pieces.at(-1)?.causes[0]).toMatchObject({ proposal: null, by: 'Co-Facilitators', decidedBy: null })
  })

  it('8.4 words that an undo brought back are the same words', () => {
    const { room } = scene('one two three four')
    const { amina, fay } = seated(room)
    const before = frozen(room)
    deleteWords(amina, 0, 'two ')
    acceptBy(room, amina, 'KEN')
    deleteWords(fay, 0, 'three ')
    room.settleDown()
    fay.undo.undo()
    decide(room, 'decision-undo', proposalBy(amina, 'KEN'))
    room.settleDown()
    expect(drawn(compared(room, before))).toEqual(['one two three four'])
    expect(outline(compared(room, before))).toEqual(['1 1 same'])
  })

  it('8.4 words that came back and went again went by whoever asked for it the second time', () => {
    const { room } = scene('one two three four')
    const { amina, ingrid, fay } = seated(room)
    // The stretch is of several pieces when it goes for the first time.
    insertAfter(fay, 0, 'two', 'x')
    backspace(fay)
    room.settleDown()
    const before = frozen(room)
    deleteWords(amina, 0, 'two three ')
    acceptBy(room, amina, 'KEN')
    run(room, { kind: 'decision-undo', proposal: proposalBy(amina, 'KEN') })
    room.settleDown()
    run(room, { kind: 'proposal-not-retain', proposal: proposalBy(amina, 'KEN') })
    room.settleDown()
    deleteWords(ingrid, 0, 'two three ')
    acceptBy(room, ingrid, 'NOR')
    expect(drawn(compared(room, before))).toEqual(['one -[two three ](NOR)four'])
  })

  it('8.4 words that left with a decision that was taken back did so by whoever took it back', () => {
    const { room } = scene('one two')
    const { amina } = seated(room)
    insertAfter(amina, 0, 'two', ' three')
    acceptBy(room, amina, 'KEN')
    const before = frozen(room)
    run(room, { kind: 'decision-undo', proposal: proposalBy(amina, 'KEN'), reason: 'taken in error' })
    const [{ pieces } = { pieces: [] }] = compared(room, before)
    expect(drawn(compared(room, before))).toEqual(['one two-[ three](KEN)'])
    expect(pieces.at(-1)?.causes[0]).toMatchObject({ decidedBy: 'Co-Facilitators', disposition: null })
  })

  it('8.4 new, deleted and moved paragraphs are so by identity, whatever their numbers', () => {
    const { room } = scene('One.', 'Two.', 'Three.', 'Four.')
    const { amina } = seated(room)
    const before = frozen(room)
    const [first, second, , fourth] = paragraphs(room) as [ParagraphId, ParagraphId, ParagraphId, ParagraphId]
    addParagraphAfter(amina, 0, 'One.', 'New.')
    acceptBy(room, amina, 'KEN')
    structural(room, { kind: 'delete-paragraph', paragraph: second })
    structural(room, { kind: 'move', paragraph: fourth, after: null })
    const middle = compared(room, before)
    expect(outline(middle)).toEqual(['4 0 moved', '1 1 same', 'null 1 bis added', '2 2 deleted', '3 3 same'])
    run(room, { kind: 'revision-issue', note: '' })
    const now = compared(room, before)
    expect(outline(now)).toEqual(['4 1 moved', '1 2 same', '2 null deleted', 'null 3 added', '3 4 same'])
    expect(drawn(now)).toEqual(['Four.', 'One.', '-[Two.](KEN)', '+[New.](KEN)', 'Three.'])
    expect(now[1]!.id).toBe(first)
  })

  it('2.5 8.4 words that a split or a merger carried elsewhere went and came by that; who asked for them stays known', () => {
    const { room } = scene('one two three', 'four')
    const { ingrid } = seated(room)
    insertAfter(ingrid, 0, 'two', ' and a half')
    acceptBy(room, ingrid, 'NOR')
    const before = frozen(room)
    const [first, last] = paragraphs(room) as [ParagraphId, ParagraphId]
    const at = itemAt(baseTextOf(room.od, first)!, 3)!
    structural(room, { kind: 'split', paragraph: first, at })
    const [, into] = paragraphs(room) as [ParagraphId, ParagraphId]
    const half = baseTextOf(room.od, into)!.toJSON().indexOf('half')
    expect(names(phraseHistory(room.od, into, half, half + 4))).toBe('NOR')
    expect(drawn(compared(room, before))[1]).toMatch(/^\+\[.*two and a half three\]\(KEN\)$/u)
    structural(room, { kind: 'join', paragraph: into, next: last })
    const joined = baseTextOf(room.od, into)!.toJSON()
    expect(joined).toMatch(/three four$/u)
    expect(names(phraseHistory(room.od, into, joined.length - 4, joined.length))).toBe('draft')
    expect(compared(room, before).at(-1)).toMatchObject({ change: 'deleted' })
  })

  it('6.2 8.4 what was accepted with changes is named after its proposal, in all its words', () => {
    const { room } = scene('one two')
    const { amina } = seated(room)
    const before = frozen(room)
    insertAfter(amina, 0, 'two', ' three five')
    room.settleDown()
    const proposal = proposalBy(amina, 'KEN')
    run(room, { kind: 'proposal-accept', proposal, text: ' three four five' })
    const [{ pieces } = { pieces: [] }] = compared(room, before)
    expect(drawn(compared(room, before))).toEqual(['one two+[ three four five](KEN)'])
    expect(pieces.at(-1)?.causes[0]).toMatchObject({ disposition: 'accepted-as-amended' })
  })
})

describe('who asked for a phrase', () => {
  it('8.5 an amendment accepted into a wording before that was accepted is named for its own words', () => {
    const { room } = scene('one two')
    const { amina, ingrid } = seated(room)
    const before = frozen(room)
    insertAfter(amina, 0, 'two', ' three five')
    room.settleDown()
    const outer = proposalBy(amina, 'KEN')
    insertAfter(ingrid, 0, 'three', ' four')
    room.settleDown()
    run(room, { kind: 'proposal-accept', proposal: proposalOf(ingrid, ' four') })
    room.settleDown()
    run(room, { kind: 'proposal-accept', proposal: outer, text: ' three four five six' })
    expect(names(historyOf(room, 'four'))).toBe('NOR, KEN')
    expect(names(historyOf(room, 'three'))).toBe('KEN')
    expect(names(historyOf(room, 'five six'))).toBe('KEN')
    expect(names(historyOf(room, 'one'))).toBe('draft')
    expect(drawn(compared(room, before))).toEqual([
      'one two+[ three](KEN)+[ four](NOR, KEN)+[ five six](KEN)',
    ])
  })

  it('3.4 8.5 says when it was asked for, who decided, on what basis, and who agreed', () => {
    const { room } = scene('one two')
    const { amina } = seated(room)
    insertAfter(amina, 0, 'two', ' three')
    room.settleDown()
    const proposal = proposalBy(amina, 'KEN')
    const eu = delegate('paul', 'EU').actor
    room.command({ kind: 'position-take', on: proposal, position: 'support' }, nor.actor)
    room.command({ kind: 'position-take', on: proposal, position: 'oppose' }, delegate('b', 'BRA').actor)
    room.command({ kind: 'proposal-sponsor', proposal, stance: 'cosponsor' }, eu)
    run(room, { kind: 'proposal-accept', proposal, basis: 'room-consensus' })
    const [cause] = historyOf(room, 'three')
    expect(cause).toMatchObject({
      proposal,
      by: 'KEN',
      person: 'amina',
      decidedBy: 'Co-Facilitators',
      disposition: 'accepted',
      basis: 'room-consensus',
      supporters: ['EU', 'NOR'],
    })
    expect(cause!.decidedAt).toBeGreaterThan(cause!.proposedAt!)
  })

  it('6.4 8.5 of a bridging text each word is that of the sources that have it', () => {
    const { room } = scene('one two')
    const { amina, ingrid } = seated(room)
    insertAfter(amina, 0, 'two', ' three early')
    room.settleDown()
    insertAfter(ingrid, 0, 'one', ' four')
    room.settleDown()
    const proposals = [proposalBy(amina, 'KEN'), proposalBy(ingrid, 'NOR')]
    const bridge = newProposalId((length) => room.random.bytes(length))
    run(room, { kind: 'proposals-merge', bridge, proposals, text: ' three and four' })
    run(room, { kind: 'proposal-accept', proposal: bridge })
    expect(names(historyOf(room, 'three'))).toBe('KEN, Co-Facilitators')
    expect(names(historyOf(room, 'four'))).toBe('NOR, Co-Facilitators')
    expect(names(historyOf(room, 'and'))).toBe('Co-Facilitators')
  })

  it('3.5 8.5 of a proposal that was taken over, who made it first and who made it theirs', () => {
    const { room } = scene('one two')
    const { amina } = seated(room)
    insertAfter(amina, 0, 'two', ' three')
    room.settleDown()
    const proposal = proposalBy(amina, 'KEN')
    room.command({ kind: 'position-take', on: proposal, position: 'support' }, nor.actor)
    room.command({ kind: 'proposal-withdraw', proposal }, ken.actor)
    expect(room.command({ kind: 'proposal-take-over', proposal }, nor.actor)).toMatchObject({ ok: true })
    run(room, { kind: 'proposal-accept', proposal })
    expect(historyOf(room, 'three')).toMatchObject([{ by: 'KEN', takenOverBy: ['NOR'], supporters: [] }])
  })

  it('8.5 words that facilitators struck and took back by undo are still whose they were', () => {
    const { room } = scene('one two')
    const { amina, fay } = seated(room)
    insertAfter(amina, 0, 'two', ' three')
    acceptBy(room, amina, 'KEN')
    deleteWords(fay, 0, 'three')
    room.settleDown()
    fay.undo.undo()
    room.settleDown()
    expect(names(historyOf(room, 'three'))).toBe('KEN')
  })
})
