import * as Y from 'yjs'
import { expect, test } from 'vitest'
import { execute } from '#shared/document/commands/execute.ts'
import { isEmptied } from '#shared/document/issue/emptied.ts'
import { addProposal, baseTextOf } from '#shared/document/schema.ts'
import { recordGet } from '#shared/document/records.ts'
import { foldWording } from '#shared/document/text/fingerprint.ts'
import { writeText } from '#shared/formats/text/write-text.ts'
import type { Command } from '#shared/model/command.ts'
import type { ParagraphId, ParticipantId } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'
import { sameItem } from '#shared/model/proposals/proposal.ts'
import type { Anchor, ItemId } from '#shared/model/proposals/proposal.ts'
import { change, FACILITATOR, JAPAN, KENYA, openRoom, submit } from '#test/kit/admission-room.ts'
import type { Room } from '#test/kit/admission-room.ts'
import { FIRST, FRESH, head, SECOND, written } from '#test/kit/admission-scene.ts'
import { shownNow } from '#test/kit/as-seen.ts'
import { histories } from '#test/kit/histories.ts'
import { Random } from '#test/kit/random.ts'
import { seedsUpTo } from '#test/kit/seeds.ts'

/**
 * A proponent with a forged client puts its proposal wherever it likes, in a text of few different words, while the
 * facilitators delete some. Where it stands is told here by the characters, known from the beginning.
 */

const HISTORIES = histories(0.2)
const STEPS = 40
const BASE = 'not, and not and not,, not and and'
const MARK = ' (on earlier wording)'
const EU: Actor = {
  ...JAPAN,
  person: 'elke' as Actor['person'],
  name: 'Elke',
  participant: 'EU' as ParticipantId,
}

const seen = { moved: 0, marked: 0, returned: 0, refused: 0, spoken: 0, sameForOthers: 0 }

interface Letter {
  readonly item: ItemId
  readonly isWord: boolean
}

interface History {
  readonly room: Room
  readonly random: Random
  readonly letters: ReadonlyMap<ParagraphId, readonly Letter[]>
  /** Where it has been put. */
  readonly been: Anchor[]
  /** Whether the facilitators have deleted anything: then a name may be marked without need. */
  deleted: boolean
  /** By participant: the place that its name was last given for. */
  readonly given: Map<ParticipantId, string>
  /** What somebody's screen showed at some time. */
  readonly shown: { readonly place: string; readonly asSeen: ReturnType<typeof shownNow> }[]
  readonly where: () => string
}

test('15.6 15.7 in random histories no name stands unmarked on a place that it was not given for', () => {
  for (const seed of seedsUpTo(HISTORIES)) run(seed)
  for (const [what, times] of Object.entries(seen)) expect(times, what).toBeGreaterThan(0)
})

function run(seed: number): void {
  let step = 0
  const history = begin(seed, () => `seed ${seed}, step ${step}`)
  for (; step < STEPS; step++) {
    history.room.now += 1_000
    const dice = history.random.next()
    if (dice < 0.45) put(history)
    else if (dice < 0.8) speak(history)
    else if (dice < 0.85 && seed % 2 === 0) deleteSome(history)
    namesAreHonest(history)
  }
}

function begin(seed: number, where: () => string): History {
  const room = openRoom()
  const random = new Random(seed)
  const letters = new Map<ParagraphId, Letter[]>()
  change(room, () => {
    for (const paragraph of [FIRST, SECOND]) {
      const text = baseTextOf(room.od, paragraph)!
      text.delete(0, text.length)
      text.insert(0, BASE)
      letters.set(paragraph, lettersOf(text))
    }
  })
  const text = random.chance(0.6) ? 'never' : ''
  const anchor = { kind: 'range', host: FIRST, paragraph: FIRST, ...ends(letters.get(FIRST)!, 0, 2) } as const
  const update = written(room, 2_000_001, (od) => addProposal(od, FRESH, head('KEN'), anchor, text))
  expect(submit(room, KENYA, update)).toMatchObject({ ok: true })
  return { room, random, letters, been: [anchor], deleted: false, given: new Map(), shown: [], where }
}

function lettersOf(text: Y.Text): Letter[] {
  const letters: Letter[] = []
  for (let item = text._start; item; item = item.right) {
    const { content, deleted, id } = item
    if (deleted || !(content instanceof Y.ContentString)) continue
    for (const [i, letter] of content.str.split('').entries())
      letters.push({ item: [id.client, id.clock + i], isWord: foldWording(letter) !== '' })
  }
  return letters
}

const ends = (letters: readonly Letter[], from: number, to: number) => ({
  start: letters[from]!.item,
  end: letters[to]!.item,
})

/** Kenya puts it anywhere, or where it was before, or takes its anchor away. */
function put(history: History): void {
  const { room, random, where, been } = history
  const before = placeOf(history)
  const anchor = random.chance(0.1) ? null : random.chance(0.4) ? random.pick(been) : anywhere(history)
  if (anchor) been.push(anchor)
  const update = written(room, 2_000_001, (od) =>
    anchor ? od.anchors.set(FRESH, anchor) : od.anchors.delete(FRESH),
  )
  expect(submit(room, KENYA, update), where()).toMatchObject({ ok: true })
  if (placeOf(history) === before || isEmptied(room.od, FRESH) || before === TAKEN) return
  seen.moved++
  if (history.given.size > 0)
    expect(recordGet(room.od, `reanchored/${FRESH}`)?.at(-1), where()).toMatchObject({
      how: 'moved',
      at: room.now,
    })
}

function anywhere({ random, letters }: History): Anchor {
  const paragraph = random.chance(0.8) ? FIRST : SECOND
  const all = letters.get(paragraph)!
  const from = random.int(all.length)
  const common = { host: paragraph, paragraph } as const
  if (random.chance(0.4)) return { kind: 'point', ...common, at: from === 0 ? null : all[from - 1]!.item }
  const to = Math.min(all.length - 1, from + random.pick([2, 2, 2, 3, 4]))
  return { kind: 'range', ...common, ...ends(all, from, to) }
}

const TAKEN = 'no anchor'

/** The letters of words that it covers, or the last one that it stands behind, deleted ones too. */
function placeOf({ room, letters }: History): string {
  const anchor = room.od.anchors.get(FRESH)
  if (!anchor) return TAKEN
  if (anchor.kind !== 'range' && anchor.kind !== 'point') throw new Error('not on words')
  const all = letters.get(anchor.host as ParagraphId)!
  const indexOf = (item: ItemId) => all.findIndex((letter) => sameItem(letter.item, item))
  const words = (from: number, to: number) =>
    all.flatMap(({ isWord }, i) => (isWord && i >= from && i <= to ? [i] : []))
  if (anchor.kind === 'range')
    return `${anchor.host} ${words(indexOf(anchor.start), indexOf(anchor.end)).join()}`
  return `${anchor.host} behind ${words(0, anchor.at ? indexOf(anchor.at) : -1).at(-1) ?? 'nothing'}`
}

/** Of what is shown now, or was shown some time ago. */
function speak(history: History): void {
  const { room, random, given, shown, where } = history
  const { od, now } = room
  const place = placeOf(history)
  shown.push({ place, asSeen: shownNow(od, FRESH) })
  const looked = random.chance(0.5) ? shown.at(-1)! : random.pick(shown)
  const actor = random.pick([JAPAN, EU])
  const command: Command = { kind: 'position-take', on: FRESH, position: 'support', ...looked.asSeen }
  const result = change(room, () => execute({ od, actor, now, sequence: 1 }, command))
  if (!result.ok) {
    seen.refused++
    return
  }
  seen.spoken++
  expect(looked.place, `${where()}: spoken of another place`).toBe(place)
  given.set(actor.participant!, place)
}

function deleteSome(history: History): void {
  const { room, random } = history
  const update = written(room, 4_000_001, (od) => {
    const text = baseTextOf(od, FIRST)!
    const at = random.int(Math.max(1, text.length - 4))
    text.delete(at, Math.min(text.length - at, 1 + random.int(4)))
  })
  expect(submit(room, FACILITATOR, update)).toMatchObject({ ok: true })
  history.deleted = true
}

function namesAreHonest(history: History): void {
  const { room, given, where, deleted } = history
  if (isEmptied(room.od, FRESH)) return
  const shown = writeText(room.od)
  const place = placeOf(history)
  for (const [participant, for_] of given) {
    const isMarked = shown.includes(participant + MARK)
    expect(shown.includes(participant), `${where()}: ${shown}`).toBe(true)
    if (isMarked) seen.marked++
    else expect(place, `${where()}: ${participant} stands unmarked: ${shown}`).toBe(for_)
    if (place === for_ && !deleted) expect(isMarked, `${where()}: marked without need: ${shown}`).toBe(false)
    const { number, highest } = recordGet(room.od, `placing/${FRESH}`) ?? { number: 0, highest: 0 }
    if (!isMarked && number < highest) seen.returned++
    if (isMarked && [...given.values()].includes(place)) seen.sameForOthers++
  }
}
