import { stripPieces } from '#shared/model/characters/text-policy.ts'
import type { Line } from './line-writer.ts'

/** Words to paste, one line for each paragraph; no line is empty. */
export interface Pasted {
  readonly lines: readonly Line[]
  /** Whether characters were left out that no text may hold; the person is told so. */
  readonly stripped: boolean
}

/**
 * Leaves out of lines what no text may hold (`model/characters/text-policy.ts`), and lines without words. Soft hyphens are left out
 * without `stripped`, because they only say where a line may break.
 */
export function written(lines: readonly Line[]): Pasted {
  let stripped = false
  const kept = lines.map((line) => {
    const soft = line.map((piece) => ({ ...piece, insert: piece.insert.replaceAll('\u00ad', '') }))
    const { pieces, removed } = stripPieces(soft, { before: '', goesOn: false })
    stripped ||= removed > 0
    return pieces
  })
  return { lines: kept.filter((line) => line.length > 0), stripped }
}
