import { afterAll, beforeAll, expect, test } from 'vitest'
import { Meeting, SENTENCE } from '#test/kit/meeting.ts'
import { Screen } from '#test/kit/screen.ts'

// Two tabs of one browser, each of them somebody else.

let meeting: Meeting
let kenya: Screen
let chair: Screen

beforeAll(async () => {
  meeting = await Meeting.call(3, ['KEN'])
  kenya = await meeting.seat('KEN', 'Amina Otieno')
  const link = meeting.product.url + meeting.paper.link('facilitator')
  chair = await Screen.openIn(kenya.context, link, 'Orsolya Tamm')
  meeting.screens.push(chair)
  const field = chair.page.getByRole('textbox', { name: 'Your name' })
  await field.fill('Orsolya Tamm')
  await field.press('Enter')
  await chair.saved()
})

afterAll(async () => {
  await meeting?.end()
})

const who = (screen: Screen) => screen.page.locator('header [title]', { hasText: /KEN|Facilitator/ }).first()

async function areThemselves(): Promise<void> {
  await expect.poll(() => who(kenya).innerText()).toMatch(/KEN/)
  await expect.poll(() => who(chair).innerText()).toMatch(/Facilitator/)
}

test('each tab is the one whose link was followed in it, and writes as that', async () => {
  await areThemselves()
  await kenya.place('1', { after: 'Rivers' })
  await kenya.type(' and springs')
  await chair.place('2', { after: 'Rivers' })
  await chair.type(' all')
  await chair.reads('1', SENTENCE.replace('Rivers', 'Rivers[ and springs – KEN]'))
  await kenya.reads('2', SENTENCE.replace('Rivers', 'Rivers all'))
  await kenya.shoot('tabs-kenya')
  await chair.shoot('tabs-facilitator')
})

test('… also after a reload, and after the server was away', async () => {
  await kenya.reload()
  await chair.reload()
  await areThemselves()
  await meeting.product.kill()
  await kenya.place('3', { after: 'Rivers' })
  await kenya.type(' and lakes')
  await meeting.product.start()
  await kenya.saved()
  await chair.saved()
  await chair.reads('3', SENTENCE.replace('Rivers', 'Rivers[ and lakes – KEN]'))
  await areThemselves()
})

test('an address without a role is the one followed last, and stays that one', async () => {
  const address = `${meeting.product.url}/d/${meeting.paper.id}`
  const third = await Screen.openIn(kenya.context, address, 'third')
  meeting.screens.push(third)
  await expect.poll(() => who(third).innerText()).toMatch(/Facilitator/)
  expect(new URL(third.page.url()).searchParams.get('as')).toBe(
    new URL(chair.page.url()).searchParams.get('as'),
  )
  // An address copied from somebody else's window.
  const copied = await Screen.openIn(kenya.context, `${address}?as=${'0'.repeat(16)}`, 'copied')
  meeting.screens.push(copied)
  await expect.poll(() => who(copied).innerText()).toMatch(/Facilitator/)
})

test('a link is revoked where links are made: who came by it is sent away, the other tab is not', async () => {
  await chair.press('Escape')
  await chair.press('Control+k')
  await chair.type('Invite')
  await chair.page.getByRole('listbox').getByRole('option').first().waitFor()
  await chair.press('Enter')
  const dialog = chair.page.getByRole('dialog')
  const revoke = dialog.getByRole('button', { name: 'Revoke the link for Delegation, KEN' })
  await revoke.waitFor()
  await revoke.scrollIntoViewIfNeeded()
  await chair.shoot('links-list')
  await revoke.click()
  await chair.frame()
  await chair.shoot('links-list-sure')
  await dialog.getByRole('button', { name: 'Revoke it' }).click()
  await revoke.waitFor({ state: 'detached' })
  await kenya.page
    .getByText(/withdrawn|revoked|no longer/i)
    .first()
    .waitFor()
  await chair.shoot('links-list-after')
  await chair.press('Escape')
  await chair.place('2', { after: 'all' })
  await chair.type(' great')
  await chair.reads('2', SENTENCE.replace('Rivers', 'Rivers all great'))
  await chair.saved()
})

test('nothing went wrong on any page', () => {
  expect(meeting.problems()).toEqual([])
})
