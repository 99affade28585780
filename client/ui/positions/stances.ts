import type { ParticipantId } from '#shared/model/ids.ts'
import type { Fingerprint } from '#shared/model/proposals/wording.ts'
import type { Position, PositionEntry, Stated } from '#shared/model/proposals/position.ts'
import { nameOf } from '../state/names.ts'
import { strings } from '../strings.ts'
import { POSITIONS, isOnEarlier } from '#shared/model/proposals/position.ts'

/** The participants that take one position, for chips. Each participant is listed once. */
export interface Stances {
  readonly position: Position
  readonly who: readonly Shown[]
}

/** A participant. `earlier`: its position was taken on an earlier wording. */
export interface Shown {
  readonly participant: ParticipantId
  readonly earlier: boolean
}

export const stancesOf = (
  entries: readonly PositionEntry[],
  wording: Fingerprint | null,
): readonly Stances[] =>
  POSITIONS.map((position) => ({
    position,
    who: shownOf(
      entries.filter((entry) => entry.position === position),
      wording,
    ),
  })).filter(({ who }) => who.length > 0)

/** "EU", "EU (on earlier wording)". */
export const nameOfShown = ({ participant, earlier }: Shown): string =>
  earlier ? strings.proposals.earlier.marked(nameOf(participant)) : nameOf(participant)

export const shownOf = (said: readonly Stated[], wording: Fingerprint | null): readonly Shown[] =>
  said.map((one) => ({ participant: one.participant, earlier: isOnEarlier(one, wording) }))

export interface Folded<T> {
  readonly shown: readonly T[]
  /** The number of further names. Never 1, because the number would take as much space as the name. */
  readonly more: number
}

export function fold<T>(who: readonly T[], most: number): Folded<T> {
  if (who.length <= most + 1) return { shown: who, more: 0 }
  return { shown: who.slice(0, most), more: who.length - most }
}
