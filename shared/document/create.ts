import { generateNKeysBetween } from 'fractional-indexing'
import type { ImportedBlock, ImportedDraft } from '../model/import.ts'
import type { ParagraphId, RandomBytes } from '../model/ids.ts'
import { newParagraphId } from '../model/ids.ts'
import type { IssuedLabel } from './records.ts'
import { recordSet } from './records.ts'
import type { PlacedBlock } from './received.ts'
import { Receiver } from './received.ts'
import type { OutcomeDocument } from './schema.ts'
import { addParagraph } from './schema.ts'
import { receiveSpans } from './received-spans.ts'

/**
 * Writes an imported draft into an empty document, in one transaction. What its brackets say is written as if it had been
 * proposed at the time `at` (milliseconds since 1970), and marked as received: nobody wrote it here.
 */
export function createDocument(
  od: OutcomeDocument,
  draft: ImportedDraft,
  random: RandomBytes,
  at: number,
): void {
  const orders = generateNKeysBetween(null, null, draft.blocks.length)
  od.doc.transact(() => {
    recordSet(od, 'title', draft.title)
    recordSet(od, 'front', draft.front)
    if (draft.language) recordSet(od, 'language', draft.language)
    const placed = addParagraphs(od, draft.blocks, orders, random)
    const receiver = new Receiver(od, placed, random, at)
    for (const [index, block] of draft.blocks.entries()) {
      const { kind, label, level } = block
      const issued: IssuedLabel = {
        label,
        order: orders[index]!,
        ...(level > 0 ? { level } : {}),
        ...(kind === 'heading' ? { heading: true } : {}),
      }
      if (block.bracketed) receiver.receive(index, block.bracketed, issued)
    }
    receiveSpans(od, draft.blocks, placed, receiver.exact)
  })
}

/** Adds the paragraphs. Returns for each block where it went. */
function addParagraphs(
  od: OutcomeDocument,
  blocks: readonly ImportedBlock[],
  orders: readonly string[],
  random: RandomBytes,
): readonly PlacedBlock[] {
  let last: ParagraphId | null = null
  let notes = 0
  const marked = new Set(blocks.flatMap((block) => block.notes ?? []).map(({ note }) => note))
  return blocks.map(({ kind, label, level, text, bracketed, language, header }, index) => {
    const note = kind === 'note' ? notes++ : null
    const isNote = note === null ? {} : { note }
    // A proposed paragraph stands after another one, so the first block is always a paragraph; a proposed footnote has a mark.
    if (bracketed?.whole && last && (note === null || (bracketed.whole.spans && marked.has(note))))
      return { paragraph: last, proposed: true, ...isNote }
    const facts = { id: newParagraphId(random), kind, order: orders[index]!, label, level }
    addParagraph(od, facts, bracketed ? bracketed.base : text)
    if (language) od.paragraphs.get(facts.id)?.set('language', language)
    if (header) od.paragraphs.get(facts.id)?.set('header', true)
    last = facts.id
    return { paragraph: facts.id, proposed: false, ...isNote }
  })
}
