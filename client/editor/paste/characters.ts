import { stripText } from '#shared/model/text-policy.ts'
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
    let before = ''
    return line.flatMap((piece, i) => {
      const soft = piece.insert.replaceAll('\u00ad', '')
      const { text, removed } = stripText(soft, 'line', { before, goesOn: i < line.length - 1 })
      stripped ||= removed > 0
      before = Array.from(text).at(-1) ?? before
      return text === '' ? [] : [{ ...piece, insert: text }]
    })
  })
  return { lines: kept.filter((line) => line.length > 0), stripped }
}
