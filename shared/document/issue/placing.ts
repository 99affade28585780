import * as Y from 'yjs'
import type { ProposalId } from '../../model/ids.ts'
import type { Placing } from '../../model/placing.ts'
import type { Anchor, ItemId } from '../../model/proposal.ts'
import { isOnWords, sameItem } from '../../model/proposal.ts'
import { allSaid, standingOf } from '../composition/standing.ts'
import { forward } from '../follow/forward.ts'
import { notedWords } from '../proposed-words.ts'
import type { OutcomeDocument } from '../schema.ts'
import { hostText } from '../schema.ts'
import { recordGet, recordSet } from '../records.ts'
import { sameAnchor } from '../text/anchor.ts'
import { foldWording } from '../text/fingerprint.ts'

const AS_PROPOSED: Placing = { number: 0, last: 0, former: [] }

/** What became of a proposal's place: `returned`: it is in one that it was in before. */
export type Placed = 'same' | 'elsewhere' | 'returned'

/**
 * Gives the place in which a proponent's own update has left its proposal a number. `before`: the anchor that it had, null
 * for none. The server only, inside a transaction, after the update was applied.
 */
export function notePlacing(od: OutcomeDocument, id: ProposalId, before: Anchor | null): Placed {
  const after = od.anchors.get(id) ?? null
  if (isSamePlace(od, before, after)) return 'same'
  const { number, last, former } = recordGet(od, `placing/${id}`) ?? AS_PROPOSED
  const known = former.find(({ anchor }) => isSamePlace(od, anchor, after))
  const named = placingsNamed(od, id)
  const left = named.has(number) || after === null ? [{ number, anchor: before }] : []
  const kept = former.filter((one) => one !== known && named.has(one.number))
  recordSet(od, `placing/${id}`, {
    number: known?.number ?? last + 1,
    last: known ? last : last + 1,
    former: [...kept, ...left],
  })
  return known ? 'returned' : 'elsewhere'
}

/** The places that somebody's present word is given for. */
function placingsNamed(od: OutcomeDocument, id: ProposalId): ReadonlySet<number> {
  const standing = standingOf(od, id)
  const said = [...allSaid(standing), ...(standing.condition ? [standing.condition] : [])]
  return new Set(said.map(({ wording }) => notedWords(od, id, wording)?.placing ?? 0))
}

/**
 * Whether two anchors are on the same words of the same text, or between the same ones. No more than spaces, punctuation and
 * what cannot be seen may lie between their ends. Of deleted characters nobody knows any more what they said; they may
 * come back, so they count as words.
 */
export function isSamePlace(od: OutcomeDocument, a: Anchor | null, b: Anchor | null): boolean {
  if (a === null || b === null) return a === b
  const [one, other] = [forward(od, a), forward(od, b)]
  if (sameAnchor(one, other)) return true
  if (!isOnWords(one) || !isOnWords(other)) return false
  const text = one.host === other.host && one.paragraph === other.paragraph && hostText(od, one.host)
  if (!text) return false
  if (one.kind === 'point') return other.kind === 'point' && isNothingBetween(text, one.at, other.at, 'after')
  return (
    other.kind === 'range' &&
    isNothingBetween(text, one.start, other.start, 'before') &&
    isNothingBetween(text, one.end, other.end, 'after')
  )
}

/** Between the places `before`, or `after`, two characters of a text; null is its very start. */
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

/** Null: a deleted character is among them, or one of the two is not in the text. */
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

/** Where the places before or after these characters cut an item, in their order. */
const cutsIn = ({ id, length }: Y.Item, side: 'before' | 'after', ...ends: (ItemId | null)[]): number[] =>
  ends
    .flatMap((end) => (end && end[0] === id.client ? [end[1] - id.clock] : []))
    .filter((offset) => offset >= 0 && offset < length)
    .map((offset) => (side === 'after' ? offset + 1 : offset))
    .sort((x, y) => x - y)

/** Null: some are deleted. */
function lettersOf({ content, deleted }: Y.Item, from: number, to: number): string | null {
  if (from === to) return ''
  if (deleted) return null
  return content instanceof Y.ContentString ? content.str.slice(from, to) : ''
}
