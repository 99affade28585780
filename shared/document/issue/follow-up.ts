import type { HostId, ProposalId } from '../../model/ids.ts'
import type { Anchor } from '../../model/proposals/proposal.ts'
import { isOnWords } from '../../model/proposals/proposal.ts'
import { sameAnchor } from '../text/anchor.ts'
import { followWords } from '../follow/renewed.ts'
import { KeptNumbers } from './numbering.ts'
import { isOpen } from '../open.ts'
import type { OutcomeDocument } from '../schema.ts'
import { headOf } from '../schema.ts'
import { recordGet, recordSet } from '../records.ts'

/** What an update touched: fields of the verdict. */
export interface Admission {
  readonly created: readonly ProposalId[]
  readonly anchored: readonly ProposalId[]
  readonly revived: readonly ProposalId[]
  readonly unproved?: ReadonlyMap<ProposalId, Anchor>
}

/**
 * Makes the changes that an admitted update requires of the server. Call it inside a transaction, after the
 * update was applied. In this order:
 *
 * - removes anchors that others gave to proposals which their author took back;
 * - restores anchors whose repair could not be proved;
 * - issues numbers for proposed new and alternative paragraphs;
 * - rewrites anchors on words that decisions have moved, put back or taken back, so that they name the present characters;
 * - shows a vacant paragraph again when a proposal arrives on it.
 *
 * `numbers`: kept from one call to the next when several follow each other and nothing else issues numbers meanwhile.
 */
export function followUp(
  od: OutcomeDocument,
  touched: Admission,
  numbers: KeptNumbers = new KeptNumbers(od),
): void {
  for (const id of touched.revived) od.anchors.delete(id)
  for (const [id, anchor] of touched.unproved ?? []) {
    const now = od.anchors.get(id)
    if (!now || !sameAnchor(now, anchor)) od.anchors.set(id, anchor)
  }
  // Not only for created proposals: one may arrive without an anchor, because its author undid it, and get one
  // later.
  giveNumbers(od, new Set([...touched.created, ...touched.anchored]), numbers)
  for (const id of touched.anchored) {
    const anchor = od.anchors.get(id)
    if (!anchor || !isOpen(od, id)) continue
    const forwarded = followWords(od, anchor)
    if (forwarded !== anchor) od.anchors.set(id, forwarded)
    if (isOnWords(forwarded)) showVacant(od, forwarded.host)
  }
}

/** Revisions leave a vacant paragraph out. A proposal that arrives late on it needs a place to be shown. */
function showVacant(od: OutcomeDocument, host: HostId): void {
  const paragraph = od.paragraphs.get(host)
  if (paragraph?.get('removed') === true && paragraph.get('vacant') === true) paragraph.set('removed', false)
}

/**
 * Issues numbers for those of the proposals that are of new or alternative paragraphs and have none: new ones, or ones
 * that were not open when a revision was issued.
 */
export function giveNumbers(
  od: OutcomeDocument,
  ids: Iterable<ProposalId>,
  kept: KeptNumbers = new KeptNumbers(od),
): void {
  for (const id of ids) {
    const anchor = od.anchors.get(id)
    const head = headOf(od, id)
    if (anchor?.kind !== 'after' || !head || recordGet(od, `label/${id}`)) continue
    const numbers = kept.get()
    const alternative = head.kind === 'alternative' ? numbers.alternative(anchor.paragraph) : null
    const issued = alternative ?? numbers.block(anchor.paragraph, head.block)
    recordSet(od, `label/${id}`, issued)
    numbers.add(issued)
  }
}
