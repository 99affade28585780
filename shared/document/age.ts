import type * as Y from 'yjs'
import type { ProposalId } from '../model/ids.ts'
import type { ProposalHead } from '../model/proposals/proposal.ts'
import type { OutcomeDocument } from './schema.ts'
import { contentOf, headOf } from './schema.ts'

interface Aged {
  readonly head: ProposalHead
  readonly content: Y.Text
}

/**
 * Orders proposals: the older first, by the server's time of creation; those that have not reached the server last. Those
 * of the same moment are ordered by the Yjs identity of their content, so one client's keep the order in which it made them.
 */
export function byAge(a: Aged, b: Aged): number {
  const [one, other] = [a.head.createdAt ?? Infinity, b.head.createdAt ?? Infinity]
  if (one !== other) return one - other
  const [first, second] = [a.content._item?.id, b.content._item?.id]
  return first && second ? first.client - second.client || first.clock - second.clock : 0
}

/** The same order by id, for decided proposals too. */
export const byAgeIn =
  (od: OutcomeDocument) =>
  (a: ProposalId, b: ProposalId): number => {
    const [one, other] = [agedIn(od, a), agedIn(od, b)]
    return one && other ? byAge(one, other) : 0
  }

function agedIn(od: OutcomeDocument, id: ProposalId): Aged | null {
  const head = headOf(od, id)
  const content = contentOf(od, id)
  return head && content ? { head, content } : null
}
