import { expect, test } from 'vitest'
import { caretPosition } from '#client/editor/locate.ts'
import type { DecidingCommand, ParagraphChange } from '#shared/model/command.ts'
import type { ProposalId } from '#shared/model/ids.ts'
import { newProposalId } from '#shared/model/ids.ts'
import { chair, proposalBy, proposalOf } from '#test/kit/deciding.ts'
import type { Drafter, Room } from '#test/kit/drafting.ts'
import { delegate, facilitator } from '#test/kit/drafting.ts'
import { SpaceRoom } from '#test/kit/drafting-space.ts'
import { asked, numbered, splitBehind } from '#test/kit/paragraphs.ts'
import {
  addParagraphAfter,
  deleteWords,
  insertAfter,
  putAfter,
  putCaret,
  scene,
  shown,
  typeKeys,
} from '#test/kit/scene.ts'

const amina = delegate('amina', 'KEN')
const ingrid = delegate('ingrid', 'NOR')
const fay = facilitator('fay')

/** Two delegations and a facilitator at one draft. */
function seated(...draft: string[]) {
  const { room } = scene(...draft)
  const [ken, nor, fac] = [room.seat(amina), room.seat(ingrid), room.seat(fay)]
  return { room, ken, nor, fac, all: [ken, nor, fac] }
}

function atWords(drafters: readonly Drafter[], block: number, words: string): void {
  for (const drafter of drafters) putAfter(drafter, block, words)
}

function decide(room: Room, command: DecidingCommand): void {
  const result = room.command(command, chair)
  if (!result.ok) throw new Error(result.message)
  room.settleDown()
}

const accept = (room: Room, proposal: ProposalId) => decide(room, { kind: 'proposal-accept', proposal })
const undo = (room: Room, proposal: ProposalId) => decide(room, { kind: 'decision-undo', proposal })

/** What all of them see, with the caret; and each sees the others' where they see them themselves. */
function allSee(drafters: readonly Drafter[]): string[] {
  const [first, ...others] = drafters.map(shown)
  for (const other of others) expect(other).toEqual(first)
  for (const viewer of drafters)
    for (const owner of drafters) {
      const places = owner.binding.places()!
      expect(caretPosition(viewer.projection, viewer.state.doc, places.head)).toBe(owner.state.selection.head)
    }
  return first!
}

/** KEN has typed ` wonder some` behind “humanity”. */
function bracket() {
  const seats = seated('free humanity from poverty', 'second')
  const { room, ken } = seats
  insertAfter(ken, 0, 'humanity', ' wonder some')
  room.settleDown()
  return { ...seats, proposal: proposalOf(ken, ' wonder some') }
}

test('14.10 in a bracket that is accepted, taken back and accepted again every caret keeps its characters', () => {
  const { room, all, proposal } = bracket()
  atWords(all, 0, 'wonder so')
  const open = ['free humanity[ wonder so|me – KEN] from poverty', 'second']
  const accepted = ['free humanity wonder so|me from poverty', 'second']
  expect(allSee(all)).toEqual(open)
  for (let times = 0; times < 2; times++) {
    accept(room, proposal)
    expect(allSee(all)).toEqual(accepted)
    undo(room, proposal)
    expect(allSee(all)).toEqual(open)
  }
})

test.each([
  ['in the middle', 'wonder so', 'free humanity wonder so|me from poverty'],
  ['at the start', 'humanity[', 'free humanity| wonder some from poverty'],
  ['at the end', 'wonder some', 'free humanity wonder some| from poverty'],
])(
  '14.11 14.12 accepted while its author types on %s: the caret stands where those letters would',
  (_where, words, wanted) => {
    const { room, ken, proposal } = bracket()
    atWords([ken], 0, words)
    typeKeys(ken, 'xyz')
    expect(room.command({ kind: 'proposal-accept', proposal }, chair).ok).toBe(true)
    ken.deliver()
    expect(shown(ken)[0]).toBe(wanted)
  },
)

test('14.10 … put there anew after the acceptance, too', () => {
  const { room, all, proposal } = bracket()
  accept(room, proposal)
  atWords(all, 0, 'wonder so')
  undo(room, proposal)
  expect(allSee(all)).toEqual(['free humanity[ wonder so|me – KEN] from poverty', 'second'])
})

test('14.10 … at either end of the words, inside and outside', () => {
  for (const [place, accepted] of [
    ['free humanity|[ wonder some – KEN] from poverty', 'free humanity| wonder some from poverty'],
    ['free humanity[| wonder some – KEN] from poverty', 'free humanity| wonder some from poverty'],
    ['free humanity[ wonder some| – KEN] from poverty', 'free humanity wonder some| from poverty'],
    ['free humanity[ wonder some – KEN]| from poverty', 'free humanity wonder some| from poverty'],
  ] as const) {
    const { room, all, proposal } = bracket()
    for (const drafter of all) putCaret(drafter, 0, place.indexOf('|'))
    expect(allSee(all)[0]).toBe(place)
    accept(room, proposal)
    expect(allSee(all)[0]).toBe(accepted)
    undo(room, proposal)
    expect(allSee(all)[0]).toBe(place)
  }
})

test('14.11 whoever types on in a bracket that was accepted meanwhile goes on exactly there', () => {
  const { room, ken, fac, all, proposal } = bracket()
  atWords(all, 0, 'wonder so')
  accept(room, proposal)
  typeKeys(ken, 'XY')
  room.settleDown()
  expect(shown(ken)[0]).toBe('free humanity wonder so[XY| – KEN]me from poverty')
  expect(shown(fac)[0]).toBe('free humanity wonder so|[XY – KEN]me from poverty')
})

test('14.10 accepted with changes or in part, a caret stays beside the nearest words that are left', () => {
  const { room, all, ken, proposal } = bracket()
  atWords(all, 0, 'wonder so')
  decide(room, { kind: 'proposal-accept', proposal, text: ' some', part: { strike: true } })
  expect(allSee(all)[0]).toBe('free humanity so|me from poverty')
  undo(room, proposal)
  expect(allSee(all)[0]).toBe('free humanity[ wonder so|me – KEN] from poverty')
  atWords(all, 0, 'won')
  decide(room, { kind: 'proposal-accept', proposal, text: ' some', part: { strike: true } })
  expect(allSee(all)[0]).toBe('free humanity |some from poverty')
  atWords([ken], 0, ' s')
  undo(room, proposal)
  expect(shown(ken)[0]).toBe('free humanity[ wonder s|ome – KEN] from poverty')
})

test('14.10 in a word that is accepted with another ending, and taken back', () => {
  const { room, all, proposal } = bracket()
  atWords(all, 0, 'wond')
  const [open] = allSee(all)
  expect(open).toBe('free humanity[ wond|er some – KEN] from poverty')
  decide(room, { kind: 'proposal-accept', proposal, text: ' wonders and some' })
  expect(allSee(all)[0]).toBe('free humanity wond|ers and some from poverty')
  undo(room, proposal)
  expect(allSee(all)[0]).toBe(open)
})

test('14.10 in words that a decision strikes, and brings back', () => {
  const { room, ken, all } = seated('free humanity from all poverty')
  deleteWords(ken, 0, 'from all ')
  room.settleDown()
  atWords(all, 0, 'from a')
  const [open] = allSee(all)
  expect(open).toBe('free humanity [from a|ll – KEN delete] poverty')
  const proposal = proposalBy(ken, 'KEN')
  accept(room, proposal)
  expect(allSee(all)).toEqual(['free humanity |poverty'])
  undo(room, proposal)
  expect(allSee(all)[0]).toBe(open)
})

test('14.10 in an amendment that is accepted into the wording it amends, and that into the text', () => {
  const { room, ken, nor, all, proposal } = bracket()
  insertAfter(nor, 0, 'wonder', 'fully')
  room.settleDown()
  const amendment = proposalBy(ken, 'NOR')
  atWords(all, 0, 'full')
  accept(room, amendment)
  expect(allSee(all)[0]).toBe('free humanity[ wonderfull|y some – KEN] from poverty')
  accept(room, proposal)
  expect(allSee(all)[0]).toBe('free humanity wonderfull|y some from poverty')
  undo(room, proposal)
  undo(room, amendment)
  expect(allSee(all)[0]).toBe('free humanity[ wonder[full|y – NOR] some – KEN] from poverty')
})

test('14.10 in an amendment that goes along with its host', () => {
  const { room, nor, all, proposal } = bracket()
  insertAfter(nor, 0, 'wonder', 'fully')
  room.settleDown()
  atWords(all, 0, 'full')
  accept(room, proposal)
  expect(allSee(all)[0]).toBe('free humanity wonder[full|y – NOR] some from poverty')
  undo(room, proposal)
  expect(allSee(all)[0]).toBe('free humanity[ wonder[full|y – NOR] some – KEN] from poverty')
})

test('14.10 in a new paragraph that is accepted and taken back', () => {
  const { room, ken, fac, all } = seated('first', 'second')
  putAfter(ken, 0, 'first')
  ken.binding.newParagraph([[{ insert: 'a paragraph of KEN' }]])
  room.settleDown()
  const proposal = proposalBy(ken, 'KEN')
  atWords(all, 1, 'a para')
  const open = allSee(all)
  expect(open[1]).toContain('a para|graph of KEN')
  accept(room, proposal)
  expect(allSee(all)).toEqual(['first', 'a para|graph of KEN', 'second'])
  undo(room, proposal)
  expect(allSee(all)).toEqual(open)
  accept(room, proposal)
  typeKeys(fac, 'X')
  room.settleDown()
  expect(shown(fac)).toEqual(['first', 'a paraX|graph of KEN', 'second'])
  undo(room, proposal)
  expect(shown(fac)[1]).toContain('a paraX|graph of KEN')
  expect(shown(ken)[1]).toContain('a para|Xgraph of KEN')
})

test('14.10 in a new paragraph that was accepted with changes, and taken back', () => {
  const { room, ken, all } = seated('first', 'second')
  putAfter(ken, 0, 'first')
  ken.binding.newParagraph([[{ insert: 'a paragraph of KEN' }]])
  room.settleDown()
  const proposal = proposalBy(ken, 'KEN')
  decide(room, { kind: 'proposal-accept', proposal, text: 'a very short one of KEN' })
  atWords(all, 1, 'a very sh')
  undo(room, proposal)
  expect(allSee(all)[1]).toContain('a paragraph |of KEN')
})

test('14.10 in an alternative that takes the place of its paragraph, and in the words it replaces', () => {
  const { room, ken, nor, fac } = seated('first words', 'second')
  const paragraph = numbered(room, '1')
  const proposal = asked(room, { kind: 'alternative', paragraph, text: 'other words' })
  room.settleDown()
  atWords([ken, fac], 1, 'oth')
  atWords([nor], 0, 'fir')
  const [open, base] = [allSee([ken, fac]), shown(nor)]
  expect(open[1]).toContain('oth|er words')
  accept(room, proposal)
  expect(allSee([ken, fac])).toEqual(['oth|er words', 'second'])
  expect(shown(nor)).toEqual(['|other words', 'second'])
  undo(room, proposal)
  expect(allSee([ken, fac])).toEqual(open)
  expect(shown(nor)).toEqual(base)
})

test('14.10 in a paragraph that is deleted, moved, split or merged, and all that taken back', () => {
  const { room, all } = seated('first', 'second part', 'third')
  const [second, third] = [numbered(room, '2'), numbered(room, '3')]
  const first = numbered(room, '1')
  const changes: readonly (readonly [() => ParagraphChange, readonly string[]])[] = [
    [() => ({ kind: 'delete-paragraph', paragraph: second }), ['first', '|', 'third']],
    [() => ({ kind: 'move', paragraph: second, after: null }), ['second pa|rt', 'first', '', 'third']],
    [() => splitBehind(room, second, 'second'), ['first', 'second', 'pa|rt', 'third']],
    [() => ({ kind: 'join', paragraph: first, next: second }), ['first second pa|rt', '', 'third']],
    [() => ({ kind: 'join', paragraph: second, next: third }), ['first', 'second pa|rt third', '']],
  ]
  for (const [change, then] of changes) {
    atWords(all, 1, 'second pa')
    const proposal = asked(room, change())
    accept(room, proposal)
    expect(allSee(all).filter((line) => line !== '')).toEqual(then.filter((line) => line !== ''))
    undo(room, proposal)
    decide(room, { kind: 'proposal-not-retain', proposal })
    expect(allSee(all)).toEqual(['first', 'second pa|rt', 'third'])
  }
})

test('14.10 in a bracket that is merged into a bridging text, and that taken back', () => {
  const { room, ken, nor, all, proposal } = bracket()
  insertAfter(nor, 0, ' from', ' want and')
  room.settleDown()
  atWords(all, 0, 'wonder so')
  const open = allSee(all)
  const bridge = newProposalId((length) => room.random.bytes(length))
  const proposals = [proposal, proposalBy(ken, 'NOR')]
  decide(room, { kind: 'proposals-merge', bridge, proposals, text: 'truly wonder some and want' })
  expect(allSee(all)[0]).toContain('truly wonder so|me and want')
  undo(room, proposal)
  expect(allSee(all)).toEqual(open)
})

test('14.12 in a bracket that is not retained the caret stays in the paragraph, and goes back with it', () => {
  const { room, all, fac, proposal } = bracket()
  atWords(all, 0, 'wonder so')
  const open = allSee(all)
  decide(room, { kind: 'proposal-not-retain', proposal })
  expect(allSee(all)[0]).toBe('free humanity| from poverty')
  undo(room, proposal)
  expect(allSee(all)).toEqual(open)
  decide(room, { kind: 'proposal-not-retain', proposal })
  typeKeys(fac, '!')
  room.settleDown()
  expect(shown(fac)[0]).toBe('free humanity!| from poverty')
})

test('14.12 where nothing is left of a paragraph nothing is written into another one', () => {
  const { room, ken, fac } = seated('first', 'second')
  putAfter(ken, 0, 'first')
  ken.binding.newParagraph([[{ insert: 'a paragraph of KEN' }]])
  room.settleDown()
  const proposal = proposalBy(ken, 'KEN')
  for (const drafter of [ken, fac]) putAfter(drafter, 1, 'a para')
  const open = shown(ken)
  decide(room, { kind: 'proposal-not-retain', proposal })
  for (const drafter of [ken, fac]) {
    typeKeys(drafter, 'graph')
    drafter.binding.newParagraph([[{ insert: 'more' }]])
    expect(drafter.notTyped.at(-1)).toBe('gone')
    expect(drafter.stray).toBe('graph')
    expect(drafter.binding.places()).toBeNull()
  }
  room.settleDown()
  expect(ken.text()).toBe('first\nsecond')
  undo(room, proposal)
  expect(shown(ken)).toEqual(open)
  typeKeys(ken, 'X')
  expect(shown(ken)[1]).toContain('a paraX|graph of KEN')
  decide(room, { kind: 'proposal-not-retain', proposal })
  insertAfter(fac, 1, 'second', '!')
  expect(shown(fac)).toEqual(['first', 'second!|'])
})

test('14.10 in a private draft that is tabled, in a private new paragraph, and in base text beside them', () => {
  const { room } = scene('free humanity from poverty', 'second')
  const space = new SpaceRoom(room, 'KEN')
  const [ken, peter] = [room.seat(amina, 'all', [space]), room.seat(delegate('peter', 'KEN'), 'all', [space])]
  const nor = room.seat(ingrid)
  ken.draftIn(amina.actor.participant)
  insertAfter(ken, 0, 'humanity', ' wonder some')
  addParagraphAfter(ken, 1, 'second', 'private plan')
  room.settleDown()
  const drafts = [...space.od.proposals.keys()] as ProposalId[]
  putAfter(ken, 0, 'wonder so')
  putAfter(peter, 2, 'private pl')
  putAfter(nor, 0, 'humanity')
  expect(space.table(drafts, amina.actor).ok).toBe(true)
  room.settleDown()
  expect(shown(ken)).toEqual([
    'free humanity[ wonder so|me – KEN] from poverty',
    'second',
    '[private plan – KEN]',
  ])
  expect(shown(peter)[2]).toBe('[private pl|an – KEN]')
  expect(shown(nor)[0]).toBe('free humanity|[ wonder some – KEN] from poverty')
  typeKeys(ken, 'XY')
  typeKeys(peter, 'X')
  room.settleDown()
  // She still writes privately, now in what is tabled.
  expect(shown(ken)[0]).toBe('free humanity[ wonder so[XY| – KEN (draft)]me – KEN] from poverty')
  expect(shown(nor)).toEqual([
    'free humanity|[ wonder some – KEN] from poverty',
    'second',
    '[private plXan – KEN]',
  ])
})
