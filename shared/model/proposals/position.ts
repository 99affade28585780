import type { HostId, ParticipantId } from '../ids.ts'
import type { Fingerprint } from './wording.ts'

/** The positions that a participant can take on a proposal or a paragraph. */
export const POSITIONS = ['support', 'oppose', 'reserve', 'flexible', 'come-back'] as const
export type Position = (typeof POSITIONS)[number]

/** A statement made in the room: by which participant and person, and when. */
export interface Stated {
  readonly participant: ParticipantId
  /** The person's name, as given. */
  readonly person: string
  /** Who wrote it down on the participant's behalf: facilitators or the secretariat. */
  readonly via?: ParticipantId
  /** Milliseconds since 1970, the server's clock. */
  readonly at: number
  /** The wording it is about, as the server read it; absent on statements from before wordings were recorded. */
  readonly wording?: Fingerprint
  /** It stood in the text that was imported at this time; nobody said it here. */
  readonly received?: true
}

/** A participant's present position and its earlier ones. `position` is null after it was taken back. */
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

/**
 * Whether a statement is about another wording than `now`. Statements made before wordings were recorded are
 * not.
 */
export const isOnEarlier = ({ wording }: Pick<Stated, 'wording'>, now: Fingerprint | null): boolean =>
  wording !== undefined && now !== null && wording !== now

/** The co-sponsors of a proposal, and the members of a group that dissociate themselves from it. */
export interface Sponsorship {
  readonly cosponsors: readonly Stated[]
  readonly dissociated: readonly Stated[]
  /** Those who were on either side before, in the order in which they left; absent when nobody was. */
  readonly left?: readonly LeftSide[]
}

export const NO_SPONSORS: Sponsorship = { cosponsors: [], dissociated: [] }

export interface LeftSide extends Stated {
  readonly side: 'cosponsors' | 'dissociated'
  /** Milliseconds since 1970, the server's clock. */
  readonly until: number
  /** The participant stayed on that side, for the new wording. */
  readonly renewed?: true
}

/** "Will be withdrawn if …": set by the proponent. No program evaluates it. */
export interface Condition extends Stated {
  readonly text: string
  /** What must be accommodated. */
  readonly on: HostId | null
}

/** The longest condition, in UTF-16 units. It is shown within the bracket. */
export const CONDITION_LIMIT = 300

/** The longest reason, objection or cover note, in UTF-16 units. */
export const REMARK_LIMIT = 4_000

/**
 * How many earlier positions of one participant the document keeps. The log has all of them; but what is in the
 * document is sent to everybody and is rewritten with each new position.
 */
export const STEPS_KEPT = 50
