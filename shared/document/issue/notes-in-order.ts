import type { HostId, ParagraphId } from '../../model/ids.ts'
import { isProposalId } from '../../model/ids.ts'
import type { ParagraphFacts } from '../../model/paragraph.ts'
import { markedNow } from '../follow/marked.ts'
import { placeIn } from '../follow/character.ts'
import type { OutcomeDocument } from '../schema.ts'
import { compareStrings, headOf } from '../schema.ts'

/**
 * Returns the paragraphs with the places of the footnotes among each other changed, so that they stand in the order of
 * their marks. Those without a mark stay behind the one before them.
 */
export function notesInOrder(
  od: OutcomeDocument,
  paragraphs: readonly ParagraphFacts[],
): readonly ParagraphFacts[] {
  const notes = paragraphs.filter(({ kind }) => kind === 'note')
  if (notes.length < 2) return paragraphs
  const orders = new Map(paragraphs.map(({ id, order }) => [id, order]))
  const places = new Map<ParagraphFacts, Place>()
  let last: Place = { order: '', offset: 0 }
  for (const note of notes) {
    last = firstMark(od, note, orders) ?? last
    places.set(note, last)
  }
  const sorted = notes.toSorted((a, b) => compare(places.get(a), places.get(b)))
  const placed = new Map(sorted.map((note, i) => [note.id, { ...note, order: notes[i]!.order }]))
  return paragraphs.map((facts) => placed.get(facts.id) ?? facts)
}

/** Where a mark stands: the place of its paragraph, and the offset in it. */
interface Place {
  readonly order: string
  readonly offset: number
}

const compare = (a: Place | undefined, b: Place | undefined): number =>
  compareStrings(a?.order ?? '', b?.order ?? '') || (a?.offset ?? 0) - (b?.offset ?? 0)

function firstMark(
  od: OutcomeDocument,
  { marks }: ParagraphFacts,
  orders: ReadonlyMap<ParagraphId, string | null>,
): Place | undefined {
  const orderOf = (host: HostId): string | null => {
    const paragraph = isProposalId(host) ? headOf(od, host)?.paragraph : host
    return (paragraph && orders.get(paragraph)) ?? null
  }
  return marks
    .flatMap((mark): Place[] => {
      const at = markedNow(od, mark)
      const order = at && orderOf(at.host)
      return at && order ? [{ order, offset: placeIn(od, at.host, at.item)?.end ?? 0 }] : []
    })
    .sort(compare)[0]
}
