import type * as Y from 'yjs'
import type { ProposalId } from '../model/ids.ts'
import type { ProposalHead } from '../model/proposal.ts'
import type { OutcomeDocument } from './schema.ts'
import { contentOf, headOf } from './schema.ts'

interface Aged {
  readonly head: ProposalHead
  readonly content: Y.Text
}

/**
 * Older first, by the server's clock, and last what has not come to it. What came at one moment stands in the order in
 * which its author's client made it.
 */
export function byAge(a: Aged, b: Aged): number {
  const [one, other] = [a.head.createdAt ?? Infinity, b.head.createdAt ?? Infinity]
  if (one !== other) return one - other
  const [first, second] = [a.content._item?.id, b.content._item?.id]
  return first && second ? first.client - second.client || first.clock - second.clock : 0
}

/** The same of any two proposals, decided ones too. */
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
