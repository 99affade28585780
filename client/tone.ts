import type { ParticipantId } from '#shared/model/ids.ts'
import { isNameless } from '#shared/model/participant.ts'

/** Drawn in place of every alias, and of nobody. No participant can have this name. */
export const UNATTRIBUTED = '?'

/** Number of tones in the stylesheet, each a colour and an underline pattern. Exported for tests. */
export const TONE_COUNT = 12

/** Initial hash value, chosen so that the dozen codes that are most frequent in brackets share the fewest tones. */
const START = 2_944_804

/**
 * The tone of a participant, the same on every screen and in every session: FNV-1a over the code's UTF-16 units,
 * starting from {@link START}. Two participants may share a tone; the name in the bracket distinguishes them. All
 * aliases have one common tone, so that it does not distinguish them.
 */
export function toneOf(participant: ParticipantId): number | typeof UNATTRIBUTED {
  if (isUnnamed(participant)) return UNATTRIBUTED
  let hash = START
  for (let i = 0; i < participant.length; i++) {
    hash ^= participant.charCodeAt(i)
    hash = Math.imul(hash, 0x01000193)
  }
  return (hash >>> 0) % TONE_COUNT
}

const isUnnamed = (by: string): boolean => by === UNATTRIBUTED || isNameless(by as ParticipantId)
