import type { DivisionKind } from '../../../model/division.ts'
import type { Numeral } from '../markers/numerals.ts'
import { numeralsOf } from '../markers/numerals.ts'
import type { Segment } from '../segments/segment.ts'

/** Headings of one class stand side by side: those of a kind of division, and those numbered or printed in one way. */
export type HeadingClass = DivisionKind | 'roman' | 'upper' | 'han' | 'numbered' | 'plain' | `depth-${number}`

/** The number before a heading: `II. Commitments`, `A. Water`, `三、附则`. */
export interface Enumerated {
  readonly numerals: readonly Numeral[]
  readonly rest: string
}

const ENUMERATED =
  /^(?<n>[IVXLC]{1,7}|[A-Z]|[一二三四五六七八九十]{1,3})(?:[.):、．]|(?= ?[-–—] )|(?<=^[IVX]{2,6})(?= \p{Lu}))[ ]*(?:[-–—] )?(?<rest>.+)$/u

/** Reads the Roman number, letter or Han numeral before a heading; null when there is none. */
export function readEnumerated(text: string): Enumerated | null {
  const { n, rest } = ENUMERATED.exec(text)?.groups ?? {}
  if (n === undefined || rest === undefined) return null
  const numerals = numeralsOf(n)
  return numerals.length > 0 ? { numerals, rest } : null
}

export function headingClass({ division, marker, depth, text }: Segment): HeadingClass {
  if (division) return division.kind
  if (marker) return 'numbered'
  const enumerated = readEnumerated(text)
  if (enumerated) {
    const styles = enumerated.numerals.map(({ style }) => style)
    if (styles.includes('han')) return 'han'
    // C, D and L are rather letters; I, V and X are rather numbers.
    return styles.includes('upper-roman') && !/^[CDLM][.)]/.test(text) ? 'roman' : 'upper'
  }
  if (ANNEX.test(text)) return 'annex'
  return depth === undefined ? 'plain' : `depth-${depth}`
}

/** The heading of the only annex, which has no number. */
const ANNEX = /^(?:annex|annexe|anexo|appendix|приложение|المرفق|附件)[.:]?$/iu

/** Classes that every other kind of heading stands above. */
const WEAK: readonly HeadingClass[] = ['option', 'action', 'plain']
/** Classes that stand above all others, the highest first. */
const STRONG: readonly HeadingClass[] = ['annex', 'part', 'chapter']

/** Headings within each other, from the highest down. */
export class HeadingStack<T extends { readonly class: HeadingClass }> {
  #open: T[] = []

  get open(): readonly T[] {
    return this.#open
  }

  /** Closes what cannot stand above a heading of this class. Returns the level of that heading. */
  closeFor(of: HeadingClass): number {
    const at = this.#open.findIndex((open) => !standsAbove(open.class, of))
    if (at >= 0) this.#open = this.#open.slice(0, at)
    return this.#open.length
  }

  /** Closes all that stand as deep as a level or deeper. Returns that level. */
  closeBelow(level: number): number {
    this.#open = this.#open.slice(0, level)
    return level
  }

  /** Puts a heading below those that are open. */
  push(heading: T): void {
    this.#open = [...this.#open, heading]
  }
}

/** Whether a heading of class `a` stays open when one of class `b` follows. */
function standsAbove(a: HeadingClass, b: HeadingClass): boolean {
  if (a === b) return false
  const [depthA, depthB] = [depthOf(a), depthOf(b)]
  if (depthA > 0 && depthB > 0) return depthA < depthB
  const strong = [STRONG.indexOf(a), STRONG.indexOf(b)] as const
  if (strong[1] >= 0) return strong[0] >= 0 && strong[0] < strong[1]
  const weak = [WEAK.indexOf(a), WEAK.indexOf(b)] as const
  if (weak[0] >= 0) return weak[1] >= 0 && weak[0] > weak[1]
  return true
}

const depthOf = (heading: HeadingClass): number => Number(/^depth-(\d)$/.exec(heading)?.[1] ?? 0)
