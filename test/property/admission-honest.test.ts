import * as Y from 'yjs'
import { expect, test } from 'vitest'
import type { Verdict } from '#shared/document/admit/verdict.ts'
import { openBrackets } from '#test/kit/open-brackets.ts'
import { decisionOf, headOf, isAgreedParagraph } from '#shared/document/schema.ts'
import { can } from '#shared/model/role.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import type { ParagraphId, ProposalId } from '#shared/model/ids.ts'
import { act, receive, sitDown } from '#test/kit/admission-drafter.ts'
import type { Drafter } from '#test/kit/admission-drafter.ts'
import {
  decide,
  explain,
  FACILITATOR,
  JAPAN,
  KENYA,
  KENYA_TOO,
  openRoom,
  submit,
} from '#test/kit/admission-room.ts'
import type { Room } from '#test/kit/admission-room.ts'
import { forgeMove } from '#test/kit/admission-forger.ts'
import { histories } from '#test/kit/histories.ts'
import { Random } from '#test/kit/random.ts'
import { seedsUpTo } from '#test/kit/seeds.ts'

/** Fewer would not reach all kinds of them. */
const HISTORIES = histories(1 / 2)
const STEPS = 120

const reached = new Map<string, number>()
const count = (what: string) => reached.set(what, (reached.get(what) ?? 0) + 1)

interface History {
  readonly room: Room
  readonly random: Random
  readonly drafters: readonly Drafter[]
  /** Sent before; sent again now and then. */
  readonly sent: { readonly drafter: Drafter; readonly update: Uint8Array }[]
  readonly seed: number
}

function begin(seed: number): History {
  const random = new Random(seed)
  const room = openRoom(random.int(2 ** 32))
  const people = [FACILITATOR, KENYA, KENYA_TOO, JAPAN]
  const drafters = people.map((actor) => sitDown(room, actor, random.int(2 ** 32)))
  return { room, random, drafters, sent: [], seed }
}

function send({ room, sent, seed }: History, drafter: Drafter, update: Uint8Array): Verdict {
  const verdict = submit(room, drafter.actor, update)
  count('updates')
  if (!verdict.ok)
    throw new Error(`seed ${seed}, ${drafter.actor.name}: ${verdict.code}\n${explain(room, update)}`)
  sent.push({ drafter, update })
  return verdict
}

function flush(history: History, drafter: Drafter): void {
  const { random, room } = history
  const { outbox, od } = drafter
  if (outbox.length === 0) return
  drafter.outbox = []
  const way = random.int(4)
  if (way === 0) send(history, drafter, outbox.length > 1 ? Y.mergeUpdates(outbox) : outbox[0]!)
  else if (way === 1) {
    const state = Y.encodeStateVector(room.od.doc)
    send(history, drafter, Y.encodeStateAsUpdate(od.doc, state))
    count('reconnected with a difference')
  } else if (way === 2 && random.chance(0.2)) {
    send(history, drafter, Y.encodeStateAsUpdate(od.doc))
    count('reconnected with everything')
  } else for (const update of outbox) send(history, drafter, update)
}

/** A decision, on a proposal whose owners have seen and sent everything: then none of their work can come too late. */
function decideSomething({ room, random, drafters }: History): void {
  const ids = [...room.od.proposals.keys()] as ProposalId[]
  if (ids.length === 0) return
  const proposal = random.pick(ids)
  const { by, via } = headOf(room.od, proposal)!
  // Taking a new paragraph back closes base text, too.
  const decided = decisionOf(room.od, proposal) !== undefined
  const owners = drafters.filter(
    ({ actor }) =>
      actor.participant === by || actor.participant === via || (decided && can(actor.role, 'edit-base')),
  )
  if (owners.some(({ online, outbox }) => !online || outbox.length > 0)) return
  const command = decided
    ? ({ kind: 'decision-undo', proposal } as const)
    : ({ kind: random.chance(0.6) ? 'proposal-accept' : 'proposal-not-retain', proposal } as const)
  if (decide(room, command).ok) count(command.kind)
  for (const owner of owners) {
    receive(owner, random)
    owner.undo.clear()
  }
}

/** Agrees on a paragraph that everybody has seen and has nothing to say on any more, or opens one again. */
function agreeOnSomething({ room, random, drafters }: History): void {
  if (drafters.some(({ online, outbox }) => !online || outbox.length > 0)) return
  const paragraph = random.pick([...room.od.paragraphs.keys()]) as ParagraphId
  const agreed = isAgreedParagraph(room.od, paragraph)
  if (!agreed && random.chance(0.7)) clear(room, paragraph)
  const status = agreed ? 'open' : random.pick(['agreed-ad-ref', 'agreed'] as const)
  const result = decide(room, { kind: 'paragraph-status', paragraph, status, reason: 'It was too early.' })
  if (result.ok) count(agreed ? 'reopened' : 'agreed')
  for (const drafter of drafters) {
    receive(drafter, random)
    drafter.undo.clear()
  }
}

/** Decides what hinders agreement. */
function clear(room: Room, paragraph: ParagraphId): void {
  for (const proposal of openBrackets(room.od).get(paragraph) ?? [])
    decide(room, { kind: 'proposal-not-retain', proposal })
}

function step(history: History): void {
  const { random, drafters, sent } = history
  const drafter = random.pick(drafters)
  const ticket = random.int(100)
  if (ticket < 56) {
    const others = drafters.filter((other) => other !== drafter)
    drafter.alone = drafter.online && others.every(({ outbox }) => outbox.length === 0)
    if (drafter.alone) receive(drafter, random)
    const done = act(drafter, random)
    if (done) count(done)
    if (drafter.alone) flush(history, drafter)
  } else if (ticket < 71) {
    if (drafter.online) flush(history, drafter)
  } else if (ticket < 83) {
    if (drafter.online) receive(drafter, random, random.int(6) + 1)
  } else if (ticket < 87) {
    drafter.online = !drafter.online
    if (!drafter.online) count('offline')
  } else if (ticket < 94) for (let i = 0; i < 4; i++) decideSomething(history)
  else if (ticket < 97) for (let i = 0; i < 3; i++) agreeOnSomething(history)
  else if (ticket < 98) for (let i = 0; i < 4; i++) forge(history)
  else if (sent.length > 0) {
    const again = random.pick(sent)
    expect(send(history, again.drafter, again.update)).toMatchObject({ ok: true, empty: true })
    count('duplicates')
  }
}

/** Whatever undo has made of the text by now, nobody moves another's bracket to other words. */
function forge({ room, random, drafters, seed }: History): void {
  const { actor } = random.pick(drafters)
  try {
    const became = forgeMove(room, actor, random)
    if (became) count(`a forged move ${became}`)
  } catch (error) {
    throw new Error(`seed ${seed}`, { cause: error })
  }
}

const visible = (od: OutcomeDocument): unknown => ({
  paragraphs: od.paragraphs.toJSON() as unknown,
  texts: [...od.paragraphs.values()].map((map) => (map.get('text') as Y.Text).toDelta() as unknown),
  wordings: Object.fromEntries(
    [...od.proposals].map(([id, map]) => [id, (map.get('content') as Y.Text).toDelta() as unknown]),
  ),
  anchors: od.anchors.toJSON() as unknown,
  record: od.record.toJSON() as unknown,
})

function run(seed: number): void {
  const history = begin(seed)
  for (let i = 0; i < STEPS; i++) step(history)
  for (const drafter of history.drafters) flush(history, drafter)
  for (const drafter of history.drafters) receive(drafter, history.random)
  const fresh = sitDown(history.room, KENYA, 5)
  for (const { od } of [...history.drafters, fresh])
    expect(visible(od), `seed ${seed}`).toEqual(visible(history.room.od))
}

test('15.5 of equal letters in a row, brought back together, each is its own', () => run(423))

test(`15.5 honest work is never refused, forged moves come to nothing, and replicas agree (${HISTORIES} histories)`, () => {
  for (const seed of seedsUpTo(HISTORIES)) run(seed)
  console.log(Object.fromEntries(reached))
  if (HISTORIES > 0) {
    const kinds = ['wording', 'base', 'propose', 'reanchor', 'undo', 'redo', 'offline', 'duplicates']
    const ways = ['reconnected with a difference', 'reconnected with everything']
    const decisions = ['proposal-accept', 'proposal-not-retain', 'decision-undo', 'agreed', 'reopened']
    const forged = ['a forged move refused']
    for (const what of [...kinds, ...ways, ...decisions, ...forged])
      expect(reached.get(what) ?? 0, what).toBeGreaterThan(20)
  }
})
