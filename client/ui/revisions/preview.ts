import type { Board } from '#shared/document/composition/board.ts'
import type { ParagraphId } from '#shared/model/ids.ts'
import { isProposalId } from '#shared/model/ids.ts'
import type { Label } from '#shared/model/label.ts'
import { formatLabel } from '#shared/model/label.ts'

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

/** `numbers`: the labels that the revision would give. */
export function previewOf(board: Board, numbers: ReadonlyMap<ParagraphId, Label>): Preview {
  const examples: [string, string][] = []
  let renumbered = 0
  let vacant = 0
  for (const block of board.blocks) {
    if (isProposalId(block.id) || block.label === '') continue
    if (block.vacant) {
      vacant++
      continue
    }
    const label = numbers.get(block.id)
    const now = label ? formatLabel(label) : ''
    const was = block.former || block.label
    if (now === was || now === '') continue
    renumbered++
    if (examples.length < EXAMPLES) examples.push([was, now])
  }
  return { renumbered, vacant, open: board.open, examples }
}
