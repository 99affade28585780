import type { Locator } from 'playwright-core'
import type { Screen } from './screen.ts'

/** The card's row of one proposal, found by its words and by whose it is. */
export const rowOf = (screen: Screen, label: string, by: string): Locator =>
  screen.page
    .getByRole('article', { name: new RegExp(`^Paragraph ${label}:`) })
    .getByRole('group', { name: new RegExp(`^${by}’s `) })
    .and(screen.page.locator('[data-row]'))

/** Makes it the current one, with the focus on it: keys are about it then. */
export async function choose(screen: Screen, label: string, by: string): Promise<Locator> {
  // The text is drawn anew while others write: it is scrolled in one step.
  await screen.page.evaluate(
    (number) =>
      document
        .querySelector(`.ProseMirror > .block[data-label="${number}"]`)
        ?.scrollIntoView({ block: 'center' }),
    label,
  )
  const row = rowOf(screen, label, by)
  await row.focus()
  await row.and(screen.page.locator('[aria-current]')).waitFor()
  return row
}

/** Opens the menu of the current card by its key and chooses from it. */
export async function fromMenu(screen: Screen, name: string | RegExp): Promise<void> {
  await screen.press('.')
  await screen.page.locator('[role="menu"]:focus-within').waitFor()
  await screen.page.getByRole('menuitem', { name }).click()
}
