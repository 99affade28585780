import { isOnWords } from '#shared/model/proposal.ts'
import type * as Y from 'yjs'
import { probesOf, readHost, spanOf } from '#shared/document/text/anchor.ts'
import type { OpenProposal } from '#shared/document/composition/proposals.ts'
import type { Projection } from '#shared/document/composition/projection.ts'
import { hostText } from '#shared/document/schema.ts'
import type { HostId, ParticipantId, ProposalId } from '#shared/model/ids.ts'
import { isProposalId } from '#shared/model/ids.ts'

/** An own open proposal on the words of a host, with where it stands now. */
export interface OwnSpan {
  readonly proposal: OpenProposal
  readonly start: number
  readonly end: number
  /** Whether it is on words, even if they are gone. */
  readonly range: boolean
}

/** The proposals on a host that are one's own, in one pass over its text: in the room, or (`space`) in a private space. */
export function ownSpans(
  projection: Projection,
  host: HostId,
  isOwn: (proposal: ProposalId) => boolean,
  space: ParticipantId | null,
): OwnSpan[] {
  const text = hostText(projection.od, host)
  if (!text) return []
  return spansOn(
    text,
    projection.proposals
      .on(host)
      .filter(({ id, head, standing }) => head.kind === 'text' && standing.space === space && isOwn(id))
      // Not what is only shown here, since its own paragraph is removed.
      .filter(({ anchor }) => anchor && isOnWords(anchor) && anchor.host === host),
  )
}

function spansOn(text: Y.Text, proposals: readonly OpenProposal[]): OwnSpan[] {
  const probes = proposals.map(({ anchor }) => (anchor && isOnWords(anchor) ? probesOf(anchor) : []))
  const { offsets } = readHost(text, probes.flat())
  const spans: OwnSpan[] = []
  let next = 0
  for (const [i, proposal] of proposals.entries()) {
    const own = offsets.slice(next, (next += probes[i]!.length))
    const { anchor } = proposal
    const span = anchor && isOnWords(anchor) ? spanOf(anchor, own) : null
    if (span) spans.push({ proposal, start: span.start, end: span.end, range: anchor?.kind === 'range' })
  }
  return spans
}

/** How many proposals enclose a host's text: 0 for base text. */
export function depthOf(projection: Projection, host: HostId): number {
  let depth = 0
  let current: HostId | null = host
  while (current && isProposalId(current) && depth < 64) {
    depth++
    const anchor: OpenProposal['anchor'] = projection.proposals.get(current)?.anchor ?? null
    current = anchor && isOnWords(anchor) ? anchor.host : null
  }
  return depth
}
