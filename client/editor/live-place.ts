import { isOnWords } from '#shared/model/proposal.ts'
import { itemAt, offsetAfter, resolveAnchor } from '#shared/document/text/anchor.ts'
import { forward } from '#shared/document/follow/forward.ts'
import type { Projection } from '#shared/document/composition/projection.ts'
import { anchorOf, decisionOf, hostText } from '#shared/document/schema.ts'
import { standInFor } from '#shared/document/follow/stand-in.ts'
import type { HostId, ParagraphId } from '#shared/model/ids.ts'
import { isProposalId } from '#shared/model/ids.ts'
import type { HostPlace } from './places.ts'

/**
 * Where a place is now, when its host was decided while somebody was still at it: in the text that the wording went
 * into, or else where the bracket stood. What is being typed is never dropped for somebody's decision.
 */
export function livePlace({ od }: Projection, host: HostId, index: number): HostPlace {
  let place: HostPlace = { host, index }
  for (let steps = 0; steps < 64; steps++) {
    if (!isProposalId(place.host)) return standingIn(od, place.host) ?? place
    const decision = decisionOf(od, place.host)
    const next = decision && nextPlace(od, place.host, place.index, decision.effect.kind !== 'none')
    if (!next) return place
    place = next
  }
  return place
}

/** The end of the paragraph that is shown in the place of one whose making was taken back. */
function standingIn(od: Projection['od'], paragraph: ParagraphId): HostPlace | null {
  const host = standInFor(od, paragraph)
  return host === paragraph ? null : { host, index: hostText(od, host)?.length ?? 0 }
}

function nextPlace(od: Projection['od'], host: HostId, index: number, merged: boolean): HostPlace | null {
  const anchor = isProposalId(host) ? anchorOf(od, host) : undefined
  const content = hostText(od, host)
  if (!anchor || !content) return null
  if (merged) {
    const at = index === 0 ? null : itemAt(content, index - 1)
    const moved = forward(od, { kind: 'point', host, paragraph: anchor.paragraph, at })
    const text = moved.kind === 'point' ? hostText(od, moved.host) : undefined
    if (moved.kind !== 'point' || !text || moved.host === host) return null
    return { host: moved.host, index: offsetAfter(text, moved.at) ?? text.length }
  }
  if (!isOnWords(anchor)) {
    return { host: anchor.paragraph, index: hostText(od, anchor.paragraph)?.length ?? 0 }
  }
  const span = resolveAnchor(od, anchor)
  return span ? { host: anchor.host, index: span.end } : null
}
