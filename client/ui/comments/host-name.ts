import type { Board } from '#shared/document/board.ts'
import { isProposalId } from '#shared/model/ids.ts'
import type { HostId } from '#shared/model/ids.ts'
import { nameOfBlock } from '../paragraph/status.ts'
import { blocksById, stopAt } from '../state/walk.ts'
import { strings } from '../strings.ts'

/** "paragraph 12", "KEN’s insertion in 12". */
export function nameOfHost(board: Board, on: HostId): string {
  const stop = isProposalId(on) ? stopAt(board, on) : null
  if (stop) return strings.proposalIn(stop.row.proponent, stop.row.nature, stop.block.label)
  const block = blocksById(board).get(on)
  if (!block) return strings.comments.gone
  return block.kind === 'heading' ? nameOfBlock(block) : strings.paragraph.inline(nameOfBlock(block))
}
