import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { openBracketsOn } from '#shared/document/agreement.ts'
import { execute } from '#shared/document/commands/execute.ts'
import { addProposal, hostText, paragraphsInOrder } from '#shared/document/schema.ts'
import { slicesOf } from '#shared/document/slices.ts'
import { anchorAt } from '#shared/document/text/anchor.ts'
import type { ParagraphId, ParticipantId, PersonId, ProposalId } from '#shared/model/ids.ts'
import { FACILITATORS, type Actor } from '#shared/model/participant.ts'
import { decide, openRoom, PARAGRAPHS, replicaOf } from '#test/kit/admission-room.ts'
import { asSeen } from '#test/kit/as-seen.ts'
import { bigDocument } from '#test/kit/big-document.ts'
import { openBrackets } from '#test/kit/open-brackets.ts'
import { Random } from '#test/kit/random.ts'

it('asked of one paragraph or of all, the same brackets are open', () => {
  const random = new Random(8)
  const od = bigDocument(random, { paragraphs: 20, proposals: 200, positions: 1, words: 4_000 })
  const actor: Actor = {
    person: 'chair' as PersonId,
    name: 'Chair',
    role: 'facilitator',
    participant: FACILITATORS,
  }
  let decided = 0
  for (const [sequence, key] of [...od.proposals.keys()].entries()) {
    if (sequence % 4 > 0) continue
    const proposal = key as ProposalId
    const kind = random.pick(['proposal-accept', 'proposal-not-retain'] as const)
    if (execute({ od, actor, now: 1, sequence }, asSeen(od, { kind, proposal })).ok) decided++
  }
  expect(decided).toBeGreaterThan(20)
  const all = openBrackets(od)
  expect(all.size).toBeGreaterThan(10)
  for (const { id } of paragraphsInOrder(od))
    expect([...openBracketsOn(od, id)].sort()).toEqual(all.get(id) ?? [])
})

it('7.2 a paragraph is not agreed over open brackets that arrived in slices and lost their anchor', () => {
  const room = openRoom()
  const [paragraph] = PARAGRAPHS as [ParagraphId]
  const [first, amending] = ['q000000000000000a', 'q000000000000000b'] as [ProposalId, ProposalId]
  const status = { kind: 'paragraph-status', paragraph, status: 'agreed' } as const
  expect(openBracketsOn(room.od, paragraph)).toEqual([])

  const author = replicaOf(room.od, 2_000_000)
  const head = { kind: 'text', by: 'KEN' as ParticipantId, paragraph, quote: '' } as const
  const arrive = () => {
    const update = Y.encodeStateAsUpdate(author.doc, Y.encodeStateVector(room.od.doc))
    for (const slice of slicesOf(update, 1)) Y.applyUpdate(room.od.doc, slice)
  }
  addProposal(author, first, head, anchorAt(author, paragraph, paragraph, 0, 0), 'Kenyan words ')
  arrive()
  addProposal(author, amending, head, anchorAt(author, first, paragraph, 6, 6), ' and other')
  arrive()
  author.anchors.delete(first)
  const words = hostText(author, first)!
  words.delete(0, words.length)
  arrive()

  expect([...openBracketsOn(room.od, paragraph)].sort()).toEqual([first, amending])
  expect(decide(room, status)).toMatchObject({ ok: false, code: 'open-brackets' })
})
