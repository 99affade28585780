import { isOnWords } from '#shared/model/proposals/proposal.ts'
import type * as Y from 'yjs'
import { probesOf, readHost, spanOf } from '#shared/document/text/anchor.ts'
import type { OpenProposal } from '#shared/document/composition/proposals.ts'
import type { Projection } from '#shared/document/composition/projection.ts'
import { hostText } from '#shared/document/schema.ts'
import type { HostId, ParticipantId, ProposalId } from '#shared/model/ids.ts'
import { isProposalId } from '#shared/model/ids.ts'

/** An own open proposal on the words of a host, and its range in the host's text now. */
export interface OwnSpan {
  readonly proposal: OpenProposal
  readonly start: number
  readonly end: number
  /** Whether its anchor is a range and not a point, even if the range is empty by now. */
  readonly range: boolean
}

/** The own proposals on a host, of the room or of one private space. Costs one pass over the host's text. */
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
      // Without proposals that are only shown here because their own paragraph was removed.
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

/** How deep a host is nested: 0 for base text, 1 for a proposal on it, 2 for an amendment of that. */
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
