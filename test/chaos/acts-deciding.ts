import type { Act, NamedAct } from './acts.ts'
import { forgetAll } from './person.ts'
import type { Person } from './person.ts'
import { paragraphsOn } from './seen.ts'

const decides = (person: Person) => person.decides
const proposes = (person: Person) => person.proposes

/** Leaves the text for the cards and walks some brackets on. False when none is open. */
async function toACard(person: Person, steps: number): Promise<boolean> {
  const { page } = person.screen
  if ((await page.locator('[data-row]').count()) === 0) return false
  await page
    .locator('.ProseMirror .block')
    .first()
    .focus({ timeout: 1_000 })
    .catch(() => undefined)
  await person.screen.press('Escape')
  for (let i = 0; i < steps; i++) await person.screen.press('j')
  return (await page.locator('[data-row][aria-current="true"]').count()) > 0
}

/** One key on the card of some bracket. */
const key =
  (name: string): Act =>
  async ({ person, random }) => {
    if (!(await toACard(person, 1 + random.int(4)))) return false
    await person.screen.press(name)
    return true
  }

/** What is accepted takes words out of the text, whoever typed them: those it strikes, or a whole paragraph. */
const accepts: Act = async ({ room, person, random }) => {
  if (!(await toACard(person, 1 + random.int(4)))) return false
  const card = person.screen.page.locator('[data-row][aria-current="true"]').first()
  const struck = await card.innerText({ timeout: 3_000 })
  const article = await card.evaluate((row) => row.closest('article')?.getAttribute('aria-label') ?? '')
  const label = /^Paragraph ([^:]+):/.exec(article)?.[1]
  const isWhole = /paragraph|alternative/i.test(struck)
  const paragraph = (await paragraphsOn(person.screen)).find((one) => one.label === label)
  forgetAll(room.people, isWhole ? `${struck} ${paragraph?.text ?? ''}` : struck)
  await person.screen.press('a')
  return true
}

const acceptsWithChanges: Act = async ({ room, person, random }) => {
  if (!(await toACard(person, 1 + random.int(4)))) return false
  await person.screen.press('e')
  const field = person.screen.page.locator('[data-row] textarea')
  await field.first().waitFor({ timeout: 3_000 })
  await field.first().focus()
  await person.screen.press('End')
  await person.types(room.tokens.fresh(), 0)
  // What a colleague decides meanwhile closes the form, and the words go with it.
  person.forgets([person.typed.at(-1)?.token ?? ''])
  await person.screen.press('Control+Enter')
  return true
}

const merges: Act = async ({ person, random }) => {
  if (!(await toACard(person, 1 + random.int(4)))) return false
  await person.screen.press('m')
  const dialog = person.screen.page.getByRole('dialog')
  await dialog.waitFor({ timeout: 3_000 })
  await person.screen.press('Alt+Digit1', 'Alt+Digit2', 'Control+Enter')
  await leavesDialog(person)
  return true
}

const inPart: Act = async ({ person, random }) => {
  if (!(await toACard(person, 1 + random.int(4)))) return false
  await person.screen.press('p')
  const word = person.screen.page.locator('[data-row] button[aria-pressed="true"]:focus')
  await word.waitFor({ timeout: 3_000 })
  await person.screen.press('Space', 'Control+Enter')
  return true
}

const comments: Act = async ({ room, person, random }) => {
  if (!(await toACard(person, 1 + random.int(4)))) return false
  await person.screen.press('Control+Alt+m')
  const field = person.screen.page.getByRole('textbox', { name: 'New comment' })
  await field.fill(`Why ${room.tokens.fresh()}?`, { timeout: 3_000 })
  await person.screen.press('Control+Enter')
  await leavesDialog(person)
  return true
}

const withdraws: Act = async ({ person }) => {
  const button = person.screen.page.getByRole('button', { name: 'Withdraw' }).first()
  if ((await button.count()) === 0) return false
  await button.click({ timeout: 3_000 })
  return true
}

export async function leavesDialog(person: Person): Promise<void> {
  const overlay = person.screen.page.locator('[role="dialog"], [role="menu"], [role="listbox"]')
  for (let tries = 0; tries < 4 && (await overlay.count()) > 0; tries++) await person.screen.press('Escape')
}

export const decisions: readonly NamedAct[] = [
  { name: 'accepts', who: decides, weight: 8, act: accepts },
  { name: 'does not retain', who: decides, weight: 4, act: key('r') },
  { name: 'takes a decision back', who: decides, weight: 5, act: key('u') },
  { name: 'keeps on the table', who: decides, weight: 1, act: key('K') },
  { name: 'accepts with changes', who: decides, weight: 3, act: acceptsWithChanges },
  { name: 'accepts in part', who: decides, weight: 2, act: inPart },
  { name: 'merges', who: decides, weight: 2, act: merges },
  { name: 'supports', who: proposes, weight: 3, act: key('s') },
  { name: 'opposes', who: proposes, weight: 2, act: key('o') },
  { name: 'reserves', who: proposes, weight: 1, act: key('v') },
  { name: 'is flexible', who: proposes, weight: 1, act: key('x') },
  { name: 'will come back', who: proposes, weight: 1, act: key('c') },
  { name: 'adds a name', who: (person) => person.isDelegation, weight: 2, act: key('n') },
  { name: 'comments', who: proposes, weight: 2, act: comments },
  { name: 'withdraws', who: (person) => person.isDelegation, weight: 2, act: withdraws },
]
