import { afterAll, beforeAll, expect, test } from 'vitest'
import { Meeting } from '#test/kit/meeting.ts'
import { choose, command, dialog, gutter, pick } from '#test/kit/procedure.ts'
import type { Screen } from '#test/kit/screen.ts'

let meeting: Meeting
let chair: Screen
let ken: Screen

beforeAll(async () => {
  meeting = await Meeting.call(8, ['KEN'])
  ;[chair, ken] = await Promise.all([
    meeting.seat('facilitator', 'Orsolya Tamm'),
    meeting.seat('KEN', 'Amina Otieno'),
  ])
})

afterAll(async () => {
  expect(meeting.problems()).toEqual([])
  await meeting.end()
})

const mark = (screen: Screen, label: string) =>
  screen.page
    .locator(`.ProseMirror .block[data-label="${label}"]`)
    .first()
    .evaluate((element) => getComputedStyle(element, '::after').content)

test('7.1 agreed ad ref, seen by everybody; 7.4 and reopened with a reason that stays in its history', async () => {
  await choose(chair, '2', /^Agree ad ref/)
  await chair.hears('Agreed ad ref: paragraph 2')
  await gutter(ken, '2')
    .and(ken.page.getByRole('button', { name: /Agreed ad ref/ }))
    .waitFor()
  expect(await mark(ken, '2')).toBe('" [Agreed ad ref]"')
  await choose(chair, '2', /^Reopen/)
  await dialog(chair).getByRole('textbox', { name: 'Reason' }).fill('Capital asked for it.')
  await chair.press('Control+Enter')
  await gutter(ken, '2')
    .and(ken.page.getByRole('button', { name: /Reopened/ }))
    .waitFor()
  await choose(ken, '2', /^History/)
  await dialog(ken).getByText('Capital asked for it.').waitFor()
  await ken.press('Escape')
})

test('7.2 agreed, pending a delegation that is found by its name', async () => {
  await choose(chair, '3', /^Agree, pending/)
  await pick(chair, 'Pending', 'switz', /Switzerland/)
  await dialog(chair).getByRole('button', { name: 'Agree', exact: true }).click()
  await gutter(ken, '3')
    .and(ken.page.getByRole('button', { name: /pending CHE/ }))
    .waitFor()
})

test('7.5 the floor goes to a paragraph by one key, and away from the one before', async () => {
  await gutter(chair, '1').focus()
  await chair.press('f')
  await gutter(ken, '1')
    .and(ken.page.getByRole('button', { name: /On the floor/ }))
    .waitFor()
  await chair.place('4', { offset: 3 })
  await chair.press('Escape', 'f')
  await gutter(ken, '4')
    .and(ken.page.getByRole('button', { name: /On the floor/ }))
    .waitFor()
  await expect.poll(() => gutter(ken, '1').getAttribute('aria-label')).not.toContain('floor')
})

test('2.4 a move is proposed by number, accepted, and says which number it had', async () => {
  await choose(ken, '5', /move it/)
  await pick(ken, 'To after which paragraph?', '7', /Rivers/)
  await dialog(ken).getByRole('button', { name: 'Propose the move' }).click()
  // The message stays for seconds; what is said aloud may be followed by something else at once.
  await ken.page.getByText('Proposed: move paragraph 5').first().waitFor()
  await chair.reads('5', /\[move after 7 – KEN\]/)
  await chair.page.getByRole('button', { name: 'Accept', exact: true }).first().click()
  await expect.poll(() => mark(ken, '7 bis')).toBe('" (former para 5)"')
})

test('2.1 a reservation is entered on a delegation’s behalf, and is that delegation’s', async () => {
  await command(chair, 'Write for a delegation')
  await pick(chair, 'Delegation', 'keny', /Kenya/)
  await dialog(chair).getByRole('button', { name: 'Write for it' }).click()
  await chair.page.getByText('Writing for Kenya', { exact: true }).waitFor()
  await choose(chair, '6', /^Enter a reservation/)
  await ken.reads('6', /KEN/)
  await chair.page.getByRole('button', { name: 'Back to ourselves' }).click()
  await chair.page.getByText('Writing for Kenya', { exact: true }).waitFor({ state: 'detached' })
})

test('the gutter is one stop for Tab; arrow keys go from paragraph to paragraph, and open the menu', async () => {
  await gutter(ken, '1').focus()
  await ken.press('ArrowDown')
  await expect
    .poll(() => ken.page.evaluate(() => document.activeElement?.getAttribute('aria-label')))
    .toMatch(/^Paragraph 2/)
  await ken.press('Enter')
  await ken.page.getByRole('menuitem', { name: /^Comments/ }).waitFor()
  await ken.page.locator('[role="menu"]:focus-within').waitFor()
  await ken.press('Escape')
  await ken.page.getByRole('menu').waitFor({ state: 'detached' })
})
