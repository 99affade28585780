import * as Y from 'yjs'
import { expect, test } from 'vitest'
import { openDocument } from '#shared/document/schema.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import { ADMISSION_CODES } from '#shared/document/admit/verdict.ts'
import { openBrackets } from '#test/kit/open-brackets.ts'
import type { ParagraphId, ProposalId } from '#shared/model/ids.ts'
import { act, receive, sitDown } from '#test/kit/admission-drafter.ts'
import type { Drafter } from '#test/kit/admission-drafter.ts'
import { knownOf, mutateBytes, mutateStructs } from '#test/kit/admission-mutate.ts'
import { lawful, look } from '#test/kit/admission-oracle.ts'
import {
  decide,
  explain,
  FACILITATOR,
  JAPAN,
  judge,
  KENYA,
  openRoom,
  replicaOf,
  submit,
} from '#test/kit/admission-room.ts'
import type { Room } from '#test/kit/admission-room.ts'
import { histories } from '#test/kit/histories.ts'
import { Random } from '#test/kit/random.ts'
import { seedsUpTo } from '#test/kit/seeds.ts'

/** Fewer would not reach all kinds of them. */
const HISTORIES = histories(0.62)
const STEPS = 30
const FORGERIES = 20
/** From this step on one paragraph is agreed. */
const AGREED_AT = 14

const reached = new Map<string, number>()
const count = (what: string) => reached.set(what, (reached.get(what) ?? 0) + 1)

/** Somebody who is behind: a state, and how much of the room's log is in it. */
interface Laggard {
  readonly state: Uint8Array
  readonly seen: number
}

const fallBehind = (room: Room): Laggard => ({
  state: Y.encodeStateAsUpdate(room.od.doc),
  seen: room.log.length,
})

/** The laggard catches up with one merged update, the forgery among the rest. */
function caughtUp({ state, seen }: Laggard, room: Room, update: Uint8Array): OutcomeDocument {
  const od = openDocument(new Y.Doc())
  Y.applyUpdate(od.doc, state)
  Y.applyUpdate(od.doc, Y.mergeUpdates([...room.log.slice(seen), update]))
  return od
}

/**
 * Refused: nothing has moved. Admitted: on a copy, only what a delegation may do has happened, and others see the same,
 * those who come anew and those who are sent it merged with what was before it.
 */
function attack(room: Room, update: Uint8Array, laggard: Laggard, label: string): void {
  const { store } = room.od.doc
  const structs = () => [...store.clients.values()].reduce((sum, list) => sum + list.length, 0)
  const [bytes, pieces] = [Y.encodeStateAsUpdate(room.od.doc), structs()]
  const verdict = judge(room, KENYA, update)
  expect(Y.encodeStateAsUpdate(room.od.doc), label).toEqual(bytes)
  expect(structs(), label).toBe(pieces)
  count('forgeries')
  count(verdict.ok ? (verdict.empty ? 'empty' : 'admitted') : verdict.code)
  if (!verdict.ok) return
  const copy = replicaOf(room.od, 6)
  try {
    Y.applyUpdate(copy.doc, update)
    const effects = lawful(room.od, copy, 'KEN')
    for (const effect of effects) count(effect)
    if (verdict.empty) expect([...effects], label).toEqual(['nothing visible'])
    const seen = look(copy)
    expect(look(replicaOf(copy, 7)), `${label}: a newcomer`).toEqual(seen)
    expect(look(caughtUp(laggard, room, update)), `${label}: a laggard`).toEqual(seen)
  } catch (error) {
    throw new Error(`${label}\n${explain(room, update)}`, { cause: error })
  }
}

/** Forges what is about to be sent, and what was sent before, of Kenya's. */
function flush(
  room: Room,
  random: Random,
  drafter: Drafter,
  sent: Uint8Array[],
  laggard: Laggard,
  label: string,
): void {
  const updates = drafter.outbox
  drafter.outbox = []
  for (const update of updates) {
    if (drafter.actor === KENYA) {
      const known = knownOf(room.od)
      for (let i = 0; i < FORGERIES; i++) {
        const model = i % 3 === 0 && sent.length > 0 ? random.pick(sent) : update
        const forged = i % 4 === 0 ? mutateBytes(model, random) : mutateStructs(model, random, known)
        attack(room, forged, laggard, `${label}, forgery ${i}`)
      }
      sent.push(update)
    }
    expect(submit(room, drafter.actor, update), `${label}: the honest go on`).toMatchObject({ ok: true })
  }
}

test(`no forgery gets through (${HISTORIES} histories)`, () => {
  for (const seed of seedsUpTo(HISTORIES)) {
    const random = new Random(seed)
    const room = openRoom(random.int(2 ** 32))
    const drafters = [KENYA, JAPAN, FACILITATOR].map((actor) => sitDown(room, actor, random.int(2 ** 32)))
    const sent: Uint8Array[] = []
    let laggard = fallBehind(room)
    for (let step = 0; step < STEPS; step++) {
      if (step % 6 === 0) laggard = fallBehind(room)
      const drafter = random.pick(drafters)
      drafter.alone = true
      receive(drafter, random)
      act(drafter, random)
      flush(room, random, drafter, sent, laggard, `seed ${seed}, step ${step}`)
      if (step % 10 === 9) closeSomething(room, random, drafters)
      if (step === AGREED_AT) agreeOnOne(room, random, drafters)
    }
  }
  console.log(Object.fromEntries(reached))
  if (HISTORIES === 0) return
  const effects = [
    'wording',
    'anchor',
    'anchor deleted',
    'creation',
    'nothing visible',
    'empty',
    'admitted',
    'agreed',
  ]
  for (const what of [...ADMISSION_CODES, ...effects]) expect(reached.get(what) ?? 0, what).toBeGreaterThan(0)
})

function agreeOnOne(room: Room, random: Random, drafters: readonly Drafter[]): void {
  const paragraph = random.pick([...room.od.paragraphs.keys()]) as ParagraphId
  for (const proposal of openBrackets(room.od).get(paragraph) ?? [])
    decide(room, { kind: 'proposal-not-retain', proposal })
  if (decide(room, { kind: 'paragraph-status', paragraph, status: 'agreed' }).ok) count('agreed')
  for (const drafter of drafters) {
    receive(drafter, random)
    drafter.undo.clear()
  }
}

function closeSomething(room: Room, random: Random, drafters: readonly Drafter[]): void {
  const ids = [...room.od.proposals.keys()] as ProposalId[]
  if (ids.length === 0) return
  decide(room, { kind: 'proposal-not-retain', proposal: random.pick(ids) })
  for (const drafter of drafters) {
    receive(drafter, random)
    drafter.undo.clear()
  }
}
