import type { QueuedCommand } from '#client/net/command-queue.ts'
import type { Board } from '#shared/document/composition/board.ts'
import type { Command, ParagraphChange } from '#shared/model/command.ts'
import type { HostId, ProposalId } from '#shared/model/ids.ts'
import { isProposalId } from '#shared/model/ids.ts'
import { strings } from '../strings.ts'
import { referenceOf } from '../paragraph/status.ts'
import { nameOf } from './names.ts'
import { blocksById, stopAt } from './walk.ts'
import { namedProposal } from './named-proposal.ts'

/** A command that waits to be sent, as it is shown to its author. */
export interface WaitingAct {
  readonly key: string
  readonly what: string
  /** "KEN’s insertion in 12", "paragraph 12"; empty when it is not about a host, or the host is gone. */
  readonly about: string
  /** Milliseconds since 1970. */
  readonly at: number
}

export const waitingActs = (board: Board, queued: readonly QueuedCommand[]): WaitingAct[] =>
  queued.map(({ key, command, at }) => ({
    key,
    what: actOf(command),
    about: subjectOf(command)
      .map((id) => named(board, id))
      .filter((name) => name !== '')
      .join(', '),
    at,
  }))

const actOf = (command: Command): string =>
  command.kind === 'position-take'
    ? strings.waiting.position(command.position)
    : strings.waiting.acts[command.kind]

function subjectOf(command: Command): readonly HostId[] {
  if ('proposals' in command) return command.proposals
  if ('drafts' in command) return command.drafts
  if ('paragraphs' in command) return command.paragraphs
  if ('change' in command) return [subjectOfChange(command.change)]
  if ('proposal' in command) return [command.proposal]
  if ('paragraph' in command) return [command.paragraph]
  return 'on' in command ? [command.on] : []
}

const subjectOfChange = (change: ParagraphChange): HostId =>
  change.kind === 'note' ? change.host : change.paragraph

function named(board: Board, id: HostId): string {
  if (!isProposalId(id)) return paragraphNamed(board, id)
  const stop = stopAt(board, id)
  if (stop) return namedProposal(stop)
  return decidedNamed(board, id)
}

function decidedNamed(board: Board, id: ProposalId): string {
  const decided = board.decided.find((row) => row.id === id)
  if (!decided) return ''
  const paragraph = decided.block && paragraphNamed(board, decided.block)
  return [nameOf(decided.proponent), paragraph].filter(Boolean).join(', ')
}

function paragraphNamed(board: Board, id: HostId): string {
  const block = blocksById(board).get(id)
  if (!block) return ''
  const reference = referenceOf(block)
  return reference ? strings.proposals.position.paragraph(reference) : `“${block.opening.trim()}”`
}
