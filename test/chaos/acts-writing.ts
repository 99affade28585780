import type { NamedAct, Moment } from './acts.ts'
import { forgetAll } from './person.ts'
import type { Person } from './person.ts'
import { someWords } from './seen.ts'

const proposes = (person: Person) => person.proposes

async function typesAt({ room, person, random }: Moment, label: string, offset: number): Promise<boolean> {
  await person.screen.place(label, { offset })
  await person.types(room.tokens.fresh(), random.pick([0, 0, 15, 60]))
  return true
}

/** Behind a word, wherever it stands: in base text, in an own bracket, or in another's. */
async function inserts(moment: Moment): Promise<boolean> {
  const { screen } = moment.person
  const words = await someWords(screen, moment.random)
  return words !== null && typesAt(moment, words.label, words.end)
}

/** In the middle of a word. */
async function insertsWithin(moment: Moment): Promise<boolean> {
  const words = await someWords(moment.person.screen, moment.random)
  return words !== null && typesAt(moment, words.label, words.start + 2)
}

async function replaces({ room, person, random }: Moment): Promise<boolean> {
  const words = await someWords(person.screen, random)
  if (words === null) return false
  await person.screen.place(words.label, { offset: words.start }, { offset: words.end })
  forgetAll(room.people, words.words)
  await person.types(room.tokens.fresh(), random.pick([0, 20]))
  return true
}

async function erases({ room, person, random }: Moment): Promise<boolean> {
  const words = await someWords(person.screen, random)
  if (words === null) return false
  await person.screen.place(words.label, { offset: words.start }, { offset: words.end })
  forgetAll(room.people, words.words)
  await person.screen.press(random.pick(['Backspace', 'Delete']))
  return true
}

async function newParagraph({ room, person, random }: Moment): Promise<boolean> {
  const words = await someWords(person.screen, random)
  if (words === null) return false
  await person.screen.place(words.label, { offset: words.end })
  await person.screen.press('End', 'Enter')
  await person.types(room.tokens.fresh(), random.pick([0, 20]))
  return true
}

async function takesBack({ person, random }: Moment): Promise<boolean> {
  const last = person.typed.at(-1)
  if (!last) return false
  // Undo goes back in steps of its own: what was typed lately may go with it.
  person.forgets(person.typed.slice(-8).map(({ token }) => token))
  for (let steps = 1 + random.int(2); steps > 0; steps--) await person.screen.press('Control+z')
  return true
}

/** Begins or ends drafting privately. */
async function switchesDrafting({ person }: Moment): Promise<boolean> {
  const { page } = person.screen
  await page.getByRole('button', { name: /^Where it goes/ }).click({ timeout: 3_000 })
  const name = person.drafting ? /^(Table|Visible to all)/ : /^Draft privately/
  await page.getByRole('menuitemradio', { name }).first().click({ timeout: 3_000 })
  person.drafting = !person.drafting
  return true
}

/** Tables the draft at the caret, or that of the next draft's card. */
async function tables({ person }: Moment): Promise<boolean> {
  const draft = person.screen.page.locator('[data-row]').filter({ hasText: /draft/i }).first()
  if ((await draft.count()) === 0) return false
  await draft.focus({ timeout: 3_000 })
  await person.screen.press('t')
  return true
}

/** Drafts one word privately, and tables it from where it stands. */
async function tablesWhereItStands({ room, person, random }: Moment): Promise<boolean> {
  if (!person.drafting) return false
  const words = await someWords(person.screen, random)
  if (words === null) return false
  await typesAt({ room, person, random }, words.label, words.end)
  await person.screen.press('Control+Enter')
  return true
}

export const writing: readonly NamedAct[] = [
  { name: 'inserts', who: proposes, weight: 12, act: inserts },
  { name: 'inserts within a word', who: proposes, weight: 6, act: insertsWithin },
  { name: 'replaces', who: proposes, weight: 8, act: replaces },
  { name: 'erases', who: proposes, weight: 5, act: erases },
  { name: 'proposes a paragraph', who: proposes, weight: 3, act: newParagraph },
  { name: 'takes typing back', who: proposes, weight: 4, act: takesBack },
  { name: 'switches drafting', who: (person) => person.isDelegation, weight: 3, act: switchesDrafting },
  { name: 'tables', who: (person) => person.isDelegation, weight: 4, act: tables },
  {
    name: 'tables a draft in the text',
    who: (person) => person.drafting,
    weight: 6,
    act: tablesWhereItStands,
  },
]
