import * as Y from 'yjs'
import { expect, test } from 'vitest'
import { openBracketsOn } from '#shared/document/agreement.ts'
import { endSilence } from '#shared/document/issue/silence.ts'
import { Projection } from '#shared/document/composition/projection.ts'
import { baseTextOf, decisionOf, headOf, paragraphsInOrder } from '#shared/document/schema.ts'
import { recordGet } from '#shared/document/records.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import { DISPOSITIONS } from '#shared/model/proposals/decision.ts'
import type { ParagraphId, ProposalId } from '#shared/model/ids.ts'
import { formatLabel } from '#shared/model/label.ts'
import { misplaced } from '#test/kit/labels.ts'
import type { Label } from '#shared/model/label.ts'
import { isAgreed } from '#shared/model/status.ts'
import { Room } from '#test/kit/drafting.ts'
import type { Drafter } from '#test/kit/drafting.ts'
import { misnamed } from '#test/kit/as-seen.ts'
import { outlined } from '#test/kit/families.ts'
import { histories } from '#test/kit/histories.ts'
import { DELEGATIONS, keysOf, randomCommand } from '#test/kit/negotiating.ts'
import { openBrackets } from '#test/kit/open-brackets.ts'
import { Random } from '#test/kit/random.ts'
import { seedsUpTo } from '#test/kit/seeds.ts'

const HISTORIES = histories(1 / 4)
const STEPS = 50
const TEXTS = [
  'one two three four five six',
  'seven eight nine ten',
  'eleven twelve thirteen',
  'fourteen fifteen',
]

/** What must hold after every step, and what must have been seen in the end. */
class Watch {
  readonly #authors = new Map<ProposalId, string>()
  readonly #agreed = new Map<ParagraphId, string>()
  readonly #decided = new Map<ProposalId, string>()
  readonly reached = new Map<string, number>()
  readonly undone = new Map<string, number>()
  readonly effects = new Map<string, number>()

  look({ od }: Room, where: string): void {
    this.#attribution(od, where)
    this.#agreement(od, where)
    this.#labels(od, where)
  }

  #attribution(od: OutcomeDocument, where: string): void {
    for (const id of od.proposals.keys() as IterableIterator<ProposalId>) {
      const by = headOf(od, id)?.by
      expect(by, `${where}: ${id} has no author`).toBe(this.#authors.get(id) ?? by)
      expect(by).toBeTruthy()
      this.#authors.set(id, by!)
      this.#disposition(od, id, where)
    }
  }

  /** 13.4: what was decided, and by whom, is known for ever; also when it was taken back. */
  #disposition(od: OutcomeDocument, id: ProposalId, where: string): void {
    const before = this.#decided.get(id)
    const decision = decisionOf(od, id)
    const now = decision && `${decision.disposition}/${decision.by}/${decision.at}`
    if (before === now) return
    if (decision) {
      expect(decision.by, where).toBeTruthy()
      this.#decided.set(id, now!)
      count(this.reached, decision.disposition)
      count(this.effects, decision.effect.kind)
      return
    }
    const last = (recordGet(od, `reopened/${id}`) ?? []).at(-1)
    expect(`${last?.decision.disposition}/${last?.decision.by}/${last?.decision.at}`, where).toBe(before)
    this.#decided.delete(id)
    count(this.undone, last!.decision.disposition)
  }

  /** 7.3: while it is agreed it does not change. */
  #agreement(od: OutcomeDocument, where: string): void {
    const brackets = openBrackets(od)
    for (const { id } of paragraphsInOrder(od)) {
      const open = brackets.get(id) ?? []
      expect([...openBracketsOn(od, id)].sort(), `${where}: asked of ${id} alone`).toEqual(open)
      const text = baseTextOf(od, id)!.toJSON()
      if (!isAgreed(recordGet(od, `status/${id}`)?.status)) this.#agreed.delete(id)
      else if (this.#agreed.has(id))
        expect(text, `${where}: an agreed paragraph changed`).toBe(this.#agreed.get(id))
      else this.#agreed.set(id, text)
    }
  }

  #labels(od: OutcomeDocument, where: string): void {
    const labels = shownLabels(od)
    const written = labels.map(formatLabel)
    expect(new Set(written).size, `${where}: ${written.join()}`).toBe(written.length)
    expect(misplaced(labels), where).toBeNull()
  }
}

/** Of the paragraphs and of the proposed ones, by their places. */
function shownLabels(od: OutcomeDocument): Label[] {
  const places = paragraphsInOrder(od).flatMap(({ label, order }) => (label ? [{ label, order }] : []))
  for (const id of keysOf({ od }, 'label') as ProposalId[]) {
    const issued = recordGet(od, `label/${id}`)
    const isBlock = ['paragraph', 'alternative'].includes(headOf(od, id)?.kind ?? '')
    if (issued?.label && isBlock && !decisionOf(od, id)) places.push({ ...issued, label: issued.label })
  }
  return places.sort((a, b) => (a.order < b.order ? -1 : 1)).map(({ label }) => label)
}

/** All that a decision can do to the text. */
const EFFECTS = [
  'family-changed',
  'merged',
  'merged-into',
  'none',
  'paragraph-added',
  'paragraph-moved',
  'paragraph-split',
  'paragraph-vacated',
  'paragraphs-joined',
]

const add = (counts: Map<string, number>, more: ReadonlyMap<string, number>) => {
  for (const [key, times] of more) counts.set(key, (counts.get(key) ?? 0) + times)
}

const count = (counts: Map<string, number>, key: string) => counts.set(key, (counts.get(key) ?? 0) + 1)

function draft(room: Room, drafter: Drafter, word: string): void {
  const { random } = room
  const pos = random.int(drafter.state.doc.content.size - 2) + 1
  const $pos = drafter.state.doc.resolve(pos)
  if (!$pos.parent.isTextblock) return
  drafter.select(pos, random.chance(0.5) ? Math.min($pos.end(), pos + random.int(12)) : pos)
  if (random.chance(0.1)) drafter.binding.newParagraph([[{ insert: word }]])
  else drafter.type(word)
}

test('2.2 5.3 6.8 7.3 9.4 13.2 13.4 in random negotiations the rules hold after every step, and all see the same', () => {
  const reached = new Map<string, number>()
  const undone = new Map<string, number>()
  const effects = new Map<string, number>()
  const executed = new Map<string, number>()
  for (const seed of seedsUpTo(HISTORIES)) {
    const room = new Room(new Random(seed + 700_000), outlined(TEXTS, seed))
    for (const actor of DELEGATIONS.slice(0, 3)) room.seat({ name: actor.name, actor })
    const live = new Projection(room.od)
    live.blocks().map((block) => live.composed(block))
    const seen = new Watch()
    for (let step = 0; step < STEPS; step++) {
      const where = `seed ${seed}, step ${step}`
      room.od.doc.transact(() => endSilence(room.od, room.now()))
      if (room.random.chance(0.35))
        draft(room, room.random.pick(room.drafters), `w${step} x${step} y${step} `)
      // Not always: what is typed meanwhile arrives late.
      if (room.random.chance(0.7)) room.settleDown()
      const asked = randomCommand({ od: room.od, random: room.random, now: room.now() })
      if (!asked) continue
      const before = Y.encodeStateAsUpdate(room.od.doc)
      const result = room.command(asked.command, asked.actor)
      const why = `${where}: ${JSON.stringify(asked.command)}`
      if (result.ok) count(executed, asked.command.kind)
      else
        expect(
          Buffer.compare(Y.encodeStateAsUpdate(room.od.doc), before),
          `${why} was refused but changed something`,
        ).toBe(0)
      seen.look(room, why)
    }
    room.settleDown()
    expect(misnamed(room.od), `seed ${seed}`).toEqual([])
    const texts = room.drafters.map((drafter) => drafter.text())
    for (const text of texts) expect(text, `seed ${seed}`).toBe(texts[0])
    const full = new Projection(room.od)
    expect(
      live.blocks().map((block) => live.composed(block).pieces),
      `seed ${seed}`,
    ).toEqual(full.blocks().map((block) => full.composed(block).pieces))
    add(reached, seen.reached)
    add(undone, seen.undone)
    add(effects, seen.effects)
  }
  for (const disposition of DISPOSITIONS.filter((name) => name !== 'superseded')) {
    expect(reached.get(disposition) ?? 0, disposition).toBeGreaterThan(0)
    expect(undone.get(disposition) ?? 0, disposition).toBeGreaterThan(0)
  }
  expect([...effects.keys()].sort()).toEqual(EFFECTS)
  expect(executed.size).toBeGreaterThan(18)
})
