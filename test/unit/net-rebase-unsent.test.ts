import * as Y from 'yjs'
import { expect, test } from 'vitest'
import { addUnsent, rebaseUnsent, serverState } from '#client/net/unsent/rebase-unsent.ts'
import { isOutdated, unsentByHost } from '#client/net/unsent/host-changes.ts'
import { Ledger } from '#client/net/unsent/ledger.ts'
import { FROM_SERVER } from '#client/net/origins.ts'
import { compacted, restore } from '#client/net/offline/offline.ts'
import { unsentUpdate } from '#client/net/unsent/unsent.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import { addProposal, baseTextOf, contentOf, openDocument } from '#shared/document/schema.ts'
import { anchorAt } from '#shared/document/text/anchor.ts'
import { encodeState } from '#shared/document/updates.ts'
import type { ParticipantId, ProposalId } from '#shared/model/ids.ts'
import { FACILITATORS } from '#shared/model/participant.ts'
import { paragraphId } from '#test/kit/fake-desk.ts'
import { agree, joined, judged, newDoc } from '#test/kit/joined.ts'

const [P1, P2] = [paragraphId(1), paragraphId(2)]
const [Q1, Q2] = ['q00000000000fresh', 'q0000000000fresh2'] as [ProposalId, ProposalId]

const propose = (od: OutcomeDocument, id: ProposalId, host: typeof P1 | ProposalId, words: string) =>
  od.doc.transact(() => {
    const anchor = anchorAt(od, host, P2, 0, 0)
    addProposal(od, id, { kind: 'text', by: FACILITATORS, paragraph: P2, quote: '' }, anchor, words)
  })

const read = (od: OutcomeDocument) => [P1, P2].map((id) => baseTextOf(od, id)?.toJSON())

test('14.2 what is unsent is told by paragraph and by proposal, paragraphs first', () => {
  const { od, ledger } = joined(['We will.', 'We shall.'])
  propose(od, Q1, P2, 'Now ')
  baseTextOf(od, P2)!.delete(0, 2)
  baseTextOf(od, P1)!.insert(0, 'Soon ')
  const changes = unsentByHost(od, ledger)
  expect(changes.map(({ host }) => host)).toEqual([P1, P2, Q1])
  expect(changes.map(({ structs, deletes }) => [structs.size, deletes.size])).toEqual([
    [1, 0],
    [0, 1],
    [1, 0],
  ])
})

test('14.1, 14.2 after a race only what the server would not take is put aside; the rest keeps its identity', () => {
  const { server, od, ledger, hear } = joined(['We will.', 'We shall.'])
  const before = od.doc.clientID
  baseTextOf(od, P1)!.insert(0, 'Soon ')
  baseTextOf(od, P2)!.insert(0, 'Here ')
  propose(od, Q1, P2, 'Now ')
  propose(od, Q2, Q1, 'and then ')
  agree(server, P1)
  hear()
  const clocks = Y.getState(od.doc.store, before)
  const on = rebaseUnsent(od, ledger, newDoc, judged)!
  expect(on.rejected.map(({ host }) => host)).toEqual([P1])
  expect(read(on.od)).toEqual(['We will.', 'Here We shall.'])
  expect(contentOf(on.od, Q2)?.toJSON()).toBe('and then ')
  expect(on.od).toBe(od)
  expect(od.doc.clientID).toBe(before)
  expect(Y.getState(od.doc.store, before)).toBe(clocks)
  Y.applyUpdate(server.doc, unsentUpdate(on.od.doc, ledger)!)
  expect(read(server)).toEqual(['We will.', 'Here We shall.'])
  expect(server.doc.store.pendingStructs).toBeNull()
})

// History 4181 of property/net-histories: Yjs joins the voids that the server has with those after them.
test('14.2, 14.3 what is put aside more than once, and sent only in part, costs nothing else', () => {
  const { server, od, ledger, hear } = joined(['We will.', 'We shall.'])
  const putAside = (words: string) => {
    baseTextOf(od, P1)!.insert(0, words)
    expect(rebaseUnsent(od, ledger, newDoc, judged)?.rejected.map(({ host }) => host)).toEqual([P1])
  }
  agree(server, P1)
  hear()
  putAside('Soon ')
  const sent = unsentUpdate(od.doc, ledger)!
  Y.applyUpdate(server.doc, sent)
  ledger.add(sent)
  putAside('Later ')
  baseTextOf(od, P2)!.insert(0, 'Here ')
  putAside('At last ')
  expect(read(od)).toEqual(['We will.', 'Here We shall.'])
  Y.applyUpdate(server.doc, unsentUpdate(od.doc, ledger)!)
  expect(read(server)).toEqual(['We will.', 'Here We shall.'])
  expect(server.doc.store.pendingStructs).toBeNull()
})

test('14.2 a deletion that is put aside leaves the words', () => {
  const { server, od, ledger, hear } = joined(['We will.', 'We shall.'])
  baseTextOf(od, P1)!.delete(0, 3)
  baseTextOf(od, P2)!.delete(0, 3)
  agree(server, P1)
  hear()
  const on = rebaseUnsent(od, ledger, newDoc, judged)!
  expect(on.rejected.map(({ host }) => host)).toEqual([P1])
  expect(read(on.od)).toEqual(['We will.', 'shall.'])
})

test('14.4 nothing unsent is kept where nobody has said who this is', () => {
  const { od, ledger } = joined(['We will.', 'We shall.'])
  baseTextOf(od, P1)!.insert(0, 'Soon ')
  const on = rebaseUnsent(od, ledger, newDoc, 'none')!
  expect(read(on.od)).toEqual(['We will.', 'We shall.'])
  expect(on.rejected.map(({ host }) => host)).toEqual([P1])
})

test('14.2 a proposal on words that are put aside goes with them', () => {
  const { server, od, ledger, hear } = joined(['We will.', 'We shall.'])
  propose(od, Q1, P2, 'Now ')
  propose(od, Q2, Q1, 'and then ')
  agree(server, P2)
  hear()
  const on = rebaseUnsent(od, ledger, newDoc, judged)!
  expect(on.rejected.map(({ host }) => host)).toEqual([Q1, Q2])
  expect([...on.od.proposals.keys()]).toEqual([])
})

test('the server’s state cannot be told where something of it is missing here', () => {
  const { od, ledger } = joined(['We will.', 'We shall.'])
  expect(serverState(od.doc, ledger, newDoc)).not.toBeNull()
  const late = new Y.Doc()
  late.getText('x').insert(0, 'a')
  const vector = Y.encodeStateVector(late)
  late.getText('x').insert(1, 'b')
  Y.applyUpdate(od.doc, Y.encodeStateAsUpdate(late, vector))
  expect(serverState(od.doc, ledger, newDoc)).toBeNull()
  expect(rebaseUnsent(od, ledger, newDoc, judged)).toBeNull()
})

test('14.4 a document is outdated that shows what the server has as void, or the other way round', () => {
  const { server, od, ledger, hear } = joined(['We will.', 'We shall.'])
  baseTextOf(od, P1)!.insert(0, 'Soon ')
  agree(server, P1)
  hear()
  expect(isOutdated(od.doc, ledger)).toBe(false)
  const otherTab = openDocument(newDoc())
  Y.applyUpdate(otherTab.doc, Y.encodeStateAsUpdate(od.doc))
  rebaseUnsent(od, ledger, newDoc, judged)
  ledger.add(unsentUpdate(od.doc, ledger)!)
  expect(isOutdated(od.doc, ledger)).toBe(false)
  baseTextOf(od, P2)!.insert(0, 'Later ')
  expect(isOutdated(od.doc, ledger), 'what is written behind the void is as it should be').toBe(false)
  expect(isOutdated(otherTab.doc, ledger)).toBe(true)
  const on = rebaseUnsent(otherTab, ledger, newDoc, judged)!
  expect(on.od).not.toBe(otherTab)
  expect(isOutdated(on.od.doc, ledger)).toBe(false)
  expect(read(on.od)).toEqual(['We will.', 'We shall.'])
})

test('14.2 what another document has unsent is put into one that came from the server', () => {
  const { server, od, ledger } = joined(['We will.', 'We shall.'])
  baseTextOf(od, P1)!.insert(0, 'Soon ')
  baseTextOf(od, P2)!.insert(0, 'Here ')
  agree(server, P1)
  const fresh = openDocument(newDoc())
  Y.applyUpdate(fresh.doc, encodeState(server.doc), FROM_SERVER)
  const sent: Uint8Array[] = []
  fresh.doc.on('update', (update) => sent.push(update))
  const rejected = addUnsent(fresh, od, ledger, judged, 'rejoined')
  expect(rejected.map(({ host }) => host)).toEqual([P1])
  expect(sent).toHaveLength(1)
  for (const update of sent) Y.applyUpdate(server.doc, update)
  expect(read(server)).toEqual(['We will.', 'Here We shall.'])
  expect(fresh.doc.clientID).not.toBe(od.doc.clientID)
})

test('14.5 what is nobody’s to write is put aside, whoever’s rules are asked', () => {
  const { od, ledger } = joined(['We will.', 'We shall.'])
  baseTextOf(od, P1)!.insert(0, 'Soon ')
  const actor = { ...judged.actor, role: 'delegation', participant: 'KEN' as ParticipantId } as const
  expect(rebaseUnsent(od, ledger, newDoc, { ...judged, actor })!.rejected.map(({ host }) => host)).toEqual([
    P1,
  ])
})

test('14.2 kept by two tabs, of which one has put aside what the other had saved: what is held comes before what is void', () => {
  const { server, od, ledger, hear } = joined(['We will.', 'We shall.'])
  baseTextOf(od, P2)!.insert(0, 'Saved ')
  agree(server, P1)
  hear()
  // The other tab has it saved, words behind it included.
  const other = openDocument(newDoc())
  Y.applyUpdate(other.doc, encodeState(od.doc))
  const saved = new Ledger()
  saved.addDocument(other.doc)
  const here = rebaseUnsent(od, ledger, newDoc, 'none')!
  expect(read(here.od)).toEqual(['We will.', 'We shall.'])
  const entries = [...compacted(here.od.doc, ledger), ...compacted(other.doc, saved)]
  for (const order of [entries, [...entries.slice(2), ...entries.slice(0, 2)]]) {
    const restored = openDocument(newDoc())
    restore(restored.doc, new Ledger(), order)
    expect(read(restored)).toEqual(['We will.', 'Saved We shall.'])
  }
})
