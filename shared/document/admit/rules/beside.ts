import * as Y from 'yjs'
import { REACH, lastOf } from '../../../model/characters/character-context.ts'
import type { Beside } from '../../../model/characters/text-policy.ts'
import type { Id, Struct } from '../decode/decode.ts'
import { followedStruct, knownState, storedItem } from '../structs/place.ts'
import type { Progress, Review } from '../review.ts'
import { indexAt } from '../../text/search.ts'

/**
 * Returns what stands beside the last `length` units of a new run of text, as its author placed it. The text
 * policy judges some characters (joiners, direction marks) by their neighbours.
 *
 * An update allows this much certainty: the characters to the left were written before, so they are known
 * unless somebody has deleted them. A character to the right may be typed next (U+200C is typed between two
 * letters), so what the policy requires there is taken on trust.
 */
export function besideStretch(review: Review, struct: Struct, length: number): Beside {
  const { content } = struct
  const right = charactersFrom(review, struct.rightOrigin)
  const after = { goesOn: true, isCut: right === null || isCutOff(review, struct), after: right ?? '' }
  const from = struct.length - length
  const known = content.kind === 'string' ? content.text.slice(0, from) : ''
  return { before: known === '' ? characterAt(review, struct.origin) : lastOf(known), ...after }
}

/** Returns the text from a known character on; null when the update itself puts that character there. */
function charactersFrom(review: Review, first: Id | null): string | null {
  if (!first) return ''
  if (first.clock >= knownState(review, first.client) || isDeletedHere(review, first)) return null
  let item = storedItem(review, first)
  let from = first.clock - item.id.clock
  let words = ''
  for (let steps = 0; item instanceof Y.Item && words.length < REACH && steps < FORMATS; steps++) {
    if (!item.deleted && item.content instanceof Y.ContentString)
      words += item.content.str.slice(from, from + REACH)
    from = 0
    if (!item.right) break
    item = item.right
  }
  return words
}

/**
 * Whether the run continues in the same section: an insertion is cut in two when something was put into it
 * before it was sent.
 */
function isCutOff(review: Review, { client, clock, length }: Struct): boolean {
  const { structs } = (review.sections.get(client) as Progress).section
  const next = structs[indexAt(structs, clock) + 1]
  return next?.origin?.client === client && next.origin.clock === clock + length - 1
}

/** Whether the update itself deletes this unit: what is written beside it then stands beside something else. */
function isDeletedHere({ deletes }: Review, { client, clock }: Id): boolean {
  const ranges = deletes.get(client) ?? []
  const range = ranges[indexAt(ranges, clock)]
  return range !== undefined && clock >= range.clock && clock < range.clock + range.length
}

/** How many formats are skipped at most while looking for a character. */
const FORMATS = 64

/**
 * Returns the character that ends with a unit, skipping formats; '' at the start of the text, null when it is
 * not known.
 */
function characterAt(review: Review, start: Id | null): string | null {
  let id = start
  for (let steps = 0; id; steps++) {
    if (steps > FORMATS || isDeletedHere(review, id)) return null
    if (id.clock < knownState(review, id.client)) {
      const item = storedItem(review, id)
      if (!(item instanceof Y.Item) || item.deleted) return null
      if (item.content instanceof Y.ContentString)
        return lastOf(item.content.str.slice(0, id.clock - item.id.clock + 1))
      id = item.left?.lastId ?? null
      continue
    }
    const struct: Struct | null = followedStruct(review, id)
    if (struct?.content.kind === 'string')
      return lastOf(struct.content.text.slice(0, id.clock - struct.clock + 1))
    if (struct?.content.kind !== 'format') return null
    id = struct.origin
  }
  return ''
}
