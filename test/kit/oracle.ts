import type { Run } from './shown.ts'

/**
 * Says from the shown paragraph alone, without the editor, in whose text an offset lies and behind how many of its
 * characters; so that it can be told whether what is typed ended up where its author saw the caret.
 */
export interface Spot {
  /** The proposals around it, outermost first; empty in base text. */
  readonly within: readonly string[]
  /** How many characters of each of these texts stand before it, base text first. */
  readonly before: readonly number[]
}

export function spotAt(runs: readonly Run[], offset: number): Spot {
  const within: string[] = []
  const before = [0]
  let start = 0
  for (const run of runs) {
    const words = run.side === null ? Math.min(run.text.length, offset - start) : 0
    before.push((before.pop() ?? 0) + words)
    if (start + run.text.length > offset) break
    if (run.side === 'wording-start' && run.id !== null) {
      within.push(run.id)
      before.push(0)
    } else if (run.side === 'wording-end') {
      within.pop()
      before.pop()
    }
    start += run.text.length
  }
  return { within, before }
}

/** Where a caret can rest: everywhere but inside a sign. */
export function restingPlaces(runs: readonly Run[]): number[] {
  const places = new Set<number>()
  let start = 0
  for (const run of runs) {
    const end = start + run.text.length
    if (run.side === null) for (let offset = start; offset <= end; offset++) places.add(offset)
    else places.add(start).add(end)
    start = end
  }
  return [...places].sort((a, b) => a - b)
}

/** Where this text stands, which must be there once; null when it is not. */
export function spotOf(runs: readonly Run[], text: string): Spot | null {
  const shown = runs.map((run) => run.text).join('')
  const at = shown.indexOf(text)
  return at < 0 || shown.indexOf(text, at + 1) >= 0 ? null : spotAt(runs, at)
}

/** How many of a host's characters are struck by a proposal, seen from where its wording begins. */
export function struckBefore(runs: readonly Run[], id: string): number {
  const wording = runs.findIndex((run) => run.side === 'wording-start' && run.id === id)
  const opening = runs.findLastIndex((run, i) => i < wording && run.side === 'range-start')
  if (opening < 0) return 0
  return runs.slice(opening, wording).reduce((sum, run) => sum + (run.struck ? run.text.length : 0), 0)
}

/** Who proposes each bracket of a paragraph. */
export const authorsIn = (runs: readonly Run[]): Map<string, string> =>
  new Map(runs.flatMap(({ id, by }) => (id !== null && by !== null ? [[id, by] as const] : [])))
