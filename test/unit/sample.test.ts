import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { resolveAnchor } from '#shared/document/text/anchor.ts'
import { decisionOf, headOf, openDocument, paragraphsInOrder } from '#shared/document/schema.ts'
import { recordGet } from '#shared/document/records.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import { sampleDraft } from '#shared/formats/sample/sample-draft.ts'
import { sampleProposals } from '#shared/formats/sample/sample-proposals.ts'
import { circulateSample, negotiateSample } from '#shared/formats/sample/sample.ts'
import { isParticipantId } from '#shared/model/ids.ts'
import type { ProposalId } from '#shared/model/ids.ts'
import { formatLabel } from '#shared/model/label.ts'
import { isChapeau } from '#shared/model/paragraph.ts'
import { isOnWords, PROPOSAL_KINDS } from '#shared/model/proposals/proposal.ts'
import { Random } from '#test/kit/random.ts'

const NOW = Date.UTC(2031, 2, 6)

function sample(seed: number): OutcomeDocument {
  const od = openDocument(new Y.Doc())
  const random = new Random(seed)
  const bytes = (length: number) => random.bytes(length)
  circulateSample(od, bytes, NOW)
  negotiateSample(od, bytes, NOW)
  return od
}

test('the sample is an outcome document: a preamble with a footnote, 30 paragraphs in four sections, sub-paragraphs and two options', () => {
  const { blocks } = sampleDraft
  const labels = blocks.flatMap(({ kind, label }) => (kind === 'paragraph' && label ? [label] : []))
  const main = labels.filter(({ series, within }) => !series && !within)
  expect(main.map(({ number }) => number)).toEqual(Array.from({ length: 30 }, (_, i) => i + 1))
  expect(labels.filter((label) => !main.includes(label)).map(formatLabel)).toEqual([
    'PP1',
    'PP2',
    'PP3',
    '21 (a)',
    '21 (b)',
    '21 (c)',
    '26, Option 1',
    '26, Option 2',
  ])
  expect(blocks.at(-1)).toMatchObject({ kind: 'note' })
  expect(blocks.filter((block) => block.kind === 'separator')).toHaveLength(4)
  const chapeaux = blocks.filter((block) => isChapeau(block.text))
  expect(chapeaux.map((block) => block.label?.number)).toEqual([8, 21, 24, 26])
})

test('it stands in the document with every bracket on its words', () => {
  const od = sample(1)
  expect(recordGet(od, 'title')).toBe(sampleDraft.title)
  expect(paragraphsInOrder(od)).toHaveLength(sampleDraft.blocks.length)
  expect(od.proposals.size).toBeGreaterThan(sampleProposals.length)
  for (const [id, anchor] of od.anchors) {
    const head = headOf(od, id as ProposalId)
    expect(isParticipantId(head?.by)).toBe(true)
    expect(head?.createdAt).toBeLessThan(NOW)
    const span = resolveAnchor(od, anchor)
    if (!isOnWords(anchor)) expect(span).toBeNull()
    else if (!decisionOf(od, id as ProposalId))
      expect((span?.end ?? -1) - (span?.start ?? 0)).toBe(head?.quote.length)
  }
})

test('it has a little of everything: kinds, positions, dispositions, states, a revision, meetings, comments', () => {
  const od = sample(1)
  const keys = [...od.record.keys()].map((key) => key.split('/')[0])
  for (const kind of [
    'revision',
    'meeting',
    'comment',
    'positions',
    'sponsors',
    'condition',
    'bridge',
    'status',
  ])
    expect(keys, kind).toContain(kind)
  const kinds = [...od.proposals.keys()].map((id) => headOf(od, id as ProposalId)?.kind)
  // Its options are still to be chosen from.
  expect(new Set(kinds)).toEqual(new Set(PROPOSAL_KINDS.filter((kind) => kind !== 'choice')))
  const dispositions = [...od.proposals.keys()].flatMap(
    (id) => decisionOf(od, id as ProposalId)?.disposition ?? [],
  )
  expect(new Set(dispositions)).toEqual(new Set(['accepted', 'merged', 'not-retained', 'withdrawn']))
})

test('its new paragraph has been issued a number', () => {
  const od = sample(1)
  const [proposal] = [...od.anchors].find(([id]) => headOf(od, id as ProposalId)?.kind === 'paragraph') ?? []
  const issued = recordGet(od, `label/${proposal ?? ''}`)
  expect(issued?.label && formatLabel(issued.label)).toBe('19 bis')
})

test('the same randomness gives the same identities', () => {
  expect([...sample(7).proposals.keys()]).toEqual([...sample(7).proposals.keys()])
  expect([...sample(7).proposals.keys()]).not.toEqual([...sample(8).proposals.keys()])
})
