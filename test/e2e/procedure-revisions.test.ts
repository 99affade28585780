import { afterAll, beforeAll, expect, test } from 'vitest'
import { Meeting } from '#test/kit/meeting.ts'
import { choose, command, dialog } from '#test/kit/procedure.ts'
import { Screen } from '#test/kit/screen.ts'

let meeting: Meeting
let chair: Screen
let ken: Screen

beforeAll(async () => {
  meeting = await Meeting.call(5, ['KEN', 'EU'])
  ;[chair, ken] = await Promise.all([
    meeting.seat('facilitator', 'Orsolya Tamm'),
    meeting.seat('KEN', 'Amina Otieno'),
  ])
})

afterAll(async () => {
  expect(meeting.problems()).toEqual([])
  await meeting.end()
})

async function acceptInsertion(label: string, words: string): Promise<void> {
  await ken.place(label, { after: 'mountains' })
  await ken.type(words)
  await ken.saved()
  await chair.reads(label, new RegExp(words.trim()))
  await chair.page.getByRole('button', { name: 'Accept', exact: true }).first().click()
  await chair.reads(label, new RegExp(`mountains${words} and`))
}

test('8.1 a revision is issued with its note and a concordance, and 8.4 compared with the first text', async () => {
  await acceptInsertion('2', ' and hills')
  await choose(ken, '3', /^Propose to delete/)
  await chair.reads('3', /KEN/)
  await chair.page.getByRole('button', { name: 'Accept', exact: true }).first().click()
  await expect.poll(() => chair.text('3')).toBe('')
  await command(chair, 'Issue a revision')
  await dialog(chair).getByText('2 paragraphs get another number').waitFor()
  await dialog(chair).getByText('1 empty number goes').waitFor()
  await dialog(chair)
    .getByRole('textbox', { name: /Cover note/ })
    .fill('Excellencies, please find attached.')
  await dialog(chair).getByRole('button', { name: 'Issue Rev.1' }).click()
  await chair.hears('Rev.1 has been issued')
  await command(ken, 'Revisions')
  await dialog(ken)
    .getByRole('button', { name: /^Rev\.1/ })
    .click()
  await dialog(ken).getByText('Excellencies, please find attached.').waitFor()
  const row = dialog(ken).getByRole('row').filter({ hasText: '4' }).filter({ hasText: 'renumbered' }).first()
  expect(await row.innerText()).toMatch(/3\s+4/)
  await dialog(ken).getByRole('button', { name: 'Compare with the first text' }).click()
  await dialog(ken).locator('ins', { hasText: 'and hills' }).waitFor()
  await ken.press('j')
  await dialog(ken)
    .getByText(/KEN \(Amina Otieno\).*accepted by Co-Facilitators/)
    .waitFor()
  await ken.press('Escape')
})

test('8.5 who asked for the selected words, when, and who agreed', async () => {
  await chair.select('2', 'and hills')
  await command(chair, 'History of the selected words')
  await dialog(chair)
    .getByText(/asked for by Amina Otieno, KEN/)
    .waitFor()
  await dialog(chair)
    .getByText(/accepted by Orsolya Tamm, Co-Facilitators/)
    .waitFor()
  await chair.press('Escape')
})

/** What the server knows of this person's last look; runs in the page. */
async function lookedThere(): Promise<unknown> {
  const document = location.pathname.split('/')[2] ?? ''
  return (await fetch(`/api/documents/${document}/looked`)).json()
}

test('12.1 what changed since one last looked, until one says that one has seen it', async () => {
  const link = meeting.product.url + meeting.paper.link('EU')
  const eu = await Screen.open(meeting.browser, link, 'Clara Weiss')
  // Having looked once, she goes away.
  await expect.poll(() => eu.page.evaluate(lookedThere)).toMatchObject({ sequence: expect.any(Number) })
  await eu.page.goto('about:blank')
  await acceptInsertion('4', ' and plains')
  await eu.page.goto(link)
  await eu.shown()
  await eu.page.getByText('1 paragraph has changed since you last looked.').waitFor()
  await eu.page.getByRole('button', { name: 'Show what changed' }).click()
  await dialog(eu).getByRole('button', { name: 'Paragraph 4' }).waitFor()
  await dialog(eu).locator('ins', { hasText: 'and plains' }).waitFor()
  await dialog(eu).getByRole('button', { name: 'I have seen these' }).click()
  await eu.page.getByText('1 paragraph has changed since you last looked.').waitFor({ state: 'detached' })
  await eu.reload()
  await eu.saved()
  expect(await eu.page.getByText('since you last looked.').count()).toBe(0)
  expect(eu.problems).toEqual([])
  await eu.close()
})
