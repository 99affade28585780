import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { choose, fromMenu, rowOf } from '#test/kit/cards.ts'
import { Meeting, SENTENCE } from '#test/kit/meeting.ts'
import { choose as chooseOfParagraph } from '#test/kit/procedure.ts'
import type { Screen } from '#test/kit/screen.ts'

// Where delegations stand: taken, changed and taken back by its users, with real keys.

let meeting: Meeting
let chair: Screen
let ken: Screen
let eu: Screen
let g77: Screen
let observer: Screen

beforeAll(async () => {
  meeting = await Meeting.call(20, ['KEN', 'EU', 'G77'])
  ;[chair, ken, eu, g77, observer] = await Promise.all([
    meeting.seat('facilitator', 'Orsolya Tamm'),
    meeting.seat('KEN', 'Amina Otieno'),
    meeting.seat('EU', 'Clara Weiss'),
    meeting.seat('G77', 'Rafael Duarte'),
    meeting.seat('observer', 'Joaquim Abreu'),
  ])
})

afterAll(async () => {
  await meeting?.end()
})

const reading = (bracket: string) => SENTENCE.replace('Rivers', `Rivers${bracket}`)

/** On the chair’s screen and on that of whoever goes on from there. */
const bothRead = (screen: Screen, at: string, bracket: string) =>
  Promise.all([chair, screen].map((one) => one.reads(at, reading(bracket))))

/** A paragraph in which somebody has proposed “and springs”. */
async function withProposalOf(screen: Screen): Promise<string> {
  const at = meeting.fresh()
  await screen.place(at, { after: 'Rivers' })
  await screen.type(' and springs')
  await screen.press('Escape')
  await screen.saved()
  return at
}

describe('what is said of words that change', () => {
  test('3.8 3.9 a name behind words that it was not given for is marked, and one press says it of these', async () => {
    const at = await withProposalOf(ken)
    await choose(eu, at, 'KEN')
    await eu.press('s')
    await chair.reads(at, reading('[ and springs – KEN, EU]'))
    await ken.select(at, ' and springs')
    await ken.type(' only')
    await ken.press('Escape')
    await ken.saved()
    await chair.reads(at, reading('[ only – KEN, EU (on earlier wording)]'))
    const note = rowOf(eu, at, 'KEN').locator('[data-earlier="support"]')
    await expectText(note, /changed since you said Support.*“ and springs”/)
    await eu.shoot('earlier-light')
    await eu.page.emulateMedia({ colorScheme: 'dark' })
    await eu.shoot('earlier-dark')
    await eu.page.emulateMedia({ colorScheme: 'light' })
    await fromMenu(eu, 'History of this proposal')
    const history = eu.page.getByRole('dialog', { name: 'History of the proposal' })
    await history.getByText('on earlier wording: “ and springs”').waitFor()
    await eu.shoot('earlier-history')
    await eu.press('Escape')
    await note.getByRole('button', { name: 'Support this wording' }).click()
    await chair.reads(at, reading('[ only – KEN, EU]'))
    await note.waitFor({ state: 'detached' })
    await rowOf(eu, at, 'KEN').getByRole('button', { name: 'Support', pressed: true }).waitFor()
  })

  test('2.12 what was typed and undone is told as taken back', async () => {
    const at = meeting.fresh()
    await ken.place(at, { after: 'Rivers' })
    await ken.type(' oops')
    await chair.reads(at, reading('[ oops – KEN]'))
    // One step or two, by how fast the keys came.
    for (let step = 0; step < 5 && (await ken.text(at)) !== SENTENCE; step++) await ken.press('Control+z')
    await ken.press('Escape')
    await chair.reads(at, SENTENCE)
    await chooseOfParagraph(chair, at, /^History of this paragraph/)
    const history = chair.page.getByRole('dialog', { name: /History/ })
    await history.locator('[data-what="emptied"]', { hasText: 'Took it back' }).waitFor()
    await history.locator('[data-what="proposed"]', { hasText: 'oops' }).waitFor()
    await chair.shoot('taken-back-history')
    await chair.press('Escape')
  })
})

const expectText = (found: Locator, text: RegExp) => found.filter({ hasText: text }).waitFor()

describe('positions in one gesture', () => {
  test('3.1 a key takes a position, another one replaces it, the same again takes it back', async () => {
    const at = await withProposalOf(ken)
    await choose(eu, at, 'KEN')
    await eu.press('s')
    await chair.reads(at, reading('[ and springs – KEN, EU]'))
    await eu.press('o')
    await chair.reads(at, reading('[ and springs – KEN; EU delete]'))
    await eu.press('v')
    await chair.reads(at, reading('[ and springs – KEN; EU reserve]'))
    await eu.press('c')
    await chair.reads(at, reading('[ and springs – KEN; EU to come back]'))
    await eu.press('c')
    await chair.reads(at, reading('[ and springs – KEN]'))
  })

  test('3.1 the card shows it, with the name and a word for it, on every screen', async () => {
    const at = await withProposalOf(ken)
    const row = await choose(eu, at, 'KEN')
    await row.getByRole('button', { name: 'Flexible' }).click()
    await row.getByRole('button', { name: 'Flexible', pressed: true }).waitFor()
    await choose(observer, at, 'KEN')
    const told = rowOf(observer, at, 'KEN')
      .getByRole('listitem', { name: '' })
      .filter({ hasText: 'Flexible' })
    expect(await told.innerText()).toMatch(/Flexible\s+EU/)
  })

  test('others’ words, wherever one’s own caret was, leave the key where the eyes are', async () => {
    const left = await withProposalOf(ken)
    const at = await withProposalOf(g77)
    await choose(ken, at, 'G77')
    await eu.place(left, { after: 'the warm' })
    await eu.type(' blue')
    await eu.press('Escape')
    await ken.reads(left, /warm\[ blue – EU\]/)
    await ken.press('o')
    await chair.reads(at, reading('[ and springs – G77; KEN delete]'))
  })

  test('1.5 facilitators take it for the delegation that they write for, and it records both', async () => {
    const at = await withProposalOf(ken)
    await chair.reads(await withProposalOf(eu), reading('[ and springs – EU]'))
    await choose(chair, at, 'KEN')
    await chair.press('v')
    await chair.page.getByText('Choose first for which delegation you write').first().waitFor()
    await chair.page.getByRole('button', { name: /^Writing for/ }).click()
    await chair.page.getByRole('menuitemradio', { name: /European Union/ }).click()
    await choose(chair, at, 'KEN')
    await chair.press('v')
    await bothRead(eu, at, '[ and springs – KEN; EU reserve]')
    await fromMenu(chair, 'History of this proposal')
    await chair.page.getByText('EU: reserve, written by the Co-Facilitators').waitFor()
    await chair.press('Escape')
    await choose(eu, at, 'KEN')
    await eu.press('v')
    await bothRead(eu, at, '[ and springs – KEN]')
  })

  test('3.2 a proponent is told that its proposal is its position; an observer, that it has none', async () => {
    const at = await withProposalOf(ken)
    const own = await choose(ken, at, 'KEN')
    expect(await own.getByRole('button', { name: 'Support' }).count()).toBe(0)
    await ken.press('s')
    await ken.page.getByText('It is your own proposal').first().waitFor()
    const seen = await choose(observer, at, 'KEN')
    expect(await seen.getByRole('button', { name: 'Support' }).count()).toBe(0)
    await observer.press('o')
    await observer.page.getByText('Observers take no positions').first().waitFor()
    expect(await chair.text(at)).toBe(reading('[ and springs – KEN]'))
  })
})

describe('beside the proponent', () => {
  test('3.4 a name is added by one key, which takes back opposition, and taken off by the same', async () => {
    const at = await withProposalOf(ken)
    await choose(eu, at, 'KEN')
    await eu.press('o')
    await bothRead(eu, at, '[ and springs – KEN; EU delete]')
    await eu.press('n')
    await bothRead(eu, at, '[ and springs – KEN, EU]')
    await eu.press('n')
    await bothRead(eu, at, '[ and springs – KEN]')
  })

  test('1.4 a member dissociates itself from its group’s proposal; others are not offered to', async () => {
    const at = await withProposalOf(g77)
    await choose(eu, at, 'G77')
    await eu.press('.')
    await eu.page.locator('[role="menu"]:focus-within').waitFor()
    expect(await eu.page.getByRole('menuitem', { name: 'Add the name of EU' }).count()).toBe(1)
    expect(await eu.page.getByRole('menuitem', { name: /Dissociate/ }).count()).toBe(0)
    await eu.press('Escape')
    await choose(ken, at, 'G77')
    await fromMenu(ken, 'Dissociate KEN from G77')
    await bothRead(ken, at, '[ and springs – G77 (except KEN)]')
    await fromMenu(ken, 'Stand behind G77 again')
    await bothRead(ken, at, '[ and springs – G77]')
  })
})

describe('withdrawing', () => {
  test('3.6 on condition: it stands in the bracket, nothing is withdrawn, and it may be lifted', async () => {
    const at = await withProposalOf(ken)
    await choose(ken, at, 'KEN')
    await fromMenu(ken, 'Withdraw on condition…')
    await ken.page
      .getByLabel('Our proposal is withdrawn if …')
      .and(ken.page.locator('textarea:focus'))
      .waitFor()
    await ken.type('3 bis is in')
    await ken.press('Control+Enter')
    await bothRead(ken, at, '[ and springs – KEN; to withdraw if 3 bis is in]')
    await choose(ken, at, 'KEN')
    await fromMenu(ken, 'Lift the condition')
    await eu.reads(at, reading('[ and springs – KEN]'))
  })

  test('3.5 what was withdrawn is taken over by a supporter, in the history', async () => {
    const at = await withProposalOf(ken)
    await choose(eu, at, 'KEN')
    await eu.press('s')
    await bothRead(ken, at, '[ and springs – KEN, EU]')
    const own = await choose(ken, at, 'KEN')
    await own.getByRole('button', { name: 'Withdraw', exact: true }).click()
    await chair.reads(at, SENTENCE)
    await eu.page.locator('header').getByRole('button', { name: 'History' }).click()
    await eu.page.getByRole('button', { name: 'Take over' }).first().click()
    await chair.reads(at, reading('[ and springs – EU]'))
    const taken = await choose(chair, at, 'EU')
    await taken.getByText('first made by KEN').waitFor()
  })
})

test('no page had a problem', () => {
  expect(meeting.problems()).toEqual([])
})
