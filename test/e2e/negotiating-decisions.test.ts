import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { choose, fromMenu, rowOf } from '#test/kit/cards.ts'
import { Meeting, SENTENCE } from '#test/kit/meeting.ts'
import { WITHIN } from '#test/kit/patience.ts'
import type { Screen } from '#test/kit/screen.ts'

// Deciding as facilitators do it: in part, merged, what becomes of the others, and taking it back with a reason.

let meeting: Meeting
let chair: Screen
let ken: Screen
let eu: Screen

beforeAll(async () => {
  meeting = await Meeting.call(20, ['KEN', 'EU'])
  ;[chair, ken, eu] = await Promise.all([
    meeting.seat('facilitator', 'Orsolya Tamm'),
    meeting.seat('KEN', 'Amina Otieno'),
    meeting.seat('EU', 'Clara Weiss'),
  ])
})

afterAll(async () => {
  await meeting?.end()
})

const swap = (words: string, by: string) => SENTENCE.replace(words, by)

async function replaces(screen: Screen, at: string, words: string, by: string): Promise<void> {
  await screen.select(at, words)
  await screen.type(by)
  await screen.press('Escape')
  await screen.saved()
}

/** A paragraph in which two want other words for “snow”. */
async function inDispute(): Promise<string> {
  const at = meeting.fresh()
  await replaces(ken, at, 'snow', 'ice')
  await eu.reads(at, swap('snow', '[snow / ice – KEN]'))
  await replaces(eu, at, 'snow', 'old glaciers')
  await chair.reads(at, swap('snow', '[snow / ice – KEN / old glaciers – EU]'))
  return at
}

const history = (screen: Screen) => screen.page.locator('header').getByRole('button', { name: 'History' })

describe('accepting in part', () => {
  test('6.3 words are taken out by keys, and what goes in is said before', async () => {
    const at = meeting.fresh()
    await replaces(ken, at, 'snow', 'old snow and ice')
    await choose(chair, at, 'KEN')
    await chair.press('p')
    await chair.page
      .getByRole('button', { name: 'old', pressed: true })
      .and(chair.page.locator(':focus'))
      .waitFor()
    await chair.press('Space', 'ArrowRight', 'ArrowRight', 'Space')
    await chair.page.getByText('Goes into the text: snow ice').waitFor()
    await chair.press('Space', 'Control+Enter')
    await ken.reads(at, swap('snow', 'snow and ice'))
    await chair.page.getByRole('button', { name: 'Undo' }).waitFor()
    await chair.press('u')
    await ken.reads(at, swap('snow', '[snow / old snow and ice – KEN]'))
  })

  test('6.3 the words that were to be deleted may stay', async () => {
    const at = meeting.fresh()
    await replaces(ken, at, 'snow', 'ice')
    await choose(chair, at, 'KEN')
    await chair.press('p')
    await chair.page.getByLabel('Keep the words that were to be deleted').check()
    await chair.press('Control+Enter')
    await ken.reads(at, swap('snow', 'snow ice'))
  })
})

describe('merging', () => {
  test('6.4, 6.5 the words at hand by keys, the machine check beside them, and one key takes it back', async () => {
    const at = await inDispute()
    await choose(chair, at, 'KEN')
    await chair.press('m')
    const dialog = chair.page.getByRole('dialog', { name: 'Merge into a bridging text' })
    const check = dialog.getByLabel('Machine check')
    await dialog.getByLabel('Bridging text').and(chair.page.locator(':focus')).waitFor()
    await check.getByText('Dropped: ice, old, glaciers').waitFor()
    await chair.press('Alt+Digit1')
    await chair.type(' and')
    await chair.press('Alt+Digit2')
    await check.getByText('Added: and').waitFor()
    await chair.press('Control+Enter')
    await ken.reads(at, swap('snow', '[snow / ice and old glaciers – Co-Facilitators]'))
    await rowOf(chair, at, 'Co-Facilitators').and(chair.page.locator(':focus')).waitFor()
    await chair.press('u')
    await ken.reads(at, swap('snow', '[snow / ice – KEN / old glaciers – EU]'))
  })

  test('6.5 when nothing is added or dropped, the check says so', async () => {
    const at = await inDispute()
    await choose(chair, at, 'EU')
    await chair.press('m', 'Alt+Digit2', 'Alt+Digit1')
    await chair.page.getByText('No word of any proposal was added or dropped.').waitFor()
    await chair.press('Escape')
    await chair.page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(await chair.text(at)).toContain('ice – KEN / old glaciers – EU')
  })
})

describe('what becomes of the others', () => {
  test('5.2, 5.3, 5.4 it is said before, listed after, and chosen by a person', async () => {
    const at = await inDispute()
    const row = await choose(chair, at, 'KEN')
    await row.getByText('would contradict what is accepted').waitFor()
    await chair.press('a')
    const panel = chair.page.getByRole('region', { name: '1 other proposal is touched' })
    await panel.getByText('Contradicts what was accepted').waitFor()
    await rowOf(eu, at, 'EU').getByText('Contradicts what was accepted').waitFor()
    await panel.getByRole('button', { name: 'Keep, in place of what was accepted' }).click()
    await panel.waitFor({ state: 'detached' })
    await rowOf(eu, at, 'EU').getByText('Contradicts what was accepted').waitFor({ state: 'detached' })
    expect(await eu.text(at)).toBe(swap('snow', '[ice / old glaciers – EU]'))
  })

  test('6.9 … or recorded as superseded by what was accepted', async () => {
    const at = await inDispute()
    await choose(chair, at, 'KEN')
    await chair.press('a')
    const panel = chair.page.getByRole('region', { name: '1 other proposal is touched' })
    await panel.getByRole('button', { name: 'Superseded' }).click()
    await ken.reads(at, swap('snow', 'ice'))
    await history(ken).click()
    const entry = ken.page.getByRole('dialog').getByRole('listitem').first()
    expect(await entry.innerText()).toMatch(/EU[^]*Superseded by Orsolya Tamm[^]*by KEN’s proposal/)
    await ken.press('Escape')
  })

  test('6.9 … also later, from the menu of its card', async () => {
    const at = await inDispute()
    await choose(chair, at, 'KEN')
    await chair.press('a')
    await chair.page.getByRole('button', { name: 'Later' }).click()
    await choose(chair, at, 'EU')
    await fromMenu(chair, 'Superseded by…')
    await chair.page.getByRole('radio', { checked: true }).and(chair.page.locator(':focus')).waitFor()
    await chair.press('Control+Enter')
    await ken.reads(at, swap('snow', 'ice'))
  })

  test('5.3 its owner keeps it too', async () => {
    const at = await inDispute()
    await choose(chair, at, 'KEN')
    await chair.press('a')
    const own = await choose(eu, at, 'EU')
    await own.getByText('Contradicts what was accepted').waitFor()
    await own.getByRole('button', { name: 'Keep, in place of what was accepted' }).click()
    await own.getByText('Contradicts what was accepted').waitFor({ state: 'detached' })
  })
})

describe('what stays on record', () => {
  test('6.6, 6.7 the basis stands in the history, and what is opened again later has a reason', async () => {
    const at = meeting.fresh()
    await replaces(ken, at, 'snow', 'ice')
    const row = await choose(chair, at, 'KEN')
    await row.getByLabel('Basis').selectOption('room-consensus')
    await row.focus()
    await chair.press('r')
    await ken.reads(at, SENTENCE)
    await history(chair).click()
    const entry = chair.page.getByRole('dialog').getByRole('listitem').first()
    expect(await entry.innerText()).toMatch(/Not retained by Orsolya Tamm[^]*room consensus/)
    await entry.getByRole('button', { name: 'Reopen…' }).click()
    await chair.type('A delegation was not in the room')
    await chair.press('Enter')
    await ken.reads(at, swap('snow', '[snow / ice – KEN]'))
    await choose(ken, at, 'KEN')
    await fromMenu(ken, 'History of this proposal')
    const told = ken.page.getByRole('dialog')
    await told
      .getByText('Reopened by Orsolya Tamm, Co-Facilitators: “A delegation was not in the room”')
      .waitFor()
    await ken.press('Escape')
  })
})

/** Where somebody’s caret stands, drawn into the paragraph that it is in. */
async function placed(screen: Screen): Promise<string> {
  const caret = await screen.caret()
  if (!caret) return 'nowhere'
  const text = await screen.text(caret.label)
  return `${text.slice(0, caret.head)}|${text.slice(caret.head)}`
}

const stands = (screen: Screen, wanted: string) =>
  expect.poll(() => placed(screen), { ...WITHIN, message: screen.name }).toBe(wanted)

/** KEN and EU are in the middle of these words; the facilitator decides on KEN’s proposal and takes that back. */
async function decidedAround(at: string, before: string, open: string, accepted: string): Promise<void> {
  for (const screen of [ken, eu]) await screen.place(at, { after: before })
  for (const screen of [ken, eu]) await stands(screen, open)
  await choose(chair, at, 'KEN')
  await chair.press('a')
  for (const screen of [ken, eu]) await stands(screen, accepted)
  await chair.shoot(`carets-accepted-${at}`)
  await ken.shoot(`carets-accepted-own-${at}`)
  await chair.press('u')
  for (const screen of [ken, eu]) await stands(screen, open)
  await chair.shoot(`carets-undone-${at}`)
}

describe('one’s place in the text', () => {
  test('14.10 in a bracket that is accepted and taken back', async () => {
    const at = meeting.fresh()
    await ken.place(at, { before: ' in the snow' })
    await ken.type(' wonder some')
    await ken.saved()
    await eu.reads(at, swap(' in the snow', '[ wonder some – KEN] in the snow'))
    await decidedAround(
      at,
      'wonder so',
      swap(' in the snow', '[ wonder so|me – KEN] in the snow'),
      swap(' in the snow', ' wonder so|me in the snow'),
    )
  })

  test('14.10 in words whose deletion is accepted and taken back', async () => {
    const at = meeting.fresh()
    await ken.select(at, 'snow')
    await ken.press('Backspace')
    await ken.saved()
    await eu.reads(at, swap('snow', '[snow – KEN delete]'))
    const [left, right] = SENTENCE.split('snow') as [string, string]
    await decidedAround(
      at,
      'sn',
      `${left}[sn|ow – KEN delete]${right}`,
      right.startsWith(' ') ? `${left}|${right.slice(1)}` : `${left}|${right}`,
    )
  })

  test('14.10 in a new paragraph that is accepted and taken back', async () => {
    const at = meeting.fresh()
    await ken.place(at, { offset: SENTENCE.length })
    await ken.press('Enter')
    await ken.type('We recall what was said.')
    await ken.saved()
    const label = `${at} bis`
    await eu.reads(label, '[We recall what was said. – KEN]')
    await decidedAround(label, 'We recall', '[We recall| what was said. – KEN]', 'We recall| what was said.')
  })

  test('14.15 a late answer leaves the focus with whoever has gone on typing', async () => {
    const at = meeting.fresh()
    await replaces(ken, at, 'snow', 'ice')
    await eu.reads(at, swap('snow', '[snow / ice – KEN]'))
    await choose(chair, at, 'KEN')
    const { promise: late, resolve: release } = Promise.withResolvers<void>()
    await chair.page.route('**/commands*', async (route) => {
      await late
      await route.continue()
    })
    await chair.press('a')
    await chair.place(at, { offset: SENTENCE.indexOf(' ') })
    await chair.type('ear')
    release()
    await ken.reads(at, new RegExp(`^${SENTENCE.slice(0, SENTENCE.indexOf(' '))}ear .*ice`, 'u'))
    await chair.page.getByRole('button', { name: 'Undo' }).waitFor()
    await chair.type('ear')
    await chair.page.unroute('**/commands*')
    expect(await chair.page.evaluate(() => document.activeElement?.className)).toContain('ProseMirror')
    await ken.reads(at, new RegExp(`^${SENTENCE.slice(0, SENTENCE.indexOf(' '))}earear `, 'u'))
    await chair.press('Escape')
  })

  test('14.16, 14.17 what waits is counted and listed, and goes as soon as the connection is back', async () => {
    const at = meeting.fresh()
    await replaces(ken, at, 'snow', 'ice')
    await choose(chair, at, 'KEN')
    await chair.context.setOffline(true)
    await chair.press('a')
    await chair.page.getByRole('button', { name: '1 act waits' }).click()
    await chair.page.getByText('Accept KEN’s replacement').waitFor()
    await chair.shoot('waiting')
    await chair.press('Escape')
    await chair.context.setOffline(false)
    await ken.reads(at, swap('snow', 'ice'))
    await chair.saved()
    await chair.page.getByRole('button', { name: '1 act waits' }).waitFor({ state: 'detached' })
  })
})

test('no page had a problem', () => {
  expect(meeting.problems()).toEqual([])
})
