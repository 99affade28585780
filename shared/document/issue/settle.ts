import type { HostId, ProposalId } from '../../model/ids.ts'
import type { Anchor } from '../../model/proposal.ts'
import { isOnWords } from '../../model/proposal.ts'
import { sameAnchor } from '../text/anchor.ts'
import { forward } from '../follow/forward.ts'
import { issueAlternative, issueLabel } from './numbering.ts'
import { isOpen } from '../open.ts'
import type { OutcomeDocument } from '../schema.ts'
import { headOf } from '../schema.ts'
import { recordGet, recordSet } from '../records.ts'

/** What an update touched, as admission tells it. */
export interface Admission {
  readonly created: readonly ProposalId[]
  readonly anchored: readonly ProposalId[]
  readonly revived: readonly ProposalId[]
  readonly unproved?: ReadonlyMap<ProposalId, Anchor>
}

/** What an admitted update leaves for the server to do. Call inside a transaction; it may change nothing. */
export function settle(od: OutcomeDocument, touched: Admission): void {
  for (const id of touched.revived) od.anchors.delete(id)
  for (const [id, anchor] of touched.unproved ?? []) {
    const now = od.anchors.get(id)
    if (!now || !sameAnchor(now, anchor)) od.anchors.set(id, anchor)
  }
  // Not only created ones: a creation may arrive undone, and its anchor later.
  for (const id of new Set([...touched.created, ...touched.anchored])) giveNumber(od, id)
  for (const id of touched.anchored) {
    const anchor = od.anchors.get(id)
    if (!anchor || !isOpen(od, id)) continue
    const forwarded = forward(od, anchor)
    if (forwarded !== anchor) od.anchors.set(id, forwarded)
    if (isOnWords(forwarded)) bringInSight(od, forwarded.host)
  }
}

/** A revision leaves out a number that stands empty; what comes late for it needs its place. */
function bringInSight(od: OutcomeDocument, host: HostId): void {
  const paragraph = od.paragraphs.get(host)
  if (paragraph?.get('removed') === true && paragraph.get('vacant') === true) paragraph.set('removed', false)
}

/** To a proposed new or alternative paragraph that has none: it is new, or a revision was issued while it was not open. */
export function giveNumber(od: OutcomeDocument, id: ProposalId): void {
  const anchor = od.anchors.get(id)
  const head = headOf(od, id)
  if (anchor?.kind !== 'after' || !head || recordGet(od, `label/${id}`)) return
  const alternative = head.kind === 'alternative' ? issueAlternative(od, anchor.paragraph) : null
  recordSet(od, `label/${id}`, alternative ?? issueLabel(od, anchor.paragraph))
}
