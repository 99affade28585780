import { describe, expect, it } from 'vitest'
import { FACILITATORS } from '#shared/model/participant.ts'
import { UNDO_WINDOW } from '#shared/model/proposals/decision.ts'
import type { ParagraphId, ParticipantId, ProposalId } from '#shared/model/ids.ts'
import { chair, commandAt, decide, proposalBy, proposalOf, text } from '#test/kit/deciding.ts'
import type { Room } from '#test/kit/drafting.ts'
import { delegate, facilitator } from '#test/kit/drafting.ts'
import {
  addParagraphAfter,
  backspace,
  deleteWords,
  insertAfter,
  ken,
  nor,
  replaceWords,
  scene,
  selectWords,
  twoDelegations,
} from '#test/kit/scene.ts'

const KEN = 'KEN' as ParticipantId

const decisionOn = (room: Room, id: ProposalId) => room.od.record.get(`decision/${id}`)

describe('what a decision rests on', () => {
  it('6.6 the basis is on record, whether accepted or not retained', () => {
    const { room, all } = replaced()
    room.command({ kind: 'proposal-accept', proposal: all, basis: 'room-consensus' }, chair)
    expect(decisionOn(room, all)).toMatchObject({ disposition: 'accepted', basis: 'room-consensus' })
    decide(room, 'decision-undo', all)
    room.command({ kind: 'proposal-not-retain', proposal: all, basis: 'facilitators-judgement' }, chair)
    expect(decisionOn(room, all)).toMatchObject({
      disposition: 'not-retained',
      basis: 'facilitators-judgement',
    })
  })

  it('6.9 only a proposal that was accepted supersedes another', () => {
    const { room, all, ingrid } = replaced()
    replaceWords(ingrid, 0, 'poverty', 'want')
    room.settleDown()
    const want = proposalOf(ingrid, 'want')
    const superseded = { kind: 'proposal-not-retain', proposal: want, supersededBy: all } as const
    expect(room.command(superseded, chair)).toMatchObject({ code: 'not-decided' })
    expect(room.command({ ...superseded, supersededBy: want }, chair)).toMatchObject({ code: 'not-decided' })
    const nobody = 'q000000000000000a' as ProposalId
    expect(room.command({ ...superseded, supersededBy: nobody }, chair)).toMatchObject({
      code: 'no-such-proposal',
    })
    decide(room, 'proposal-not-retain', all)
    expect(room.command(superseded, chair)).toMatchObject({ code: 'not-decided' })
    decide(room, 'decision-undo', all)
    decide(room, 'proposal-accept', all)
    expect(room.command(superseded, chair).ok).toBe(true)
    expect(decisionOn(room, want)).toMatchObject({ disposition: 'superseded', supersededBy: all })
    decide(room, 'decision-undo', want)
    expect(text(room)).toBe('1. free from all [poverty / want – NOR]')
  })

  it('1.5, 1.6 facilitators withdraw what a delegation withdrew in the room, and both are recorded', () => {
    const { room, all } = replaced()
    const withdraw = { kind: 'proposal-withdraw', proposal: all } as const
    expect(room.command({ ...withdraw, onBehalfOf: KEN }, nor.actor)).toMatchObject({ code: 'not-allowed' })
    expect(room.command({ ...withdraw, onBehalfOf: 'NOR' as ParticipantId }, chair)).toMatchObject({
      code: 'not-allowed',
    })
    expect(room.command({ ...withdraw, onBehalfOf: KEN }, chair).ok).toBe(true)
    expect(decisionOn(room, all)).toMatchObject({ disposition: 'withdrawn', by: KEN, via: FACILITATORS })
    expect(text(room)).toBe('1. free from extreme poverty')
  })

  it('3.5 a proposal that was taken over is withdrawn by whose it is now', () => {
    const { room, all } = replaced()
    const owner = { participant: 'NOR', person: 'ingrid', at: 1 }
    room.od.record.set(`owner/${all}`, owner)
    const withdraw = { kind: 'proposal-withdraw', proposal: all } as const
    expect(room.command(withdraw, ken.actor)).toMatchObject({ code: 'not-allowed' })
    expect(room.command(withdraw, nor.actor).ok).toBe(true)
  })
})

const part = (room: Room, proposal: ProposalId, words: string | undefined, strike = true) =>
  room.command(
    {
      kind: 'proposal-accept',
      proposal,
      part: { strike },
      ...(words === undefined ? {} : { text: words }),
    },
    chair,
  )

describe('6.3 accepting in part', () => {
  it('takes some of the proposed words, in their order, and is exactly undone', () => {
    const { room, long } = inserted()
    const before = text(room)
    expect(part(room, long, 'deep  and lasting').ok).toBe(true)
    expect(text(room)).toBe('1. free from deep  and lasting poverty')
    expect(decisionOn(room, long)).toMatchObject({ disposition: 'accepted-in-part' })
    decide(room, 'decision-undo', long)
    expect(text(room)).toBe(before)
  })

  it('takes no other words, and not in another order', () => {
    const { room, long } = inserted()
    const before = text(room)
    for (const words of ['deep and grave', 'lasting and deep', 'deep deep', 'dee'])
      expect(part(room, long, words)).toMatchObject({ code: 'not-a-part' })
    expect(part(room, long, '')).toMatchObject({ code: 'not-a-part' })
    expect(part(room, long, 'deep\u0000')).toMatchObject({ code: 'forbidden-character' })
    expect(text(room)).toBe(before)
  })

  it('is a plain acceptance when nothing is left out, and one with changes when only punctuation differs', () => {
    const { room, long } = inserted()
    part(room, long, ' deep and very lasting')
    expect(decisionOn(room, long)).toMatchObject({ disposition: 'accepted' })
    decide(room, 'decision-undo', long)
    part(room, long, 'deep, and very lasting')
    expect(decisionOn(room, long)).toMatchObject({ disposition: 'accepted-as-amended' })
    expect(text(room)).toBe('1. free from deep, and very lasting poverty')
  })

  it('6.3 can leave the words that were to be replaced, with the new ones behind them', () => {
    const { room, all } = replaced()
    const before = text(room)
    expect(part(room, all, undefined, false).ok).toBe(true)
    expect(text(room)).toBe('1. free from extreme all poverty')
    expect(decisionOn(room, all)).toMatchObject({ disposition: 'accepted-in-part' })
    decide(room, 'decision-undo', all)
    expect(text(room)).toBe(before)
    expect(part(room, all, '', false)).toMatchObject({ code: 'not-a-part' })
  })

  it('6.3 can take the deletion alone', () => {
    const { room, all } = replaced()
    const before = text(room)
    expect(part(room, all, '').ok).toBe(true)
    expect(text(room)).toBe('1. free from poverty')
    decide(room, 'decision-undo', all)
    expect(text(room)).toBe(before)
  })

  it('carries the amendments of what went in, flags those of what did not, and brings all back', () => {
    const { room, long, ingrid } = inserted()
    for (const words of ['dee', 'ver']) {
      selectWords(ingrid, 0, words)
      backspace(ingrid)
      room.settleDown()
    }
    const before = text(room)
    const [kept, lost] = ['dee', 'ver'].map((quote) => quoting(room, quote))
    expect(part(room, long, 'deep and lasting')).toEqual({
      ok: true,
      affected: [lost],
      consequences: [{ proposal: lost, becomes: 'words-gone' }],
    })
    expect(text(room)).toBe('1. free from [dee – NOR delete]p and [… – NOR delete] lasting poverty')
    expect(room.od.record.has(`affected/${kept}`)).toBe(false)
    decide(room, 'decision-undo', long)
    expect(text(room)).toBe(before)
  })
})

describe('words are not run together', () => {
  it('when what a proposal was to replace is gone', () => {
    const { room, worry } = overwritten('free from concern for all')
    const before = text(room)
    decide(room, 'proposal-accept', worry)
    expect(text(room)).toMatch(/^1\. free from (?:worry alarm|alarm worry) for all$/)
    decide(room, 'decision-undo', worry)
    expect(text(room)).toBe(before)
  })

  it('and what amends such a wording goes along, to and fro', () => {
    const { room, amina, worry } = overwritten('free from concern')
    deleteWords(amina, 0, 'wor')
    insertAfter(amina, 0, 'ry', 's')
    room.settleDown()
    const before = text(room)
    decide(room, 'proposal-accept', worry)
    expect(text(room)).toMatch(/^1\. free from .*\[wor – KEN delete\]ry\[s – KEN\]/)
    decide(room, 'decision-undo', worry)
    expect(text(room)).toBe(before)
  })

  it('and the amendments stand on the same words behind the space', () => {
    const { room, all, ingrid } = replaced()
    deleteWords(ingrid, 0, 'll')
    room.settleDown()
    room.command({ kind: 'proposal-accept', proposal: all, part: { strike: false } }, chair)
    expect(text(room)).toBe('1. free from extreme a[ll – NOR delete] poverty')
  })

  it('and what is proposed on such words later stands on the same words of the wording when that is open again', () => {
    const { room, all, ingrid } = replaced()
    room.command({ kind: 'proposal-accept', proposal: all, part: { strike: false } }, chair)
    room.settleDown()
    expect(text(room)).toBe('1. free from extreme all poverty')
    deleteWords(ingrid, 0, 'al')
    room.settleDown()
    expect(decide(room, 'decision-undo', all).ok).toBe(true)
    expect(text(room)).toBe('1. free from [extreme / [al – NOR delete]l – KEN] poverty')
  })

  it('when an insertion stands where a decision took the word before it, but not elsewhere', () => {
    const { room, amina, ingrid } = replaced('final concern', 'concern', 'alarm')
    insertAfter(ingrid, 0, 'final', 'ly')
    insertAfter(ingrid, 0, '[conc', 'X')
    room.settleDown()
    decide(room, 'proposal-accept', proposalOf(amina, 'ly'))
    decide(room, 'proposal-accept', proposalOf(amina, 'alarm'))
    decide(room, 'proposal-accept', proposalOf(amina, 'X'))
    expect(text(room)).toBe('1. finally X alarm')
  })
})

describe('6.7 taking back', () => {
  it('needs no word within seconds, and a reason after that; each is on record', () => {
    const { room, all } = replaced()
    const accept = { kind: 'proposal-accept', proposal: all, basis: 'room-consensus' } as const
    const undo = { kind: 'decision-undo', proposal: all } as const
    commandAt(room, 1_000, accept)
    expect(commandAt(room, 1_000 + UNDO_WINDOW, undo).ok).toBe(true)
    commandAt(room, 50_000, accept)
    expect(commandAt(room, 50_001 + UNDO_WINDOW, undo)).toMatchObject({ code: 'reason-needed' })
    expect(commandAt(room, 50_001 + UNDO_WINDOW, { ...undo, reason: ' \n ' })).toMatchObject({
      code: 'reason-needed',
    })
    const reason = ' A mistake of the podium. '
    expect(commandAt(room, 50_001 + UNDO_WINDOW, { ...undo, reason }).ok).toBe(true)
    const decision = { disposition: 'accepted', by: FACILITATORS, person: 'fay', basis: 'room-consensus' }
    const by = { by: FACILITATORS, person: 'fay' }
    expect(room.od.record.get(`reopened/${all}`)).toMatchObject([
      { decision: { ...decision, at: 1_000 }, ...by, at: 1_000 + UNDO_WINDOW, reason: '' },
      {
        decision: { ...decision, at: 50_000 },
        ...by,
        at: 50_001 + UNDO_WINDOW,
        reason: 'A mistake of the podium.',
      },
    ])
  })

  it('6.8 is for facilitators, of a withdrawal too; whoever withdrew may not', () => {
    const { room, all } = replaced()
    room.command({ kind: 'proposal-withdraw', proposal: all }, ken.actor)
    expect(room.command({ kind: 'decision-undo', proposal: all }, ken.actor)).toMatchObject({
      code: 'not-allowed',
    })
    expect(decide(room, 'decision-undo', all).ok).toBe(true)
    expect(text(room)).toBe('1. free from [extreme / all – KEN] poverty')
  })

  it('6.8 leaves the flags of other decisions as they were, in whatever order', () => {
    const { room, amina, ingrid } = replaced('free from extreme poverty now', 'extreme poverty', 'want')
    replaceWords(ingrid, 0, 'poverty', 'need')
    insertAfter(ingrid, 0, 'need', 'y')
    room.settleDown()
    const [want, need] = [proposalOf(amina, 'want'), proposalBy(ingrid, 'NOR')]
    decide(room, 'proposal-accept', want)
    const flag = room.od.record.get(`affected/${need}`)
    expect(flag).toEqual({ by: want, effect: 'words-gone' })
    decide(room, 'proposal-not-retain', need)
    decide(room, 'decision-undo', need)
    expect(room.od.record.get(`affected/${need}`)).toEqual(flag)
    decide(room, 'proposal-not-retain', need)
    decide(room, 'decision-undo', want)
    decide(room, 'decision-undo', need)
    expect(room.od.record.has(`affected/${need}`)).toBe(false)
  })
})

const agree = (room: Room, paragraph: ParagraphId, status: string) =>
  room.od.record.set(`status/${paragraph}`, { status, by: FACILITATORS, person: 'fay', at: 1 })

describe('5.3 a proposal that several decisions affect', () => {
  it('6.8 bears the flag of the last one that stands', () => {
    const { room, amina, ingrid } = replaced('free from extreme poverty now', 'extreme', 'one')
    replaceWords(ingrid, 0, 'extreme', 'two')
    const bea = room.seat(delegate('bea', 'BRA'))
    replaceWords(bea, 0, 'extreme', 'three')
    room.settleDown()
    const three = proposalOf(amina, 'three')
    for (const wording of ['one', 'two']) decide(room, 'proposal-accept', proposalOf(amina, wording))
    expect(flagOf(room, three)).toMatchObject({ by: proposalOf(amina, 'two'), effect: 'contradicts' })
    // “two” took the place of “one”: that cannot be taken back before it.
    expect(room.command({ kind: 'decision-undo', proposal: proposalOf(amina, 'one') }, chair)).toMatchObject({
      ok: false,
      code: 'later-decision',
    })
    decide(room, 'decision-undo', proposalOf(amina, 'two'))
    expect(flagOf(room, three)).toEqual({ by: proposalOf(amina, 'one'), effect: 'contradicts' })
    decide(room, 'decision-undo', proposalOf(amina, 'one'))
    expect(flagOf(room, three)).toBe(undefined)
  })
})

const flagOf = (room: Room, id: ProposalId) => room.od.record.get(`affected/${id}`)

describe('7.7 an agreed paragraph', () => {
  it('keeps its words, whatever is decided or taken back', () => {
    const { room, all, ingrid, paragraph } = replaced()
    insertAfter(ingrid, 0, '/ al', 'X')
    room.settleDown()
    const inner = proposalBy(ingrid, 'NOR')
    agree(room, paragraph, 'agreed')
    for (const proposal of [all, inner])
      expect(decide(room, 'proposal-accept', proposal)).toMatchObject({ code: 'paragraph-agreed' })
    agree(room, paragraph, 'reopened')
    decide(room, 'proposal-accept', all)
    decide(room, 'proposal-not-retain', inner)
    agree(room, paragraph, 'agreed-ad-ref')
    for (const proposal of [all, inner])
      expect(decide(room, 'decision-undo', proposal)).toMatchObject({ code: 'paragraph-agreed' })
    agree(room, paragraph, 'reopened')
    expect(decide(room, 'decision-undo', inner).ok).toBe(true)
    expect(decide(room, 'decision-undo', all).ok).toBe(true)
  })

  it('is followed by new paragraphs all the same, until they are agreed themselves', () => {
    const { room } = scene('One.')
    const amina = room.seat(ken)
    addParagraphAfter(amina, 0, 'One.', 'New')
    room.settleDown()
    const id = proposalBy(amina, 'KEN')
    agree(room, [...room.od.paragraphs.keys()][0] as ParagraphId, 'agreed')
    expect(decide(room, 'proposal-accept', id).ok).toBe(true)
    const added = [...room.od.paragraphs.keys()].find((key) => key === `p${id.slice(1)}`) as ParagraphId
    agree(room, added, 'agreed')
    expect(decide(room, 'decision-undo', id)).toMatchObject({ code: 'paragraph-agreed' })
    agree(room, added, 'open')
    expect(decide(room, 'decision-undo', id).ok).toBe(true)
  })
})

const quoting = ({ od }: Room, quote: string): ProposalId => {
  for (const [id, map] of od.proposals.entries())
    if ((map.get('head') as { quote: string }).quote === quote) return id as ProposalId
  throw new Error(`nobody proposed on “${quote}”`)
}

/** NOR asks for “worry” in place of “concern”, and the facilitator writes “alarm” there in the text itself. */
function overwritten(draft: string) {
  const { room, amina, ingrid } = replaced(draft, 'concern', 'unease')
  replaceWords(ingrid, 0, 'concern', 'worry')
  room.settleDown()
  decide(room, 'proposal-not-retain', proposalOf(amina, 'unease'))
  const fay = room.seat(facilitator('fay'))
  replaceWords(fay, 0, 'concern', 'alarm')
  room.settleDown()
  return { room, amina, worry: proposalOf(amina, 'worry') }
}

function replaced(paragraph = 'free from extreme poverty', words = 'extreme', wording = 'all') {
  const { room, amina, ingrid } = twoDelegations(paragraph)
  replaceWords(amina, 0, words, wording)
  room.settleDown()
  const [first] = [...room.od.paragraphs.keys()]
  return { room, amina, ingrid, all: proposalOf(amina, wording), paragraph: first as ParagraphId }
}

function inserted() {
  const { room, amina, ingrid } = twoDelegations('free from poverty')
  insertAfter(amina, 0, 'from', ' deep and very lasting')
  room.settleDown()
  return { room, amina, ingrid, long: proposalBy(amina, 'KEN') }
}

describe('two insertions at one point', () => {
  it.each(['KEN', 'NOR'])(
    '6.8 keep their order when that of %s is accepted, and when that is taken back',
    (by) => {
      const { room, amina, ingrid } = twoDelegations('free from poverty')
      for (const [who, words] of [
        [amina, ' wholly'],
        [ingrid, ' truly'],
      ] as const) {
        insertAfter(who, 0, 'free', words)
        room.settleDown()
      }
      const before = text(room)
      expect(before).toBe('1. free [wholly – KEN] [truly – NOR] from poverty')
      const id = proposalBy(amina, by)
      decide(room, 'proposal-accept', id)
      const bracket = by === 'KEN' ? '[wholly – KEN]' : '[truly – NOR]'
      expect(text(room)).toBe(before.replace(bracket, by === 'KEN' ? 'wholly' : 'truly'))
      decide(room, 'decision-undo', id)
      expect(text(room)).toBe(before)
    },
  )
})
