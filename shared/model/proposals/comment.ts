import type { CommentId, HostId } from '../ids.ts'
import type { Stated } from './position.ts'

/** A comment on a paragraph or a proposal. */
export interface Comment extends Stated {
  readonly on: HostId
  /** The first comment of the thread; null when this is the first one. */
  readonly thread: CommentId | null
  readonly text: string
  /** Its author took it back. Its text is empty, but it keeps its place in the thread. */
  readonly removed?: true
  /** On the first comment of a thread: who resolved the thread. */
  readonly resolved?: Stated
}
