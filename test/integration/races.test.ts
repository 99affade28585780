import * as Y from 'yjs'
import { expect, test } from 'vitest'
import { contentOf } from '#shared/document/schema.ts'
import type { ProposalId } from '#shared/model/ids.ts'
import { House } from '#test/kit/room.ts'
import type { Guest } from '#test/kit/room.ts'
import { until } from '#test/kit/until.ts'

// A submit that is refused because somebody else was first, and the socket after it.

interface Race {
  readonly house: House
  readonly kenya: Guest
  readonly facilitator: Guest
  readonly proposal: ProposalId
}

/** Kenya's proposal is decided, and Kenya types on in it without having heard. */
async function race(version: number, limits = {}): Promise<Race> {
  const house = await House.open({ limits })
  const kenya = await house.join(house.actor('delegation', 'KEN'))
  const facilitator = await house.join(house.actor('facilitator'))
  kenya.hello(version)
  const proposal = kenya.propose('extreme ')
  await kenya.saved()
  return { house, kenya, facilitator, proposal }
}

async function decide({ house, facilitator, proposal }: Race): Promise<void> {
  const command = { kind: 'proposal-not-retain', proposal, seen: 'extreme ', struck: '' } as const
  const { actor } = facilitator
  const answer = await house.registry.command(house.document, { actor, key: `key-${proposal}`, command })
  expect(answer).toMatchObject({ ok: true })
  expect(house.problems).toEqual([])
}

/** The words as an update that was written before the decision was heard of. */
function late({ kenya, proposal }: Race, words: string): Uint8Array {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(kenya.od.doc))
  const before = Y.encodeStateVector(doc)
  const content = (doc.getMap('proposals').get(proposal) as Y.Map<unknown>).get('content') as Y.Text
  content.insert(0, words)
  return Y.encodeStateAsUpdate(doc, before)
}

const refusals = (guest: Guest) => guest.socket.of('refused').map(({ number, code }) => ({ number, code }))

test('14.1 a race costs the words that it concerns, and not the socket', async () => {
  const now = await race(2)
  const { kenya, facilitator, proposal } = now
  await decide(now)
  const number = kenya.submit(late(now, 'most '))
  // It may rest on what is refused: it is not looked at.
  kenya.submit(late(now, 'unseen '))
  await until('the refusal', () => refusals(kenya).length > 0)
  expect(refusals(kenya)).toEqual([{ number, code: 'closed' }])
  expect(kenya.socket.closed).toBe(null)
  kenya.resume()
  const next = kenya.propose('decent ', 1)
  expect(kenya.submits).toBe(1)
  await until('the words', () => contentOf(facilitator.od, next)?.toJSON() === 'decent ')
  expect(contentOf(facilitator.od, proposal)?.toJSON()).toBe('extreme ')
  expect([...facilitator.od.proposals.keys()].sort()).toEqual([proposal, next].sort())
})

test('14.5 a client that cannot go on is closed, as before', async () => {
  const now = await race(1)
  await decide(now)
  now.kenya.submit(late(now, 'most '))
  await until('the end', () => now.kenya.socket.closed !== null)
  expect(now.kenya.socket.closed).toBe('refused')
  expect(refusals(now.kenya)).toMatchObject([{ code: 'closed' }])
})

test('14.5 a forgery is closed, and so is who resumes without a refusal', async () => {
  const { kenya, house } = await race(2)
  kenya.submit(new Uint8Array([1, 2, 3]))
  await until('the end', () => kenya.socket.closed !== null)
  expect(kenya.socket.closed).toBe('refused')
  const other = await house.join(house.actor('delegation', 'JPN'))
  other.hello(2)
  other.resume()
  expect(other.socket.closed).toBe('malformed')
})

test('14.5 whoever is refused again and again is closed', async () => {
  const now = await race(2, { refusalBurst: 2, refusalsPerSecond: 0 })
  const { kenya } = now
  await decide(now)
  for (let times = 1; times <= 3; times++) {
    kenya.submit(late(now, 'most '))
    await until('the refusal', () => refusals(kenya).length === times)
    if (times < 3) kenya.resume()
  }
  expect(kenya.socket.closed).toBe('refused')
})
