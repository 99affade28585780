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
export interface TextSpan {
  readonly start: number
  readonly end: number
}

export interface Stranded {
  /** Spans of one character each, in the order of the text. */
  readonly spans: readonly TextSpan[]
  /** Offsets of characters that are right if a suitable character is typed behind them next. */
  readonly incomplete: readonly number[]
}

/** How far from a change a character may have been stranded, in UTF-16 units. */
export const LOOKED_AT = 2 * REACH

const EACH_DEPENDENT = new RegExp(DEPENDENT.source, 'gu')
const PILES = /(?:[\u200c\u200d]?\p{M}){31,}/gu

/**
 * How many characters of one update may be incomplete at most. An author types at one place, and may have typed at a few more offline.
 * What one update leaves incomplete beyond that is stranded: each incomplete one costs a pass over its text later.
 */
const INCOMPLETE_LIMIT = 8

/** Returns the stranded characters beside the changes. Its time is linear in the length of what is near them. */
export function strandedBeside(text: string, changes: readonly TextSpan[]): Stranded {
  const sorted = changes.toSorted((a, b) => a.start - b.start)
  const spans: TextSpan[] = []
  const incomplete: TextSpan[] = []
  const near = nearest(sorted)
  for (const { character, start } of beside(text, sorted, EACH_DEPENDENT)) {
    const span = { start, end: start + character.length }
    const touching = near(lookedAt(text, span, character))
    if (touching.length === 0 || standsIn(text, span, character, false)) continue
    // The author's next character would come directly behind it.
    const mayGoOn = touching.some((change) => change.end === span.end)
    if (mayGoOn && !isDirectionMark(character) && standsIn(text.slice(0, span.end), span, character, true))
      incomplete.push(span)
    else spans.push(span)
  }
  const nearPile = nearest(sorted)
  for (const { character: pile, start } of beside(text, sorted, PILES))
    if (nearPile({ start, end: start + pile.length }).length > 0) spans.push(...beyondLimit(pile, start))
  if (incomplete.length > INCOMPLETE_LIMIT) spans.push(...incomplete.splice(0))
  return { spans: disjoint(spans), incomplete: [...new Set(incomplete.map(({ start }) => start))] }
}

/**
 * Returns a function that gives the changes which touch a span. The changes are in the order of their starts; the spans
 * asked for come in the order of the text, each at most {@link LOOKED_AT} before an earlier one.
 */
function nearest(sorted: readonly TextSpan[]): (span: TextSpan) => readonly TextSpan[] {
  let next = 0
  let active: TextSpan[] = []
  let done = 0
  return ({ start, end }) => {
    for (let change = sorted[next]; change && change.start <= end; change = sorted[++next])
      active.push(change)
    if (start - LOOKED_AT > done) {
      done = start
      active = active.filter((change) => change.end >= start - LOOKED_AT)
    }
    return active.filter((change) => change.start <= end && change.end >= start)
  }
}

/** Yields the matches near the changes, which are in their order, without searching the rest of a long text. */
function* beside(text: string, changes: readonly TextSpan[], wanted: RegExp) {
  for (const { start, end } of around(text, changes))
    for (const { 0: character, index } of text.slice(start, end).matchAll(wanted))
      yield { character, start: start + index }
}

/** Returns what is near the changes as disjoint spans: where two of them met, a match could be cut in two. */
function around(text: string, changes: readonly TextSpan[]): TextSpan[] {
  const spans: { start: number; end: number }[] = []
  for (const change of changes) {
    const start = Math.max(0, change.start - LOOKED_AT)
    const end = Math.min(text.length, change.end + LOOKED_AT)
    const last = spans.at(-1)
    if (last && start <= last.end) last.end = Math.max(last.end, end)
    else spans.push({ start, end })
  }
  return spans
}

function beyondLimit(pile: string, at: number): TextSpan[] {
  const spans: TextSpan[] = []
  let marks = 0
  let start = at
  for (const character of pile) {
    const end = start + character.length
    if (/\p{M}/u.test(character) && ++marks > MARKS_LIMIT) spans.push({ start, end })
    start = end
  }
  return spans
}

const disjoint = (spans: readonly TextSpan[]): TextSpan[] => [
  ...new Map(spans.toSorted((a, b) => a.start - b.start).map((span) => [span.start, span])).values(),
]

function standsIn(text: string, { start, end }: TextSpan, character: string, goesOn: boolean): boolean {
  const left = text.slice(Math.max(0, start - REACH), start)
  return standsWell(character, { left, right: text.slice(end, end + REACH), before: '', goesOn })
}

/** Returns the span from the left neighbour that the character is judged by to the right one. */
function lookedAt(text: string, { start, end }: TextSpan, character: string): TextSpan {
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
export function withStranded(text: string, { start, end }: TextSpan, put = ''): TextSpan {
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
