import * as Y from 'yjs'
import type { ProposalId } from '../../model/ids.ts'
import type { Placing } from '../../model/proposals/placing.ts'
import type { Anchor, ItemId, WordAnchor } from '../../model/proposals/proposal.ts'
import { isOnWords, sameItem } from '../../model/proposals/proposal.ts'
import { allSaid, standingOf } from '../standing.ts'
import { forward } from '../follow/forward.ts'
import { notedWords, wordsOf } from '../proposed-words.ts'
import type { OutcomeDocument } from '../schema.ts'
import { hostText } from '../schema.ts'
import { recordGet, recordSet } from '../records.ts'
import type { Span } from '../text/anchor.ts'
import { plainText, probesOf, readHost, sameAnchor, spanOf } from '../text/anchor.ts'
import { foldWording, readAlike } from '../text/fingerprint.ts'

const AS_PROPOSED: Placing = { number: 0, highest: 0, former: [] }

/** What an update did to a proposal's place. `returned`: to one where it was before. */
export type Placed = 'same' | 'elsewhere' | 'returned'

/**
 * Numbers the place in which a proponent's own update has left its proposal. `before`: the anchor that it had,
 * null for none. Only the server calls it, in a transaction, after the update was applied.
 *
 * Invariants of `placing/<id>`, on which the fingerprints of statements rest:
 * - A new place gets the next number, and numbers are never reused.
 * - Returning to a former place gives its former number again, so a statement made about it counts again.
 * - Decisions and undo never change the number: they move anchors, but not away from their words.
 * - Former places are kept as long as some present statement was made about them.
 */
export function notePlacing(od: OutcomeDocument, id: ProposalId, before: Anchor | null): Placed {
  const after = od.anchors.get(id) ?? null
  const proposed = wordsOf(od, id).text
  if (isSamePlace(od, proposed, before, after)) return 'same'
  const { number, highest, former } = recordGet(od, `placing/${id}`) ?? AS_PROPOSED
  const known = former.find(({ anchor }) => isSamePlace(od, proposed, anchor, after))
  const named = placingsNamed(od, id)
  const left = named.has(number) || after === null ? [{ number, anchor: before }] : []
  const kept = former.filter((one) => one !== known && named.has(one.number))
  recordSet(od, `placing/${id}`, {
    number: known?.number ?? highest + 1,
    highest: known ? highest : highest + 1,
    former: [...kept, ...left],
  })
  return known ? 'returned' : 'elsewhere'
}

/** Returns the numbers of the places that present statements were made about. */
function placingsNamed(od: OutcomeDocument, id: ProposalId): ReadonlySet<number> {
  const standing = standingOf(od, id)
  const said = [...allSaid(standing), ...(standing.condition ? [standing.condition] : [])]
  return new Set(said.map(({ wording }) => notedWords(od, id, wording)?.placing ?? 0))
}

/**
 * Whether two anchors are on the same words of the same text, or between the same words: at most spaces,
 * punctuation and invisible characters lie between their ends. Deleted characters count as words, since their
 * text is no longer known and they may come back.
 */
function isSamePlace(od: OutcomeDocument, proposed: string, a: Anchor | null, b: Anchor | null): boolean {
  if (a === null || b === null) return a === b
  const [one, other] = [forward(od, a), forward(od, b)]
  if (sameAnchor(one, other)) return true
  if (!isOnWords(one) || !isOnWords(other)) return false
  const text = one.host === other.host && one.paragraph === other.paragraph && hostText(od, one.host)
  if (!text) return false
  const isNear =
    one.kind === 'point'
      ? other.kind === 'point' && isNothingBetween(text, one.at, other.at, 'after')
      : other.kind === 'range' &&
        isNothingBetween(text, one.start, other.start, 'before') &&
        isNothingBetween(text, one.end, other.end, 'after')
  return isNear && readsAlike(text, proposed, one, other)
}

/**
 * Whether no word lies between two places: `before`, or `after`, the characters `a` and `b`; null is the start
 * of the text.
 */
function isNothingBetween(
  text: Y.Text,
  a: ItemId | null,
  b: ItemId | null,
  side: 'before' | 'after',
): boolean {
  if (sameItem(a, b)) return true
  const between = lettersBetween(text, a, b, side)
  return between !== null && foldWording(between) === ''
}

/**
 * Whether the text around two places would read alike with the proposed words at either. It would not where the
 * punctuation between them is part of a number: a digit before the point of `1.5`, or behind it.
 */
function readsAlike(text: Y.Text, proposed: string, one: WordAnchor, other: WordAnchor): boolean {
  const spans = [one, other].map((anchor) => spanOf(anchor, readHost(text, probesOf(anchor)).offsets))
  const [a, b] = spans
  if (!a || !b) return true
  const words = plainText(text)
  const from = Math.max(0, Math.min(a.start, b.start) - LOOKED_AT)
  const to = Math.max(a.end, b.end) + LOOKED_AT
  const inserted = proposed.length > 2 * LOOKED_AT ? endsOf(proposed) : proposed
  const accepted = ({ start, end }: Span) => words.slice(from, start) + inserted + words.slice(end, to)
  return readAlike(accepted(a), accepted(b))
}

/** In UTF-16 units. How a sign is folded depends on nothing farther away. */
const LOOKED_AT = 16

const endsOf = (words: string): string => words.slice(0, LOOKED_AT) + words.slice(-LOOKED_AT)

/**
 * Returns the text between two places; null when a deleted character is among it or one of the two is not in
 * the text.
 */
function lettersBetween(
  text: Y.Text,
  a: ItemId | null,
  b: ItemId | null,
  side: 'before' | 'after',
): string | null {
  let between = ''
  let begun = a === null || b === null
  for (let item = text._start; item !== null; item = item.right) {
    let from = 0
    for (const to of [...cutsIn(item, side, a, b), null]) {
      const letters = begun ? lettersOf(item, from, to ?? item.length) : ''
      if (letters === null) return null
      between += letters
      if (to === null) break
      if (begun) return between
      begun = true
      from = to
    }
  }
  return null
}

/**
 * Returns the offsets in an item at which the places before or after these characters cut it, in ascending
 * order.
 */
const cutsIn = ({ id, length }: Y.Item, side: 'before' | 'after', ...ends: (ItemId | null)[]): number[] =>
  ends
    .flatMap((end) => (end && end[0] === id.client ? [end[1] - id.clock] : []))
    .filter((offset) => offset >= 0 && offset < length)
    .map((offset) => (side === 'after' ? offset + 1 : offset))
    .sort((x, y) => x - y)

/** Returns null when some of the characters are deleted. */
function lettersOf({ content, deleted }: Y.Item, from: number, to: number): string | null {
  if (from === to) return ''
  if (deleted) return null
  return content instanceof Y.ContentString ? content.str.slice(from, to) : ''
}
