import type { ParagraphId } from '../model/ids.ts'
import { isCell, isOfTable, tableKey } from '../model/table.ts'
import type { OutcomeDocument } from './schema.ts'
import { paragraphFacts, paragraphsInOrder } from './schema.ts'

/** Whether a new paragraph may stand behind this one: not behind a footnote, nor within a table. */
export function takesBehind(od: OutcomeDocument, id: ParagraphId): boolean {
  const facts = paragraphFacts(od, id)
  if (facts?.kind === 'note') return false
  return !isOfTable(facts?.label) || closesTable(od, id)
}

/** Whether a cell is the last of its table. */
export function closesTable(od: OutcomeDocument, cell: ParagraphId): boolean {
  const table = tableKey(paragraphFacts(od, cell)?.label)
  const last = paragraphsInOrder(od).findLast(({ label }) => isCell(label) && tableKey(label) === table)
  return table !== null && last?.id === cell
}
