import { describe, expect, test } from 'vitest'
import { contentOf, decisionOf, headOf, paragraphFacts, proponentOf } from '#shared/document/schema.ts'
import { openBracketsOn } from '#shared/document/agreement.ts'
import { isOwnedBy } from '#shared/document/attribution.ts'
import { recordGet } from '#shared/document/records.ts'
import { BoardReader } from '#shared/document/composition/read-board.ts'
import { plainText } from '#shared/document/text/anchor.ts'
import { Projection } from '#shared/document/composition/projection.ts'
import { isDelegationName } from '#shared/directory/delegation-name.ts'
import { writeText } from '#shared/formats/text/write-text.ts'
import type { ParticipantId, ProposalId } from '#shared/model/ids.ts'
import { AS_RECEIVED } from '#shared/model/participant.ts'
import { FACILITATOR, KENYA } from '#test/kit/admission-room.ts'
import {
  expectRefused,
  FRESH,
  head,
  ME,
  pointAt,
  FIRST,
  setScene,
  written,
} from '#test/kit/admission-scene.ts'
import { addProposal } from '#shared/document/schema.ts'
import { chair, delegation, Table } from '#test/kit/commanding.ts'
import { accepted } from '#test/kit/imported.ts'

const KEN = delegation('KEN')
const EU = delegation('EU')

const SOURCE = `Draft text on otters

1. We feed [young – EU, KEN; G77 delete] otters [where possible].

[1 alt. We leave them. – NOR]

2. We rest. [Agreed ad ref, pending KEN]

[2 bis. We sleep [long – USA] hours.]

3. We plant [tall – JPN delete; CAN retain] reeds. [AUS: move after 1]

4. [Deleted]

5. We swim. (former para 9)
`

const imported = (): Table => new Table(accepted(SOURCE).draft)
const all = ({ od }: Table): ProposalId[] => [...od.proposals.keys()] as ProposalId[]
const saying = (table: Table, words: string): ProposalId =>
  all(table).find((id) => plainText(contentOf(table.od, id)!).trim() === words)!

/** The text in the view of everything, one line a block. */
function shown({ od }: Table): string[] {
  const projection = new Projection(od, 'all')
  const lines = projection.blocks().map((block) => {
    const { pieces } = projection.composed(block)
    return `${block.label}: ${pieces.map(({ text }) => text).join('')}`
  })
  projection.destroy()
  return lines.slice(1)
}

describe('21.7 what was in brackets is open, by those named or by nobody', () => {
  test('and shown as in the source', () => {
    expect(shown(imported())).toEqual([
      '1: We feed [young – EU, KEN; G77 delete] otters[ where possible].',
      '1 alt: [We leave them. – NOR]',
      '2: We rest.',
      '2 bis: [We sleep [long – USA] hours.]',
      '3: We plant [tall – JPN delete; CAN retain] reeds. [move after 1 – AUS]',
      '4: ',
      '5: We swim.',
    ])
  })

  test('and a paragraph that stands in brackets as a whole is listed by its words', () => {
    const table = new Table(accepted('Draft\n\n1. [We feed otters.]\n\n2. We rest.').draft)
    const projection = new Projection(table.od, 'all')
    const { blocks } = new BoardReader(projection).board()
    expect(blocks.map(({ opening }) => opening)).toEqual(['Draft', 'We feed otters.', 'We rest.'])
    projection.destroy()
  })

  test('its records name no person and say that it was received', () => {
    const table = imported()
    const { od, now } = table
    for (const id of all(table)) {
      expect(headOf(od, id)).toMatchObject({ person: '', createdAt: now, received: true })
      expect(headOf(od, id)).not.toHaveProperty('via')
    }
    const young = saying(table, 'young')
    expect(recordGet(od, `positions/${young}`)).toMatchObject([
      { participant: 'G77', position: 'oppose', person: '', received: true },
    ])
    expect(recordGet(od, `status/${table.paragraph(1)}`)).toMatchObject({
      status: 'agreed-ad-ref',
      by: AS_RECEIVED,
      pending: ['KEN'],
    })
    expect(paragraphFacts(od, table.paragraph(3))).toMatchObject({ vacant: true })
    expect(paragraphFacts(od, table.paragraph(4))).toMatchObject({ former: { number: 9 } })
  })

  test('those named own theirs, and nobody owns what names nobody', () => {
    const table = imported()
    const { od } = table
    expect(isOwnedBy(od, saying(table, 'young'), EU)).toBe(true)
    expect(isOwnedBy(od, saying(table, 'young'), chair)).toBe(false)
    const possible = saying(table, 'where possible')
    expect(proponentOf(od, possible)).toBe(AS_RECEIVED)
    for (const actor of [EU, KEN, chair]) expect(isOwnedBy(od, possible, actor)).toBe(false)
  })
})

describe('21.8 facilitators decide what is as received', () => {
  test('accepted, not retained, merged, and each taken back', () => {
    const table = imported()
    const { od } = table
    const possible = saying(table, 'where possible')
    for (const command of ['proposal-accept', 'proposal-not-retain'] as const) {
      expect(table.refusal(chair, { kind: command, proposal: possible })).toBeNull()
      expect(decisionOf(od, possible)).toBeDefined()
      expect(table.refusal(chair, { kind: 'decision-undo', proposal: possible })).toBeNull()
    }
    const young = saying(table, 'young')
    const bridge = 'q0000000000bridge' as ProposalId
    const merging = {
      kind: 'proposals-merge',
      bridge,
      proposals: [young, possible],
      text: 'young',
    } as const
    expect(table.refusal(chair, merging)).toBeNull()
    expect(decisionOf(od, possible)?.disposition).toBe('merged')
  })

  test('a proposed paragraph is accepted under its number', () => {
    const table = imported()
    const bis = saying(table, 'We sleep  hours.') ?? saying(table, 'We sleep hours.')
    expect(table.refusal(chair, { kind: 'proposal-accept', proposal: bis })).toBeNull()
    expect(shown(table)).toContain('2 bis: We sleep [long – USA] hours.')
  })

  test('nobody withdraws it, sets it a condition or speaks for it', () => {
    const table = imported()
    const proposal = saying(table, 'where possible')
    for (const actor of [chair, KEN]) {
      expect(table.refusal(actor, { kind: 'proposal-withdraw', proposal })).toBe('not-allowed')
      const onBehalfOf = AS_RECEIVED
      expect(table.refusal(actor, { kind: 'proposal-withdraw', proposal, onBehalfOf })).toBe('not-allowed')
      const condition = { text: 'all agree', on: null }
      const asked = { kind: 'proposal-condition', proposal, condition, onBehalfOf } as const
      expect(table.refusal(actor, asked)).toBe('not-allowed')
    }
  })

  test('others amend it, support it and oppose it; it is then named as received', () => {
    const table = imported()
    const proposal = saying(table, 'where possible')
    expect(table.refusal(KEN, { kind: 'position-take', on: proposal, position: 'support' })).toBeNull()
    expect(table.refusal(EU, { kind: 'position-take', on: proposal, position: 'oppose' })).toBeNull()
    expect(shown(table)[0]).toContain('[ where possible – as received, KEN; EU delete]')
    const [first = ''] = writeText(table.od).split('\n\n').slice(1)
    expect(
      accepted(`Draft\n\n${first}\n\n2. We rest.`).draft.blocks[1]?.bracketed?.proposals.at(-1),
    ).toMatchObject({
      by: null,
      cosponsors: ['KEN'],
      positions: [{ by: 'EU', position: 'oppose' }],
    })
  })

  test('a paragraph with a bracket as received is not agreed', () => {
    const table = imported()
    const paragraph = table.paragraph(0)
    expect(openBracketsOn(table.od, paragraph)).toHaveLength(3)
    const agreeing = { kind: 'paragraph-status', paragraph, status: 'agreed' } as const
    expect(table.refusal(chair, agreeing)).toBe('open-brackets')
  })
})

const forged = (by: string, extra: object) => ({ ...head(by), ...extra })

describe('21.9 no client says that something was received', () => {
  test.each([
    ['of nobody', KENYA, forged(AS_RECEIVED, {}), 'wrong-participant'],
    ['of its own', KENYA, forged('KEN', { received: true }), 'wrong-shape'],
    [
      'on behalf of nobody',
      FACILITATOR,
      forged(AS_RECEIVED, { via: FACILITATOR.participant }),
      'wrong-participant',
    ],
    [
      'on behalf of another',
      FACILITATOR,
      forged('JPN', { via: FACILITATOR.participant, received: true }),
      'wrong-shape',
    ],
  ] as const)('%s', (_, actor, claimed, code) => {
    const scene = setScene()
    const update = written(scene.room, ME, (od) => addProposal(od, FRESH, claimed, pointAt(FIRST), 'x'))
    expectRefused(scene, actor, update, code)
  })

  test('and no delegation is called so', () => {
    for (const name of [
      'As received',
      'as received',
      'AS-RECEIVED',
      'received',
      'As received 2',
      'As received EU',
    ])
      expect(isDelegationName(name as ParticipantId), name).toBe(false)
  })
})
