import { expect, test } from 'vitest'
import { itemsBetween } from '#shared/document/text/anchor.ts'
import { causesOf } from '#shared/document/history/causes.ts'
import { compareTexts } from '#shared/document/history/compare.ts'
import type { Cause, ComparedPiece, FrozenText } from '#shared/document/history/compared.ts'
import { freeze } from '#shared/document/history/freeze.ts'
import { phraseHistory } from '#shared/document/history/history.ts'
import { RunMap } from '#shared/document/text/run-map.ts'
import { baseTextOf, paragraphFacts, paragraphsInOrder } from '#shared/document/schema.ts'
import { recordGet } from '#shared/document/records.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import { changesSince } from '#shared/document/history/since.ts'
import { endSilence } from '#shared/document/issue/silence.ts'
import { formatLabel } from '#shared/model/label.ts'
import { seriesKey } from '#shared/model/label-path.ts'
import type { Revision } from '#shared/model/revision.ts'
import { Room } from '#test/kit/drafting.ts'
import type { Drafter } from '#test/kit/drafting.ts'
import { outlined } from '#test/kit/families.ts'
import { histories } from '#test/kit/histories.ts'
import { CHAIR, DELEGATIONS, keysOf, randomCommand } from '#test/kit/negotiating.ts'
import { Random } from '#test/kit/random.ts'
import { seedsUpTo } from '#test/kit/seeds.ts'

const HISTORIES = histories(1 / 4)
const STEPS = 45
const TEXTS = [
  'one two three four five six',
  'seven eight nine ten',
  'eleven twelve thirteen',
  'fourteen fifteen',
]

/** A moment of a history, to look back at. */
interface Moment {
  readonly text: FrozenText
  readonly at: number
}

/** Who typed each word: `w017` is of the 17th step, and cannot be mistaken for a part of another. */
type Authors = Map<string, string>

const WORDS = /\bw\d{3}\b/gu

function draft(room: Room, drafter: Drafter, step: number, authors: Authors): void {
  const { random } = room
  const { doc } = drafter.state
  const pos = random.int(doc.content.size - 2) + 1
  const $pos = doc.resolve(pos)
  if (!$pos.parent.isTextblock) return
  const word = `w${String(step).padStart(3, '0')}`
  // What facilitators write into a paragraph becomes part of its proposal when its acceptance is taken back.
  if (drafter.seat.actor !== CHAIR) authors.set(word, drafter.seat.actor.participant!)
  drafter.select(pos, random.chance(0.5) ? Math.min($pos.end(), pos + random.int(12)) : pos)
  if (random.chance(0.15)) drafter.binding.newParagraph([[{ insert: ` ${word} ` }]])
  else drafter.type(` ${word} `)
  if (random.chance(0.1)) drafter.undo.undo()
}

const idsOf = (paragraphs: FrozenText['paragraphs']) => paragraphs.map(({ id }) => id)

/** A bracket may name another paragraph by its number. */
const NUMBER =
  /(?:Article )?\b\d+(?:, paragraph \d+)?(?: (?:\([a-z]+\)|bis|ter|qua\w+|quin\w+|sex\w+|sept\w+|oct\w+|nov\w+|alt(?: \d+)?))*/gu

/** A paragraph that has no number any more, because its acceptance was taken back, is named by its words. */
const unnumbered = (text: string): string =>
  text
    .replaceAll(NUMBER, '#')
    .replaceAll(/“[^”]*”/gu, '#')
    .replaceAll(/[⁰¹²³⁴-⁹][q\p{Lm}]*/gu, '*')
    .replaceAll(/after #|to the beginning/gu, 'elsewhere')

const bracketsOf = ({ paragraphs, proposed }: FrozenText) =>
  new Map(
    [...paragraphs, ...proposed]
      .filter(({ open }) => open.length > 0)
      .map(({ id, open, text }) => [id, { open, text: unnumbered(text) }]),
  )

/** 8.1 */
function checkNumbers(od: OutcomeDocument, before: FrozenText, where: string): void {
  const after = freeze(od, 1)
  const numbered = paragraphsInOrder(od).filter(({ label, vacant }) => label !== null && !vacant)
  const reached = new Map<string, number>()
  for (const { label } of numbered) {
    const number = (reached.get(seriesKey(label!)) ?? 0) + 1
    reached.set(seriesKey(label!), number)
    expect(label, where).toMatchObject({ number, suffix: 0 })
  }
  expect(paragraphsInOrder(od).filter(({ former }) => former !== null)).toEqual([])
  const shownBefore = before.paragraphs.filter(({ vacant, open }) => !vacant || open.length > 0)
  // What stands on words that are gone may be shown beside the text alone: its paragraph stays too.
  expect(idsOf(after.paragraphs), where).toEqual(expect.arrayContaining(idsOf(shownBefore)) as unknown)
  expect(bracketsOf(after), where).toEqual(bracketsOf(before))
  checkConcordance(od, before, where)
}

function checkConcordance(od: OutcomeDocument, before: FrozenText, where: string): void {
  const last = Math.max(...keysOf({ od }, 'revision').map(Number))
  const { concordance } = recordGet(od, `revision/${last}`) as Revision
  const labels = new Map<string, string>(before.paragraphs.map(({ id, label }) => [id, label]))
  for (const { paragraph, now, was, contributors, why } of concordance) {
    const label = paragraphFacts(od, paragraph)?.label
    expect(label ? formatLabel(label) : null, where).toBe(now)
    if (!why.includes('moved')) expect(was, where).toBe(labels.get(paragraph))
    if (now !== was) expect(why, `${where}: ${was} → ${now}`).not.toEqual([])
    expect(new Set(contributors).size).toBe(contributors.length)
  }
}

const basesOf = ({ paragraphs }: FrozenText): Map<string, string> =>
  new Map(paragraphs.map(({ id, base }) => [id, base]))

const textOf = (pieces: readonly ComparedPiece[], ...kinds: ComparedPiece['kind'][]): string =>
  pieces
    .filter(({ kind }) => kinds.includes(kind))
    .map(({ text }) => text)
    .join('')

const isNamed = (causes: readonly Cause[], author: string | undefined): boolean =>
  causes.some(({ by, takenOverBy }) => by === author || takenOverBy.some((one) => one === author))

/** Its characters stood there already, with another word among them that went. */
function isReunited(od: OutcomeDocument, word: string, { paragraphs }: FrozenText): boolean {
  const stood = new RunMap<true>()
  for (const { runs } of paragraphs) stood.add(runs, true)
  return freeze(od, 1).paragraphs.some(({ id, base }) => {
    const at = base.indexOf(word)
    return at >= 0 && itemsBetween(baseTextOf(od, id)!, at, at + word.length).every((item) => stood.get(item))
  })
}

/** 8.4: returns how many words were traced to who asked for them. */
function checkComparison(
  od: OutcomeDocument,
  { text: before }: Moment,
  authors: Authors,
  where: string,
): number {
  const after = freeze(od, 2)
  const old = basesOf(before)
  const now = basesOf(after)
  const known = [...old.values()].join('\n')
  const compared = compareTexts(before, after, causesOf(od))
  let traced = 0
  expect(new Set(compared.map(({ id }) => id)), where).toEqual(new Set([...old.keys(), ...now.keys()]))
  for (const { id, pieces, change } of compared) {
    expect(textOf(pieces, 'same', 'inserted'), where).toBe(now.get(id) ?? '')
    expect(textOf(pieces, 'same', 'deleted'), where).toBe(old.get(id) ?? '')
    if (change === 'same') expect(now.get(id), where).toBe(old.get(id))
    for (const { kind, text, causes } of pieces) {
      if (kind !== 'same') expect(causes, where).not.toEqual([])
      if (kind !== 'inserted') continue
      for (const [word] of text.matchAll(WORDS)) {
        if (!authors.has(word) || known.includes(word) || isReunited(od, word, before)) continue
        expect(isNamed(causes, authors.get(word)), `${where}: ${word} in “${text}”`).toBe(true)
        traced++
      }
    }
  }
  return traced
}

/** 8.5 */
function checkPhrases(od: OutcomeDocument, authors: Authors, where: string): void {
  for (const { id, base } of freeze(od, 1).paragraphs) {
    for (const { 0: word, index } of base.matchAll(WORDS)) {
      if (!authors.has(word)) continue
      const causes = phraseHistory(od, id, index, index + word.length)
      expect(isNamed(causes, authors.get(word)), `${where}: ${word}`).toBe(true)
    }
  }
}

/** 12.1 */
function checkNews(od: OutcomeDocument, { text, at }: Moment, where: string): void {
  const news = new Map<string, readonly string[]>(
    changesSince(text, at, od).map(({ paragraph, kinds }) => [paragraph, kinds]),
  )
  const old = new Map<string, string>(text.paragraphs.map(({ id, text: said }) => [id, said]))
  const bases = basesOf(text)
  const now = freeze(od, 1)
  for (const { id, text: said, base } of now.paragraphs) {
    if (old.get(id) !== said) expect(news.has(id), `${where}: ${said}`).toBe(true)
    if (old.has(id) && bases.get(id) !== base) expect(news.get(id), where).toContain('text')
  }
  for (const { id } of now.proposed)
    if (!text.proposed.some((one) => one.id === id)) expect(news.has(id), where).toBe(true)
}

test('8.1 8.2 8.4 8.5 12.1 in random negotiations every word is traced, every number is in its place', () => {
  let [issued, traced] = [0, 0]
  for (const seed of seedsUpTo(HISTORIES)) {
    const room = new Room(new Random(seed + 900_000), outlined(TEXTS, seed))
    for (const actor of [...DELEGATIONS.slice(0, 3), CHAIR]) room.seat({ name: actor.name, actor })
    const { od, random } = room
    const authors: Authors = new Map()
    const moments: Moment[] = [{ text: freeze(od, 1), at: room.now() }]
    for (let step = 0; step < STEPS; step++) {
      const where = `seed ${seed}, step ${step}`
      od.doc.transact(() => endSilence(od, room.now()))
      if (random.chance(0.5)) draft(room, random.pick(room.drafters), step, authors)
      room.settleDown()
      const asked = randomCommand({ od, random, now: room.now() })
      const before = asked?.command.kind === 'revision-issue' ? freeze(od, 1) : null
      const result = asked && room.command(asked.command, asked.actor)
      if (before && result?.ok) {
        issued++
        checkNumbers(od, before, where)
      }
      if (random.chance(0.1)) moments.push({ text: freeze(od, 1), at: room.now() })
    }
    for (const [i, moment] of moments.entries()) {
      const where = `seed ${seed}, moment ${i}`
      traced += checkComparison(od, moment, authors, where)
      checkNews(od, moment, where)
    }
    checkPhrases(od, authors, `seed ${seed}`)
  }
  expect(issued).toBeGreaterThan(HISTORIES / 4)
  expect(traced).toBeGreaterThan(HISTORIES)
})
