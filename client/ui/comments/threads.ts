import type { Board, CommentRow } from '#shared/document/composition/board.ts'
import type { CommentId, HostId } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'

type Who = Pick<Actor, 'name' | 'participant' | 'alias'>

/** A comment and what answers it, oldest first. */
export interface Thread {
  readonly first: CommentRow
  readonly replies: readonly CommentRow[]
}

/** Made by this person. Beside an alias no person is named: whoever speaks under it may take its comments back. */
export const isOwnComment = ({ name, participant, alias }: Who, comment: CommentRow): boolean =>
  (comment.participant === participant && comment.person === name) ||
  (alias !== undefined && comment.participant === alias)

/** The threads on a paragraph or a proposal (null: on anything), oldest first. */
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
    .filter(isAlive)
}

/** A thread of which everything was taken back has nothing left to say. */
const isAlive = ({ first, replies }: Thread): boolean =>
  !first.removed || replies.some((reply) => !reply.removed)

const isOpen = ({ first }: Thread): boolean => !first.resolved

/** Comments that still stand, in threads that are not resolved. */
const countOf = ({ first, replies }: Thread): number =>
  [first, ...replies].filter((comment) => !comment.removed).length

const counted = new WeakMap<readonly CommentRow[], ReadonlyMap<HostId, number>>()

/** How many comments stand on each paragraph or proposal, in threads that are not resolved. */
export function countByHost(comments: readonly CommentRow[]): ReadonlyMap<HostId, number> {
  const known = counted.get(comments)
  if (known) return known
  const counts = new Map<HostId, number>()
  for (const thread of threadsOn(comments, null).filter(isOpen))
    counts.set(thread.first.on, (counts.get(thread.first.on) ?? 0) + countOf(thread))
  counted.set(comments, counts)
  return counts
}

/** On each block itself; those on its proposals stand on their cards. */
export const countByBlock = (board: Board): ReadonlyMap<HostId, number> => countByHost(board.comments)
