import { afterAll, beforeAll, expect, test } from 'vitest'
import { Meeting, SENTENCE } from '#test/kit/meeting.ts'
import { Screen, agreed } from '#test/kit/screen.ts'

// Bad wifi, closed laptops, links that end: whatever was typed is in the text, or offered back.

let meeting: Meeting
let chair: Screen
let ken: Screen
let eu: Screen

beforeAll(async () => {
  meeting = await Meeting.call(12, ['KEN', 'EU'])
  ;[chair, ken, eu] = await Promise.all([
    meeting.seat('facilitator', 'Orsolya Tamm'),
    meeting.seat('KEN', 'Amina Otieno'),
    meeting.seat('EU', 'Clara Weiss'),
  ])
})

afterAll(async () => {
  await meeting?.end()
})

const agree = () => agreed(chair, ken, eu)
const says = (screen: Screen, words: string) =>
  screen.page.locator('header output', { hasText: words }).waitFor()
const after = (label: string) => `Rivers${label} begin`

/** Runs in the page: whether what is kept on this device holds these words. */
async function isKept(words: string): Promise<boolean> {
  for (const { name = '' } of await indexedDB.databases()) {
    const base = await new Promise<IDBDatabase>((resolve) => {
      const opening = indexedDB.open(name)
      opening.addEventListener('success', () => resolve(opening.result))
    })
    for (const store of Array.from(base.objectStoreNames)) {
      const entries = await new Promise<unknown[]>((resolve) => {
        const reading = base.transaction(store).objectStore(store).getAll()
        reading.addEventListener('success', () => resolve(reading.result))
      })
      const values = entries.flatMap((entry) => Object.values(entry ?? {}) as unknown[])
      const texts = values.map((value) =>
        value instanceof Uint8Array ? new TextDecoder().decode(value) : '',
      )
      if (texts.some((text) => text.includes(words))) return true
    }
    base.close()
  }
  return false
}

async function goOffline(screen: Screen): Promise<void> {
  await screen.context.setOffline(true)
  await says(screen, 'Offline')
}

/** The facilitator does not retain the bracket with these words. */
async function refuse(label: string, words: string): Promise<void> {
  await chair.place(label, { after: words })
  const card = chair.page.locator('[data-row][aria-current="true"]', { hasText: words.trim() })
  await card.getByRole('button', { name: 'Not retained' }).click()
  await chair.reads(label, SENTENCE)
}

test('what is typed offline is there when the network is back', async () => {
  const at = meeting.fresh()
  await goOffline(ken)
  await ken.place(at, { after: 'Rivers' })
  await ken.type(' of the highlands')
  await eu.place(at, { after: 'warm' })
  await eu.type(' and salty')
  await eu.saved()
  expect(await eu.text(at)).not.toContain('highlands')
  await ken.shoot('connection-1-offline')
  await ken.context.setOffline(false)
  await expect.poll(() => eu.text(at)).toContain(after('[ of the highlands – KEN]'))
  await agree()
  expect(await ken.text(at)).toContain('warm[ and salty – EU] sea')
})

test('a tab that is closed offline gives up nothing: the next one sends it', async () => {
  const at = meeting.fresh()
  const address = ken.page.url()
  await goOffline(ken)
  await ken.place(at, { after: 'Rivers' })
  await ken.page.keyboard.insertText(' of the lowlands')
  await expect.poll(() => ken.page.evaluate(isKept, 'lowlands')).toBe(true)
  await ken.page.close()
  await ken.context.setOffline(false)
  ken = await Screen.openIn(ken.context, address, 'Amina Otieno')
  await expect.poll(() => eu.text(at)).toContain(after('[ of the lowlands – KEN]'))
  await agree()
})

test('words for a bracket that was decided meanwhile are offered back', async () => {
  const at = meeting.fresh()
  await ken.place(at, { after: 'Rivers' })
  await ken.type(' at first')
  await agree()
  await goOffline(ken)
  await ken.place(at, { after: ' at first' })
  await ken.type(', and ever after')
  await refuse(at, ' at first')
  await ken.context.setOffline(false)
  const offer = ken.page.getByRole('alert').filter({ hasText: 'and ever after' })
  await offer.waitFor()
  await ken.shoot('connection-2-offered-back')
  await agree()
  expect(await ken.text(at)).toBe(SENTENCE)
  await ken.reload()
  await offer.waitFor()
  await offer.getByRole('button', { name: 'Dismiss' }).click()
  await expect.poll(() => offer.count()).toBe(0)
  // It goes on as if nothing had been.
  await ken.place(at, { after: 'Rivers' })
  await ken.type(' again')
  await expect.poll(() => eu.text(at)).toContain(after('[ again – KEN]'))
  await agree()
})

test('two tabs of one person show and write the same', async () => {
  const at = meeting.fresh()
  const second = await Screen.openIn(ken.context, ken.page.url(), 'Amina Otieno, second tab')
  await Promise.all([ken.place(at, { after: 'Rivers' }), second.place(at, { after: 'warm' })])
  await Promise.all([ken.type(' one'), second.type(' two')])
  await agreed(chair, ken, eu, second)
  expect(await eu.text(at)).toBe(
    SENTENCE.replace('Rivers', 'Rivers[ one – KEN]').replace('warm', 'warm[ two – KEN]'),
  )
  await second.page.close()
})

test('whose link is withdrawn is told so, and writes no more', async () => {
  const at = meeting.fresh()
  const token = meeting.paper.link('EU').split('/').at(-1) ?? ''
  await meeting.product.cli('revoke', meeting.paper.id, token)
  const banner = eu.page.getByRole('alert').filter({ hasText: 'no longer connected' })
  await banner.waitFor()
  await eu.shoot('connection-3-withdrawn')
  await eu.place(at, { after: 'Rivers' })
  await eu.type(' unheard')
  await agreed(chair, ken)
  expect(await chair.text(at)).toBe(SENTENCE)
  await eu.page.reload()
  await eu.page.getByText('invitation').first().waitFor()
})

test('nothing went wrong on any page', () => {
  expect(meeting.problems()).toEqual([])
})
