import { leavesDialog } from './acts-deciding.ts'
import type { Act, Moment, NamedAct } from './acts.ts'
import type { Person } from './person.ts'

const everybody = () => true
const proposes = (person: Person) => person.proposes
const chairs = (person: Person) => person.seat === 'facilitator'
const drafts = (person: Person) => person.isDelegation

/** Chooses a command by its name; false where this person has none of that name now. */
export async function commands({ person }: Moment, name: string): Promise<boolean> {
  const { page } = person.screen
  await person.screen.press('Control+k')
  await page.getByRole('dialog').locator('input').first().fill(name, { timeout: 3_000 })
  const option = page.getByRole('option', { name })
  const nothing = page.getByText('Nothing found')
  await option.or(nothing).first().waitFor({ timeout: 3_000 })
  if ((await option.count()) === 0) {
    await leavesDialog(person)
    return false
  }
  await person.screen.press('Enter')
  return true
}

/** Opens what only shows something, waits until it does, and closes it. */
const reads =
  (name: string): Act =>
  async (moment) => {
    if (!(await commands(moment, name))) return false
    const { person } = moment
    await person.screen.page.getByRole('dialog').getByRole('button').first().waitFor({ timeout: 5_000 })
    await leavesDialog(person)
    return true
  }

const readsOther: Act = async (moment) => {
  const view = moment.random.pick(['Clean', 'Base text'])
  if (!(await commands(moment, `View: ${view}`))) return false
  return commands(moment, 'View: Everything')
}

const allKeys: Act = async ({ person }) => {
  await person.screen.page
    .locator('header')
    .first()
    .click({ position: { x: 2, y: 2 }, timeout: 3_000 })
  await person.screen.press('?')
  await person.screen.page.getByRole('dialog').waitFor({ timeout: 3_000 })
  await leavesDialog(person)
  return true
}

const searches: Act = async ({ room, person, random }) => {
  const { token } = random.pick(
    room.people.flatMap(({ typed }) => typed).concat({ token: 'We', mayBeGone: true }),
  )
  await person.screen.page
    .locator('header')
    .first()
    .click({ position: { x: 2, y: 2 }, timeout: 3_000 })
  await person.screen.press('/')
  await person.screen.page.getByRole('dialog').locator('input').first().fill(token, { timeout: 3_000 })
  await person.screen.press('Enter')
  await leavesDialog(person)
  return true
}

const imports: Act = async (moment) => {
  if (!(await commands(moment, 'Import a text…'))) return false
  const { person } = moment
  const dialog = person.screen.page.getByRole('dialog')
  await dialog
    .getByRole('button', { name: 'Paste instead' })
    .click({ timeout: 3_000 })
    .catch(() => undefined)
  await dialog.getByRole('textbox', { name: 'Or paste the text' }).fill('1. We meet.\n\n2. We part.\n')
  await dialog.getByRole('button', { name: 'Import', exact: true }).click({ timeout: 3_000 })
  await dialog.getByText('Imported').first().waitFor({ timeout: 5_000 })
  await leavesDialog(person)
  return true
}

const meets: Act = async (moment) => {
  if (!(await commands(moment, 'Meeting…'))) return false
  const { person } = moment
  const dialog = person.screen.page.getByRole('dialog')
  const name = dialog.getByRole('textbox', { name: 'Name of the meeting' })
  const close = dialog.getByRole('button', { name: 'Close the meeting' })
  await name.or(close).first().waitFor({ timeout: 3_000 })
  if ((await close.count()) > 0) await close.click({ timeout: 3_000 })
  else {
    await name.fill('An informal')
    await dialog.getByRole('button', { name: 'Open the meeting' }).click({ timeout: 3_000 })
  }
  await leavesDialog(person)
  return true
}

/** The round becomes unattributed, or attributed again. */
const changesRound: Act = async (moment) => {
  if (!(await commands(moment, 'Attribution of proposals'))) return false
  const { person } = moment
  const dialog = person.screen.page.getByRole('dialog')
  const isOn = (await person.screen.page.getByText('Unattributed round').count()) > 0
  const other = dialog.getByText(isOn ? 'Attributed' : 'Unattributed', { exact: true })
  await other.click({ timeout: 3_000 })
  await dialog.getByRole('button', { name: 'Set' }).click({ timeout: 3_000 })
  await leavesDialog(person)
  return true
}

const placesSilence: Act = async (moment) => {
  if (!(await commands(moment, 'Place under silence…'))) return false
  const { person } = moment
  const submit = person.screen.page
    .getByRole('dialog')
    .getByRole('button', { name: 'Place under silence', exact: true })
  const shown = await submit.waitFor({ timeout: 2_000 }).then(
    () => true,
    () => false,
  )
  if (shown) await submit.click({ timeout: 3_000 })
  await leavesDialog(person)
  return shown
}

const breaksSilence: Act = async (moment) => {
  if (!(await commands(moment, 'Break the silence…'))) return false
  const { person } = moment
  const dialog = person.screen.page.getByRole('dialog')
  await dialog.getByLabel('On which paragraphs?').and(person.screen.page.locator('input')).fill('1')
  await dialog.getByRole('option').first().waitFor({ timeout: 3_000 })
  await person.screen.press('Enter')
  await dialog.getByRole('textbox', { name: 'Objection' }).fill('It goes too far.')
  await dialog.getByRole('button', { name: 'Break the silence', exact: true }).click({ timeout: 3_000 })
  await leavesDialog(person)
  return true
}

/** Writes one word down for a delegation, and for herself again. */
const writesFor: Act = async ({ room, person, random }) => {
  const { page } = person.screen
  const trigger = page.getByRole('button', { name: /^Writing for/ })
  await trigger.click({ timeout: 3_000 })
  const delegation = page.getByRole('menuitemradio', { name: /Kenya|European Union/ })
  if ((await delegation.count()) === 0) {
    await leavesDialog(person)
    return false
  }
  await delegation.first().click({ timeout: 3_000 })
  try {
    const block = page.locator('.ProseMirror .block[data-label]')
    await block.nth(random.int(await block.count())).click({ timeout: 3_000 })
    await person.types(room.tokens.fresh(), 10)
  } finally {
    await trigger.click({ timeout: 3_000 })
    await page.getByRole('menuitemradio', { name: 'ourselves' }).click({ timeout: 3_000 })
  }
  return true
}

export const procedure: readonly NamedAct[] = [
  { name: 'lists the revisions', who: everybody, weight: 1, act: reads('Revisions') },
  { name: 'compares revisions', who: everybody, weight: 1, act: reads('Compare…') },
  {
    name: 'looks at what changed',
    who: everybody,
    weight: 1,
    act: reads('What changed since I last looked'),
  },
  { name: 'reads the history of decisions', who: everybody, weight: 1, act: reads('History of decisions') },
  { name: 'reads all comments', who: proposes, weight: 1, act: reads('All comments') },
  { name: 'reads another view', who: everybody, weight: 1, act: readsOther },
  { name: 'looks at all keys', who: everybody, weight: 1, act: allKeys },
  { name: 'searches', who: everybody, weight: 1, act: searches },
  { name: 'imports a text', who: chairs, weight: 1, act: imports },
  { name: 'opens or closes a meeting', who: chairs, weight: 1, act: meets },
  { name: 'changes the round', who: chairs, weight: 1, act: changesRound },
  { name: 'places a revision under silence', who: chairs, weight: 1, act: placesSilence },
  { name: 'breaks the silence', who: drafts, weight: 1, act: breaksSilence },
  { name: 'writes for a delegation', who: (person) => person.decides, weight: 2, act: writesFor },
]
