import type { ParagraphChange, Refusal } from '../../../model/command.ts'
import { refuse } from '../../../model/command.ts'
import type { ParagraphId } from '../../../model/ids.ts'
import { cellPlace, isCaption, isCell, isOfTable } from '../../../model/table.ts'
import { closingCells } from '../../tables.ts'
import type { OutcomeDocument } from '../../schema.ts'
import { paragraphFacts } from '../../schema.ts'

/**
 * What may be asked of a table as a whole: that a row is deleted, by its first cell with everything below it, or all of the table, by its
 * caption. In the words of a cell everything may be proposed that may be in a paragraph. Null: the change keeps the grid.
 */
export function unfitForTable(od: OutcomeDocument, change: ParagraphChange): Refusal | null {
  // A footnote stands behind the text, and its mark among words.
  if (change.kind === 'note') return null
  const label = paragraphFacts(od, change.paragraph)?.label
  switch (change.kind) {
    case 'reservation':
      return null
    case 'delete-paragraph':
      return isCell(label) && !(change.below && cellPlace(label)?.column === 1)
        ? refuse('not-allowed', 'A cell keeps its place in its table: delete its words, or the whole row.')
        : null
    case 'paragraph':
      return besideTable(od, change.paragraph, change.block.kind === 'paragraph')
    case 'move':
      return isOfTable(label)
        ? KEEPS_PLACE
        : change.after && besideTable(od, change.after, change.under === true)
    case 'split':
    case 'alternative':
      return isOfTable(label) ? KEEPS_PLACE : null
    case 'join':
      return isOfTable(label) || isOfTable(paragraphFacts(od, change.next)?.label) ? KEEPS_PLACE : null
  }
}

const KEEPS_PLACE = refuse(
  'not-allowed',
  'A table keeps its cells and its caption as they are: they are neither moved, split nor merged.',
)

/** Nothing is put between two cells, or between a caption and its table. `under`: as what is below the block. */
function besideTable(od: OutcomeDocument, after: ParagraphId, under: boolean): Refusal | null {
  const label = paragraphFacts(od, after)?.label
  if (!isOfTable(label)) return null
  return under || isCaption(label) || !closingCells(od).has(after)
    ? refuse('not-allowed', 'Nothing is put into a table: it can stand behind the last cell.')
    : null
}
