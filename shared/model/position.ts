import type { HostId, ParticipantId } from './ids.ts'
import type { Fingerprint } from './wording.ts'

/** What a participant says of a proposal or of a paragraph. */
export const POSITIONS = ['support', 'oppose', 'reserve', 'flexible', 'come-back'] as const
export type Position = (typeof POSITIONS)[number]

/** Something that was said in the room: by whom, by which person, when. */
export interface Stated {
  readonly participant: ParticipantId
  /** The person's name, as given. */
  readonly person: string
  /** Who wrote it down on the participant's behalf: facilitators or the secretariat. */
  readonly via?: ParticipantId
  /** Milliseconds since 1970, the server's clock. */
  readonly at: number
  /** The wording it was said of, as the server read it; absent on what was said before wordings were noted. */
  readonly wording?: Fingerprint
}

/** One participant's position now, and what it was before; `position` is null after it was taken back. */
export interface PositionEntry extends Stated {
  readonly position: Position | null
  /** Oldest first. */
  readonly earlier: readonly {
    readonly position: Position | null
    readonly person: string
    readonly via?: ParticipantId
    readonly at: number
    readonly wording?: Fingerprint
  }[]
}

/** Who stands beside the proponent of a proposal, and which members do not stand behind their group's. */
export interface Sponsorship {
  readonly cosponsors: readonly Stated[]
  readonly dissociated: readonly Stated[]
  /** Who stood on either side before, in the order in which they left it; absent: nobody did. */
  readonly left?: readonly LeftSide[]
}

export interface LeftSide extends Stated {
  readonly side: 'cosponsors' | 'dissociated'
  /** Milliseconds since 1970, the server's clock. */
  readonly until: number
  /** It stood there on, for the wording as it then read. */
  readonly renewed?: true
}

/** "Will be withdrawn if …": said by the proponent, decided by nobody but people. */
export interface Condition extends Stated {
  readonly text: string
  /** What must be accommodated. */
  readonly on: HostId | null
}

/** The longest condition, UTF-16 units: it stands within the bracket. */
export const CONDITION_LIMIT = 300

/** The longest reason, objection or cover note, UTF-16 units. */
export const REMARK_LIMIT = 4_000

/**
 * How many steps back of one participant the text itself knows. All are in the log; but each is sent to everybody for
 * ever, and written anew with each one that follows.
 */
export const STEPS_KEPT = 50
