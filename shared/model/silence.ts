import type { ParagraphId, ParticipantId } from './ids.ts'
import type { Stated } from './proposals/position.ts'

/** A delegation broke the silence on these paragraphs. */
export interface SilenceBreak extends Stated {
  readonly paragraphs: readonly ParagraphId[]
  readonly objection: string
  /** The wording that it asks for instead; may be empty. */
  readonly text: string
}

/**
 * A revision under silence procedure: if nobody breaks the silence by the deadline, the text is agreed ad
 * referendum. The server's clock decides. The state goes from `running` to `agreed` at the deadline, or to
 * `broken`.
 */
export interface Silence {
  /** 1, 2 …; the record keeps all of them. */
  readonly number: number
  readonly revision: number
  readonly state: 'running' | 'broken' | 'agreed'
  readonly by: ParticipantId
  readonly person: string
  readonly at: number
  /** Milliseconds since 1970. */
  readonly deadline: number
  /** IANA name of the zone in which the deadline was announced: `America/New_York`. */
  readonly zone: string
  readonly note: string
  /** Deadlines before it was extended, oldest first. */
  readonly extended: readonly {
    readonly deadline: number
    readonly by: ParticipantId
    readonly person: string
    readonly at: number
  }[]
  readonly breaks: readonly SilenceBreak[]
  /** When it ended, which paragraphs were agreed by it, and which were not because they have open brackets. */
  readonly endedAt: number | null
  readonly agreed: readonly ParagraphId[]
  readonly left: readonly ParagraphId[]
}
