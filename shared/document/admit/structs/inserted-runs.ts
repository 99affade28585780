import type { Id } from '../decode/decode.ts'
import type { Sequence } from './sequence.ts'

/** A new run of a text and its origins: the units that it says it was put between. */
export interface InsertedRun extends Id {
  readonly length: number
  readonly origin: Id | null
  readonly rightOrigin: Id | null
}

/** What this update has written in one text so far. */
export interface NewInText {
  readonly runs: InsertedRun[]
  /** What follows a unit, for the units behind which this update has inserted; null until a second run comes. */
  next: Map<string, string> | null
  /** Null until other units were found between the origins of a run. */
  trial: Trial | null
}

export interface Trial {
  readonly sequence: Sequence
  /** By client: what the author writing under that id is known to have seen of the text. */
  readonly pasts: Map<number, Past>
}

/** By client: the first clock that is not known, and how many of that client's nodes have been searched. */
export type Past = Map<number, { until: number; seen: number }>
