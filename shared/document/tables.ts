import type { ParagraphId } from '../model/ids.ts'
import { isCell, isOfTable, tableKey } from '../model/table.ts'
import type { OutcomeDocument } from './schema.ts'
import { paragraphFacts, paragraphsInOrder } from './schema.ts'

/**
 * Whether a new paragraph may stand behind this one: not behind a footnote, nor within a table. `closing`: called for what is in a table
 * only; given by who asks about many.
 */
export function takesBehind(
  od: OutcomeDocument,
  id: ParagraphId,
  closing: () => ReadonlySet<ParagraphId> = () => closingCells(od),
): boolean {
  const facts = paragraphFacts(od, id)
  if (facts?.kind === 'note') return false
  return !isOfTable(facts?.label) || closing().has(id)
}

/** Returns the last cell of each table. Reads all paragraphs. */
export function closingCells(od: OutcomeDocument): ReadonlySet<ParagraphId> {
  const last = new Map<string, ParagraphId>()
  for (const { id, label } of paragraphsInOrder(od)) {
    const table = isCell(label) ? tableKey(label) : null
    if (table !== null) last.set(table, id)
  }
  return new Set(last.values())
}

/**
 * Returns the paragraph behind which a new one comes to stand that was put behind `id`: behind its whole table, or behind the
 * text for a footnote.
 */
export function placeBehind(od: OutcomeDocument, id: ParagraphId): ParagraphId {
  if (takesBehind(od, id)) return id
  const facts = paragraphFacts(od, id)
  const table = tableKey(facts?.label)
  const last = paragraphsInOrder(od).findLast(({ kind, label }) =>
    facts?.kind === 'note' ? kind !== 'note' : isCell(label) && tableKey(label) === table,
  )
  return last?.id ?? id
}
