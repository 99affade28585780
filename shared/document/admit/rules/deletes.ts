import * as Y from 'yjs'
import type { Range, Struct, Update } from '../decode/decode.ts'
import { cutsAfter, cutsBefore } from '../structs/pairs.ts'
import { knownState, placeOfItem } from '../structs/place.ts'
import type { StructPlace } from '../structs/container.ts'
import type { Progress, Review } from '../review.ts'
import { grow, judgeErasure } from './rules.ts'
import type { Steps } from '../../steps.ts'
import { indexAt } from '../../text/search.ts'
import { noteTidied } from './tidy.ts'
import type { AdmissionCode } from '../verdict.ts'

/** How many deleted ranges are judged in one step. */
const STEP = 1_000

/**
 * Judges what an update newly deletes. A client that reconnects sends every deletion it knows, so what is
 * deleted already is skipped: that costs one look-up for each range and one for each item.
 */
export function* judgeDeletes(review: Review, deletes: Update['deletes']): Steps<AdmissionCode | null> {
  let judged = 0
  for (const [client, ranges] of deletes) {
    const known = knownState(review, client)
    const progress = review.sections.get(client)
    const state = progress?.state ?? known
    for (const range of ranges) {
      if (++judged % STEP === 0) yield
      if (range.clock + range.length > state) return 'unknown-item'
      const code =
        (range.clock < known ? judgeStored(review, client, range) : null) ??
        (progress ? judgeNew(review, progress, range) : null)
      if (code) return code
    }
  }
  return null
}

function judgeStored(review: Review, client: number, range: Range): AdmissionCode | null {
  const structs = review.clients.get(client) as (Y.Item | Y.GC)[]
  const end = range.clock + range.length
  for (let i = Y.findIndexSS(structs, range.clock); i < structs.length; i++) {
    const item = structs[i] as Y.Item | Y.GC
    if (item.id.clock >= end) return null
    if (!(item instanceof Y.Item) || item.deleted) continue
    if (cutsPair(review, client, item.id.clock, item.length, range)) return 'wrong-shape'
    const place = placeOfItem(review, item)
    const code = judgeErasure(review, place, { client, clock: item.id.clock, length: item.length })
    if (code && !noteTidied(review, item, code)) return code
    review.news = true
    if (item.countable) shrink(review, place, item.id.clock, item.length, range)
  }
  return null
}

function judgeNew(review: Review, { section, places }: Progress, range: Range): AdmissionCode | null {
  const end = range.clock + range.length
  for (let i = indexAt(section.structs, range.clock); i < section.structs.length; i++) {
    const struct = section.structs[i] as Struct
    if (struct.clock >= end) return null
    const place = places[i]
    if (!place || struct.clock + struct.length <= range.clock) continue
    if (cutsPair(review, struct.client, struct.clock, struct.length, range)) return 'wrong-shape'
    const code = judgeErasure(review, place, struct)
    if (code) return code
    if (struct.content.kind === 'string') shrink(review, place, struct.clock, struct.length, range)
  }
  return null
}

/** Whether a range that covers part of an item begins or ends inside a surrogate pair. */
function cutsPair(review: Review, client: number, clock: number, length: number, range: Range): boolean {
  const last = range.clock + range.length - 1
  if (range.clock > clock && cutsBefore(review, { client, clock: range.clock })) return true
  return last < clock + length - 1 && cutsAfter(review, { client, clock: last })
}

function shrink(
  review: Review,
  { container }: StructPlace,
  clock: number,
  length: number,
  range: Range,
): void {
  const from = Math.max(clock, range.clock)
  const to = Math.min(clock + length, range.clock + range.length)
  grow(review, container, from - to)
}
