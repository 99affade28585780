import type { Browser } from 'playwright-core'
import { openBrowser } from '#test/kit/browser.ts'
import { Product } from '#test/kit/product.ts'
import type { OneDocument } from '#test/kit/product.ts'
import type { Random } from '#test/kit/random.ts'
import { Person } from './person.ts'
import type { Seat } from './person.ts'
import { Tokens } from './tokens.ts'

const SEATS: readonly Seat[] = ['facilitator', 'secretariat', 'KEN', 'EU', 'observer']
const PARAGRAPHS = 7

/** Five people at one document of the product, each over a line of her own. */
export class Room {
  readonly product: Product
  readonly paper: OneDocument
  readonly people: readonly Person[]
  readonly tokens = new Tokens()
  readonly #browser: Browser

  private constructor(browser: Browser, product: Product, paper: OneDocument, people: readonly Person[]) {
    this.#browser = browser
    this.product = product
    this.paper = paper
    this.people = people
  }

  static async call(random: Random): Promise<Room> {
    const [browser, product] = await Promise.all([openBrowser(), Product.start()])
    const paper = await product.import(draft(random), ['KEN', 'EU'])
    const port = Number(new URL(product.url).port)
    const people: Person[] = []
    for (const seat of SEATS) people.push(await Person.sit(browser, seat, port, paper.link(seat)))
    return new Room(browser, product, paper, people)
  }

  problems(): string[] {
    return this.people.flatMap(({ screen }) => screen.problems)
  }

  async end(): Promise<void> {
    await this.#browser.close()
    await Promise.all(this.people.map(({ line }) => line.close()))
    await this.product.stop()
  }
}

const SYLLABLES = ['ba', 'de', 'fi', 'go', 'lu', 'me', 'ni', 'po', 'tu', 've', 'wi', 'ya']

/** Words that are no language’s, each of them once, so that a caret in one can be found again. */
function draft(random: Random): string {
  const used = new Set<string>()
  const word = (): string => {
    const made = Array.from({ length: 3 }, () => random.pick(SYLLABLES)).join('')
    if (used.has(made)) return word()
    used.add(made)
    return made
  }
  const sentence = () => `We ${Array.from({ length: 12 }, word).join(' ')}.`
  const lines = Array.from({ length: PARAGRAPHS }, (_, i) => `${i + 1}. ${sentence()}`)
  return `Draft Outcome Document\n\n${lines.join('\n\n')}\n`
}
