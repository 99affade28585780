import { expect, it } from 'vitest'
import { openBracketsOn } from '#shared/document/agreement.ts'
import { execute } from '#shared/document/commands/execute.ts'
import { paragraphsInOrder } from '#shared/document/schema.ts'
import type { PersonId, ProposalId } from '#shared/model/ids.ts'
import { FACILITATORS, type Actor } from '#shared/model/participant.ts'
import { asSeen } from '#test/kit/as-seen.ts'
import { bigDocument } from '#test/kit/big-document.ts'
import { openBrackets } from '#test/kit/open-brackets.ts'
import { Random } from '#test/kit/random.ts'

it('asked of one paragraph or of all, the same brackets are open', () => {
  const random = new Random(8)
  const od = bigDocument(random, { paragraphs: 20, proposals: 200, positions: 1, words: 4_000 })
  const actor: Actor = {
    person: 'chair' as PersonId,
    name: 'Chair',
    role: 'facilitator',
    participant: FACILITATORS,
  }
  let decided = 0
  for (const [sequence, key] of [...od.proposals.keys()].entries()) {
    if (sequence % 4 > 0) continue
    const proposal = key as ProposalId
    const kind = random.pick(['proposal-accept', 'proposal-not-retain'] as const)
    if (execute({ od, actor, now: 1, sequence }, asSeen(od, { kind, proposal })).ok) decided++
  }
  expect(decided).toBeGreaterThan(20)
  const all = openBrackets(od)
  expect(all.size).toBeGreaterThan(10)
  for (const { id } of paragraphsInOrder(od))
    expect([...openBracketsOn(od, id)].sort()).toEqual(all.get(id) ?? [])
})
