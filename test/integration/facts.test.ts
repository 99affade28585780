import * as Y from 'yjs'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import {
  addProposal,
  contentOf,
  headOf,
  hostText,
  openDocument,
  paragraphsInOrder,
} from '#shared/document/schema.ts'
import { recordGet } from '#shared/document/records.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import { anchorAt, plainText, resolveAnchor } from '#shared/document/text/anchor.ts'
import { writeText } from '#shared/formats/text/write-text.ts'
import type { HostId, ParagraphId, ProposalId } from '#shared/model/ids.ts'
import { newProposalId } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'
import type { Command } from '#shared/model/command.ts'
import { followed } from '#test/kit/admission-drafter.ts'
import { shownNow } from '#test/kit/as-seen.ts'
import { House } from '#test/kit/room.ts'
import { until } from '#test/kit/until.ts'

const DAY = 86_400_000

const firstParagraph = (od: OutcomeDocument): ParagraphId =>
  paragraphsInOrder(od).find(({ label }) => label !== null)!.id

/** Asks to delete these words of a text, quoting them. */
function strike(house: House, od: OutcomeDocument, actor: Actor, host: HostId, words: string): ProposalId {
  const start = plainText(hostText(od, host)!).indexOf(words)
  const paragraph = firstParagraph(od)
  const id = newProposalId((n) => house.random.bytes(n))
  const head = { kind: 'text', by: actor.participant!, paragraph, quote: words } as const
  od.doc.transact(() =>
    addProposal(od, id, head, anchorAt(od, host, paragraph, start, start + words.length), ''),
  )
  return id
}

/** The words that a proposal stands on. */
function wordsUnder(od: OutcomeDocument, id: ProposalId, host: HostId): string {
  const span = resolveAnchor(od, od.anchors.get(id)!)
  return span ? plainText(hostText(od, host)!).slice(span.start, span.end) : ''
}

describe('facts', () => {
  it('15.2 a client whose clock is a day fast or slow works, and nothing is ordered by it', async () => {
    const house = await House.open()
    const fast = await house.join(house.actor('delegation', 'KEN'))
    const slow = await house.join(house.actor('delegation', 'JPN'))
    const real = Date.now()
    vi.useFakeTimers({ toFake: ['Date'], now: real + DAY })
    onTestFinished(() => void vi.useRealTimers())
    const first = fast.propose('first')
    await fast.saved()
    house.time.advance(1_000)
    vi.setSystemTime(real - DAY)
    const second = slow.propose('second')
    await slow.saved()
    await until('both', () => fast.od.proposals.has(second) && slow.od.proposals.has(first))
    const times = [first, second].map((id) => headOf(fast.od, id)!.createdAt!)
    expect(times[1]! - times[0]!).toBe(1_000)
    expect(times[0]).toBeLessThanOrEqual(house.time.now())
    for (const { od } of [fast, slow]) expect(writeText(od)).toMatch(/\[first – KEN\]\s*\[second – JPN\]/)
  })

  it('15.5 what stood on words that an undo brings back after a restart of the server stands on them again', async () => {
    const house = await House.open()
    const kenya = await house.join(house.actor('delegation', 'KEN'))
    const japan = await house.join(house.actor('delegation', 'JPN'))
    const id = kenya.propose('alpha beta gamma')
    await kenya.saved()
    await until('the proposal', () => japan.od.proposals.has(id))
    const amendment = strike(house, japan.od, japan.actor, id, 'beta')
    await japan.saved()
    await until('the amendment', () => kenya.od.anchors.has(amendment))
    const undo = new Y.UndoManager(kenya.od.proposals, { trackedOrigins: new Set(['me']), doc: kenya.od.doc })
    kenya.od.doc.transact(() => contentOf(kenya.od, id)!.delete(5, 6), 'me')
    await kenya.saved()
    await house.registry.close()

    const again = await house.join(kenya.actor, house.anotherRegistry(house.store))
    const before = Y.encodeStateVector(kenya.od.doc)
    undo.undo()
    kenya.od.anchors.set(amendment, followed(kenya.od, kenya.od.anchors.get(amendment) as never))
    again.submit(Y.encodeStateAsUpdate(kenya.od.doc, before))
    await again.saved()
    const fresh = await house.join(house.actor('observer'), house.anotherRegistry(house.store))
    expect(plainText(hostText(fresh.od, id)!)).toBe('alpha beta gamma')
    expect(wordsUnder(fresh.od, amendment, id)).toBe('beta')
    expect(recordGet(fresh.od, `reanchored/${amendment}`)).toMatchObject([{ how: 'brought-back', by: 'KEN' }])
  })

  it('15.6 15.7 6.11 names given for a place are marked where a forged client moves its own proposal; the record says so', async () => {
    const house = await House.open()
    const kenya = await house.join(house.actor('delegation', 'KEN'))
    const japan = await house.join(house.actor('delegation', 'JPN'))
    const chair = await house.join(house.actor('facilitator'))
    const host = firstParagraph(chair.od)
    chair.od.doc.transact(() => hostText(chair.od, host)!.insert(0, 'not now, not ever; '))
    await chair.saved()
    await until('the words', () => plainText(hostText(kenya.od, host)!).startsWith('not now'))
    const id = strike(house, kenya.od, kenya.actor, host, 'not')
    await kenya.saved()
    const ask = (actor: Actor, key: string, command: Command) =>
      house.registry.command(house.document, { actor, key, command })
    const shown = shownNow(kenya.od, id)
    const support = { kind: 'position-take', on: id, position: 'support', ...shown } as const
    await ask(japan.actor, 'support-1', support)
    await until('the position', () => writeText(japan.od).includes('[not – KEN, JPN delete]'))

    kenya.od.anchors.set(id, anchorAt(kenya.od, host, host, 9, 12))
    await kenya.saved()
    await until('the mark', () =>
      writeText(japan.od).includes('[not – KEN, JPN (on earlier wording) delete]'),
    )
    const accept = { kind: 'proposal-accept', proposal: id, ...shown } as const
    const refused = { ok: false, code: 'wording-changed' }
    expect(await ask(chair.actor, 'accept-1', accept)).toMatchObject(refused)
    expect(await ask(japan.actor, 'support-2', support)).toMatchObject(refused)
    await house.registry.close()
    const fresh = await house.join(house.actor('observer'), house.anotherRegistry(house.store))
    expect(recordGet(fresh.od, `reanchored/${id}`)).toMatchObject([{ how: 'moved', by: 'KEN', quote: 'not' }])
    expect(writeText(fresh.od)).toContain('not now, [not – KEN, JPN (on earlier wording) delete] ever')
  })

  it.each([
    ['before the server was started anew', true],
    ['while it runs', false],
  ])('15.3 keeps a quote of words that somebody else has deleted meanwhile, %s', async (_when, restarts) => {
    const house = await House.open()
    const chair = await house.join(house.actor('facilitator'))
    const kenya = await house.join(house.actor('delegation', 'KEN'))
    const host = firstParagraph(kenya.od)
    const words = plainText(hostText(chair.od, host)!).slice(0, 9)
    const offline = new Y.Doc()
    Y.applyUpdate(offline, Y.encodeStateAsUpdate(kenya.od.doc))
    const before = Y.encodeStateVector(offline)
    hostText(chair.od, host)!.delete(0, 9)
    await chair.saved()
    if (restarts) await house.registry.close()
    const registry = restarts ? house.anotherRegistry(house.store) : house.registry
    const late = await house.join(kenya.actor, registry)
    const od = openDocument(offline)
    const id = strike(house, od, kenya.actor, host, words)
    late.submit(Y.encodeStateAsUpdate(offline, before))
    await late.saved()
    expect(late.socket.of('refused')).toEqual([])
    await until('the completed head', () => headOf(late.od, id)?.createdAt !== undefined)
    expect(headOf(late.od, id)).toMatchObject({ quote: words, person: kenya.actor.name })
  })
})
