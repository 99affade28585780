/**
 * Finds stranded characters: they were right between certain others that have gone since. Examples are a joiner whose
 * letter was deleted, a direction mark that now turns words, one combining mark too many where two spans met. The change
 * that strands them cannot be refused, because whoever deletes a letter may not know of the joiner. So they are looked for
 * after each change.
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

/** A span of a text as it is now, in UTF-16 units; empty where something was only deleted. */
export interface Changed {
  readonly start: number
  readonly end: number
}

export interface Stranded {
  /** Spans of one character each, in the order of the text. */
  readonly spans: readonly Changed[]
  /** Offsets of characters that are right if a suitable character is typed behind them next. */
  readonly trusted: readonly number[]
}

/** How far from a change a character may have been stranded, in UTF-16 units. */
export const LOOKED_AT = 2 * REACH

const EACH_DEPENDENT = new RegExp(DEPENDENT.source, 'gu')
const PILES = /(?:[\u200c\u200d]?\p{M}){31,}/gu

/** Returns the stranded characters beside the changes. */
export function strandedBeside(text: string, changes: readonly Changed[]): Stranded {
  const spans: Changed[] = []
  const trusted: number[] = []
  for (const { character, start } of beside(text, changes, EACH_DEPENDENT)) {
    const span = { start, end: start + character.length }
    const reach = lookedAt(text, span, character)
    const touching = changes.filter((change) => change.start <= reach.end && change.end >= reach.start)
    if (touching.length === 0 || standsIn(text, span, character, false)) continue
    // The author's next character would come directly behind it.
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

/** Yields the matches near the changes, without searching the rest of a long text. */
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

/** Returns the span from the left neighbour that the character is judged by to the right one. */
function lookedAt(text: string, { start, end }: Changed, character: string): Changed {
  if (!isDirectionMark(character)) return { start: start - 1, end: end + 1 }
  let left = start
  while (left > 0 && start - left < REACH && NEUTRAL.test(lastOf(text.slice(left - 2, left)))) left--
  let right = end
  while (right < text.length && right - end < REACH && NEUTRAL.test(text[right] ?? '')) right++
  return { start: left - 1, end: right + 1 }
}

/**
 * Returns a span to delete, widened by the joiners and selectors beside it that the deletion would strand.
 * `put`: what replaces it. When only one character is deleted, which may be a typing error, what is before it
 * stays, because the right character may come next.
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
