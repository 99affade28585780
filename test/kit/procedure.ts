import type { Screen } from './screen.ts'

/** What one does with paragraphs and procedure, by the names that stand on the screen. */

/** Opens a paragraph's menu by its button in the gutter and chooses from it. */
export async function choose(screen: Screen, label: string, item: RegExp): Promise<void> {
  await screen.page.locator(`.ProseMirror .block[data-label="${label}"]`).first().scrollIntoViewIfNeeded()
  await gutter(screen, label).click()
  await screen.page.getByRole('menuitem', { name: item }).click()
}

/** The button that says how far a paragraph is. */
export const gutter = (screen: Screen, label: string) =>
  screen.page
    .getByRole('toolbar', { name: 'Paragraphs: status and actions' })
    .getByRole('button', { name: new RegExp(`^Paragraph ${label}(,|$)`) })
    .first()

/** Finds a command in the palette by its name. A dialog that waits for the server's answer would keep the key. */
export async function command(screen: Screen, name: string): Promise<void> {
  await screen.page.waitForFunction(() => document.querySelector('[role="dialog"]') === null)
  await screen.press('Control+k')
  const query = screen.page.getByRole('searchbox', { name: 'Commands' })
  await query
    .or(screen.page.getByRole('textbox', { name: 'Commands' }))
    .first()
    .fill(name)
  await screen.page.getByRole('option', { name }).first().waitFor()
  await screen.press('Enter')
}

export const dialog = (screen: Screen) => screen.page.getByRole('dialog')

/** Types into a field with a list under it, and takes the first that fits. */
export async function pick(
  screen: Screen,
  field: string | RegExp,
  typed: string,
  wanted: RegExp,
): Promise<void> {
  await dialog(screen).getByLabel(field).and(screen.page.locator('input')).fill(typed)
  await dialog(screen).getByRole('option', { name: wanted }).first().waitFor()
  await screen.press('Enter')
}
