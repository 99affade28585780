import type { OutcomeDocument } from '../schema.ts'
import { emptiedDueAt, endEmptied } from './emptied.ts'
import { endSilence, silenceDueAt } from './silence.ts'

/**
 * Returns when the server has to change the document by itself next, in milliseconds since 1970; null for
 * never.
 */
export function dueAt(od: OutcomeDocument): number | null {
  const [silence, emptied] = [silenceDueAt(od), emptiedDueAt(od)]
  if (silence === null || emptied === null) return silence ?? emptied
  return Math.min(silence, emptied)
}

/**
 * Makes the changes that are due, in the order of their times. Call it inside a transaction. Changes nothing
 * when none is due.
 */
export function doDue(od: OutcomeDocument, now: number): void {
  // First what was due before the deadline of a silence: a paragraph without that bracket can then be agreed.
  endEmptied(od, Math.min(now, silenceDueAt(od) ?? now))
  endSilence(od, now)
  endEmptied(od, now)
}
