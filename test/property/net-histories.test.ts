import * as Y from 'yjs'
import { expect, test } from 'vitest'
import type { Salvaged } from '#client/net/offline/salvage.ts'
import { addProposal, baseTextOf, contentOf } from '#shared/document/schema.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import { openDocument } from '#shared/document/schema.ts'
import type { ParagraphId, ProposalId } from '#shared/model/ids.ts'
import { newProposalId } from '#shared/model/ids.ts'
import {
  allText,
  expectSettled,
  FakeDesk,
  FORBIDDEN,
  PERSON,
  serverWithText,
  turn,
} from '#test/kit/fake-desk.ts'
import type { FakeServer } from '#test/kit/fake-server.ts'
import { histories } from '#test/kit/histories.ts'
import { FakeDisk } from '#test/kit/memory-store.ts'
import { Random } from '#test/kit/random.ts'
import { seedsUpTo } from '#test/kit/seeds.ts'

/** Of the histories, how many are of two tabs of one browser; the others are of two browsers. */
const SHARED = 0.35
const ORIGIN = { editor: 'test' }
/** Every typed character is another one, so that one that is lost or doubled can be told. */
const FIRST_SIGN = 0xe000

interface History {
  readonly random: Random
  readonly server: FakeServer
  readonly desks: readonly FakeDesk[]
  /** Typed signs, and the desk they were typed at. */
  readonly typed: Map<string, FakeDesk>
  readonly deleted: Set<string>
  next: number
  refusals: number
}

function texts(od: OutcomeDocument): Y.Text[] {
  const base = [...od.paragraphs.keys()].sort().map((id) => baseTextOf(od, id as ParagraphId))
  const proposed = [...od.proposals.keys()].sort().map((id) => contentOf(od, id as ProposalId))
  return [...base, ...proposed].filter((text) => text !== undefined)
}

function words(history: History, desk: FakeDesk): string {
  const { random } = history
  let signs = ''
  for (let i = 1 + random.int(4); i > 0; i--) {
    const sign = String.fromCharCode(FIRST_SIGN + history.next++)
    history.typed.set(sign, desk)
    signs += sign
  }
  return random.chance(0.06) ? signs + FORBIDDEN : signs
}

function type(history: History, desk: FakeDesk): void {
  const { random } = history
  const od = desk.session.od()
  const all = texts(od)
  if (all.length === 0) return
  const text = random.pick(all)
  od.doc.transact(() => text.insert(random.int(text.length + 1), words(history, desk)), ORIGIN)
}

function erase(history: History, desk: FakeDesk): void {
  const { random } = history
  const od = desk.session.od()
  const text = texts(od)[random.int(texts(od).length || 1)]
  if (!text || text.length === 0) return
  const at = random.int(text.length)
  const length = Math.min(1 + random.int(3), text.length - at)
  for (const sign of text.toJSON().slice(at, at + length)) history.deleted.add(sign)
  od.doc.transact(() => text.delete(at, length), ORIGIN)
}

function propose(history: History, desk: FakeDesk): void {
  const { random } = history
  const od = desk.session.od()
  const paragraph = [...od.paragraphs.keys()][0] as ParagraphId | undefined
  if (!paragraph) return
  const head = {
    kind: 'text',
    by: PERSON.participant!,
    paragraph,
    quote: '',
  } as const
  const anchor = { kind: 'point', host: paragraph, paragraph, at: null } as const
  const id = newProposalId((length) => random.bytes(length))
  od.doc.transact(() => addProposal(od, id, head, anchor, words(history, desk)), ORIGIN)
}

async function step(history: History): Promise<void> {
  const { random, server } = history
  const desk = random.pick(history.desks)
  const socket = desk.wire.sockets.at(-1)
  const dice = random.int(100)
  if (dice < 30) type(history, desk)
  else if (dice < 38) erase(history, desk)
  else if (dice < 42) propose(history, desk)
  else if (dice < 60) socket?.deliverToServer(1 + random.int(3))
  else if (dice < 78) socket?.deliverToClient(1 + random.int(3))
  else if (dice < 88) server.commit()
  else if (dice < 91) desk.time.advance(random.int(40_000))
  else if (dice < 94) socket?.drop()
  else if (dice < 95) desk.signals.say(random.pick(['online', 'offline', 'visible'] as const))
  else if (dice < 96) server.crash()
  else if (dice < 97) server.closeAll(random.pick(['going-away', 'store-failed', 'slow'] as const))
  else if (dice < 98) desk.reload()
  else desk.signals.say('online')
  await turn()
}

/** "Saved" is never said of a word that the server does not have. */
function expectHonestStatus(history: History, desk: FakeDesk): void {
  const status = desk.session.status.get()
  if (status.unsaved) return
  const durable = new Set(allText(openDocument(history.server.doc)))
  for (const sign of allText(desk.session.od())) {
    if (!history.typed.has(sign) || history.deleted.has(sign)) continue
    // Before the store has been read nobody claims anything: the document is still empty then.
    expect(durable.has(sign), `${code(sign)} is called saved`).toBe(true)
  }
}

const code = (sign: string): string => `sign ${sign.charCodeAt(0) - FIRST_SIGN}`

async function finish(history: History): Promise<void> {
  for (let round = 0; round < 12; round++) {
    for (const desk of history.desks) {
      desk.time.advance(31_000)
      desk.settle()
    }
    await turn()
  }
}

function expectNothingLost(history: History): void {
  const found = new Map<string, number>()
  const count = (text: string) => {
    for (const sign of text) found.set(sign, (found.get(sign) ?? 0) + 1)
  }
  count(allText(openDocument(history.server.doc)))
  const disks = new Set(history.desks.map((desk) => desk.disk))
  for (const disk of disks) {
    for (const key of disk.storage.keys('informals/').filter((name) => name.includes('/salvage/'))) {
      const { pieces } = JSON.parse(disk.storage.get(key) ?? '') as Salvaged
      for (const piece of pieces) count(piece.text)
    }
  }
  for (const sign of history.typed.keys()) {
    const times = found.get(sign) ?? 0
    if (history.deleted.has(sign)) expect(times, code(sign)).toBeLessThanOrEqual(1)
    else expect(times, code(sign)).toBe(1)
  }
}

async function run(seed: number, steps: number): Promise<History> {
  const random = new Random(seed)
  const server = serverWithText()
  const shared = random.chance(SHARED) ? new FakeDisk() : undefined
  server.oneTab = shared === undefined
  server.refuseEarly = random.chance(0.5)
  const desks = [1, 2].map(() => new FakeDesk(server, shared, () => random.next()))
  const history: History = {
    random,
    server,
    desks,
    typed: new Map(),
    deleted: new Set(),
    next: 0,
    refusals: 0,
  }
  await turn()
  for (const desk of desks) if (random.chance(0.8)) desk.settle()
  for (let i = 0; i < steps; i++) {
    await step(history)
    for (const desk of desks) expectHonestStatus(history, desk)
  }
  await finish(history)
  expect(server.violations).toEqual([])
  expectNothingLost(history)
  for (const desk of desks) {
    history.refusals += desk.session.salvaged.get().length
    expectSettled(desk)
  }
  return history
}

const HISTORIES = histories(2.5)

test('14.3 everything typed is on the server or in a salvage, exactly once', async () => {
  let typed = 0
  let refusals = 0
  for (const seed of seedsUpTo(HISTORIES)) {
    const history = await run(seed, 100)
    typed += history.typed.size
    refusals += history.refusals
  }
  if (HISTORIES < 50) return
  // A fuzzer that never gets to the hard places proves nothing.
  expect(typed / HISTORIES).toBeGreaterThan(20)
  expect(refusals / HISTORIES).toBeGreaterThan(0.2)
}, 1_800_000)
