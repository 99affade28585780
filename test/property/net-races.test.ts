import * as Y from 'yjs'
import { expect, test } from 'vitest'
import type { Salvaged } from '#client/net/offline/salvage.ts'
import { admit } from '#shared/document/admit/admit.ts'
import { isInAgreed } from '#shared/document/agreement.ts'
import { execute } from '#shared/document/commands/execute.ts'
import { isOpen } from '#shared/document/open.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import { addProposal, decisionOf, headOf, hostText, openDocument } from '#shared/document/schema.ts'
import { anchorAt } from '#shared/document/text/anchor.ts'
import type { Command } from '#shared/model/command.ts'
import type { HostId, ParagraphId, ProposalId } from '#shared/model/ids.ts'
import { isProposalId, newProposalId } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'
import { FACILITATORS } from '#shared/model/participant.ts'
import { isOnWords } from '#shared/model/proposals/proposal.ts'
import { asSeen } from '#test/kit/as-seen.ts'
import { allText, expectSettled, FakeDesk, PERSON, serverWithText, turn } from '#test/kit/fake-desk.ts'
import { FakeServer } from '#test/kit/fake-server.ts'
import { histories } from '#test/kit/histories.ts'
import { FakeDisk } from '#test/kit/memory-store.ts'
import { Random } from '#test/kit/random.ts'
import { seedsUpTo } from '#test/kit/seeds.ts'

// One person types in one or two tabs, over a line that delivers when told; others decide and agree meanwhile. The server
// admits as the real one does.

const ORIGIN = { editor: 'test' }
/** Every typed character is another one. */
const FIRST_SIGN = 0x4e00

const CHAIR: Actor = { ...PERSON, role: 'facilitator', participant: FACILITATORS }

interface History {
  readonly random: Random
  readonly server: FakeServer
  /** The server's document. */
  readonly there: OutcomeDocument
  readonly desks: readonly FakeDesk[]
  /** Typed signs, and the paragraph and proposals that each was typed in. */
  readonly typed: Map<string, readonly HostId[]>
  readonly deleted: Set<string>
  /** Signs that the server had at some time. */
  readonly arrived: Set<string>
  /** What was decided or agreed at some time. */
  readonly disputed: Set<HostId>
  next: number
}

const all = (od: OutcomeDocument): HostId[] =>
  [...od.paragraphs.keys(), ...od.proposals.keys()].sort() as HostId[]

/** A host, and what it stands on. */
function standing(od: OutcomeDocument, host: HostId): HostId[] {
  const hosts: HostId[] = [host]
  for (let at = host; isProposalId(at);) {
    const anchor = od.anchors.get(at)
    const paragraph = headOf(od, at)?.paragraph
    at = anchor && isOnWords(anchor) ? anchor.host : (paragraph ?? ('' as ParagraphId))
    hosts.push(at)
  }
  return hosts
}

function words(history: History, od: OutcomeDocument, host: HostId): string {
  let signs = ''
  for (let i = 1 + history.random.int(4); i > 0; i--) {
    const sign = String.fromCharCode(FIRST_SIGN + history.next++)
    history.typed.set(sign, standing(od, host))
    signs += sign
  }
  return signs
}

/** Where this person may write, as far as her own document knows. */
function writable({ server }: History, od: OutcomeDocument): HostId[] {
  const { participant } = server.actor
  const own = [...od.proposals.keys()].sort() as ProposalId[]
  const open = own.filter(
    (id) => headOf(od, id)?.by === participant && isOpen(od, id) && od.anchors.has(id) && !isInAgreed(od, id),
  )
  const base = [...od.paragraphs.keys()].sort() as ParagraphId[]
  return server.actor.role === 'facilitator' ? [...open, ...base.filter((id) => !isInAgreed(od, id))] : open
}

function type(history: History, desk: FakeDesk): void {
  const od = desk.session.od()
  const hosts = writable(history, od)
  const host = hosts[history.random.int(hosts.length || 1)]
  const text = host && hostText(od, host)
  if (!host || !text) return
  const at = history.random.int(text.length + 1)
  od.doc.transact(() => text.insert(at, words(history, od, host)), ORIGIN)
}

function erase(history: History, desk: FakeDesk): void {
  const { random } = history
  const od = desk.session.od()
  const hosts = writable(history, od)
  const host = hosts[random.int(hosts.length || 1)]
  const text = host && hostText(od, host)
  if (!text || text.length === 0) return
  const at = random.int(text.length)
  const length = Math.min(1 + random.int(3), text.length - at)
  for (const sign of text.toJSON().slice(at, at + length)) history.deleted.add(sign)
  od.doc.transact(() => text.delete(at, length), ORIGIN)
}

/** Insertions, deletions and replacements, of base text and of one's own wordings. */
function propose(history: History, desk: FakeDesk): void {
  const { random, server } = history
  const od = desk.session.od()
  const open = all(od).filter((host) => !isInAgreed(od, host) && (!isProposalId(host) || isOpen(od, host)))
  const host = open[random.int(open.length || 1)]
  const text = host && hostText(od, host)
  const paragraph = host && (isProposalId(host) ? headOf(od, host)?.paragraph : host)
  if (!text || !paragraph || standing(od, host).length > 4) return
  const start = random.int(text.length + 1)
  const end = Math.min(text.length, start + random.int(4))
  const by = server.actor.participant!
  const quote = text.toJSON().slice(start, end)
  const head = { kind: 'text', by, paragraph, quote } as const
  const id = newProposalId((length) => random.bytes(length))
  od.doc.transact(() => {
    const content = addProposal(od, id, head, anchorAt(od, host, paragraph, start, end), '')
    if (start === end || random.chance(0.6)) content.insert(0, words(history, od, id))
  }, ORIGIN)
}

/** Somebody else decides on a proposal, takes that back, agrees a paragraph, or opens it again. */
function decide(history: History): void {
  const { random, server, there } = history
  const proposal = random.pick(['', ...there.proposals.keys()].sort()) as ProposalId
  const paragraph = random.pick([...there.paragraphs.keys()].sort()) as ParagraphId
  const command = random.pick<Command>([
    { kind: 'proposal-accept', proposal },
    { kind: 'proposal-not-retain', proposal },
    { kind: 'proposal-not-retain', proposal },
    { kind: 'decision-undo', proposal },
    { kind: 'paragraph-status', paragraph, status: 'agreed-ad-ref' },
    { kind: 'paragraph-status', paragraph, status: 'open', reason: 'again' },
  ])
  const actor = { ...CHAIR, person: 'chair' as Actor['person'] }
  server.change(() => execute({ od: there, actor, now: 2, sequence: ++history.next }, asSeen(there, command)))
  for (const id of all(there)) {
    const closed = isProposalId(id) ? decisionOf(there, id) !== undefined : isInAgreed(there, id)
    if (closed) history.disputed.add(id)
  }
}

async function step(history: History): Promise<void> {
  const { random, server } = history
  const desk = random.pick(history.desks)
  const socket = desk.wire.sockets.at(-1)
  const dice = random.int(100)
  if (dice < 26) type(history, desk)
  else if (dice < 32) erase(history, desk)
  else if (dice < 42) propose(history, desk)
  else if (dice < 54) decide(history)
  else if (dice < 68) socket?.deliverToServer(1 + random.int(3))
  else if (dice < 84) socket?.deliverToClient(1 + random.int(3))
  else if (dice < 94) server.commit()
  else if (dice < 96) desk.time.advance(random.int(20_000))
  else if (dice < 98 && socket && !socket.over) {
    socket.drop()
  } else if (dice === 98) desk.reload()
  await turn()
  for (const sign of allText(history.there)) history.arrived.add(sign)
}

async function finish(history: History): Promise<void> {
  for (let round = 0; round < 12; round++) {
    for (const desk of history.desks) {
      desk.time.advance(31_000)
      desk.settle()
      for (const sign of allText(history.there)) history.arrived.add(sign)
    }
    await turn()
  }
}

function offeredIn(history: History): Map<string, number> {
  const offered = new Map<string, number>()
  for (const disk of new Set(history.desks.map((desk) => desk.disk)))
    for (const key of disk.storage.keys('informals/').filter((name) => name.includes('/salvage/')))
      for (const { text } of (JSON.parse(disk.storage.get(key) ?? '') as Salvaged).pieces)
        for (const sign of text) offered.set(sign, (offered.get(sign) ?? 0) + 1)
  return offered
}

function expectNothingLost(history: History): void {
  const offered = offeredIn(history)
  for (const [sign, hosts] of history.typed) {
    const name = `sign ${sign.charCodeAt(0) - FIRST_SIGN}`
    const [there, here] = [history.arrived.has(sign), offered.get(sign) ?? 0]
    expect(here, `${name} offered`).toBeLessThanOrEqual(there ? 0 : 1)
    if (history.deleted.has(sign)) continue
    expect(there || here === 1, `${name} is somewhere`).toBe(true)
    if (hosts.some((host) => history.disputed.has(host))) continue
    expect(there, `${name}, undisputed`).toBe(true)
  }
}

function serverAs(actor: Actor): { server: FakeServer; there: OutcomeDocument } {
  const server: FakeServer = new FakeServer({
    actor,
    judge: (update) => {
      const ownerOf = (client: number) => (client === server.doc.clientID ? 'server' : actor.person)
      const verdict = admit(there, update, { actor, ownerOf, now: 1 })
      return verdict.ok ? null : verdict
    },
  })
  Y.applyUpdate(server.doc, Y.encodeStateAsUpdate(serverWithText().doc))
  const there = openDocument(server.doc)
  return { server, there }
}

async function run(seed: number, steps: number): Promise<History> {
  const random = new Random(seed)
  const { server, there } = serverAs(random.chance(0.5) ? PERSON : CHAIR)
  server.oneTab = random.chance(0.6)
  const disk = new FakeDisk()
  const desks = (server.oneTab ? [1] : [1, 2]).map(
    () => new FakeDesk(server, disk, () => random.next(), server.actor),
  )
  const history: History = {
    random,
    server,
    there,
    desks,
    typed: new Map(),
    deleted: new Set(),
    arrived: new Set(),
    disputed: new Set(),
    next: 0,
  }
  await turn()
  for (const desk of desks) desk.settle()
  for (let i = 0; i < steps; i++) await step(history)
  await finish(history)
  expect(server.violations).toEqual([])
  expectNothingLost(history)
  for (const desk of desks) expectSettled(desk)
  return history
}

const HISTORIES = histories(0.3)

test('14.1, 14.2, 14.3 whatever is decided while somebody types, nothing is lost or said twice', async () => {
  let typed = 0
  let offered = 0
  for (const seed of seedsUpTo(HISTORIES)) {
    const history = await run(seed, 120)
    typed += history.typed.size
    offered += offeredIn(history).size
  }
  if (HISTORIES < 50) return
  // A fuzzer that never gets to the hard places proves nothing.
  expect(typed / HISTORIES).toBeGreaterThan(20)
  expect(offered / HISTORIES).toBeGreaterThan(0.5)
}, 1_800_000)
