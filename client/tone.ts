import type { ParticipantId } from '#shared/model/ids.ts'
import { isAlias } from '#shared/model/participant.ts'

/** Stands for every alias in what is drawn; no participant can be called so. */
export const UNATTRIBUTED = '?'

/** How many tones the stylesheet defines: each a colour and an underline pattern. */
export const TONE_COUNT = 12

/** Of the values tried, the one that gives the twelve or so codes most often in brackets the fewest tones in common. */
const START = 2_944_804

/**
 * The same participant has the same tone on every screen and in every session, without anybody keeping a list:
 * FNV-1a over the code's UTF-16 units, begun at {@link START}. Two participants may share one; the name in the
 * bracket tells them apart. All whose names are not shown have one of their own, so that nothing tells them apart.
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

const isUnnamed = (by: string): boolean => by === UNATTRIBUTED || isAlias(by)
