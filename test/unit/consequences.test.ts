import { describe, expect, it } from 'vitest'
import { consequencesOf } from '#shared/document/commands/decide/consequences.ts'
import type { ParagraphId, ProposalId } from '#shared/model/ids.ts'
import { chair, decide, proposalOf } from '#test/kit/deciding.ts'
import type { Drafter } from '#test/kit/drafting.ts'
import { delegate } from '#test/kit/drafting.ts'
import { backspace, insertAfter, putCaret, replaceWords, scene, selectWords } from '#test/kit/scene.ts'

const TEXT = 'free from extreme poverty now'

describe('5.4 a proposal that contradicts what was accepted', () => {
  const CONCERN = 'with grave concern that'

  /** NOR asks for “alarm” and KEN for “concern” in place of the same words; NOR’s is accepted. */
  function alarmed() {
    const { room, drafters } = seats(CONCERN)
    on(drafters.NOR, 'grave concern', 'alarm')
    on(drafters.KEN, 'grave concern', 'concern')
    room.settleDown()
    const before = drafters.BRA.text()
    const [alarm, concern] = [proposalOf(drafters.NOR, 'alarm'), proposalOf(drafters.KEN, 'concern')]
    decide(room, 'proposal-accept', alarm)
    room.settleDown()
    return { room, drafters, before, alarm, concern }
  }

  it('stands on the accepted words, and on its own again when that is taken back', () => {
    const { room, drafters, before, alarm } = alarmed()
    expect(drafters.BRA.text()).toBe('with [alarm / concern – KEN] that')
    decide(room, 'decision-undo', alarm)
    room.settleDown()
    expect(drafters.BRA.text()).toBe(before)
  })

  it('is accepted in place of them; that is taken back first', () => {
    const { room, drafters, before, alarm, concern } = alarmed()
    decide(room, 'proposal-accept', concern)
    room.settleDown()
    expect(drafters.BRA.text()).toBe('with concern that')
    const early = room.command({ kind: 'decision-undo', proposal: alarm }, chair)
    expect(early).toMatchObject({ ok: false, code: 'later-decision' })
    for (const proposal of [concern, alarm]) decide(room, 'decision-undo', proposal)
    room.settleDown()
    expect(drafters.BRA.text()).toBe(before)
  })

  it('stands where its words were if nothing was put in their place', () => {
    const { room, drafters } = seats(CONCERN)
    selectWords(drafters.NOR, 0, 'grave concern')
    backspace(drafters.NOR)
    on(drafters.KEN, 'grave concern', 'alarm')
    room.settleDown()
    const deletion = [...room.od.proposals.keys()].find((id) => id !== proposalOf(drafters.KEN, 'alarm'))
    decide(room, 'proposal-accept', deletion as ProposalId)
    room.settleDown()
    expect(drafters.BRA.text()).toBe('with [alarm – KEN]that')
  })
})

describe('5.2 what becomes of the others', () => {
  it('is known before accepting, and the same then', () => {
    const { room, drafters } = seats()
    on(drafters.KEN, 'extreme poverty', 'want')
    on(drafters.NOR, 'extreme poverty', 'misery')
    on(drafters.BRA, 'from extreme', 'of deep')
    on(drafters.KEN, 'now', 'soon')
    drafters.NOR.send()
    room.settleDown()
    const want = proposalOf(drafters.KEN, 'want')
    const known = consequencesOf(room.od, want)
    expect(named(drafters.KEN, known)).toEqual({ misery: 'contradicts', 'of deep': 're-anchored' })
    expect(decide(room, 'proposal-accept', want)).toEqual({
      ok: true,
      affected: [proposalOf(drafters.KEN, 'misery')],
      consequences: known,
    })
    expect(room.od.record.get(`affected/${proposalOf(drafters.KEN, 'misery')}`)).toEqual({
      by: want,
      effect: 'contradicts',
    })
  })

  it('5.3 words are gone of what stood within, and what reached beyond stands on the rest', () => {
    const { room, drafters } = seats()
    on(drafters.KEN, 'extreme poverty', 'want')
    on(drafters.NOR, 'extreme', 'deep')
    at(drafters.BRA, 'extr', 'X')
    on(drafters.BRA, 'poverty now', 'hunger')
    room.settleDown()
    const want = proposalOf(drafters.KEN, 'want')
    expect(named(drafters.KEN, consequencesOf(room.od, want))).toEqual({
      deep: 'words-gone',
      X: 'words-gone',
      hunger: 're-anchored',
    })
  })

  it('includes whoever disputes words with somebody in dispute', () => {
    const { room, drafters } = seats()
    on(drafters.KEN, 'free from', 'rid of')
    on(drafters.NOR, 'from extreme', 'of great')
    on(drafters.BRA, 'extreme poverty', 'want')
    room.settleDown()
    expect(named(drafters.KEN, consequencesOf(room.od, proposalOf(drafters.KEN, 'rid of')))).toEqual({
      'of great': 're-anchored',
      want: 're-anchored',
    })
  })

  it('is nothing for neighbours that only touch', () => {
    const { room, drafters } = seats()
    on(drafters.KEN, 'extreme', 'deep')
    on(drafters.NOR, ' poverty', ' want')
    at(drafters.BRA, 'free from ', 'all ')
    room.settleDown()
    expect(consequencesOf(room.od, proposalOf(drafters.KEN, 'deep'))).toEqual([])
  })

  it('two insertions of two delegations at one point compete, two of one do not', () => {
    const { room, drafters } = seats()
    for (const [name, words] of [
      ['KEN', ' deep'],
      ['NOR', ' wide'],
    ] as const)
      at(drafters[name], 'from', words)
    room.settleDown()
    const [deep, wide] = [proposalOf(drafters.KEN, ' deep'), proposalOf(drafters.KEN, ' wide')]
    expect(named(drafters.KEN, consequencesOf(room.od, deep))).toEqual({ ' wide': 'contradicts' })
    room.od.record.set(`owner/${wide}`, { participant: 'KEN', person: 'amina', at: 1 })
    expect(named(drafters.KEN, consequencesOf(room.od, deep))).toEqual({ ' wide': 're-anchored' })
  })

  it('who asks for the same of the same words is not contradicted', () => {
    const { room, drafters } = seats()
    on(drafters.KEN, 'extreme', 'deep')
    on(drafters.NOR, 'extreme', 'deep')
    on(drafters.BRA, 'extreme', '')
    room.settleDown()
    const [first = '', second = ''] = [...room.od.proposals.keys()]
    expect(consequencesOf(room.od, first as ProposalId)).toMatchObject([
      { proposal: second, becomes: 'words-gone' },
      { becomes: 'contradicts' },
    ])
    expect(consequencesOf(room.od, first as ProposalId, { text: 'great' })).toMatchObject([
      { proposal: second, becomes: 'contradicts' },
      { becomes: 'contradicts' },
    ])
  })

  it('6.3 where the words stay, whoever disputes them stands on', () => {
    const { room, drafters } = seats()
    on(drafters.KEN, 'extreme', 'deep')
    on(drafters.NOR, 'extreme', 'great')
    room.settleDown()
    const deep = proposalOf(drafters.KEN, 'deep')
    const choice = { part: { strike: false } }
    expect(named(drafters.KEN, consequencesOf(room.od, deep, choice))).toEqual({ great: 're-anchored' })
    expect(room.command({ kind: 'proposal-accept', proposal: deep, ...choice }, chair)).toMatchObject({
      affected: [],
    })
  })

  it('2.7 of two delegations’ alternatives to one paragraph one is chosen', () => {
    const { room, drafters } = seats()
    const paragraph = [...room.od.paragraphs.keys()][0] as ParagraphId
    const [own, chosen, rival] = [
      [drafters.KEN, 'Rid of want'],
      [drafters.KEN, 'Free from want'],
      [drafters.NOR, 'Free from need'],
    ].map(([drafter, words], i) => {
      const proposal = `q0000000alternat${i}` as ProposalId
      const change = { kind: 'alternative', paragraph, text: words as string } as const
      room.command({ kind: 'paragraph-propose', proposal, change }, (drafter as Drafter).seat.actor)
      return proposal
    })
    const known = consequencesOf(room.od, chosen!)
    expect(known).toEqual([
      { proposal: own, becomes: 're-anchored' },
      { proposal: rival, becomes: 'contradicts' },
    ])
    expect(decide(room, 'proposal-accept', chosen!)).toEqual({
      ok: true,
      affected: [rival],
      consequences: known,
    })
    decide(room, 'decision-undo', chosen!)
    expect(room.od.record.has(`affected/${rival}`)).toBe(false)
  })

  it('of what cannot be accepted is nothing', () => {
    const { room, drafters } = seats()
    on(drafters.KEN, 'extreme', 'deep')
    on(drafters.NOR, 'extreme', 'great')
    room.settleDown()
    const deep = proposalOf(drafters.KEN, 'deep')
    expect(consequencesOf(room.od, deep, { text: 'too deep', part: { strike: true } })).toEqual([])
    expect(consequencesOf(room.od, 'q00000000nobody00' as ProposalId)).toEqual([])
  })

  it('5.3 a rival may be kept, or accepted too', () => {
    const { room, drafters } = seats()
    at(drafters.KEN, 'from', ' deep')
    at(drafters.NOR, 'from', ' wide')
    room.settleDown()
    const [deep, wide] = [proposalOf(drafters.KEN, ' deep'), proposalOf(drafters.KEN, ' wide')]
    decide(room, 'proposal-accept', deep)
    expect(room.command({ kind: 'proposal-keep', proposal: wide }, drafters.NOR.seat.actor).ok).toBe(true)
    expect(room.od.record.has(`affected/${wide}`)).toBe(false)
    expect(decide(room, 'proposal-accept', wide).ok).toBe(true)
  })
})

function seats(draft = TEXT) {
  const { room } = scene(draft)
  const [KEN, NOR, BRA] = ['KEN', 'NOR', 'BRA'].map((name) => room.seat(delegate(name.toLowerCase(), name)))
  return { room, drafters: { KEN: KEN!, NOR: NOR!, BRA: BRA! } }
}

/** Before anything of others is delivered, so the text is as it was: replaces words, or deletes them. */
function on(drafter: Drafter, words: string, wording: string): void {
  if (wording === '') {
    selectWords(drafter, 0, words)
    backspace(drafter)
  } else {
    replaceWords(drafter, 0, words, wording)
  }
}

function at(drafter: Drafter, words: string, wording: string): void {
  if (drafter.state.doc.child(0).textContent.startsWith(words)) putCaret(drafter, 0, words.length)
  else insertAfter(drafter, 0, words, wording)
}

/** By wording, for people to read. */
const named = ({ room }: Drafter, all: readonly { proposal: ProposalId; becomes: string }[]) =>
  Object.fromEntries(
    all.map(({ proposal, becomes }) => [String(room.od.proposals.get(proposal)?.get('content')), becomes]),
  )
