import type { Board, CommentRow } from '#shared/document/composition/board.ts'
import type { CommentId, HostId } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'

type Who = Pick<Actor, 'name' | 'participant' | 'alias'>

/** A comment and its replies, oldest first. */
export interface Thread {
  readonly first: CommentRow
  readonly replies: readonly CommentRow[]
}

/**
 * Whether this person made a comment. Under an alias no person is recorded, so all who write under it may remove it.
 */
export const isOwnComment = ({ name, participant, alias }: Who, comment: CommentRow): boolean =>
  (comment.participant === participant && comment.person === name) ||
  (alias !== undefined && comment.participant === alias)

/** The threads on a paragraph or proposal, or with null all threads; oldest first. */
export function threadsOn(comments: readonly CommentRow[], on: HostId | null): Thread[] {
  const replies = new Map<CommentId, CommentRow[]>()
  for (const comment of comments) {
    if (comment.thread === null) continue
    const known = replies.get(comment.thread)
    if (known) known.push(comment)
    else replies.set(comment.thread, [comment])
  }
  return comments
    .filter((comment) => comment.thread === null && (on === null || comment.on === on))
    .map((first) => ({ first, replies: replies.get(first.id) ?? [] }))
    .filter(hasComments)
}

/** Whether any comment of a thread is left. */
const hasComments = ({ first, replies }: Thread): boolean =>
  !first.removed || replies.some((reply) => !reply.removed)

const isOpen = ({ first }: Thread): boolean => !first.resolved

/** The number of a thread's comments that were not removed. */
const countOf = ({ first, replies }: Thread): number =>
  [first, ...replies].filter((comment) => !comment.removed).length

const counted = new WeakMap<readonly CommentRow[], ReadonlyMap<HostId, number>>()

/** For each paragraph or proposal the number of comments in threads that are not resolved. */
export function countByHost(comments: readonly CommentRow[]): ReadonlyMap<HostId, number> {
  const known = counted.get(comments)
  if (known) return known
  const counts = new Map<HostId, number>()
  for (const thread of threadsOn(comments, null).filter(isOpen))
    counts.set(thread.first.on, (counts.get(thread.first.on) ?? 0) + countOf(thread))
  counted.set(comments, counts)
  return counts
}

/** The same for blocks. Comments on proposals are counted on their cards. */
export const countByBlock = (board: Board): ReadonlyMap<HostId, number> => countByHost(board.comments)
