import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { isSplit } from '#test/chaos/checks.ts'
import { Tokens } from '#test/chaos/tokens.ts'
import { Line } from '#test/kit/line.ts'
import { Meeting, SENTENCE } from '#test/kit/meeting.ts'
import { WITHIN } from '#test/kit/patience.ts'
import { choose, command, dialog, gutter } from '#test/kit/procedure.ts'
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
  rmSync(folder, { recursive: true, force: true })
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
  const undone = async () => {
    await ken.page.keyboard.press('Control+z')
    expect([await ken.text(at), await ken.text(other)]).toEqual([SENTENCE, SENTENCE])
  }
  // One step is what was typed without a rest.
  await vi.waitFor(undone, WITHIN)
  await agreed(chair, secretariat, ken)
  expect(await ken.text(at)).toBe(SENTENCE)
})

test('14.7, 14.9 what an input method composes while the paragraph is agreed is offered back where she looks', async () => {
  const at = '25'
  await ken.place(at, { after: 'warm' })
  await mark(ken)
  const before = await stands(ken)
  await ken.compose('ね', 'ねこ')
  await choose(chair, at, /^Agree ad ref/)
  const agreedMark = gutter(ken, at).and(ken.page.getByRole('button', { name: /agreed ad ref/i }))
  await agreedMark.waitFor()
  await ken.commit('猫舌')
  await offered(ken, '猫舌').first().waitFor()
  await ken.type(KEYS)
  expect(await stands(ken)).toEqual(before)
  await agreed(chair, secretariat, ken)
  expect(await chair.text(at)).toBe(SENTENCE)
})

/** Counts, from now on, how often the text was blank or without the focus. */
const watch = (screen: Screen) =>
  screen.page.evaluate(() => {
    const seen = { blank: 0, left: 0 }
    Object.assign(globalThis, { seen })
    new MutationObserver(() => {
      if (document.querySelector('.ProseMirror .block') === null) seen.blank++
      if (document.activeElement?.matches('.ProseMirror') !== true) seen.left++
    }).observe(document.body, { childList: true, subtree: true })
  })

const watched = (screen: Screen) =>
  screen.page.evaluate(() => (globalThis as unknown as { seen: { blank: number; left: number } }).seen)

/** Where the paragraph with the caret is in the window, and which view is shown. */
const looksAt = (screen: Screen, label: string) =>
  screen.page.evaluate((at) => {
    const block = document.querySelector(`.ProseMirror > .block[data-label="${at}"]`)
    const view = document.querySelector<HTMLElement>('[data-view]')?.dataset.view
    return { top: block?.getBoundingClientRect().top ?? -1, view }
  }, label)

/** The words that are offered, or said not to have been written. */
const told = (screen: Screen) =>
  screen.page.evaluate(() => {
    const places = document.querySelectorAll('[role="alert"] li > p, [role="status"]')
    return Array.from(places, (place) => place.textContent).join('\n')
  })

const times = (text: string, words: string) => text.split(words).length - 1

const tokens = new Tokens()

interface Typist {
  readonly screen: Screen
  readonly label: string
}

/** Types words made of letters that are commands elsewhere, without a rest, until it is told to stop. */
function keepTyping({ screen }: Typist): { readonly typed: string[]; stop: () => Promise<void> } {
  const typed: string[] = []
  const over = new AbortController()
  const burst = async () => {
    for (let n = 0; n < 40 && !over.signal.aborted; n++) {
      const token = tokens.fresh()
      typed.push(token)
      await screen.page.keyboard.type(` ${token}`, { delay: 8 })
    }
  }
  const typing = burst()
  return {
    typed,
    stop: async () => {
      over.abort()
      await typing
    },
  }
}

interface Reopening {
  readonly name: string
  /** Makes the clients open the document afresh. */
  readonly cause: () => Promise<void>
  readonly commands: number
}

const setAttribution = (wanted: string) => async () => {
  await command(chair, 'Attribution of proposals')
  await dialog(chair).getByText(wanted, { exact: true }).click()
  await dialog(chair).getByRole('button', { name: 'Set' }).click()
  const state = wanted === 'Unattributed' ? 'visible' : 'detached'
  const notes = [ken, secretariat].map(({ page }) => page.getByText('Unattributed round'))
  await Promise.all(notes.map((note) => note.waitFor({ state })))
}

async function issueRevision(): Promise<void> {
  await command(chair, 'Issue a revision')
  await dialog(chair).getByRole('button', { name: 'Issue Rev.1' }).click()
  await chair.hears('Rev.1 has been issued')
}

async function failStore(): Promise<void> {
  const both = [lines.ken, lines.secretariat]
  const before = both.map((line) => line.opened)
  await Promise.all(both.map((line) => line.close('store-failed')))
  await expect.poll(() => both.every((line, i) => line.opened > before[i]!), WITHIN).toBe(true)
}

/** Where is typed while the server goes back. */
const AWAY = ['10', '9'] as const
const folder = mkdtempSync(join(tmpdir(), 'informals-races-'))
const BACKUP = join(folder, 'backup.db')

/** The server is killed, and comes back as it was a while ago. */
async function setBack(): Promise<void> {
  const { product } = meeting
  // Of what is lost something had been acknowledged.
  for (const label of AWAY) await chair.reads(label, /q[arkso]{6}z/)
  await product.kill()
  await product.cli('restore', BACKUP, '--force')
  await product.start()
  await ken.page.getByText(/no longer the one that was edited here/).waitFor()
}

const REOPENINGS: readonly Reopening[] = [
  { name: 'a round without attribution', cause: setAttribution('Unattributed'), commands: 1 },
  { name: 'a round with attribution', cause: setAttribution('Attributed'), commands: 1 },
  { name: 'a revision', cause: issueRevision, commands: 1 },
  { name: 'a store that failed', cause: failStore, commands: 0 },
]

/** Two people type while something makes them open the document afresh. */
async function typeThrough({ cause, commands }: Reopening, labels: readonly [string, string]): Promise<void> {
  const before = meeting.product.commands(meeting.paper.id).length
  const typists: Typist[] = [
    { screen: ken, label: labels[0] },
    { screen: secretariat, label: labels[1] },
  ]
  const looked = []
  for (const { screen, label } of typists) {
    await screen.place(label, { after: 'warm' })
    await mark(screen)
    await watch(screen)
    looked.push(await looksAt(screen, label))
  }
  const bursts = typists.map(keepTyping)
  await cause()
  for (const burst of bursts) await burst.stop()
  await agreed(chair, secretariat, ken)
  expect(meeting.product.commands(meeting.paper.id)).toHaveLength(before + commands)
  const text = await meeting.product.cli('export', meeting.paper.id, '--format', 'text')
  for (const [i, { screen, label }] of typists.entries()) {
    expect(await watched(screen)).toEqual({ blank: 0, left: 0 })
    const now = await looksAt(screen, label)
    expect(now.view).toBe(looked[i]!.view)
    // The text above may have become some lines longer.
    expect(Math.abs(now.top - looked[i]!.top)).toBeLessThan(200)
    expect((await stands(screen)).same).toBe('before')
    const caret = await screen.caret()
    expect(caret?.label).toBe(label)
    const all = text + (await told(screen))
    const lost = bursts[i]!.typed.filter((token) => times(all, token) !== 1 && !isSplit(all, token))
    expect(lost).toEqual([])
  }
}

test('14.7, 14.9 what is done in the text before it is known under which name it stands is done then, in its order', async () => {
  const at = '24'
  const { page } = secretariat
  await page.getByRole('button', { name: /^Writing for/ }).click()
  await page.getByRole('menuitemradio', { name: 'Kenya' }).click()
  const { promise: held, resolve: letGo } = Promise.withResolvers<void>()
  await page.route(/\/attributions/, async (route) => {
    await held
    await route.continue()
  })
  await secretariat.place(at, { after: 'warm' })
  const before = meeting.product.commands(meeting.paper.id).length
  await setAttribution('Unattributed')()
  await secretariat.type(' ara')
  await secretariat.press('Backspace')
  await secretariat.type('ks')
  await secretariat.compose('に', 'にほ')
  await secretariat.commit('日本')
  await page.evaluate(() => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', ' pasted')
    const pasted = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true })
    document.querySelector('.ProseMirror')!.dispatchEvent(pasted)
  })
  await secretariat.type(' o')
  await secretariat.press('Backspace', 'Backspace')
  await secretariat.place(at, { after: 'Rivers' })
  await secretariat.press('Enter')
  await secretariat.type('sok')
  expect(await chair.text(at)).toBe(SENTENCE)
  expect(await secretariat.page.locator('header output').first().innerText()).toContain('Saving')
  letGo()
  await chair.reads(at, SENTENCE.replace('warm', 'warm[ arks日本 pasted]'))
  expect(meeting.product.commands(meeting.paper.id)).toHaveLength(before + 1)
  await agreed(chair, secretariat, ken)
  const [fresh, ...others] = (await chair.texts()).filter((line) => line.includes('sok'))
  expect(others).toEqual([])
  expect(fresh).toMatch(/^24 bis/)
  await page.getByRole('button', { name: /^Writing for/ }).click()
  await page.getByRole('menuitemradio', { name: 'ourselves' }).click()
  await setAttribution('Attributed')()
})

for (const [i, reopening] of REOPENINGS.entries()) {
  test(`14.3, 14.6, 14.7 ${reopening.name}, while two people type: all of it is there, and no key decides`, async () => {
    await typeThrough(reopening, [String(19 - i), String(14 - i)])
  })
}

test('14.6, 14.7, 14.14 a server that was set back, while two people type: what it has lost is offered to them', async () => {
  const { product } = meeting
  await product.cli('backup', BACKUP)
  await typeThrough({ name: 'set back', cause: setBack, commands: 0 }, AWAY)
})

test('nothing went wrong on any page', () => {
  expect(meeting.problems()).toEqual([])
})
