import type { HostId } from '../../model/ids.ts'
import type { Anchor, ItemId } from '../../model/proposal.ts'
import { CHAIN_LIMIT, isOnWords } from '../../model/proposal.ts'
import type { Run } from '../../model/decision.ts'
import { sameAnchor } from '../text/anchor.ts'
import { forward } from './forward.ts'
import type { OutcomeDocument } from '../schema.ts'
import { recordGet, recordSet } from '../records.ts'
import { itemInRuns, offsetInRuns } from '../text/wording.ts'

/**
 * Words that a reopening puts back are new characters. The anchors of the room are renewed with them; of a private draft
 * the room knows nothing, so what became of the old characters is kept for whoever reads one.
 */
export function noteRenewed(
  od: OutcomeDocument,
  host: HostId,
  runs: readonly Run[],
  become: readonly Run[],
): void {
  recordSet(od, `renewed/${host}`, [...(recordGet(od, `renewed/${host}`) ?? []), { runs, become }])
}

/** Where a private draft stands in the room as it is now: on the same words. The same object where nothing moved. */
export function followWords(od: OutcomeDocument, anchor: Anchor): Anchor {
  let current = anchor
  for (let steps = 0; steps < CHAIN_LIMIT; steps++) {
    const next = forward(od, followRenewed(od, current))
    if (next === current) break
    current = next
  }
  return current
}

/** Which character of a text this one is now. The same tuple where it was not put back as another. */
export function renewedItem(od: OutcomeDocument, host: HostId, item: ItemId): ItemId {
  // In the order in which it happened: what came back once may have come back again.
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
