import { afterAll, beforeAll, expect, test } from 'vitest'
import { Meeting, SENTENCE } from '#test/kit/meeting.ts'
import { WITHIN } from '#test/kit/patience.ts'
import { choose, command, dialog } from '#test/kit/procedure.ts'
import type { Screen } from '#test/kit/screen.ts'
import { readParts } from '#test/kit/shown.ts'

/** Paragraphs deleted, split, merged and replaced, and a round without names, as their users do it. */

let meeting: Meeting
let chair: Screen
let ken: Screen
let nor: Screen
let observer: Screen

beforeAll(async () => {
  const sentences = Array.from({ length: 8 }, () => SENTENCE)
  const noted = `${SENTENCE}\n\n__________\n\n¹ In spring.`
  meeting = await Meeting.call(
    [...sentences, 'We plant reeds¹ in lakes.', SENTENCE, SENTENCE, noted],
    ['KEN', 'NOR'],
  )
  ;[chair, ken, nor, observer] = await Promise.all([
    meeting.seat('facilitator', 'Orsolya Tamm'),
    meeting.seat('KEN', 'Amina Otieno'),
    meeting.seat('NOR', 'Ingrid Dahl'),
    meeting.seat('observer', 'Joaquim Abreu'),
  ])
})

afterAll(async () => {
  expect(meeting.problems()).toEqual([])
  await meeting.end()
})

/** The facilitator accepts what is open in a paragraph, and takes it back by one key. */
async function acceptAndUndo(label: string, accepted: () => Promise<void>): Promise<void> {
  const before = await observer.texts()
  await chair.place(label, { after: 'Rivers' })
  await chair.press('Escape')
  await chair.press('j')
  await chair.press('a')
  await accepted()
  await chair.press('u')
  await expect.poll(() => observer.texts()).toEqual(before)
}

test('22.1 a click on the mark of a footnote brings the footnote into view', async () => {
  const { page } = observer
  const size = page.viewportSize()!
  await page.setViewportSize({ ...size, height: 240 })
  const mark = page.locator('[role="doc-noteref"]')
  const isNoteShown = () =>
    page.locator('.ProseMirror .note').evaluate((note) => note.getBoundingClientRect().bottom < innerHeight)
  await mark.evaluate((element) => element.scrollIntoView({ block: 'center' }))
  await expect.poll(isNoteShown).toBe(false)
  await mark.click()
  await expect.poll(isNoteShown).toBe(true)
  await page.setViewportSize(size)
})

test('2.6 the deletion of a paragraph is asked for, decided, and taken back', async () => {
  await choose(ken, '1', /delete it/)
  await ken.hears('Proposed: delete paragraph 1')
  await observer.reads('1', `${SENTENCE} [… – KEN delete paragraph]`)
  await acceptAndUndo('1', () => observer.reads('1', ''))
})

test('2.5 a paragraph is split at the caret, and its second part takes the next number', async () => {
  await ken.place('3', { after: 'mountains' })
  await choose(ken, '3', /split it/)
  await observer.reads('3', /mountains\s?\[split here – KEN\]/)
  await chair.page.locator('[data-row]').filter({ hasText: 'split' }).first().click()
  await chair.press('a')
  await observer.reads('3', 'Rivers begin in the snow of high mountains')
  await observer.reads('3 bis', / ?and end in the warm sea\./)
  await chair.press('u')
  await observer.reads('3', /mountains\s?\[split here – KEN\]/)
})

test('2.5 two paragraphs are merged', async () => {
  await choose(nor, '4', /merge it/)
  await observer.reads('4', /\[merge with 5 – NOR\]/)
  await chair.page.locator('[data-row]').filter({ hasText: /merge/i }).first().click()
  await chair.press('a')
  await observer.reads('4', `${SENTENCE} ${SENTENCE}`)
  await observer.reads('5', '')
})

/** Somebody goes back to the text: where her caret is, and what stands before it. */
async function goesOnAt(screen: Screen): Promise<readonly [label: string | undefined, before: string]> {
  await screen.page.locator('.ProseMirror').focus()
  const caret = await screen.caret()
  return [caret?.label, caret ? (await screen.text(caret.label)).slice(0, caret.head) : '']
}

test('2.2 2.7 14.10 an alternative stands after its paragraph, takes its place, and every caret keeps its words', async () => {
  await choose(ken, '6', /alternative/)
  await dialog(ken).getByRole('textbox', { name: 'Text of the alternative' }).fill('All rivers meet.')
  await dialog(ken).getByRole('button', { name: 'Propose it' }).click()
  await observer.reads('6 alt', /^\[All rivers meet\. – KEN\]$/)
  for (const screen of [ken, chair]) await screen.place('6 alt', { after: 'All riv' })
  await chair.page.locator('[data-row]').filter({ hasText: 'All rivers meet.' }).first().focus()
  await chair.press('a')
  await Promise.all([observer, ken, chair].map((screen) => screen.reads('6', 'All rivers meet.')))
  for (const screen of [ken, chair])
    await expect.poll(() => goesOnAt(screen), { message: screen.name }).toEqual(['6', 'All riv'])
  await chair.press('Escape', 'u')
  await observer.reads('6 alt', /^\[All rivers meet\. – KEN\]$/)
  for (const screen of [ken, chair])
    await expect.poll(() => goesOnAt(screen), { message: screen.name }).toEqual(['6 alt', '[All riv'])
})

test('11.1 in an unattributed round others see the words and no name, facilitators see whose they are', async () => {
  await command(chair, 'Attribution of proposals')
  await dialog(chair).getByText('Unattributed', { exact: true }).click()
  await dialog(chair).getByRole('button', { name: 'Set' }).click()
  await Promise.all(
    [ken, nor, observer].map((screen) => screen.page.getByText('Unattributed round').waitFor()),
  )
  await ken.saved()
  await ken.place('8', { after: 'snow' })
  await ken.type(' and ice')
  await ken.saved()
  const own = ken.page.locator('[data-row]').filter({ hasText: 'and ice' }).first()
  await own.getByRole('button', { name: 'Withdraw', exact: true }).waitFor()
  expect(await ken.page.locator('body').innerText()).not.toMatch(/Delegation-/)
  for (const screen of [nor, observer]) await screen.reads('8', SENTENCE.replace('snow', 'snow[ and ice]'))
  expect(await nor.page.locator('[data-row]').filter({ hasText: 'and ice' }).first().innerText()).not.toMatch(
    /KEN|Amina/,
  )
  await chair.page.locator('[data-row]').filter({ hasText: 'and ice' }).getByText('KEN').first().waitFor()
})

test('11.4 in an unattributed round nothing on the page of another delegation tells two brackets apart', async () => {
  const written = [
    [ken, 'high', ' cold'],
    [nor, 'end', ' rapids'],
  ] as const
  for (const [screen, after, words] of written) {
    await screen.place('7', { after })
    await screen.type(words)
    await screen.saved()
    await screen.press('Control+Alt+m')
    await dialog(screen).getByRole('textbox', { name: 'New comment' }).fill('It is needed.')
    await screen.press('Control+Enter')
    await screen.page.getByText('Comment sent').first().waitFor()
    await screen.press('Escape')
  }
  for (const [screen, , words] of [
    [ken, '', 'rapids'],
    [nor, '', 'cold'],
  ] as const) {
    await screen.page.locator('[data-row]').filter({ hasText: words }).first().click()
    await screen.press('s')
  }
  const rows = observer.page.getByRole('article', { name: /^Paragraph 7:/ }).locator('[data-row]')
  await observer.place('7', { after: 'Rivers' })
  await expect.poll(() => rows.count(), WITHIN).toBe(2)
  await expect.poll(() => observer.text('7'), WITHIN).toMatch(/cold.*rapids/)
  await command(observer, 'All comments')
  await expect.poll(() => dialog(observer).getByText('It is needed.').count(), WITHIN).toBe(2)
  const { source, parts } = await observer.page.evaluate(readParts, ['cold', 'rapids'])
  expect(source).not.toMatch(/Delegation-/)
  const [cold, rest] = parts
  expect(cold!.length).toBeGreaterThan(3)
  expect(cold).toEqual(rest)
  const remarks = dialog(observer).getByText('It is needed.').locator('..')
  const told = (await remarks.allInnerTexts()).map((text) => text.replace(/\n.*(ago|now|\d\d:\d\d).*/g, ''))
  expect(new Set(told).size, told.join(' | ')).toBe(1)
})
