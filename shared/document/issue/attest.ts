import type { ProposalId } from '../../model/ids.ts'
import { isAlias } from '../../model/participant.ts'
import type { OutcomeDocument } from '../schema.ts'
import { headOf } from '../schema.ts'
import type { Facts, Moved } from './reanchoring.ts'
import { quoteOf } from './quote.ts'
import { recordMove, recordReanchored } from './reanchoring.ts'

/** What an admitted update has written of proposals: fields of the verdict. */
interface Written {
  readonly created: readonly ProposalId[]
  readonly quoted: ReadonlySet<ProposalId>
  readonly repaired: readonly ProposalId[]
  readonly moved: ReadonlyMap<ProposalId, Moved>
}

/**
 * Records what the server knows of an admitted update: who made its proposals, when, and on which words; and
 * whose anchors it moved. The server calls it inside a transaction, after the update was applied.
 */
export function attest(
  od: OutcomeDocument,
  { created, quoted, repaired, moved }: Written,
  facts: Facts,
): void {
  for (const id of created) completeHead(od, id, quoted.has(id), facts)
  for (const id of repaired) recordReanchored(od, id, 'brought-back', facts)
  for (const [id, how] of moved) recordMove(od, id, how, facts)
}

function completeHead(od: OutcomeDocument, id: ProposalId, isQuoted: boolean, { actor, at }: Facts): void {
  const head = headOf(od, id)
  if (!head) return
  const anchor = od.anchors.get(id)
  const quote = isQuoted || !anchor ? head.quote : quoteOf(od, anchor)
  const person = isAlias(head.by) ? '' : actor.name
  od.proposals.get(id)?.set('head', { ...head, person, createdAt: at, quote })
}
