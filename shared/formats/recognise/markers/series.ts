import type { FoundDoubt } from '../lines/doubts.ts'
import { isPageNumber, isSymbol } from '../lines/furniture.ts'
import type { Line, Lines } from '../lines/line.ts'
import { ENDS, isFull, isLeftOpen, startsBlock } from '../lines/line.ts'
import type { Marker, MarkerStyle } from './marker.ts'
import { YEARS } from './start.ts'
import { partitionPoint } from '../../../document/text/search.ts'

/** What is known of the place at which a mark stands. */
interface Place {
  /** Whether a blank line, a page or furniture divides it from the line before. */
  readonly opens: boolean
  /** Whether the text before it is complete. */
  readonly finished: boolean
  /** Whether the text before it ends in a colon. */
  readonly chapeau: boolean
  /** Whether the text before it is an item with a dash or a bullet. */
  readonly listed: boolean
  /** Whether the end of a page divides it from the line before. */
  readonly cut: boolean
}

/**
 * Decides which marks begin paragraphs. In wrapped text a line may begin with a number or a letter that belongs to its
 * sentence; such a mark counts only if it is the next one of its series. Marks are asked for in the order of lines.
 */
export class SeriesReader {
  readonly #lines: readonly Line[]
  readonly #wrap: number
  readonly #markers: readonly (Marker | null)[]
  readonly #bare: MarkerStyle | null
  readonly #strong: StrongNumbers
  /** What the last mark of each style can mean: `(i)` is 9 and 1. */
  readonly #last = new Map<MarkerStyle, readonly number[]>()
  /** The same of the lists in which that one's list stands: b. follows the b before i. and ii. */
  readonly #outer = new Map<MarkerStyle, readonly (readonly number[])[]>()
  /** The last numbers of dotted marks, by the numbers before them. */
  readonly #dotted = new Map<string, number>()
  /** How many numbers each style has, and whether one of them was in running text. */
  readonly #runs = new Map<MarkerStyle, { count: number; weak: boolean }>()
  /** Whether a numbered paragraph has been read. */
  begun = false

  constructor({ lines, wrap }: Lines, markers: readonly (Marker | null)[], bare: MarkerStyle | null) {
    this.#lines = lines
    this.#wrap = wrap
    this.#markers = markers
    this.#bare = bare
    this.#strong = new StrongNumbers(markers, (i) => this.#isWeak(i))
  }

  /** Returns the mark of line `i` if it begins a paragraph; null if not; a doubt if it was read as words. */
  accept(i: number, place: Place): Marker | FoundDoubt | null {
    const marker = this.#markers[i]
    if (!marker) return null
    if (!this.#begins(marker, i, place)) return this.#refused(marker, i)
    this.#note(marker, this.#isWeak(i))
    return marker
  }

  /** Whether line `i` certainly begins a paragraph. */
  begins(i: number): boolean {
    const marker = this.#markers[i]
    if (!marker || this.#isWeak(i)) return false
    if (isBare(marker.style)) return marker.style === this.#bare
    if (marker.style === 'bullet') return false
    const number = numberOf(marker)
    return number < YEARS || this.#strong.next(marker.style, number - 1, -1) < i
  }

  /** Whether line `i` has the number behind the last one of its style. */
  continuesAt(i: number): boolean {
    const marker = this.#markers[i]
    if (!marker) return false
    const last = this.#last.get(marker.style)
    return last?.includes(numberOf(marker) - 1) ?? false
  }

  #begins(marker: Marker, i: number, place: Place): boolean {
    const { style } = marker
    const weak = this.#isWeak(i)
    if (style === 'PP' || style === 'OP') return true
    if (style === 'bullet') return !weak && this.#beginsBullet(i, place)
    if (numberOf(marker) >= YEARS && !this.#isNext(marker)) return false
    if (isBare(style)) {
      if (style !== this.#bare) return style === 'space' && place.opens && this.#isNextOfDots(marker)
      return weak ? this.#beginsWeak(marker, i) : this.#isNext(marker) || place.finished || place.opens
    }
    if (style === 'dotted') return this.#beginsDotted(marker, place, weak)
    if (style.startsWith('letter')) {
      if (weak) return this.#isNext(marker) || (place.chapeau && isFirst(marker))
      if (style === 'letter-dot')
        return (place.opens || place.finished) && (isFirst(marker) || this.#isNext(marker))
      return place.opens || place.finished || this.#isNext(marker)
    }
    if (weak) return this.#beginsWeak(marker, i)
    return (
      place.opens ||
      place.finished ||
      isFirst(marker) ||
      this.#isNext(marker) ||
      marker.suffix + marker.alt > 0
    )
  }

  #beginsWeak(marker: Marker, i: number): boolean {
    const expected = (this.#last.get(marker.style)?.[0] ?? 0) + 1
    if (numberOf(marker) !== expected) return false
    const run = this.#runs.get(marker.style)
    if (run && run.count >= 4 && !run.weak) return false
    const again = this.#strong.next(marker.style, expected, i)
    return again === Infinity || this.#strong.next(marker.style, expected + 1, i) < again
  }

  #beginsDotted({ path = [] }: Marker, place: Place, weak: boolean): boolean {
    const number = path.at(-1) ?? 0
    const last = this.#dotted.get(path.slice(0, -1).join('.'))
    const expected = last === undefined ? number === 1 : number === last + 1
    if (weak || !(place.opens || place.finished)) return expected && place.chapeau
    return path.every((step) => step < 100) && (expected || last !== undefined || number <= 3)
  }

  #isNext(marker: Marker): boolean {
    const last = this.#last.get(marker.style)
    const lists = [...(this.#outer.get(marker.style) ?? []), ...(last ? [last] : [])]
    return lists.some((list) => marker.numerals.some(({ number }) => list.includes(number - 1)))
  }

  /** Keeps the last mark of a list of letters in which another one begins. */
  #noteOuter(style: MarkerStyle, numbers: readonly number[]): void {
    const last = this.#last.get(style)
    const outer = this.#outer.get(style) ?? []
    if (!last || last.some((number) => numbers.includes(number + 1))) return
    const at = outer.findLastIndex((list) => list.some((number) => numbers.includes(number + 1)))
    if (at >= 0) this.#outer.set(style, outer.slice(0, at))
    else if (numbers.includes(1)) this.#outer.set(style, [...outer, last].slice(-MOST_LISTS))
  }

  /** Whether a number whose full stop was forgotten is the next one. */
  #isNextOfDots(marker: Marker): boolean {
    const last = this.#last.get('dot')
    return last?.includes(numberOf(marker) - 1) ?? false
  }

  #beginsBullet(i: number, place: Place): boolean {
    if (place.listed || place.chapeau) return true
    return place.opens ? !place.cut : place.finished && !this.#isWithin(i)
  }

  #refused(marker: Marker, i: number): FoundDoubt | null {
    const { style } = marker
    if (style === 'bullet' || style.startsWith('letter') || this.#bare !== null) return null
    if (isBare(style) || style === 'dotted') return null
    if (numberOf(marker) >= YEARS) return null
    const line = this.#lines[i]?.at ?? 0
    const message = `“${marker.printed}” at the start of line ${line} was read as words, not as a paragraph number.`
    return { code: 'number-in-words', line, message }
  }

  #note(marker: Marker, weak: boolean): void {
    const { style, path } = marker
    const number = numberOf(marker)
    if (path) this.#dotted.set(path.slice(0, -1).join('.'), number)
    else if (style === 'space' && this.#bare !== 'space') this.#last.set('dot', [number])
    else {
      const numbers = marker.numerals.map((one) => one.number)
      if (style.startsWith('letter')) this.#noteOuter(style, numbers)
      this.#last.set(style, numbers)
    }
    const run = this.#runs.get(style) ?? { count: 0, weak: false }
    const again = number === 1
    this.#runs.set(style, { count: again ? 1 : run.count + 1, weak: weak || (run.weak && !again) })
    if (style !== 'bullet' && !style.startsWith('letter')) this.begun = true
  }

  /** Whether a line is directly below a full one that ends in a full stop, as within a paragraph. */
  #isWithin(i: number): boolean {
    const before = this.#lines[i - 1]
    return this.#wrap > 0 && before !== undefined && isFull(before, this.#wrap) && /[.]$/.test(before.text)
  }

  /** Whether a mark can be wrapped running text: the line before is full and does not end a sentence. */
  #isWeak(i: number): boolean {
    const line = this.#lines[i]
    let last = i - 1
    while (last > i - 6 && isFoot(this.#lines[last]?.text ?? '')) last--
    const before = this.#lines[last]
    if (!line || !before || ENDS.test(before.text)) return false
    if (!startsBlock(line) && last === i - 1 && isLeftOpen(before.text)) return true
    if (this.#wrap === 0) return false
    // A blank line begins something new, unless it belongs to the foot of a page.
    if (startsBlock(line) && !line.newPage && last === i - 1) return false
    return isFull(before, this.#wrap)
  }
}

/** How many lists within each other are followed. */
const MOST_LISTS = 4

/** Whether numbers printed so begin paragraphs only in a draft that has no others: they also stand at notes, pages, dates. */
const isBare = (style: MarkerStyle): boolean => style === 'space' || style === 'alone' || style === 'colon'

export const numberOf = (marker: Marker): number => marker.numerals[0]?.number ?? 0

const isFirst = (marker: Marker): boolean => marker.numerals.some(({ number }) => number === 1)

/** Where numbers occur that can begin a paragraph, which weak ones cannot. */
class StrongNumbers {
  readonly #indexes = new Map<string, number[]>()

  constructor(markers: readonly (Marker | null)[], isWeak: (i: number) => boolean) {
    for (const [i, marker] of markers.entries()) {
      if (!marker || isWeak(i)) continue
      const key = `${marker.style} ${numberOf(marker)}`
      const indexes = this.#indexes.get(key)
      if (indexes) indexes.push(i)
      else this.#indexes.set(key, [i])
    }
  }

  /** Returns the first line behind `after` at which this number occurs; `Infinity` when there is none. */
  next(style: MarkerStyle, number: number, after: number): number {
    const indexes = this.#indexes.get(`${style} ${number}`) ?? []
    return indexes[partitionPoint(indexes.length, (index) => indexes[index]! <= after)] ?? Infinity
  }
}

const isFoot = (text: string): boolean => isPageNumber(text) || isSymbol(text)
