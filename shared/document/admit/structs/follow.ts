import type * as Y from 'yjs'
import type { Id, Section, Struct } from '../decode/decode.ts'
import { agrees, isVoidedDifferently } from './known.ts'
import { knownState, placeOfStruct, placeOfId, placeOfItem, samePlace, storedItem } from './place.ts'
import type { StructPlace } from './container.ts'
import type { Progress, Review } from '../review.ts'
import { sameId } from './sequence.ts'
import type { Steps } from '../../steps.ts'
import type { AdmissionCode } from '../verdict.ts'

/**
 * Visits the structs of an update in an order in which Yjs can integrate them: each struct after everything it
 * refers to. Where there is no such order, because something is missing or two sections wait for each other,
 * Yjs would keep the rest pending for ever; so the update is refused.
 */

/** Judges a new struct at the place where it writes. Returns null when it is allowed. */
export type Judge = (
  review: Review,
  struct: Struct,
  place: StructPlace,
  length: number,
) => AdmissionCode | null

/** A section that is being visited up to and including the clock `until`, because another struct refers to that. */
interface Leg {
  readonly progress: Progress
  readonly until: number
}

/** How many structs are visited in one step. */
const STEP = 128

/**
 * Visits all structs of the update and judges the new ones, in steps. Returns the first refusal, or null when all are
 * allowed.
 */
export function* followAll(review: Review, judge: Judge): Steps<AdmissionCode | null> {
  for (const progress of review.sections.values()) {
    const code = gate(review, progress)
    if (code) return code
  }
  for (const progress of review.sections.values()) {
    const code = yield* follow(review, { progress, until: Infinity }, judge)
    if (code) return code
  }
  return null
}

/** Adds a section to the review, before anything of it is visited. */
export function startSection(review: Review, section: Section): void {
  const known = knownState(review, section.client)
  const progress: Progress = { section, known, state: known, next: 0, places: [], open: false }
  review.sections.set(section.client, progress)
}

/**
 * Judges the client id of a section. New structs may only come under an id that the actor owns, or under an
 * unused one, which the actor then owns. Structs that the document holds already may be anybody's.
 */
function gate(review: Review, { section, known }: Progress): AdmissionCode | null {
  const first = section.structs[0] as Struct
  const last = section.structs.at(-1) as Struct
  if (last.clock + last.length > known) {
    if (section.client === review.od.doc.clientID) return 'foreign-client'
    const owner = review.ownerOf(section.client)
    if (owner === undefined ? known > 0 : owner !== review.actor.person) return 'foreign-client'
    if (owner === undefined) review.claimed.push(section.client)
  }
  return first.clock > known ? 'clock-gap' : null
}

function* follow(review: Review, start: Leg, judge: Judge): Steps<AdmissionCode | null> {
  const legs = [start]
  let visited = 0
  start.progress.open = true
  for (let leg: Leg | undefined = start; leg; leg = legs.at(-1)) {
    const { progress, until } = leg
    const struct = progress.section.structs[progress.next]
    if (!struct || progress.state > until) {
      progress.open = false
      legs.pop()
      continue
    }
    const missing = struct.clock < progress.known ? null : firstMissing(review, struct)
    if (missing) {
      const other = review.sections.get(missing.client)
      if (!other || other.open || other.next === other.section.structs.length) return 'unknown-item'
      other.open = true
      legs.push({ progress: other, until: missing.clock })
      continue
    }
    const code = take(review, progress, struct, judge)
    if (code) return code
    if (++visited % STEP === 0) yield
  }
  return null
}

function firstMissing(review: Review, struct: Struct): Id | null {
  if (struct.origin && isMissing(review, struct.origin)) return struct.origin
  if (struct.rightOrigin && isMissing(review, struct.rightOrigin)) return struct.rightOrigin
  const { parent } = struct
  return parent !== null && typeof parent !== 'string' && isMissing(review, parent) ? parent : null
}

const isMissing = (review: Review, id: Id): boolean =>
  id.clock >= (review.sections.get(id.client)?.state ?? knownState(review, id.client))

function take(review: Review, progress: Progress, struct: Struct, judge: Judge): AdmissionCode | null {
  const { known } = progress
  const end = struct.clock + struct.length
  let place: StructPlace | AdmissionCode | null = null
  if (struct.clock < known) {
    if (!agrees(review, struct, known))
      return isVoidedDifferently(review, struct, known) ? 'put-aside' : 'clock-gap'
    if (end > known && struct.content.kind !== 'void')
      place = placeOfRest(review, progress, storedItem(review, struct) as Y.Item)
  } else if (struct.content.kind !== 'void') place = placeOfStruct(review, struct)
  if (typeof place === 'string') return place
  if (place) {
    const code = judge(review, struct, place, end - Math.max(struct.clock, known))
    if (code) return code
  }
  if (end > known) review.news = true
  progress.places.push(place)
  progress.next++
  progress.state = Math.max(progress.state, end)
  return null
}

/**
 * Returns where the unknown rest of a partly known struct writes: right behind its last known item, which must
 * be of the same struct.
 */
function placeOfRest(
  review: Review,
  { section, known }: Progress,
  start: Y.Item,
): StructPlace | AdmissionCode {
  const id = { client: section.client, clock: known - 1 }
  const last = placeOfId(review, id)
  const stored = storedItem(review, id) as Y.Item
  if (!last || !samePlace(last, placeOfItem(review, start))) return 'mixed-origins'
  return sameId(stored.rightOrigin, start.rightOrigin) ? last : 'mixed-origins'
}
