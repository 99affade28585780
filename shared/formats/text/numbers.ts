import { isPageNumber, isSymbol } from './furniture.ts'
import type { Line } from './lines.ts'
import { ENDS, startsBlock } from './lines.ts'

/**
 * How a text prints its paragraph numbers. One text is read in one style; numbers in other styles count as
 * words.
 */
export type Style = 'PP' | 'OP' | 'dot' | 'paren' | 'parens' | 'dash' | 'space' | 'alone'

/** A line that may begin a paragraph. */
export interface Numbered {
  /** Index in the list of lines. */
  readonly index: number
  readonly at: number
  readonly style: Style
  readonly number: number
  /** "bis", "ter", "alt" … as printed behind the number; empty when there is none. */
  readonly suffix: string
  /** The number as printed, with its punctuation. */
  readonly printed: string
  readonly rest: string
  readonly indent: number
  /** Whether it can be wrapped running text: the line before is full and does not end a sentence. */
  readonly weak: boolean
}

const DIGITS = '[0-9٠-٩۰-۹０-９]{1,4}'
const MARKS = '[\\u200e\\u200f\\u061c]*'
const SUFFIX = '(?:[ ]?(bis|ter|quater|quinquies|sexies|septies|octies|alt)\\b(?:[ ]\\d+)?)?'
const OPEN = `^${MARKS}`
/**
 * What may follow a number's punctuation: a space, the end of the line, or, where the space was forgotten, a
 * letter or quote.
 */
const AFTER = '(?=$|[ ]|\\p{L}|["“«\\[])[ ]*'

/** Tried in this order. The first one that matches gives the style. */
const PATTERNS: readonly { readonly style: Style; readonly pattern: RegExp }[] = [
  { style: 'PP', pattern: new RegExp(`${OPEN}PP[ ]?(${DIGITS})${SUFFIX}${MARKS}[.):]?${AFTER}`, 'iu') },
  { style: 'OP', pattern: new RegExp(`${OPEN}OP[ ]?(${DIGITS})${SUFFIX}${MARKS}[.):]?${AFTER}`, 'iu') },
  { style: 'parens', pattern: new RegExp(`${OPEN}\\((${DIGITS})${SUFFIX}\\)${AFTER}`, 'iu') },
  { style: 'dot', pattern: new RegExp(`${OPEN}(${DIGITS})${SUFFIX}${MARKS}[.．、](?:[-–—])?${AFTER}`, 'iu') },
  { style: 'paren', pattern: new RegExp(`${OPEN}(${DIGITS})${SUFFIX}${MARKS}[)]${AFTER}`, 'iu') },
  { style: 'dash', pattern: new RegExp(`${OPEN}(${DIGITS})${SUFFIX}${MARKS}[ ]?[-–—](?=$|[ ])[ ]*`, 'iu') },
  { style: 'alone', pattern: new RegExp(`${OPEN}(${DIGITS})${MARKS}()$`, 'u') },
  { style: 'space', pattern: new RegExp(`${OPEN}(${DIGITS})${SUFFIX}[ ]+(?=["“«\\[]?\\p{L})`, 'iu') },
]

/** How all of these begin. Most lines do not match, and are dismissed by this alone. */
const BEGINS = /^[\u200e\u200f\u061c]*(?:[(0-9٠-٩۰-۹０-９]|PP|OP)/iu

/** Returns the value of decimal digits of any of the three accepted scripts. */
function valueOf(digits: string): number {
  let value = 0
  for (const digit of digits) {
    const code = digit.charCodeAt(0)
    const zero = [0x30, 0x660, 0x6f0, 0xff10].find((z) => code >= z && code < z + 10) ?? 0x30
    value = value * 10 + (code - zero)
  }
  return value
}

/** Returns all lines that begin with a number in some style. `wrap`: the width to which lines are wrapped, or 0. */
export function numberedLines(lines: readonly Line[], wrap: number): Numbered[] {
  return lines.flatMap((line, index) => {
    if (!BEGINS.test(line.text)) return []
    for (const { style, pattern } of PATTERNS) {
      const match = pattern.exec(line.text)
      if (!match) continue
      // Without punctuation, only a tab distinguishes a number from the first word of a sentence ("9
      // November").
      const plain =
        style === 'space' && !line.tabbed && !/^\p{Lu}|^\p{Lo}/u.test(line.text.slice(match[0].length))
      if (plain) return []
      return [
        {
          index,
          at: line.at,
          style,
          number: valueOf(match[1] ?? ''),
          suffix: (match[2] ?? '').toLowerCase(),
          printed: match[0].trim(),
          rest: line.text.slice(match[0].length),
          indent: line.indent,
          weak: isWeak(lines, index, wrap),
        },
      ]
    }
    return []
  })
}

function isWeak(lines: readonly Line[], index: number, wrap: number): boolean {
  const line = lines[index]
  let last = index - 1
  while (isPageNumber(lines[last]?.text ?? '') || isSymbol(lines[last]?.text ?? '')) last--
  const before = lines[last]
  if (!line || !before || wrap === 0 || ENDS.test(before.text)) return false
  // A blank line begins something new, unless it belongs to the foot of a page.
  if (startsBlock(line) && !line.newPage && last === index - 1) return false
  return before.indent + before.text.length > wrap * 0.75
}
