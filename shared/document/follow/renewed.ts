import type { HostId } from '../../model/ids.ts'
import type { Anchor, ItemId } from '../../model/proposals/proposal.ts'
import { CHAIN_LIMIT, isOnWords } from '../../model/proposals/proposal.ts'
import type { Run } from '../../model/proposals/decision.ts'
import { sameAnchor } from '../text/anchor.ts'
import { forward } from './forward.ts'
import { followReturnedWords } from './restructured.ts'
import type { OutcomeDocument } from '../schema.ts'
import { recordGet, recordSet } from '../records.ts'
import { itemInRuns, offsetInRuns } from '../text/wording.ts'

/**
 * Records that `become` took the place of `runs` in a host's text. {@link renew} rewrites what the document
 * holds; this record is for what it does not hold (private drafts, carets), whose identities are mapped when
 * they are read.
 */
export function noteRenewed(
  od: OutcomeDocument,
  host: HostId,
  runs: readonly Run[],
  become: readonly Run[],
): void {
  recordSet(od, `renewed/${host}`, [...(recordGet(od, `renewed/${host}`) ?? []), { runs, become }])
}

/**
 * Returns an anchor that no decision has rewritten on the same words of the room as they are now: that of a private draft,
 * or one that arrives late. Returns the same object when they have not moved.
 */
export function followWords(od: OutcomeDocument, anchor: Anchor): Anchor {
  let current = anchor
  for (let steps = 0; steps < CHAIN_LIMIT; steps++) {
    const there = forward(od, followRenewed(od, current))
    const next = isOnWords(there) ? (followReturnedWords(od, there) ?? there) : there
    if (next === current) break
    current = next
  }
  return current
}

/** Returns the present identity of a character of this host. Returns the same tuple when it was never put back. */
export function renewedItem(od: OutcomeDocument, host: HostId, item: ItemId): ItemId {
  // Applied oldest first, because a character that was put back may have been deleted and put back again.
  return (recordGet(od, `renewed/${host}`) ?? []).reduce((now, { runs, become }) => {
    const offset = offsetInRuns(runs, now)
    return (offset === null ? null : itemInRuns(become, offset)) ?? now
  }, item)
}

function followRenewed(od: OutcomeDocument, anchor: Anchor): Anchor {
  if (!isOnWords(anchor) || !recordGet(od, `renewed/${anchor.host}`)) return anchor
  const follow = (item: ItemId): ItemId => renewedItem(od, anchor.host, item)
  let moved = anchor
  if (anchor.kind === 'range') moved = { ...anchor, start: follow(anchor.start), end: follow(anchor.end) }
  if (anchor.kind === 'point' && anchor.at) moved = { ...anchor, at: follow(anchor.at) }
  return sameAnchor(moved, anchor) ? anchor : moved
}
