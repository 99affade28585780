import { afterAll, beforeAll, expect, test } from 'vitest'
import { Meeting } from '#test/kit/meeting.ts'
import { choose, command, dialog, gutter, pick } from '#test/kit/procedure.ts'
import type { Screen } from '#test/kit/screen.ts'

let meeting: Meeting
let chair: Screen
let ken: Screen
let observer: Screen

beforeAll(async () => {
  meeting = await Meeting.call(6, ['KEN'])
  ;[chair, ken, observer] = await Promise.all([
    meeting.seat('facilitator', 'Orsolya Tamm'),
    meeting.seat('KEN', 'Amina Otieno'),
    meeting.seat('observer', 'Joaquim Abreu'),
  ])
})

afterAll(async () => {
  expect(meeting.problems()).toEqual([])
  await meeting.end()
})

const banner = (screen: Screen) => screen.page.getByRole('region', { name: 'Rev.1 under silence' })

test('9.1 silence is placed with a deadline; 9.3 a delegation breaks it, and everybody sees on what', async () => {
  await command(chair, 'Issue a revision')
  await dialog(chair).getByRole('button', { name: 'Issue Rev.1' }).click()
  await chair.hears('Rev.1 has been issued')
  await command(chair, 'Place under silence')
  await pick(chair, 'Time zone', 'nairobi', /Nairobi/)
  await dialog(chair).getByRole('button', { name: 'Place under silence' }).click()
  await banner(observer)
    .getByText(/days? .*left|hours? left/)
    .waitFor()
  expect(await banner(observer).getByRole('button', { name: /Break/ }).count()).toBe(0)
  await banner(ken)
    .getByRole('button', { name: /Break the silence/ })
    .click()
  await pick(ken, 'On which paragraphs?', '3', /Rivers/)
  await dialog(ken).getByRole('textbox', { name: 'Objection' }).fill('The deletion goes too far.')
  await dialog(ken).getByRole('button', { name: 'Break the silence', exact: true }).click()
  await observer.page.getByText('The silence on Rev.1 was broken by KEN on 3.').waitFor()
  await observer.page.getByRole('button', { name: 'Details' }).click()
  await dialog(observer).getByText('The deletion goes too far.').waitFor()
  await observer.press('Escape')
})

test('10.1 a comment is answered, 10.2 resolved and taken up again', async () => {
  await choose(ken, '2', /^Comments/)
  await dialog(ken).getByRole('textbox', { name: 'New comment' }).fill('Which rivers?')
  await ken.press('Control+Enter')
  await dialog(ken).getByRole('paragraph').filter({ hasText: 'Which rivers?' }).waitFor()
  await ken.press('Escape')
  await gutter(chair, '2')
    .and(chair.page.getByRole('button', { name: /1 comment/ }))
    .waitFor()
  await choose(chair, '2', /^Comments/)
  await dialog(chair).getByRole('button', { name: 'Reply' }).click()
  await dialog(chair).getByRole('textbox', { name: 'Reply to Amina Otieno' }).fill('All of them.')
  await chair.press('Control+Enter')
  await dialog(chair).getByRole('paragraph').filter({ hasText: 'All of them.' }).waitFor()
  await dialog(chair).getByRole('button', { name: 'Resolve' }).click()
  await dialog(chair).getByRole('button', { name: 'Show 1 resolved thread' }).click()
  await dialog(chair).getByText('Resolved by Orsolya Tamm').waitFor()
  await chair.press('Escape')
  await expect.poll(() => gutter(ken, '2').getAttribute('aria-label')).not.toContain('comment')
})

test('12.2 filters: what is undecided, and one delegation’s, in the outline and beside the text', async () => {
  await ken.place('4', { after: 'snow' })
  await ken.type(' and ice')
  await ken.saved()
  const outline = chair.page.getByRole('navigation', { name: 'Outline' })
  await expect.poll(() => outline.getByText(/^1 bracket to decide/).count()).toBe(1)
  await outline.getByRole('radio', { name: 'Undecided' }).click()
  await expect
    .poll(() => outline.getByRole('listitem').allInnerTexts())
    .toEqual([expect.stringMatching(/^Draft Outcome Document/), expect.stringMatching(/^4/)])
  await outline.getByRole('button', { name: 'By delegation or meeting…' }).click()
  await pick(chair, 'One delegation’s', 'norw', /Norway/)
  await expect.poll(() => outline.getByRole('listitem').count()).toBe(0)
  expect(await chair.page.locator('[data-row]').count()).toBe(0)
  await outline.getByRole('button', { name: 'Show all again' }).click()
  await chair.page.locator('[data-row]').waitFor()
})

test('6.10 a meeting is opened with its agenda, seen by all, and closed', async () => {
  await command(chair, 'Meeting…')
  await dialog(chair).getByRole('textbox', { name: 'Name of the meeting' }).fill('Third informal')
  await pick(chair, 'Agenda: paragraphs to be taken up', '5', /Rivers/)
  await dialog(chair).getByRole('button', { name: 'Open the meeting' }).click()
  await observer.page.getByRole('button', { name: 'Meeting: Third informal' }).click()
  await dialog(observer).getByText('Agenda: 5').waitFor()
  await observer.press('Escape')
  await observer.context.setOffline(true)
  // Nothing lies over it: a click would meet it.
  await observer.page.locator('output', { hasText: /^Offline:/ }).click({ trial: true })
  await observer.context.setOffline(false)
  await command(chair, 'Meeting…')
  await dialog(chair).getByRole('button', { name: 'Close the meeting' }).click()
  await observer.page.getByRole('button', { name: 'Meeting: Third informal' }).waitFor({ state: 'detached' })
})

test('4.1 a private draft is seen by its delegation only, 4.2 until it is tabled', async () => {
  await ken.page.getByRole('button', { name: /^Where it goes/ }).click()
  await ken.page.getByRole('menuitemradio', { name: /^Draft privately/ }).click()
  await ken.page.getByText(/^Private: only Kenya sees/).waitFor()
  await ken.place('6', { after: 'snow' })
  await ken.type(' and rain')
  await ken.saved()
  await ken.reads('6', /and rain/)
  expect(await chair.text('6')).not.toContain('and rain')
  await ken.press('Control+Enter')
  await chair.reads('6', /and rain – KEN\]/)
  await ken.page.getByRole('button', { name: 'Table as I type' }).click()
})
