import type { ParagraphId } from '../../model/ids.ts'
import type { Label } from '../../model/label.ts'
import type { ParagraphKind } from '../../model/paragraph.ts'
import type { Effect } from '../../model/proposals/decision.ts'
import { entriesOf, kindOfIssued } from '../records.ts'
import type { IssuedLabel } from '../records.ts'
import type { OutcomeDocument } from '../schema.ts'
import { compareStrings, paragraphFacts } from '../schema.ts'
import { issuedSince } from './revisions.ts'

/** A place in the order that was issued, with the label and the level that came with it. */
export interface Place {
  readonly order: string
  readonly label: Label | null
  readonly level: number
  readonly kind: ParagraphKind
  /** Whether it was issued to a proposal. */
  readonly proposed: boolean
}

/**
 * Returns every place ever issued, in their order, because those of removed paragraphs and decided proposals are not
 * reused.
 */
export function placesIssued(od: OutcomeDocument): Place[] {
  const all = new Map<string, Place>()
  const add = (place: Place) => {
    const known = all.get(place.order)
    if (!known) all.set(place.order, place)
    else if (place.proposed && !known.proposed)
      all.set(place.order, { ...known, label: place.label ?? known.label, proposed: true })
    else if (place.label && !known.label) all.set(place.order, { ...known, label: place.label })
  }
  for (const id of od.paragraphs.keys()) {
    const facts = paragraphFacts(od, id as ParagraphId)
    // A revision has taken this paragraph's number away, and with it its claim to the place; a vacant one may be shown again.
    if (facts && !(facts.removed && facts.label === null && !facts.vacant)) add({ ...facts, proposed: false })
  }
  for (const [, issued] of entriesOf(od, 'label')) add({ ...issuedPlace(issued), proposed: true })
  for (const [id, { effect }] of entriesOf(od, 'decision'))
    // If the move is taken back, these return to their places, so nothing else may be put there.
    for (const issued of placesLeft(effect))
      if (!issuedSince(od, id)) add({ ...issuedPlace(issued), proposed: false })
  return [...all.values()].sort((a, b) => compareStrings(a.order, b.order))
}

function placesLeft(effect: Effect): readonly IssuedLabel[] {
  if (effect.kind === 'paragraph-moved') return [effect.from]
  if (effect.kind !== 'family-changed') return []
  return [...effect.parts, ...effect.proposed].flatMap((part) => ('from' in part ? [part.from] : []))
}

const issuedPlace = (issued: IssuedLabel): Omit<Place, 'proposed'> => {
  const { label, order, level = 0 } = issued
  return { label, order, level, kind: kindOfIssued(issued) }
}
