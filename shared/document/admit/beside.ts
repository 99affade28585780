import * as Y from 'yjs'
import { REACH, lastOf } from '../../model/character-context.ts'
import type { Beside } from '../../model/text-policy.ts'
import type { Id, Struct } from './decode.ts'
import { followedStruct, knownState, storedItem } from './place.ts'
import type { Progress, Review } from './review.ts'
import { indexAt } from '../text/search.ts'

/**
 * What stands beside the last `length` units of a new stretch of text, as its author put it there. Characters that depend on
 * others are judged by it as soundly as an update allows: what stands left of the stretch has been written before it, so
 * that it is known unless somebody has deleted it; what comes right of it may be typed next (the key for U+200C is
 * pressed between two letters), so that it is taken on trust.
 */
export function besideStretch(review: Review, struct: Struct, length: number): Beside {
  const { content } = struct
  const right = charactersFrom(review, struct.rightOrigin)
  const after = { goesOn: true, isCut: right === null || isCutOff(review, struct), after: right ?? '' }
  const from = struct.length - length
  const known = content.kind === 'string' ? content.text.slice(0, from) : ''
  return { before: known === '' ? characterAt(review, struct.origin) : lastOf(known), ...after }
}

/** What stands from a known character on; null: it is not known, for the update itself puts it there. */
function charactersFrom(review: Review, first: Id | null): string | null {
  if (!first) return ''
  if (first.clock >= knownState(review, first.client)) return null
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

/** What was put there at once is cut in two where something is put into it before it is sent. */
function isCutOff(review: Review, { client, clock, length }: Struct): boolean {
  const { structs } = (review.sections.get(client) as Progress).section
  const next = structs[indexAt(structs, clock) + 1]
  return next?.origin?.client === client && next.origin.clock === clock + length - 1
}

/** Formats looked past, at most. */
const FORMATS = 64

/** The character that ends with a unit, or before it where it is a format; '' at the beginning, null: not known. */
function characterAt(review: Review, start: Id | null): string | null {
  let id = start
  for (let steps = 0; id; steps++) {
    if (steps > FORMATS) return null
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
