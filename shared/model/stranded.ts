/**
 * Characters that stood well between others, which have gone since: a joiner whose letter was deleted, a direction mark that
 * now turns words, one mark too many where two stretches met. What changes a text cannot be refused for them, since
 * whoever deletes a letter may not know of the joiner; so they are looked for afterwards.
 */
import {
  DEPENDENT,
  NEUTRAL,
  REACH,
  firstOf,
  isDirectionMark,
  lastOf,
  standsWell,
} from './character-context.ts'
import { MARKS_LIMIT } from './text-policy.ts'

/** A stretch of a text as it is now, in UTF-16 units; empty where something was deleted. */
export interface Changed {
  readonly start: number
  readonly end: number
}

export interface Stranded {
  /** Of one character each, in the order of the text. */
  readonly spans: readonly Changed[]
  /** Characters that stand well if the right one is typed behind them next. */
  readonly trusted: readonly number[]
}

/** So far beside a change, in UTF-16 units, something may have been stranded. */
export const LOOKED_AT = 2 * REACH

const EACH_DEPENDENT = new RegExp(DEPENDENT.source, 'gu')
const PILES = /(?:[\u200c\u200d]?\p{M}){31,}/gu

/** Those beside which something changed. `inserted`: of the changes, what its author may go on typing in. */
export function strandedBeside(text: string, changes: readonly Changed[]): Stranded {
  const spans: Changed[] = []
  const trusted: number[] = []
  for (const { character, start } of beside(text, changes, EACH_DEPENDENT)) {
    const span = { start, end: start + character.length }
    const reach = lookedAt(text, span, character)
    const touching = changes.filter((change) => change.start <= reach.end && change.end >= reach.start)
    if (touching.length === 0 || standsIn(text, span, character, false)) continue
    // What is typed next would stand right behind it.
    const mayGoOn = touching.some((change) => change.end === span.end)
    if (mayGoOn && !isDirectionMark(character) && standsIn(text.slice(0, span.end), span, character, true))
      trusted.push(start)
    else spans.push(span)
  }
  for (const { character: pile, start } of beside(text, changes, PILES)) {
    const end = start + pile.length
    if (changes.some((change) => change.start <= end && change.end >= start))
      spans.push(...beyondLimit(pile, start))
  }
  return { spans: disjoint(spans), trusted: [...new Set(trusted)] }
}

/** What is found near the changes, not in the whole of a long text. */
function* beside(text: string, changes: readonly Changed[], wanted: RegExp) {
  let done = 0
  for (const change of changes.toSorted((a, b) => a.start - b.start)) {
    const from = Math.max(done, change.start - LOOKED_AT)
    done = Math.max(from, Math.min(text.length, change.end + LOOKED_AT))
    for (const { 0: character, index } of text.slice(from, done).matchAll(wanted))
      yield { character, start: from + index }
  }
}

function beyondLimit(pile: string, at: number): Changed[] {
  const spans: Changed[] = []
  let marks = 0
  let start = at
  for (const character of pile) {
    const end = start + character.length
    if (/\p{M}/u.test(character) && ++marks > MARKS_LIMIT) spans.push({ start, end })
    start = end
  }
  return spans
}

const disjoint = (spans: readonly Changed[]): Changed[] => [
  ...new Map(spans.toSorted((a, b) => a.start - b.start).map((span) => [span.start, span])).values(),
]

function standsIn(text: string, { start, end }: Changed, character: string, goesOn: boolean): boolean {
  const left = text.slice(Math.max(0, start - REACH), start)
  return standsWell(character, { left, right: text.slice(end, end + REACH), before: '', goesOn })
}

/** From the character on its left that it is judged by to the one on its right. */
function lookedAt(text: string, { start, end }: Changed, character: string): Changed {
  if (!isDirectionMark(character)) return { start: start - 1, end: end + 1 }
  let left = start
  while (left > 0 && start - left < REACH && NEUTRAL.test(lastOf(text.slice(left - 2, left)))) left--
  let right = end
  while (right < text.length && right - end < REACH && NEUTRAL.test(text[right] ?? '')) right++
  return { start: left - 1, end: right + 1 }
}

/**
 * What is to be deleted, with the joiners and selectors beside it that would be stranded without it. `put`: what comes in its
 * place. Of a single character, which may be a slip of the finger, what stands before it stays: the right one may come
 * next.
 */
export function withStranded(text: string, { start, end }: Changed, put = ''): Changed {
  let span = { start, end }
  const isSlip = firstOf(text.slice(start, end)).length === end - start
  for (;;) {
    const before = lastOf(text.slice(0, span.start))
    const from = span.start - before.length
    if (isSlip || !DEPENDENT.test(before)) break
    const rest = put + text.slice(span.end)
    if (standsIn(text.slice(0, span.start) + rest, { start: from, end: span.start }, before, false)) break
    span = { ...span, start: from }
  }
  for (;;) {
    const behind = firstOf(text.slice(span.end))
    const head = text.slice(0, span.start) + put
    if (!DEPENDENT.test(behind) || isDirectionMark(behind)) return span
    const at = { start: head.length, end: head.length + behind.length }
    if (standsIn(head + text.slice(span.end), at, behind, false)) return span
    span = { ...span, end: span.end + behind.length }
  }
}
