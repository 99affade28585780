import type { Board } from '#shared/document/composition/board.ts'
import { isProposalId } from '#shared/model/ids.ts'

/** What issuing a revision now would do to the numbers. */
export interface Preview {
  /** Paragraphs that get another number. */
  readonly renumbered: number
  /** Empty numbers that are removed. */
  readonly vacant: number
  /** Brackets that are carried over. */
  readonly open: number
  /** The first few that change: "3 bis → 4". */
  readonly examples: readonly (readonly [was: string, now: string])[]
}

const EXAMPLES = 4
const SERIES = /^(PP|OP)/

/** Paragraphs are numbered 1, 2, 3 …, each series by itself; proposed ones follow the number they stand after. */
export function previewOf(board: Board): Preview {
  const reached = new Map<string, number>()
  const examples: [string, string][] = []
  let renumbered = 0
  let vacant = 0
  for (const block of board.blocks) {
    if (block.kind !== 'paragraph' || isProposalId(block.id) || block.label === '') continue
    if (block.vacant) {
      vacant++
      continue
    }
    const series = SERIES.exec(block.label)?.[1] ?? ''
    const number = (reached.get(series) ?? 0) + 1
    reached.set(series, number)
    const now = `${series}${number}`
    const was = block.former || block.label
    if (now === was) continue
    renumbered++
    if (examples.length < EXAMPLES) examples.push([was, now])
  }
  return { renumbered, vacant, open: board.open, examples }
}
