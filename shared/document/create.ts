import { generateNKeysBetween } from 'fractional-indexing'
import type { RandomBytes } from '../model/ids.ts'
import { newParagraphId } from '../model/ids.ts'
import type { ImportedDraft } from '../model/import.ts'
import type { OutcomeDocument } from './schema.ts'
import { addParagraph } from './schema.ts'
import { recordSet } from './records.ts'

/** Writes an imported draft into an empty document, in one transaction. */
export function createDocument(od: OutcomeDocument, draft: ImportedDraft, random: RandomBytes): void {
  const orders = generateNKeysBetween(null, null, draft.blocks.length)
  od.doc.transact(() => {
    recordSet(od, 'title', draft.title)
    recordSet(od, 'front', draft.front)
    for (const [index, block] of draft.blocks.entries()) {
      const { kind, label, level } = block
      const facts = { id: newParagraphId(random), kind, order: orders[index]!, label, level }
      addParagraph(od, facts, block.text)
    }
  })
}
