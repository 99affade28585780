import * as Y from 'yjs'
import { anchorAt } from '#shared/document/anchor.ts'
import { createDocument } from '#shared/document/create.ts'
import { addProposal, hostText, openDocument, paragraphsInOrder } from '#shared/document/schema.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import { newProposalId } from '#shared/model/ids.ts'
import type { HostId, ParagraphId, ParticipantId, ProposalId } from '#shared/model/ids.ts'
import type { ImportedBlock } from '#shared/model/import.ts'
import type { Random } from './random.ts'

const WORDS =
  'reaffirming the commitment of all states to accelerate action for sustainable development and equity in line with the agenda and its means of implementation including finance technology transfer and capacity building'.split(
    ' ',
  )
const DELEGATIONS = ['KEN', 'EU', 'G77', 'USA', 'JPN', 'AOSIS', 'NOR', 'BRA'] as ParticipantId[]
/** Of a hundred proposals this many amend another one. */
const AMENDMENTS = 15
const PARAGRAPHS_A_SECTION = 25

export interface Size {
  readonly paragraphs: number
  readonly proposals: number
}

/** A negotiated text late in its second reading: long paragraphs, ten brackets in each, some in others. */
export function bigDocument(random: Random, { paragraphs, proposals }: Size): OutcomeDocument {
  const od = openDocument(new Y.Doc())
  const bytes = (length: number) => random.bytes(length)
  createDocument(
    od,
    { title: 'Draft outcome document', front: [], blocks: blocks(random, paragraphs) },
    bytes,
  )
  const numbered = paragraphsInOrder(od).flatMap(({ id, label }) => (label ? [id] : []))
  const made: { id: ProposalId; paragraph: ParagraphId; length: number }[] = []
  od.doc.transact(() => {
    for (let i = 0; i < proposals; i++) {
      const amended = random.int(100) < AMENDMENTS && made.length > 0 ? random.pick(made) : null
      const paragraph = amended?.paragraph ?? numbered[i % numbered.length]!
      const host: HostId = amended?.id ?? paragraph
      const [start, end] = stretch(random, hostText(od, host)?.length ?? 0)
      const text = start === end || random.chance(0.6) ? ` ${words(random, 2 + random.int(8))}` : ''
      const id = newProposalId(bytes)
      const quote = start === end ? '' : (hostText(od, host)?.toJSON().slice(start, end) ?? '')
      const by = DELEGATIONS[i % DELEGATIONS.length]!
      const head = { kind: 'text', by, person: 'A Delegate', paragraph, createdAt: i, quote } as const
      addProposal(od, id, head, anchorAt(od, host, paragraph, start, end), text)
      if (text.length > 12) made.push({ id, paragraph, length: text.length })
    }
  })
  return od
}

function blocks(random: Random, paragraphs: number): ImportedBlock[] {
  const made: ImportedBlock[] = []
  for (let number = 1; number <= paragraphs; number++) {
    if (number % PARAGRAPHS_A_SECTION === 1)
      made.push({ kind: 'heading', number: null, text: words(random, 4) })
    made.push({ kind: 'paragraph', number, text: `${words(random, 60 + random.int(60))}.` })
  }
  return made
}

const words = (random: Random, count: number): string =>
  Array.from({ length: count }, () => random.pick(WORDS)).join(' ')

/** A point or a few words of a text. */
function stretch(random: Random, length: number): [number, number] {
  const start = random.int(Math.max(1, length - 30))
  return [start, random.chance(0.5) ? start : Math.min(length, start + 5 + random.int(25))]
}
