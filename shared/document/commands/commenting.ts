import type { CommandResult, CommentCommand, Refusal } from '../../model/command.ts'
import { DONE, refuse } from '../../model/command.ts'
import type { Comment } from '../../model/proposals/comment.ts'
import type { CommentId, HostId } from '../../model/ids.ts'
import { isProposalId } from '../../model/ids.ts'
import { noteSpokenOf } from '../issue/emptied.ts'
import type { OutcomeDocument } from '../schema.ts'
import { recordGet, recordSet } from '../records.ts'
import type { CommandContext, Handlers } from './command-context.ts'
import { isRefusal, speaker } from './command-context.ts'
import { badRemark, missingHost } from './checks/remarks.ts'

type Of<Kind extends CommentCommand['kind']> = Extract<CommentCommand, { kind: Kind }>

/**
 * Comments on a paragraph or a proposal, also on one that is agreed or decided. A comment belongs either to the
 * room's document or to a private space's. Whoever calls these handlers has chosen the document by the
 * command's `space` already, so they do not look at it again.
 */
export const commenting: Handlers<CommentCommand['kind']> = {
  'comment-add': add,
  'comment-remove': remove,
  'comment-resolve': resolve,
}

function add(executing: CommandContext, command: Of<'comment-add'>): CommandResult {
  const { od } = executing
  const { comment, on, thread, text } = command
  const said = speaker(executing, undefined)
  if (isRefusal(said)) return said
  const refusal = badRemark(text, 'a comment') ?? unplaced(od, command) ?? unthreaded(od, thread, on)
  if (refusal) return refusal
  if (recordGet(od, `comment/${comment}`)) return refuse('id-taken', 'This comment has been made already.')
  recordSet(od, `comment/${comment}`, { ...said, on, thread, text })
  if (isProposalId(on)) noteSpokenOf(od, on)
  return DONE
}

/**
 * A private space's document does not hold the room's paragraphs, so a comment's host cannot be checked there.
 * Whoever reads both documents looks the host up.
 */
const unplaced = (od: OutcomeDocument, { on, space }: Of<'comment-add'>): Refusal | null =>
  space === undefined ? missingHost(od, on) : null

function unthreaded(od: OutcomeDocument, thread: CommentId | null, on: HostId): Refusal | null {
  if (thread === null) return null
  const first = recordGet(od, `comment/${thread}`)
  return first?.thread === null && first.on === on
    ? null
    : refuse('no-such-comment', 'The thread that this answers does not exist.')
}

function known(od: OutcomeDocument, id: CommentId): Comment | Refusal {
  return recordGet(od, `comment/${id}`) ?? refuse('no-such-comment', 'This comment does not exist.')
}

function remove(executing: CommandContext, { comment: id }: Of<'comment-remove'>): CommandResult {
  const comment = known(executing.od, id)
  if (isRefusal(comment)) return comment
  const said = speaker(executing, undefined, comment.participant)
  if (isRefusal(said)) return said
  if (comment.participant !== said.participant)
    return refuse('not-allowed', 'Only whoever made a comment may take it back.')
  if (!comment.removed) recordSet(executing.od, `comment/${id}`, { ...comment, text: '', removed: true })
  return DONE
}

function resolve(executing: CommandContext, { comment: id, resolved }: Of<'comment-resolve'>): CommandResult {
  const said = speaker(executing, undefined)
  if (isRefusal(said)) return said
  const comment = known(executing.od, id)
  if (isRefusal(comment)) return comment
  if (comment.thread !== null)
    return refuse('no-such-comment', 'Only a thread as a whole is resolved: name its first comment.')
  const { resolved: before, ...open } = comment
  if ((before !== undefined) === resolved) return DONE
  recordSet(executing.od, `comment/${id}`, resolved ? { ...open, resolved: said } : open)
  return DONE
}
