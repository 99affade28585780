import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser } from '#test/kit/browser.ts'
import { lineOf, linesOf } from '#test/kit/exported.ts'
import { Product } from '#test/kit/product.ts'
import type { OneDocument } from '#test/kit/product.ts'
import { Screen, agreed } from '#test/kit/screen.ts'
import { phraseAt } from '#test/kit/words.ts'

// A real outcome document where it is at hand; it is nobody's to copy into a repository.
const REAL = join(import.meta.dirname, '../../../shared/texts/003_faf89008a3bdaf25.txt')
const OWN = join(import.meta.dirname, '../kit/sample.txt')

let browser: Browser
let product: Product
let paper: OneDocument
let chair: Screen
let ken: Screen
let eu: Screen
let observer: Screen

beforeAll(async () => {
  ;[browser, product] = await Promise.all([openBrowser(), Product.start()])
  const file = existsSync(REAL) ? REAL : OWN
  if (file === OWN) console.log('The real text is not at hand: drafting on the invented one.')
  paper = await product.import({ file }, ['KEN', 'EU'])
  const sit = (link: string, name: string) => Screen.open(browser, product.url + paper.link(link), name)
  ;[chair, ken, eu, observer] = await Promise.all([
    sit('facilitator', 'Orsolya Tamm'),
    sit('KEN', 'Amina Otieno'),
    sit('EU', 'Clara Weiss'),
    sit('observer', 'Joaquim Abreu'),
  ])
})

afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

const all = () => [chair, ken, eu, observer]
const row = (screen: Screen) => screen.page.locator('[data-row][aria-current="true"]')
/** Whose row is the current one; null where none is. */
const currentRow = (screen: Screen) =>
  row(screen).evaluateAll((rows) => rows[0]?.getAttribute('data-row') ?? null)
const agree = () => agreed(...all())

/** Walks with a key until the current card is about these words. */
async function walkTo(screen: Screen, key: 'j' | 'k', words: string): Promise<void> {
  for (let steps = 0; steps < 20; steps++) {
    if ((await row(screen).filter({ hasText: words }).count()) > 0) return
    const before = await currentRow(screen)
    await screen.press(key)
    await expect.poll(() => currentRow(screen)).not.toBe(before)
  }
  throw new Error(`${key} never came to “${words}”`)
}

describe('four people draft, decide and lose nothing', () => {
  let base: string
  let contested: string
  let together: string[]

  test('two delegations propose on the same words at once', async () => {
    base = await ken.text('2')
    contested = phraseAt(base, 8, 2)
    await Promise.all([ken.place('2', { after: contested }), eu.place('2', { after: contested })])
    await Promise.all([ken.type(' and fair'), eu.type(' and just')])
    await agree()
    const text = await observer.text('2')
    expect(text).toContain('[ and fair – KEN]')
    expect(text).toContain('[ and just – EU]')
    expect(text.replace('[ and fair – KEN]', '').replace('[ and just – EU]', '')).toBe(base)
  })

  test('two delegations replace the same words at once', async () => {
    const text = await ken.text('3')
    const words = phraseAt(text, 5, 3)
    await Promise.all([ken.select('3', words), eu.select('3', words)])
    await Promise.all([ken.type('one wording'), eu.type('another wording')])
    await agree()
    expect(await observer.text('3')).toMatch(/\[.+ \/ (one|another) wording – (KEN|EU) \/ .+ – (KEN|EU)\]/)
    const runs = await observer.runs('3')
    const struck = runs.filter((run) => run.struck).map((run) => run.text)
    expect(struck.join('')).toBe(words)
  })

  test('one amends a bracket while its owner types on', async () => {
    await Promise.all([
      ken.place('2', { after: '[ and fair' }),
      eu.place('2', { offset: (await eu.text('2')).indexOf('[ and fair') + '[ and'.length }),
    ])
    await Promise.all([ken.type(' and lasting'), eu.type(' truly')])
    await agree()
    expect(await chair.text('2')).toContain('[ and[ truly – EU] fair and lasting – KEN]')
    await chair.shoot('four-people-1-proposed')
    await ken.shoot('four-people-2-delegation')
  })

  test('whoever observes changes nothing', async () => {
    const before = await agree()
    await observer.page.locator('.ProseMirror .block').nth(4).click()
    await observer.type('Not a delegate')
    await observer.press('Backspace', 'Delete', 'Enter', 'Control+x')
    await observer.page.keyboard.insertText('猫')
    expect(await agree()).toEqual(before)
    await observer.shoot('four-people-3-observer')
  })

  test('the facilitator accepts by keyboard alone, and takes it back', async () => {
    const before = await agree()
    await walkTo(chair, 'j', 'one wording')
    await chair.shoot('four-people-4-deciding')
    await chair.press('a')
    await expect.poll(() => eu.text('3')).not.toContain('one wording –')
    await chair.shoot('four-people-5-accepted')
    const accepted = await agree()
    expect(accepted).not.toEqual(before)
    expect(await eu.text('3')).toContain('one wording')
    await chair.page.getByRole('button', { name: 'Undo' }).waitFor()
    await chair.press('u')
    await expect.poll(() => eu.text('3')).toContain('one wording – KEN')
    expect(await agree()).toEqual(before)
  })

  test('… accepts one with changes, and does not retain another', async () => {
    await walkTo(chair, 'k', 'and just')
    await chair.press('e')
    const field = chair.page.getByLabel('Wording that goes into the text')
    await expect.poll(() => field.inputValue()).toBe(' and just')
    await expect.poll(() => field.evaluate((element) => element === document.activeElement)).toBe(true)
    await chair.press('End')
    await chair.type(' alike')
    await chair.shoot('four-people-6-rewording')
    await chair.press('Control+Enter')
    await expect.poll(() => ken.text('2')).toContain('and just alike')
    expect(await ken.text('2')).not.toContain('– EU]and')
    await walkTo(chair, 'j', 'another wording')
    await chair.press('r')
    await expect.poll(() => ken.text('3')).not.toContain('another wording')
    await agree()
  })

  test('a delegation withdraws its own', async () => {
    const card = eu.page.locator('[data-row]').filter({ hasText: 'truly' }).filter({ hasText: 'EU' }).first()
    await card.click()
    await row(eu).getByRole('button', { name: 'Withdraw' }).click()
    await expect.poll(() => observer.text('2')).not.toContain('truly')
    together = await agree()
    expect(await observer.text('2')).toContain('[ and fair and lasting – KEN]')
  })

  test('after a reload everybody sees the same as before', async () => {
    await Promise.all(all().map((screen) => screen.reload()))
    expect(await agree()).toEqual(together)
  })

  test('the server is killed and comes back: clients find it by themselves, and go on', async () => {
    await product.kill()
    await Promise.all(
      all().map((screen) => screen.page.locator('header output', { hasText: 'Offline' }).waitFor()),
    )
    await ken.place('2', { after: '[ and fair' })
    await ken.type(' for all')
    await ken.shoot('four-people-7-offline')
    await product.start()
    await expect.poll(() => observer.text('2')).toContain('[ and fair for all and lasting – KEN]')
    together = await agree()
    await Promise.all(all().map((screen) => screen.reload()))
    expect(await agree()).toEqual(together)
  })

  test('the exported text is what is on the screen', async () => {
    const exported = linesOf(await product.cli('export', paper.id, '--format', 'json'))
    expect(exported).toEqual(together.map(lineOf))
    expect(all().flatMap((screen) => screen.problems)).toEqual([])
  })
})
