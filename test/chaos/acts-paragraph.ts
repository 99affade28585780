import { gutter } from '#test/kit/procedure.ts'
import { leavesDialog } from './acts-deciding.ts'
import type { Act, Moment, NamedAct } from './acts.ts'
import type { Person } from './person.ts'
import { paragraphsOn, someWords } from './seen.ts'

const decides = (person: Person) => person.decides
const proposes = (person: Person) => person.proposes

/** The menu of some paragraph is opened, and an entry chosen that can be. */
async function fromMenu(moment: Moment, item: RegExp): Promise<string | null> {
  const { person, random } = moment
  const { label } = random.pick(await paragraphsOn(person.screen))
  await gutter(person.screen, label).click({ timeout: 5_000 })
  const entry = person.screen.page.getByRole('menuitem', { name: item, disabled: false })
  if ((await entry.count()) === 0) {
    await leavesDialog(person)
    return null
  }
  await entry.first().click({ timeout: 3_000 })
  return label
}

const atOnce =
  (item: RegExp): Act =>
  async (moment) =>
    (await fromMenu(moment, item)) !== null

const alternative: Act = async (moment) => {
  const label = await fromMenu(moment, /alternative/)
  if (label === null) return false
  const { room, person } = moment
  await person.screen.page
    .getByRole('textbox', { name: 'Text of the alternative' })
    .fill(`Then ${room.tokens.fresh()} begins.`, { timeout: 3_000 })
  await person.screen.press('Control+Enter')
  await leavesDialog(person)
  return true
}

const newBlock =
  (item: RegExp, field: string): Act =>
  async (moment) => {
    if ((await fromMenu(moment, item)) === null) return false
    const { room, person } = moment
    await person.screen.page
      .getByRole('textbox', { name: field })
      .fill(`Then ${room.tokens.fresh()} stands.`, { timeout: 3_000 })
    await person.screen.press('Control+Enter')
    await leavesDialog(person)
    return true
  }

const moves: Act = async (moment) => {
  const label = await fromMenu(moment, /move it/)
  if (label === null) return false
  const { person, random } = moment
  const field = person.screen.page.getByRole('dialog').locator('input').first()
  await field.fill(String(1 + random.int(7)), { timeout: 3_000 })
  await person.screen.page.getByRole('dialog').getByRole('option').first().waitFor({ timeout: 3_000 })
  await person.screen.press('Enter', 'Control+Enter')
  await leavesDialog(person)
  return true
}

/** Puts the caret before some words, and then does something from a menu. */
const withCaret =
  (act: Act): Act =>
  async (moment) => {
    const { person, random } = moment
    const words = await someWords(person.screen, random)
    if (words === null) return false
    await person.screen.place(words.label, { offset: words.start })
    return act(moment)
  }

const takesPosition: Act = async (moment) => {
  const label = await fromMenu(moment, /^Take a position/)
  if (label === null) return false
  const { person, random } = moment
  const position = random.pick(['Support', 'Oppose', 'Reserve'])
  const dialog = person.screen.page.getByRole('dialog')
  await dialog.getByRole('button', { name: position, exact: true }).click({ timeout: 3_000 })
  await leavesDialog(person)
  return true
}

/** Opens a dialog about the paragraph, reads it, and closes it. */
const reads =
  (item: RegExp): Act =>
  async (moment) => {
    const label = await fromMenu(moment, item)
    if (label === null) return false
    const { person } = moment
    await person.screen.page.getByRole('dialog').waitFor({ timeout: 3_000 })
    await leavesDialog(person)
    return true
  }

const agreesForGood: Act = async (moment) => {
  const label = await fromMenu(moment, /^Agree, pending/)
  if (label === null) return false
  const { person } = moment
  await person.screen.page.getByRole('dialog').waitFor({ timeout: 3_000 })
  await person.screen.press('Control+Enter')
  await leavesDialog(person)
  return true
}

const reopens: Act = async (moment) => {
  const label = await fromMenu(moment, /^Reopen/)
  if (label === null) return false
  const { person } = moment
  await person.screen.page
    .getByRole('textbox', { name: /Reason/ })
    .fill('A capital asks.', { timeout: 3_000 })
  await person.screen.press('Control+Enter')
  await leavesDialog(person)
  return true
}

export const paragraphActs: readonly NamedAct[] = [
  { name: 'proposes a deletion of a paragraph', who: proposes, weight: 2, act: atOnce(/delete it$/) },
  {
    name: 'proposes a deletion with everything below',
    who: proposes,
    weight: 1,
    act: atOnce(/delete it with/),
  },
  { name: 'proposes a merger of paragraphs', who: proposes, weight: 1, act: atOnce(/merge it/) },
  { name: 'proposes a split', who: proposes, weight: 2, act: withCaret(atOnce(/split it/)) },
  { name: 'proposes a move', who: proposes, weight: 2, act: moves },
  { name: 'proposes an alternative', who: proposes, weight: 2, act: alternative },
  {
    name: 'enters a reservation',
    who: (person) => person.isDelegation,
    weight: 1,
    act: atOnce(/reservation/),
  },
  {
    name: 'proposes a paragraph below another',
    who: proposes,
    weight: 1,
    act: newBlock(/a paragraph below it/, 'Its text'),
  },
  { name: 'proposes a heading', who: proposes, weight: 1, act: newBlock(/a heading after it/, 'Title') },
  {
    name: 'proposes a footnote',
    who: proposes,
    weight: 2,
    act: withCaret(newBlock(/a footnote at the caret/, 'Text of the footnote')),
  },
  {
    name: 'places the mark of a footnote',
    who: decides,
    weight: 1,
    act: withCaret(atOnce(/^Put its mark/)),
  },
  { name: 'looks at the language of a paragraph', who: decides, weight: 1, act: reads(/^Its language/) },
  { name: 'proposes another level', who: proposes, weight: 1, act: atOnce(/(in|out)dent it$/) },
  { name: 'agrees a paragraph', who: decides, weight: 3, act: atOnce(/^Agree ad ref$/) },
  {
    name: 'agrees a paragraph with everything below',
    who: decides,
    weight: 1,
    act: atOnce(/^Agree ad ref with/),
  },
  { name: 'reopens a paragraph', who: decides, weight: 3, act: reopens },
  { name: 'agrees a paragraph for good', who: decides, weight: 1, act: agreesForGood },
  { name: 'puts the floor', who: decides, weight: 2, act: atOnce(/under discussion/) },
  { name: 'ends the discussion', who: decides, weight: 2, act: atOnce(/^End the discussion/) },
  { name: 'takes a position on a paragraph', who: proposes, weight: 1, act: takesPosition },
  { name: 'reads the comments on a paragraph', who: proposes, weight: 1, act: reads(/^Comments/) },
  { name: 'chooses an option', who: decides, weight: 1, act: atOnce(/^Choose /) },
  { name: 'reads the options of a place', who: proposes, weight: 1, act: reads(/^Options for this place/) },
  { name: 'reads the history of a paragraph', who: proposes, weight: 1, act: reads(/^History of this/) },
  {
    name: 'opens the breaking of a silence',
    who: (person) => person.isDelegation,
    weight: 1,
    act: reads(/^Break the silence/),
  },
]
