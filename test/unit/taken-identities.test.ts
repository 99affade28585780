import { describe, expect, it } from 'vitest'
import { plainText } from '#shared/document/text/anchor.ts'
import { addProposal, baseTextOf } from '#shared/document/schema.ts'
import type { Draft } from '#shared/document/drafts.ts'
import { execute } from '#shared/document/commands/execute.ts'
import type { Command } from '#shared/model/command.ts'
import type { Actor } from '#shared/model/participant.ts'
import type { ParagraphId, ProposalId } from '#shared/model/ids.ts'
import { KENYA } from '#test/kit/admission-room.ts'
import { expectRefused, FIRST, head, pointAt, setScene, written } from '#test/kit/admission-scene.ts'
import { chair, delegation, participant, Table } from '#test/kit/commanding.ts'
import { itemAt } from '#shared/document/text/anchor.ts'

/** The paragraph that a proposal makes bears its identity: so whoever chose that of a paragraph would have it replaced. */
const makerOf = (paragraph: ParagraphId): ProposalId => `q${paragraph.slice(1)}` as ProposalId

const ken: Actor = delegation('KEN')

describe('13.2 an identity that a paragraph has is no proposal’s', () => {
  it('2.1 not of one that is typed', () => {
    const scene = setScene()
    const id = makerOf(FIRST)
    const asText = written(scene.room, 9_000_001, (od) =>
      addProposal(od, id, head('KEN'), pointAt(FIRST), 'x'),
    )
    expectRefused(scene, KENYA, asText, 'not-allowed')
    const asParagraph = written(scene.room, 9_000_001, (od) =>
      addProposal(od, id, head('KEN', 'paragraph'), { kind: 'after', paragraph: FIRST }, 'x'),
    )
    expectRefused(scene, KENYA, asParagraph, 'not-allowed')
  })

  it('2.1 not of one that is asked for', () => {
    const table = new Table()
    const paragraph = table.paragraph(0)
    const at = itemAt(baseTextOf(table.od, paragraph)!, 3)!
    for (const id of [makerOf(paragraph), makerOf(table.paragraph(1)), makerOf(table.heading())])
      for (const change of [
        { kind: 'alternative', paragraph, text: 'another text' },
        { kind: 'split', paragraph, at },
        { kind: 'reservation', paragraph },
      ] as const)
        expect(table.refusal(ken, { kind: 'paragraph-propose', proposal: id, change })).toBe('id-taken')
  })

  it('6.4 not of a bridging proposal', () => {
    const table = new Table()
    const proposals = [table.propose(ken, 'and water'), table.propose(delegation('NOR'), 'and air')]
    const bridge = makerOf(table.paragraph(0))
    const merge: Command = { kind: 'proposals-merge', bridge, proposals, text: 'and both' }
    expect(table.refusal(chair, merge)).toBe('id-taken')
  })

  it('4.2 not of a draft that is tabled', () => {
    const table = new Table()
    const { od } = table
    const paragraph = table.paragraph(1)
    const words = plainText(baseTextOf(od, paragraph)!)
    const id = makerOf(paragraph)
    const draft: Draft = {
      id,
      head: { ...head('KEN', 'paragraph'), person: '', createdAt: 1, paragraph: table.paragraph(0) },
      anchor: { kind: 'after', paragraph: table.paragraph(0) },
      pieces: [{ insert: 'in its place' }],
      within: null,
    }
    const command: Command = { kind: 'drafts-table', space: participant('KEN'), drafts: [id] }
    const result = od.doc.transact(() =>
      execute({ od, actor: ken, now: table.now, sequence: 9, drafts: [draft] }, command),
    )
    expect(result).toMatchObject({ ok: false, code: 'id-taken' })
    expect(plainText(baseTextOf(od, paragraph)!)).toBe(words)
  })
})
