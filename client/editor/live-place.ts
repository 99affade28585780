import type { Projection } from '#shared/document/composition/projection.ts'
import type { HostPlace } from '#shared/document/follow/caret-place.ts'
import { placesNow } from '#shared/document/follow/caret-place.ts'
import { isLiveHost } from '#shared/document/open.ts'
import { hostText } from '#shared/document/schema.ts'
import { itemAt } from '#shared/document/text/anchor.ts'
import type { HostId } from '#shared/model/ids.ts'

/**
 * Where a place is now if its host was decided while somebody was typing there: beside the same characters, or else
 * where the bracket stood. Null when nothing is left of its paragraph.
 */
export function livePlace({ od, proposals }: Projection, host: HostId, index: number): HostPlace | null {
  const text = hostText(od, host)
  if (!text || isLiveHost(od, host)) return { host, index }
  const place = { host, item: index === 0 ? null : itemAt(text, index - 1), next: itemAt(text, index) }
  return placesNow(od, place).find((at) => proposals.blockOf(at.host) !== null) ?? null
}
