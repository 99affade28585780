import { expect } from 'vitest'
import { Random } from '#test/kit/random.ts'
import { ACTS } from './acts.ts'
import type { NamedAct } from './acts.ts'
import { leavesDialog } from './acts-deciding.ts'
import { caretStays, exportAgrees, nothingDoubled, nothingLost, settle } from './checks.ts'
import type { Person } from './person.ts'
import { Room } from './room.ts'
import { aWordOfItsOwn } from './seen.ts'

/** After so many rounds everything is compared. */
const ROUNDS_BETWEEN_CHECKS = 4

export interface Ran {
  /** How often each act did something. */
  readonly did: ReadonlyMap<string, number>
}

/** One history: the same seed makes the same choices, though not the same timing. Throws where something was wrong. */
export async function runHistory(seed: number, steps: number, tell: (line: string) => void): Promise<Ran> {
  const random = new Random(seed)
  const room = await Room.call(random)
  const did = new Map<string, number>()
  try {
    for (let step = 1; step <= steps; step++) {
      await round(room, random, did, (line) => tell(`${step}: ${line}`))
      if (step % ROUNDS_BETWEEN_CHECKS === 0 || step === steps) await check(room)
    }
    expect(await room.product.cli('verify')).toMatch(/^All sound/)
    return { did }
  } finally {
    await room.end()
  }
}

/** Up to three people act at once; the others’ carets stand where they were left. */
async function round(
  room: Room,
  random: Random,
  did: Map<string, number>,
  tell: (line: string) => void,
): Promise<void> {
  const people = shuffled(room.people, random)
  const acting = people.slice(0, 1 + random.int(3))
  for (const person of people.slice(acting.length)) await rest(person, random)
  await Promise.all(
    acting.map(async (person) => {
      const chosen = pickAct(person, random)
      // Its choices do not depend on how fast the others are.
      const own = new Random(random.int(2 ** 31))
      person.mark = null
      try {
        const done = await chosen.act({ room, person, random: own })
        tell(`${person.seat} ${chosen.name}${done ? '' : ': not possible'}`)
        if (done) did.set(chosen.name, (did.get(chosen.name) ?? 0) + 1)
      } catch (error) {
        // A colleague was first, and what it was about is gone; what matters is compared at the next check.
        tell(
          `${person.seat} ${chosen.name}: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`,
        )
        await leavesDialog(person)
      }
    }),
  )
}

/** Puts the caret into a word and leaves it there. */
async function rest(person: Person, random: Random): Promise<void> {
  if (person.mark !== null || random.chance(0.4)) return
  const word = await aWordOfItsOwn(person.screen, random)
  if (word === null) return
  const offset = 1 + random.int(word.words.length - 1)
  await person.screen.place(word.label, { offset: word.start + offset })
  // Others may have written between the look and the click: then it stands elsewhere.
  const caret = await person.screen.caret()
  const text = caret?.label === word.label ? await person.screen.text(word.label) : ''
  if (caret && text.indexOf(word.words) === caret.head - offset) person.mark = { word: word.words, offset }
}

async function check(room: Room): Promise<void> {
  const shown = await settle(room)
  for (const person of room.people) await caretStays(person)
  await exportAgrees(room, shown)
  await nothingLost(room)
  nothingDoubled(shown)
  expect(room.problems()).toEqual([])
}

function pickAct(person: Person, random: Random): NamedAct {
  const able = ACTS.filter(({ who }) => who(person))
  let at = random.next() * able.reduce((sum, { weight }) => sum + weight, 0)
  for (const act of able) {
    at -= act.weight
    if (at < 0) return act
  }
  throw new Error('nobody has nothing to do')
}

const shuffled = <T>(list: readonly T[], random: Random): T[] =>
  list
    .map((each) => ({ each, key: random.next() }))
    .sort((a, b) => a.key - b.key)
    .map(({ each }) => each)
