import type { ParagraphId, ParticipantId } from './ids.ts'
import type { Stated } from './position.ts'

/** A delegation broke the silence on these paragraphs. */
export interface SilenceBreak extends Stated {
  readonly paragraphs: readonly ParagraphId[]
  readonly objection: string
  /** The wording it asks for instead; may be empty. */
  readonly text: string
}

/**
 * A revision under silence: nobody breaking it by the deadline means agreed ad referendum. The server's clock decides.
 * `running` → `agreed` at the deadline, or → `broken`.
 */
export interface Silence {
  /** 1, 2 …: the record keeps all of them. */
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
  /** When it ended; and the paragraphs that were agreed by it, and those that were not because brackets are open. */
  readonly endedAt: number | null
  readonly agreed: readonly ParagraphId[]
  readonly left: readonly ParagraphId[]
}
