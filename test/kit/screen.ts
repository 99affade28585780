import { join } from 'node:path'
import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core'
import { expect, vi } from 'vitest'
import { OUT } from './browser.ts'
import type { Line } from './line.ts'
import { PATIENCE, WITHIN } from './patience.ts'
import { placeCaret, readCaret, readHeard, readRuns, readTexts, recordHeard } from './shown.ts'
import type { Run, ShownCaret } from './shown.ts'

/** Where the caret goes in a paragraph's visible text, signs included. */
export type Spot = { readonly before: string } | { readonly after: string } | { readonly offset: number }

/** One person in front of one browser window. */
export class Screen {
  readonly page: Page
  readonly name: string
  readonly problems: string[] = []
  #session: CDPSession | null = null
  /** Up to here what was announced has been waited for. */
  #heard = 0
  /** The page that was left; null while it is shown. */
  #left: string | null = null

  private constructor(page: Page, name: string) {
    this.page = page
    this.name = name
    page.on('pageerror', (error) => this.problems.push(`${name}: ${error.stack ?? error.message}`))
  }

  /** Follows a link in a browser of one's own, gives a name, and waits for the text. */
  static async open(browser: Browser, url: string, name: string, line?: Line): Promise<Screen> {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
    context.setDefaultTimeout(PATIENCE)
    await line?.lay(context)
    const screen = await Screen.openIn(context, url, name)
    const field = screen.page.getByRole('textbox', { name: 'Your name' })
    await field.fill(name)
    await field.press('Enter')
    await field.waitFor({ state: 'detached' })
    await screen.saved()
    return screen
  }

  /** A further tab of a browser. */
  static async openIn(context: BrowserContext, url: string, name: string): Promise<Screen> {
    const screen = new Screen(await context.newPage(), name)
    await screen.page.addInitScript(recordHeard)
    await screen.page.goto(url)
    await screen.shown()
    return screen
  }

  get context(): BrowserContext {
    return this.page.context()
  }

  async shown(): Promise<void> {
    await this.page.locator('.ProseMirror .block').first().waitFor()
  }

  async reload(): Promise<void> {
    await this.page.reload()
    this.#heard = 0
    await this.shown()
  }

  /** Leaves the page, which then draws nothing, until {@link comeBack}. */
  async leave(): Promise<void> {
    await this.saved()
    this.#left = this.page.url()
    await this.page.goto('about:blank')
  }

  /** Does nothing unless the page was left. */
  async comeBack(): Promise<void> {
    if (this.#left === null) return
    await this.page.goto(this.#left)
    this.#left = null
    this.#heard = 0
    await this.shown()
  }

  /** The page says that everything is durable. */
  async saved(): Promise<void> {
    await this.page.locator('header output', { hasText: /^Saved$/ }).waitFor()
  }

  /** Every block as it is seen, its number in front. */
  texts(): Promise<string[]> {
    return this.page.evaluate(readTexts)
  }

  async text(label: string): Promise<string> {
    const shown = await this.texts()
    const found = shown.find((line) => line.startsWith(`${label}| `))
    if (found === undefined) throw new Error(`${this.name} sees no paragraph ${label}`)
    return found.slice(label.length + 2)
  }

  /** Waits until a paragraph reads so. */
  async reads(label: string, wanted: string | RegExp): Promise<void> {
    const matcher = expect.poll(() => this.text(label), { ...WITHIN, message: `${this.name}, ${label}` })
    await (typeof wanted === 'string' ? matcher.toBe(wanted) : matcher.toMatch(wanted))
  }

  /** Waits until this is announced, after what was waited for last: also where another announcement follows at once. */
  async hears(words: string | RegExp): Promise<void> {
    const isIt = (said: string) => (words instanceof RegExp ? words.test(said) : said === words)
    const since = async () => (await this.page.evaluate(readHeard)).slice(this.#heard)
    await expect
      .poll(since, { ...WITHIN, message: `${this.name} hears` })
      .toSatisfy((said: readonly string[]) => said.some(isIt))
    this.#heard += (await since()).findIndex(isIt) + 1
  }

  runs(label: string): Promise<Run[]> {
    return this.page.evaluate(readRuns, label)
  }

  caret(): Promise<ShownCaret | null> {
    return this.page.evaluate(readCaret)
  }

  /** Puts the caret, or a selection from the first spot to the second, and waits until the editor has taken note. */
  async place(
    label: string,
    spot: Spot,
    until: Spot = spot,
    side: 'left' | 'right' = 'right',
  ): Promise<void> {
    const text = await this.text(label)
    const [anchor, head] = [offsetOf(text, spot), offsetOf(text, until)]
    await this.page.evaluate(placeCaret, { label, anchor, head, side })
  }

  async select(label: string, words: string): Promise<void> {
    await this.place(label, { before: words }, { after: words })
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text)
  }

  /** Until the browser has drawn, and told the editor, what has happened so far. */
  async frame(): Promise<void> {
    await this.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))))
  }

  /** An input method shows these drafts one after the other, where the caret is, without committing any. */
  async compose(...drafts: readonly string[]): Promise<void> {
    const cdp = await this.cdp()
    for (const text of drafts) {
      const end = { selectionStart: text.length, selectionEnd: text.length }
      await cdp.send('Input.imeSetComposition', { text, ...end })
      await this.frame()
    }
  }

  /** The input method puts this in the place of its last draft, and is done. */
  async commit(text: string): Promise<void> {
    await (await this.cdp()).send('Input.insertText', { text })
    await this.frame()
  }

  /** Presses the keys one after the other, each when no dialog or menu is on its way out: it would take the key. */
  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      await this.page.waitForFunction(() => document.querySelector('[data-exiting]') === null)
      await this.page.keyboard.press(key)
    }
  }

  async cdp(): Promise<CDPSession> {
    this.#session ??= await this.context.newCDPSession(this.page)
    return this.#session
  }

  async shoot(name: string): Promise<void> {
    await this.page.screenshot({ path: join(OUT, `${name}.png`), animations: 'disabled' })
  }

  async close(): Promise<void> {
    await this.context.close()
  }
}

function offsetOf(text: string, spot: Spot): number {
  if ('offset' in spot) return spot.offset
  const words = 'before' in spot ? spot.before : spot.after
  const at = text.indexOf(words)
  if (at < 0) throw new Error(`“${words}” is not in “${text}”`)
  return 'before' in spot ? at : at + words.length
}

/** Waits until everybody has everything saved and sees the same; what they see. */
export function agreed(...screens: readonly Screen[]): Promise<string[]> {
  return vi.waitFor(async () => {
    await Promise.all(screens.map((screen) => screen.saved()))
    const [first = [], ...others] = await Promise.all(screens.map((screen) => screen.texts()))
    for (const other of others) expect(other).toEqual(first)
    return first
  }, WITHIN)
}
