import type { OutcomeDocument } from '../schema.ts'
import { emptiedDueAt, endEmptied } from './emptied.ts'
import { endSilence, silenceDueAt } from './silence.ts'

/** When the server itself has something to do to the document, milliseconds since 1970; null: never. */
export function dueAt(od: OutcomeDocument): number | null {
  const [silence, emptied] = [silenceDueAt(od), emptiedDueAt(od)]
  if (silence === null || emptied === null) return silence ?? emptied
  return Math.min(silence, emptied)
}

/** Does what is due, in its order. Call inside a transaction; changes nothing while nothing is. */
export function doDue(od: OutcomeDocument, now: number): void {
  // A withdrawal before the deadline of a silence leaves its paragraph without that bracket.
  endEmptied(od, Math.min(now, silenceDueAt(od) ?? now))
  endSilence(od, now)
  endEmptied(od, now)
}
