import type { Board } from '#shared/document/composition/board.ts'
import { isProposalId } from '#shared/model/ids.ts'
import type { HostId } from '#shared/model/ids.ts'
import { nameOfBlock } from '../paragraph/status.ts'
import { blocksById, stopAt } from '../state/walk.ts'
import { strings } from '../strings.ts'
import { namedProposal } from '../state/named-proposal.ts'

/** "paragraph 12", "KEN’s insertion in 12"; a text that says so when the host is gone. */
export const nameOfHost = (board: Board, on: HostId): string =>
  standingName(board, on) ?? strings.comments.gone

/** The same; null when the host is gone. */
export function standingName(board: Board, on: HostId): string | null {
  const stop = isProposalId(on) ? stopAt(board, on) : null
  if (stop) return namedProposal(stop)
  const block = blocksById(board).get(on)
  if (!block) return null
  return block.kind === 'heading' ? nameOfBlock(block) : strings.paragraph.inline(nameOfBlock(block))
}
