import type { CommentId, HostId } from './ids.ts'
import type { Stated } from './position.ts'

/** A remark on a paragraph or a proposal; those that answer it name it. */
export interface Comment extends Stated {
  readonly on: HostId
  /** The comment that begins the thread; null when it is this one. */
  readonly thread: CommentId | null
  readonly text: string
  /** Its author took it back: the text is empty then, its place in the thread stays. */
  readonly removed?: true
  /** Of a thread's first comment: who closed the thread. */
  readonly resolved?: Stated
}
