import type { ImportedBlock } from '#shared/model/import.ts'
import type { Label } from '#shared/model/label.ts'
import type { Language } from '#shared/model/language.ts'
import { cellDepth, cellLabel } from '#shared/model/table.ts'

interface DrawnTable {
  readonly number: number
  /** The level of its caption, or the one that a caption would have. */
  readonly level: number
  readonly caption?: string
  readonly language?: Language
  /** How many rows are its head. */
  readonly heads?: number
  readonly rows: readonly (readonly string[])[]
}

/** The blocks of a table. */
export function tableBlocks({
  number,
  level,
  caption,
  language,
  heads = 0,
  rows,
}: DrawnTable): ImportedBlock[] {
  const table: Label = {
    number,
    suffix: 0,
    division: 'table',
    ...(language && language !== 'en' && { language }),
  }
  const cells = rows.flatMap((row, i) =>
    row.map((text, j): ImportedBlock => ({
      kind: 'paragraph',
      label: cellLabel({ table, row: i + 1, column: j + 1 }),
      level: level + cellDepth(j + 1),
      text,
      ...(i < heads ? { header: true } : {}),
    })),
  )
  if (caption === undefined) return cells
  return [{ kind: 'paragraph', label: table, level, text: caption }, ...cells]
}

/** A table with a caption and a head, of which a cell has no words. */
export const TABLE_OF_REEDS: readonly ImportedBlock[] = tableBlocks({
  number: 1,
  level: 0,
  caption: 'a table of reeds',
  heads: 1,
  rows: [
    ['lake', 'reeds'],
    ['the first', ''],
  ],
})
