import type { Browser } from 'playwright-core'
import { openBrowser } from './browser.ts'
import type { Line } from './line.ts'
import { Product } from './product.ts'
import type { OneDocument } from './product.ts'
import { Screen } from './screen.ts'

/** The same sentence in every paragraph: what a test does in one paragraph it can expect to read as it did. */
export const SENTENCE = 'Rivers begin in the snow of high mountains and end in the warm sea.'

/** A document of so many numbered paragraphs, each of this text, in the product, with a browser to look at it. */
export class Meeting {
  readonly browser: Browser
  readonly product: Product
  readonly paper: OneDocument
  readonly screens: Screen[] = []
  #paragraph = 0

  private constructor(browser: Browser, product: Product, paper: OneDocument) {
    this.browser = browser
    this.product = product
    this.paper = paper
  }

  static async call(
    paragraphs: readonly string[] | number,
    delegations: readonly string[],
  ): Promise<Meeting> {
    const [browser, product] = await Promise.all([openBrowser(), Product.start()])
    const texts =
      typeof paragraphs === 'number' ? Array.from({ length: paragraphs }, () => SENTENCE) : paragraphs
    const lines = texts.map((text, i) => `${i + 1}. ${text}`)
    const paper = await product.import(`Draft Outcome Document\n\n${lines.join('\n\n')}\n`, delegations)
    return new Meeting(browser, product, paper)
  }

  /** Somebody comes in by the link of a role, or of a delegation. */
  async seat(roleOrParticipant: string, name: string, line?: Line): Promise<Screen> {
    const screen = await Screen.open(
      this.browser,
      this.product.url + this.paper.link(roleOrParticipant),
      name,
      line,
    )
    this.screens.push(screen)
    return screen
  }

  /** The label of a paragraph that no test has touched. */
  fresh(): string {
    return String(++this.#paragraph)
  }

  problems(): string[] {
    return this.screens.flatMap((screen) => screen.problems)
  }

  async end(): Promise<void> {
    await this.browser.close()
    await this.product.stop()
  }
}
