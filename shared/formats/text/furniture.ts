import type { Line } from './lines.ts'
import { ENDS, startsBlock } from './lines.ts'

/** Furniture: page numbers and running headers or footers, which belong to the paper and not to the text. */
export interface Furniture {
  /** The indexes of the lines that are left out. */
  readonly dropped: ReadonlySet<number>
  readonly warnings: readonly string[]
}

const N = '[0-9٠-٩۰-۹]+'
const OF = '(?:of|de|sur|из|من|/)'
const PAGE = '(?:page|pages|p\\.|pg\\.?|página|pág\\.|стр\\.?|صفحة|الصفحة)'
/** A line of this form is a page number wherever it is. */
const PAGE_NUMBER = new RegExp(
  `^(?:[-–—[(|]? ?${PAGE} ?${N}(?: ?${OF} ?${N})? ?[-–—\\])|]?|${N} ?(?:/|of) ?${N}|[-–—] ?${N} ?[-–—]|${N} ?\\| ?${PAGE})$`,
  'iu',
)
const BARE = new RegExp(`^${N}$`, 'u')
const SYMBOL = /^[A-Z]{1,6}(?:\/[A-Z0-9.()-]+)+ ?\*{0,3}$/u
/** How many lines from the edge of a page a header or footer can be. */
const EDGE = 2
const LONGEST_HEADER = 120
/** How many copies of a header are searched for one that interrupts a sentence. */
const SEEN = 40

/** One or two words that begin small are the end of a sentence that was broken before them ("and", "of water"). */
const TAIL = /^\p{Ll}\S*(?: \S+)?$/u

/** A separator: three or more of the same sign and nothing else. */
const SEPARATOR = /^(?:([*•·●∙■◆_=~#⁂–—―-])(?: ?\1){2,}|⁂|❦)$/u

export const isSeparator = (text: string): boolean => SEPARATOR.test(text)
export const isSymbol = (text: string): boolean => SYMBOL.test(text) && /\d/.test(text)
export const isPageNumber = (text: string): boolean => PAGE_NUMBER.test(text)

/** Searches the lines from `from` on, but counts repetitions in the whole file. */
export function findFurniture(
  lines: readonly Line[],
  from: number,
  numbered: ReadonlySet<number>,
): Furniture {
  const dropped = new Set<number>()
  const sheet = new Sheet(lines, numbered, dropped)
  // Leaving a line out may bring another one to the edge of the page, such as a symbol above a page number. So
  // this is repeated.
  for (let before = -1; before < dropped.size;) {
    before = dropped.size
    for (let i = from; i < lines.length; i++) {
      if (!dropped.has(i) && !numbered.has(i) && sheet.isFurniture(i)) dropped.add(i)
    }
  }
  return { dropped, warnings: report(lines, dropped) }
}

/** Answers what a line is by its place on the page. */
class Sheet {
  readonly #lines: readonly Line[]
  readonly #dropped: ReadonlySet<number>
  readonly #numbered: ReadonlySet<number>
  readonly #edges: Edges
  /** How often a text occurs at each of the two edges. */
  readonly #atEdge: readonly ReadonlyMap<string, number>[]
  readonly #copies: ReadonlyMap<string, readonly number[]>
  /**
   * For a header: whether a copy of it interrupts a sentence, and how many lines had been left out when that
   * was asked.
   */
  readonly #known = new Map<string, { readonly found: boolean; readonly dropped: number }>()

  constructor(lines: readonly Line[], numbered: ReadonlySet<number>, dropped: ReadonlySet<number>) {
    this.#lines = lines
    this.#numbered = numbered
    this.#dropped = dropped
    this.#edges = pageEdges(lines)
    const candidates = [...lines.keys()].filter((i) => !numbered.has(i) && !isSeparator(this.#text(i)))
    this.#copies = Map.groupBy(candidates, (i) => pattern(this.#text(i)))
    this.#atEdge = this.#edges.map((edge) => {
      const counts = new Map<string, number>()
      for (const i of candidates) {
        if (!edge.has(i)) continue
        const text = pattern(this.#text(i))
        counts.set(text, (counts.get(text) ?? 0) + 1)
      }
      return counts
    })
  }

  #text(i: number): string {
    return this.#lines[i]?.text ?? ''
  }

  isFurniture(i: number): boolean {
    const text = this.#text(i)
    if (isPageNumber(text)) return true
    if (isSymbol(text)) return this.#opens(i) && this.#closes(i)
    const isolated = this.#opens(i) && this.#closes(i)
    if (BARE.test(text)) return text.length <= 3 && (isolated || this.#atEdges(i))
    if (text.length > LONGEST_HEADER || isSeparator(text) || ENDS.test(text)) return false
    if (TAIL.test(text)) return false
    // One or two words at the edges of two pages are more likely words of the text.
    if (this.#atEdges(i) && (isolated || text.split(' ').length > 2)) return true
    return isolated && this.#runsThrough(pattern(text))
  }

  /**
   * Whether some copy of this header interrupts a sentence. Leaving out lines can only make that true, never
   * false. So a positive answer is kept, and a negative one is kept until another line is left out.
   */
  #runsThrough(header: string): boolean {
    const copies = this.#copies.get(header) ?? []
    if (copies.length < 3) return false
    const known = this.#known.get(header)
    if (known && (known.found || known.dropped === this.#dropped.size)) return known.found
    const found = copies.slice(0, SEEN).some((copy) => this.#interrupts(copy))
    this.#known.set(header, { found, dropped: this.#dropped.size })
    return found
  }

  /** Whether this line and a copy of it are at the tops, or at the bottoms, of two pages. */
  #atEdges(i: number): boolean {
    if (!this.#edges.some((edge) => edge.has(i))) return false
    const text = pattern(this.#text(i))
    return this.#edges.some((edge, side) => edge.has(i) && (this.#atEdge[side]?.get(text) ?? 0) >= 2)
  }

  /** Whether the line is in the middle of a sentence or beside a page number. */
  #interrupts(i: number): boolean {
    if (!this.#opens(i) || !this.#closes(i)) return false
    if (this.#dropped.has(i - 1) || this.#dropped.has(i + 1)) return true
    const next = i + 1 < this.#lines.length && !this.#numbered.has(i + 1)
    return next && i > 0 && !ENDS.test(this.#text(i - 1)) && /^\p{Ll}/u.test(this.#text(i + 1))
  }

  #opens(i: number): boolean {
    const line = this.#lines[i]
    return i === 0 || this.#dropped.has(i - 1) || (line !== undefined && startsBlock(line))
  }

  #closes(i: number): boolean {
    const next = this.#lines[i + 1]
    return next === undefined || this.#dropped.has(i + 1) || startsBlock(next)
  }
}

type Edges = readonly [tops: ReadonlySet<number>, feet: ReadonlySet<number>]

function pageEdges(lines: readonly Line[]): Edges {
  const tops = new Set<number>()
  const feet = new Set<number>()
  if (!lines.some((line) => line.newPage)) return [tops, feet]
  for (let i = 0; i <= lines.length; i++) {
    if (i > 0 && i < lines.length && !lines[i]?.newPage) continue
    for (let distance = 0; distance < EDGE; distance++) {
      tops.add(i + distance)
      feet.add(i - 1 - distance)
    }
  }
  return [tops, feet]
}

/** Two headers are copies when they differ in numbers only. */
const pattern = (text: string): string => text.replace(/\p{Nd}+/gu, '#')

function report(lines: readonly Line[], dropped: ReadonlySet<number>): string[] {
  const kinds = Map.groupBy(
    [...dropped].sort((a, b) => a - b),
    (i) => pattern(lines[i]?.text ?? ''),
  )
  return [...kinds.values()].map((indexes) => {
    const texts = Map.groupBy(indexes, (i) => lines[i]?.text ?? '')
    const list = [...texts].map(
      ([text, same]) => `“${text}” (${lineList(same.map((i) => lines[i]?.at ?? 0))})`,
    )
    return `Left out as page header or footer: ${firstFew(list)}.`
  })
}

/** How many line numbers a warning lists. A long file of another kind would fill the screen. */
const LISTED = 200

/** Joins items with commas; of a long list the first ones, and how many more there are. */
export const firstFew = (items: readonly (string | number)[]): string => {
  const more = items.length - LISTED
  return more > 0 ? `${items.slice(0, LISTED).join(', ')} and ${more} more` : items.join(', ')
}

const lineList = (at: readonly number[]): string => `${at.length > 1 ? 'lines' : 'line'} ${firstFew(at)}`
