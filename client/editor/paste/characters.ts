import { stripPieces } from '#shared/model/text-policy.ts'
import type { Line } from './line-writer.ts'

/** What is pasted, one line for each paragraph. */
export interface Pasted {
  readonly lines: readonly Line[]
  /** Characters that may stand in no text have been left out. */
  readonly stripped: boolean
}

/** Lines as they may be written. Soft hyphens go without a word: they only say where a line may break. */
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
