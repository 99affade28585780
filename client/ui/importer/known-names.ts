import type { ParticipantId } from '#shared/model/ids.ts'
import { readAnswers } from '#shared/formats/recognise/corrections/read-answers.ts'
import type { NameAnswer } from '#shared/model/understanding.ts'

/**
 * Who was meant by names in texts that were imported in this browser before. They are offered for the next text, and never
 * leave the browser but as answers about a text.
 */

const KEY = 'informals.names'
/** How many are kept; the oldest go first. */
const MOST = 300

function load(): readonly NameAnswer[] {
  try {
    const read = readAnswers({ names: JSON.parse(localStorage.getItem(KEY) ?? '[]') })
    return read.ok ? read.names : []
  } catch {
    return []
  }
}

/** Returns who was meant by each name, by its spelling. Names that were said to be nobody's are not among them. */
export const knownNames = (): ReadonlyMap<string, ParticipantId> =>
  new Map(
    load().flatMap(({ written, participant }) =>
      participant === null ? [] : [[written, participant] as const],
    ),
  )

/** Keeps who is meant by names, in place of what was kept of the same spellings. */
export function keepNames(names: readonly NameAnswer[]): void {
  const now = new Set(names.map(({ written }) => written))
  const kept = [...load().filter(({ written }) => !now.has(written)), ...names].slice(-MOST)
  try {
    localStorage.setItem(KEY, JSON.stringify(kept))
  } catch {
    // Storage is full or not allowed: names are asked about again.
  }
}
