import { existsSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core'
import { openBrowser } from '#test/kit/browser.ts'
import type { Size } from '#test/kit/big-document.ts'
import { House } from './house.ts'
import type { Paper } from './house.ts'
import { installClock } from './product-page.ts'

// node test/bench/product.ts [paragraphs] [proposals] [positions]: what people wait for in the whole product, in a
// document of this size and in a short one that is as crowded, in one run. With PROFILE=prefix, CPU profiles of what is
// done in the large one, with readable names.

const [paragraphs = 450, proposals = 4_000, positions = 12] = process.argv.slice(2).map(Number)
const LARGE: Size = { paragraphs, proposals, positions }
const SMALL: Size = { paragraphs: 30, proposals: Math.round((30 * proposals) / paragraphs), positions }
const KEYS = 60
const TIMES = 8
const PAGES = 50

/** By what was measured; milliseconds unless it says otherwise. */
type Figures = Map<string, readonly number[]>

class Seat {
  readonly page: Page
  readonly cdp: CDPSession

  private constructor(page: Page, cdp: CDPSession) {
    this.page = page
    this.cdp = cdp
  }

  static async take(context: BrowserContext, url: string): Promise<Seat> {
    const page = await context.newPage()
    page.setDefaultTimeout(60_000)
    page.on('pageerror', (error) => console.error(error))
    await page.addInitScript(installClock)
    const cdp = await context.newCDPSession(page)
    await page.goto(url)
    return new Seat(page, cdp)
  }

  async say(name: string): Promise<void> {
    const field = this.page.getByRole('textbox', { name: 'Your name' })
    await field.fill(name)
    await field.press('Enter')
    await field.waitFor({ state: 'detached' })
  }

  /** Milliseconds from the key to the picture that it asked for. */
  async key(key: string, shown: () => boolean): Promise<number> {
    await this.page.evaluate(`clock.arm(${String(shown)})`)
    await this.page.keyboard.press(key)
    return this.#done()
  }

  async click(selector: string, shown: () => boolean): Promise<number> {
    await this.page.evaluate(`clock.arm(${String(shown)})`)
    await this.page.locator(selector).click()
    return this.#done()
  }

  async #done(): Promise<number> {
    const took = await this.page.evaluate(() => clock.painted())
    await this.idle()
    return took
  }

  idle(): Promise<void> {
    return this.page.evaluate(() => new Promise((resolve) => requestIdleCallback(() => resolve())))
  }

  async metrics(): Promise<ReadonlyMap<string, number>> {
    const { metrics } = await this.cdp.send('Performance.getMetrics')
    return new Map(metrics.map(({ name, value }) => [name, value]))
  }
}

async function measure(browser: Browser, house: House, paper: Paper): Promise<Figures> {
  const figures: Figures = new Map()
  const mine = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const seat = await Seat.take(mine, house.url + paper.delegation)
  await opening(seat, figures, 'opened by its link')
  await seat.say('Amina Otieno')
  await seat.page.locator('header output', { hasText: /^Saved$/ }).waitFor()
  const opened = await profile(seat, 'opening')
  await seat.page.reload()
  await opening(seat, figures, 'opened again, from this device')
  await opened()
  for (const act of [typing, walking, stating, looking, scrolling, panels]) {
    const stop = await profile(seat, act.name)
    await act(seat, figures)
    await stop()
  }
  await remembering(seat, figures)
  await mine.close()
  const chair = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const deciding = await Seat.take(chair, house.url + paper.facilitator)
  await deciding.say('Orsolya Tamm')
  await deciding.page.evaluate(() => clock.interactive())
  await decisions(deciding, figures)
  await chair.close()
  return figures
}

async function profile({ cdp }: Seat, name: string): Promise<() => Promise<void>> {
  const prefix = process.env.PROFILE
  if (!prefix) return () => Promise.resolve()
  await cdp.send('Profiler.enable')
  await cdp.send('Profiler.start')
  return async () => {
    const { profile: taken } = await cdp.send('Profiler.stop')
    // The large document is the first.
    const file = `${prefix}-${name}.cpuprofile`
    if (!existsSync(file)) writeFileSync(file, JSON.stringify(taken))
  }
}

async function opening({ page }: Seat, figures: Figures, name: string): Promise<void> {
  figures.set(`${name}: first text`, [await page.evaluate(() => clock.firstText)])
  figures.set(`${name}: interactive`, [await page.evaluate(() => clock.interactive())])
}

/** In the middle of the document, in the delegation's own words. */
async function typing(seat: Seat, figures: Figures): Promise<void> {
  const { page, cdp } = seat
  await page.evaluate(() => {
    const own = [...document.querySelectorAll('.ProseMirror ins.content[data-own]')].filter(
      (words) => (words.firstChild?.textContent?.length ?? 0) > 8,
    )
    const words = own[Math.floor(own.length / 2)]?.firstChild
    if (!words) throw new Error('nowhere to type')
    document.querySelector<HTMLElement>('.ProseMirror')?.focus({ preventScroll: true })
    words.parentElement?.scrollIntoView({ block: 'center' })
    getSelection()?.collapse(words, 4)
  })
  await seat.idle()
  await page.keyboard.type('abcdefghij', { delay: 60 })
  await cdp.send('Performance.enable')
  const before = await seat.metrics()
  await page.evaluate(() => clock.startKeys())
  for (let i = 0; i < KEYS; i++) {
    await page.keyboard.press('abcdefghij'[i % 10] ?? 'a')
    await page.evaluate((count) => clock.keysPainted(count), i + 1)
    await seat.idle()
  }
  const { script, paint } = await page.evaluate(() => clock.keys())
  const after = await seat.metrics()
  const each = (name: string): number[] => [
    (((after.get(name) ?? 0) - (before.get(name) ?? 0)) * 1_000) / KEYS,
  ]
  figures.set('a key: until the editor is done', script)
  figures.set('a key: to paint', paint)
  figures.set('a key: all scripts, mean', each('ScriptDuration'))
  figures.set('a key: styles, mean', each('RecalcStyleDuration'))
  figures.set('a key: layout, mean', each('LayoutDuration'))
  await page.keyboard.press('Escape')
  await seat.idle()
}

async function repeated(times: number, act: () => Promise<number>): Promise<number[]> {
  const took: number[] = []
  for (let i = 0; i < times; i++) took.push(await act())
  return took
}

/** Another card is the current one, and has the focus. */
async function currentMoves(seat: Seat, key: string): Promise<number> {
  await seat.page.evaluate(() => {
    const now = document.querySelector<HTMLElement>('[data-row][aria-current]')?.dataset.row
    document.documentElement.dataset.was = now ?? ''
  })
  return seat.key(key, () => {
    const row = document.querySelector<HTMLElement>('[data-row][aria-current]')
    return (
      row !== null &&
      row.dataset.row !== document.documentElement.dataset.was &&
      row === document.activeElement
    )
  })
}

async function walking(seat: Seat, figures: Figures): Promise<void> {
  await currentMoves(seat, 'j')
  figures.set('j to the next card', await repeated(TIMES, () => currentMoves(seat, 'j')))
  figures.set('k to the one before', await repeated(TIMES, () => currentMoves(seat, 'k')))
}

/** On others' proposals. */
async function stating(seat: Seat, figures: Figures): Promise<void> {
  const control = '[data-row][aria-current] [aria-pressed]'
  const took: number[] = []
  for (let i = 0; i < 40 && took.length < TIMES; i++) {
    await currentMoves(seat, 'j')
    if ((await seat.page.locator(control).count()) === 0) continue
    await seat.page.evaluate((buttons) => {
      const said = [...document.querySelectorAll(buttons)].map((button) =>
        button.getAttribute('aria-pressed'),
      )
      document.documentElement.dataset.was = said.join()
    }, control)
    took.push(
      await seat.key('v', () => {
        const buttons = [...document.querySelectorAll('[data-row][aria-current] [aria-pressed]')]
        const said = buttons.map((button) => button.getAttribute('aria-pressed')).join()
        return said !== document.documentElement.dataset.was
      }),
    )
  }
  figures.set('a position by its key, to the card', took)
}

async function looking(seat: Seat, figures: Figures): Promise<void> {
  const groups = [
    { kind: 'view', within: 'header [role=radiogroup]' },
    { kind: 'filter', within: '#outline [role=radiogroup]' },
  ]
  for (const { kind, within } of groups) {
    const options = seat.page.locator(`${within} [role=radio]`)
    const names = await options.allInnerTexts()
    for (const nth of [...names.keys()].slice(1).concat(0)) {
      const option = `${within} [role=radio] >> nth=${nth}`
      await seat.page.evaluate((name) => (document.documentElement.dataset.wanted = name), names[nth] ?? '')
      const took = await seat.click(option, () => {
        const chosen = [...document.querySelectorAll<HTMLElement>('[role=radio][aria-checked=true]')]
        return chosen.some((each) => each.innerText === document.documentElement.dataset.wanted)
      })
      figures.set(`${kind} “${names[nth]}”`, [took])
    }
  }
}

async function scrolling({ page }: Seat, figures: Figures): Promise<void> {
  await page.evaluate(() => scrollTo({ top: 0, behavior: 'instant' }))
  const between = await page.evaluate((pages) => clock.scroll(pages), PAGES)
  figures.set(`scrolling ${PAGES} pages: between frames`, between)
  figures.set('… frames over 50 ms, of a hundred', [
    (100 * between.filter((took) => took > 50).length) / between.length,
  ])
  figures.set('… the longest', [Math.max(...between)])
}

async function panels(seat: Seat, figures: Figures): Promise<void> {
  const named = async (name: string, shown: () => boolean): Promise<number> => {
    await seat.page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
    await seat.page.keyboard.press('Control+k')
    await seat.page.getByRole('dialog').waitFor()
    await seat.page.keyboard.type(name)
    await seat.idle()
    const took = await seat.key('Enter', shown)
    await seat.page.keyboard.press('Escape')
    await seat.page.getByRole('dialog').waitFor({ state: 'detached' })
    return took
  }
  figures.set('the revisions', [
    await named('Revisions', () => document.querySelector('[role=dialog] ol') !== null),
  ])
  figures.set('comparing with the first text', [
    await named(
      'Compare',
      () =>
        document.querySelector('[role=dialog] select') !== null &&
        document.querySelectorAll('[role=dialog] p, [role=dialog] li').length > 1,
    ),
  ])
}

async function remembering(seat: Seat, figures: Figures): Promise<void> {
  await seat.cdp.send('HeapProfiler.collectGarbage')
  const metrics = await seat.metrics()
  figures.set('memory of scripts, MB', [(metrics.get('JSHeapUsedSize') ?? 0) / 1e6])
  figures.set('nodes, thousands', [(metrics.get('Nodes') ?? 0) / 1e3])
}

async function decisions(seat: Seat, figures: Figures): Promise<void> {
  await currentMoves(seat, 'j')
  const took: number[] = []
  for (let i = 0; i < 4 * TIMES && took.length < TIMES; i++) {
    const one = await currentMoves(seat, 'r')
    if (Number.isNaN(one)) await currentMoves(seat, 'j')
    else took.push(one)
  }
  figures.set('a decision by its key, to the next card', took)
}

const sorted = (values: readonly number[]): number[] => values.toSorted((a, b) => a - b)
const at = (values: readonly number[], part: number): number =>
  sorted(values)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? Number.NaN
const shown = (value: number): string => (value < 10 ? value.toFixed(1) : value.toFixed(0))

function print(large: Figures, small: Figures): void {
  const rows = [...large].map(([name, values]) => {
    const beside = small.get(name) ?? []
    const ratio = at(values, 0.5) / at(beside, 0.5)
    return [
      name,
      shown(at(values, 0.5)),
      values.length > 1 ? shown(at(values, 0.95)) : '',
      shown(at(beside, 0.5)),
      Number.isFinite(ratio) ? `${ratio.toFixed(1)} ×` : '',
    ]
  })
  const lines = [['milliseconds', 'median', '95th', 'short one', 'ratio'], ...rows]
  const widths = lines[0]!.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)))
  for (const line of lines)
    console.log(
      line
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!)))
        .join('   '),
    )
}

const house = new House()
try {
  await house.furnish()
  const papers = { large: house.generate(LARGE), small: house.generate(SMALL) }
  await house.open()
  const browser = await openBrowser()
  try {
    const large = await measure(browser, house, papers.large)
    const small = await measure(browser, house, papers.small)
    console.log(
      `${LARGE.paragraphs} paragraphs, ${LARGE.proposals} proposals, ${positions} positions on each; beside it ${SMALL.paragraphs} and ${SMALL.proposals}. ${cpus().length} processors, Chromium ${browser.version()}.\n`,
    )
    print(large, small)
  } finally {
    await browser.close()
  }
} finally {
  house.close()
}
