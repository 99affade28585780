import type { Browser } from 'playwright-core'
import { Screen } from '#test/kit/screen.ts'
import { Line } from './line.ts'
import { tokensIn } from './tokens.ts'

export type Seat = 'facilitator' | 'secretariat' | 'KEN' | 'EU' | 'observer'

/** What somebody typed, and whether it may rightly be gone. */
export interface Typed {
  readonly token: string
  /** Undone, deleted, or dropped with its draft by an act of this history. */
  mayBeGone: boolean
}

/** Where an idle person's caret stands: right before this character of a word that occurs once. */
export interface Mark {
  readonly word: string
  readonly offset: number
}

/** One person in front of one browser, over a line of her own. */
export class Person {
  readonly seat: Seat
  readonly screen: Screen
  readonly line: Line
  readonly typed: Typed[] = []
  offline = false
  /** Drafts privately: what is typed is before her own delegation's eyes only. */
  drafting = false
  mark: Mark | null = null

  private constructor(seat: Seat, screen: Screen, line: Line) {
    this.seat = seat
    this.screen = screen
    this.line = line
  }

  static async sit(browser: Browser, seat: Seat, port: number, link: string): Promise<Person> {
    const line = await Line.open(port)
    const screen = await Screen.open(browser, line.url + link, `Person ${seat}`)
    return new Person(seat, screen, line)
  }

  get decides(): boolean {
    return this.seat === 'facilitator' || this.seat === 'secretariat'
  }

  get proposes(): boolean {
    return this.seat !== 'observer'
  }

  get isDelegation(): boolean {
    return this.seat === 'KEN' || this.seat === 'EU'
  }

  async goOffline(): Promise<void> {
    this.offline = true
    this.line.cut()
    await this.screen.context.setOffline(true)
  }

  async goOnline(): Promise<void> {
    this.offline = false
    this.line.mend()
    await this.screen.context.setOffline(false)
  }

  /** Types a token key by key. It is remembered as typed before the first key: half of it may be lost on the way. */
  async types(token: string, pause: number): Promise<void> {
    this.typed.push({ token, mayBeGone: false })
    await this.screen.page.keyboard.type(token, { delay: pause })
  }

  /** What she deletes or undoes may rightly be gone. */
  forgets(tokens: readonly string[]): void {
    for (const typed of this.typed) if (tokens.includes(typed.token)) typed.mayBeGone = true
  }
}

/** Words that are struck by an act may go, whoever typed them. */
export function forgetAll(people: readonly Person[], words: string): void {
  for (const person of people) person.forgets(tokensIn(words))
}
