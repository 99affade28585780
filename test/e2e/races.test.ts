import { afterAll, beforeAll, expect, test } from 'vitest'
import { Line } from '#test/kit/line.ts'
import { Meeting, SENTENCE } from '#test/kit/meeting.ts'
import { WITHIN } from '#test/kit/patience.ts'
import { choose, gutter } from '#test/kit/procedure.ts'
import { Screen, agreed } from '#test/kit/screen.ts'

// Somebody types over a lagging line while others decide: nothing of it is a command, and nothing lands elsewhere.

const KEYS = ' a r k s o v x c n e p m u f g j'

let meeting: Meeting
let chair: Screen
let secretariat: Screen
let ken: Screen
const lines = { secretariat: new Line(), ken: new Line() }

beforeAll(async () => {
  meeting = await Meeting.call(30, ['KEN'])
  ;[chair, secretariat, ken] = await Promise.all([
    meeting.seat('facilitator', 'Orsolya Tamm'),
    meeting.seat('secretariat', 'Marie Duval', lines.secretariat),
    meeting.seat('KEN', 'Amina Otieno', lines.ken),
  ])
})

afterAll(async () => {
  await meeting?.end()
})

const offered = (screen: Screen, words: string) =>
  screen.page.getByRole('alert').filter({ hasText: words.trim() })

/** What a page must keep while the document is replaced. */
const stands = (screen: Screen) =>
  screen.page.evaluate(() => ({
    top: Math.round(scrollY),
    inText: document.activeElement?.matches('.ProseMirror') === true,
    blank: document.querySelector('.ProseMirror .block') === null,
    same: (document.querySelector('.ProseMirror') as HTMLElement | null)?.dataset.seen,
  }))

const mark = (screen: Screen) =>
  screen.page.evaluate(() => {
    document.querySelector<HTMLElement>('.ProseMirror')!.dataset.seen = 'before'
  })

test('14.6, 14.7 a paragraph agreed while the secretariat types in it: she stays there, and no key decides', async () => {
  const [proposed, at] = ['28', '29']
  await ken.place(proposed, { after: 'Rivers' })
  await ken.type(' always')
  await agreed(chair, secretariat, ken)
  await secretariat.place(at, { after: 'warm' })
  await mark(secretariat)
  const before = await stands(secretariat)
  expect(before.top).toBeGreaterThan(0)
  lines.secretariat.hold()
  await secretariat.type(' and salty')
  await choose(chair, at, /^Agree ad ref/)
  await gutter(chair, at)
    .and(chair.page.getByRole('button', { name: /agreed ad ref/i }))
    .waitFor()
  const typing = secretariat.type(KEYS)
  lines.secretariat.letGo()
  await typing
  await offered(secretariat, 'and salty').first().waitFor()
  await secretariat.type(KEYS)
  expect(await stands(secretariat)).toEqual(before)
  await secretariat.shoot('races-1-agreed')
  await agreed(chair, secretariat, ken)
  expect(await chair.text(at)).toContain(SENTENCE)
  expect(await chair.text(proposed)).toBe(SENTENCE.replace('Rivers', 'Rivers[ always – KEN]'))
  expect((await secretariat.caret())?.label).toBe(at)
  expect(await offered(secretariat, 'and salty').first().isVisible()).toBe(true)
})

test('14.8 words typed in a bracket that is not retained come back where she looks; what she wrote elsewhere is sent', async () => {
  const [at, other] = ['21', '22']
  await ken.place(at, { after: 'Rivers' })
  await ken.type(' at first')
  await agreed(chair, secretariat, ken)
  await mark(ken)
  lines.ken.hold()
  await ken.place(other, { after: 'warm' })
  await ken.type(' and deep')
  await ken.place(at, { after: ' at first' })
  await ken.type(', and ever')
  const before = await stands(ken)
  await chair.place(at, { after: ' at first' })
  const card = chair.page.locator('[data-row][aria-current="true"]', { hasText: 'at first' })
  await card.getByRole('button', { name: 'Not retained' }).click()
  await chair.reads(at, SENTENCE)
  lines.ken.letGo()
  const offer = offered(ken, ', and ever').first()
  await offer.waitFor()
  await expect.poll(() => chair.text(other), WITHIN).toContain('warm[ and deep – KEN]')
  expect(await stands(ken)).toEqual(before)
  const box = await offer.boundingBox()
  expect(box && box.y >= 0 && box.y + box.height <= 900).toBe(true)
  expect(await offer.innerText()).not.toContain('and deep')
  await ken.shoot('races-2-not-retained')
  // Where the bracket stood she goes on; undo takes back what is hers elsewhere, and nothing that was put aside.
  await ken.type('!')
  await agreed(chair, secretariat, ken)
  expect(await ken.text(at)).toBe(SENTENCE.replace('Rivers', 'Rivers[! – KEN]'))
  await ken.page.keyboard.press('Control+z')
  await ken.page.keyboard.press('Control+z')
  await agreed(chair, secretariat, ken)
  expect(await ken.text(at)).toBe(SENTENCE)
  expect(await ken.text(other)).toBe(SENTENCE)
})

test('nothing went wrong on any page', () => {
  expect(meeting.problems()).toEqual([])
})
