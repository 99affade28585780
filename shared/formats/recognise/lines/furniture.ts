import type { Line } from './line.ts'
import { ENDS, firstFew, startsBlock } from './line.ts'

/** Furniture: page numbers and running headers or footers, which belong to the paper and not to the text. */
export interface Furniture {
  /** The indexes of the lines that are left out. */
  readonly dropped: ReadonlySet<number>
  /** Sentences that name what is left out. */
  readonly remarks: readonly string[]
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
/** The number of a printing job, which printed documents bear at their feet: `18-16895 (E) 241018`, `*1816895*`. */
const JOB = '(?:GE\\.)?[0-9]{2}-[0-9]{5}(?: ?\\([A-Z]\\))?(?: [0-9]{6})?|\\*[0-9]{7}\\*'
const JOB_LINE = new RegExp(`^(?:${JOB}|${N}/${N} (?:${JOB})|(?:${JOB}) ${N}(?:/${N})?)$`, 'u')
const SYMBOL = /^[A-Z]{1,6}(?:\/[A-Z0-9(][A-Za-z0-9.()-]*)+ ?\*{0,3}$/u
/** How many lines from the edge of a page a header or footer can be. */
const EDGE = 2
const LONGEST_HEADER = 120
/** How many copies of a header are searched for one that interrupts a sentence. */
const SEEN = 40

/** One or two words that begin small are the end of a sentence that was broken before them ("and", "of water"). */
const TAIL = /^\p{Ll}\S*(?: \S+)?$/u

/** A separator: three or more of the same sign and nothing else. */
const SEPARATOR = /^(?:([*•·●∙■◆_=~#⁂–—―-])(?: ?\1){2,}|⁂|❦)$/u

/** What a printer puts at the foot of a page, and in which languages a document is issued. */
const LANGUAGES = '(?:arabic|chinese|english|french|russian|spanish)'
const PRINTER = new RegExp(
  `^(?:please recycle\\b.*|${LANGUAGES}(?:(?:,| and|/|\\s)+${LANGUAGES})* only|original ?: ?${LANGUAGES}.{0,40})$`,
  'iu',
)
/** A sentence goes on on the next page: `/...`. */
const CONTINUED = /^(?:\/ ?(?:\.{3}|…)|(?:\.{3}|…) ?\/)(?: ?[0-9]{1,3})?$/u

export const isSeparator = (text: string): boolean => SEPARATOR.test(text)
export const isSymbol = (text: string): boolean => SYMBOL.test(text) && /\d/.test(text)
/** Whether a line is a page number, or the number of a printing job. */
export const isPageNumber = (text: string): boolean =>
  PAGE_NUMBER.test(text) || JOB_LINE.test(text) || CONTINUED.test(text)

/** Whether one part of the line is a document's symbol, and a wide space divides it from the other. */
const isSymbolAndHead = (line: Line | undefined): boolean =>
  line?.cells?.cells.length === 2 &&
  line.cells.cells.some(({ from, to }) => isSymbol(line.text.slice(from, to)))

/** How often the search is repeated at most: what a second pass does not bring to an edge is text. */
const PASSES = 8

/**
 * Searches the lines from `from` on, but counts repetitions in the whole file. `numbered`: the lines that begin
 * paragraphs, which stay.
 */
export function findFurniture(
  lines: readonly Line[],
  from: number,
  numbered: ReadonlySet<number>,
): Furniture {
  const dropped = new Set<number>()
  const sheet = new Sheet(lines, numbered, dropped)
  // Leaving a line out may bring another one to the edge of the page, such as a symbol above a page number. So
  // this is repeated.
  for (let pass = 0, before = -1; before < dropped.size && pass < PASSES; pass++) {
    before = dropped.size
    for (let i = from; i < lines.length; i++) {
      if (!dropped.has(i) && !numbered.has(i) && sheet.isFurniture(i)) dropped.add(i)
    }
  }
  const remarks = report(lines, dropped)
  const signature = mailSignature(lines, numbered)
  for (const i of signature) dropped.add(i)
  const [first] = signature
  if (first !== undefined)
    remarks.push(`Left out as the signature of a mail: what follows line ${lines[first]?.at}.`)
  return { dropped, remarks }
}

/** In lines. */
const LONGEST_SIGNATURE = 12

/** Returns the lines from the sign that mails put before a signature, `--`, to the end. */
function mailSignature(lines: readonly Line[], numbered: ReadonlySet<number>): number[] {
  const from = lines.findLastIndex(({ text }) => text === '--')
  if (from < 0 || lines.length - from > LONGEST_SIGNATURE) return []
  const rest = [...lines.keys()].slice(from)
  return rest.some((i) => numbered.has(i)) ? [] : rest
}

const isOfFoot = (text: string): boolean => isSymbol(text) || isPageNumber(text) || BARE.test(text)

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
    const isolated = this.#opens(i) && this.#closes(i)
    // What stands between borders is a figure or a symbol of a table.
    if (this.#lines[i]?.cells?.by === 'borders') return this.#isRunningHead(i, isolated)
    if (isPageNumber(text)) return true
    if (isolated && PRINTER.test(text)) return true
    if (isSymbol(text))
      return isolated || this.#inFoot(i) || (this.#closes(i) && ENDS.test(this.#text(i - 1)))
    if (isSymbolAndHead(this.#lines[i])) return this.#atPageBreak(i)
    return BARE.test(text) ? this.#isBareNumber(i, isolated) : this.#isRunningHead(i, isolated)
  }

  /** Whether the line is repeated at the edges of pages, or within sentences. */
  #isRunningHead(i: number, isolated: boolean): boolean {
    const text = this.#text(i)
    if (text.length > LONGEST_HEADER || isSeparator(text) || ENDS.test(text)) return false
    if (TAIL.test(text)) return false
    // One or two words at the edges of two pages are more likely words of the text.
    if (this.#atEdges(i) && (isolated || text.split(' ').length > 2)) return true
    return isolated && this.#runsThrough(pattern(text))
  }

  #isBareNumber(i: number, isolated: boolean): boolean {
    const { length } = this.#text(i)
    if (length <= 3) return isolated || this.#atEdges(i) || this.#inFoot(i)
    // The date of a printing job stands alone below its number.
    return length === 6 && isolated && this.#dropped.has(i - 1) && isPageNumber(this.#text(i - 1))
  }

  /** Whether the lines around it without a blank one are page numbers and symbols alone. */
  #inFoot(i: number): boolean {
    let from = i
    let to = i
    while (i - from < 3 && !this.#opens(from)) from--
    while (to - i < 3 && !this.#closes(to)) to++
    if (to === from || !this.#opens(from) || !this.#closes(to)) return false
    const texts = Array.from({ length: to - from + 1 }, (_, at) => this.#text(from + at))
    return texts.every(isOfFoot) && texts.some((text) => !BARE.test(text))
  }

  /** Whether a head that may stand once is where a page ends: beside other furniture, or within a sentence. */
  #atPageBreak(i: number): boolean {
    if (this.#dropped.has(i - 1) || this.#dropped.has(i + 1) || this.#lines[i]?.newPage) return true
    const next = this.#text(i + 1)
    return i > 0 && !ENDS.test(this.#text(i - 1)) && !this.#numbered.has(i + 1) && !/^\p{Lu}/u.test(next)
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

const lineList = (at: readonly number[]): string => `${at.length > 1 ? 'lines' : 'line'} ${firstFew(at)}`
