import { addProposal } from '#shared/document/schema.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import { recordSet } from '#shared/document/records.ts'
import { Numbers } from '#shared/document/issue/numbering.ts'
import { newProposalId } from '#shared/model/ids.ts'
import type { ParagraphId, ParticipantId, ProposalId } from '#shared/model/ids.ts'
import type { Label } from '#shared/model/label.ts'
import type { Random } from './random.ts'

/** One block of a proposed family. */
export interface ProposedBlock {
  readonly label: Label | null
  readonly level: number
  readonly heading?: true
  readonly text: string
}

/** Proposes blocks one behind the other after what stands at a paragraph, as an imported text has them. */
export function proposeBlocks(
  od: OutcomeDocument,
  random: Random,
  after: ParagraphId,
  blocks: readonly ProposedBlock[],
): ProposalId[] {
  const ids: ProposalId[] = []
  od.doc.transact(() => {
    const numbers = new Numbers(od)
    let { order } = numbers.after(after)
    for (const { label, level, heading, text } of blocks) {
      const id = newProposalId((length) => random.bytes(length))
      const head = { kind: 'paragraph', by: 'KEN' as ParticipantId, person: '', createdAt: 1 } as const
      addProposal(od, id, { ...head, paragraph: after, quote: '' }, { kind: 'after', paragraph: after }, text)
      const issued = { label, order, ...(level > 0 ? { level } : {}), ...(heading ? { heading } : {}) }
      recordSet(od, `label/${id}`, issued)
      numbers.add(issued)
      order = numbers.orderBehind(order)
      ids.push(id)
    }
  })
  return ids
}
