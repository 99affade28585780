import type { ParticipantId } from '#shared/model/ids.ts'
import type { Position, PositionEntry } from '#shared/model/position.ts'
import { POSITIONS } from '#shared/model/position.ts'

/** Who says what, for chips: in the order of the positions, each participant once. */
export interface Stances {
  readonly position: Position
  readonly who: readonly ParticipantId[]
}

export const stancesOf = (entries: readonly PositionEntry[]): readonly Stances[] =>
  POSITIONS.map((position) => ({
    position,
    who: entries.filter((entry) => entry.position === position).map(({ participant }) => participant),
  })).filter(({ who }) => who.length > 0)

export interface Folded {
  readonly shown: readonly ParticipantId[]
  /** How many more there are. One alone is never folded away: it would take the room of its name. */
  readonly more: number
}

export function fold(who: readonly ParticipantId[], most: number): Folded {
  if (who.length <= most + 1) return { shown: who, more: 0 }
  return { shown: who.slice(0, most), more: who.length - most }
}
