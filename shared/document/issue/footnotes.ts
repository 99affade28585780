import type * as Y from 'yjs'
import type { HostId, ParagraphId, ProposalId } from '../../model/ids.ts'
import { isProposalId } from '../../model/ids.ts'
import type { NoteMark, ParagraphFacts } from '../../model/paragraph.ts'
import { CHAIN_LIMIT, isOnWords } from '../../model/proposals/proposal.ts'
import type { TypedHead } from '../../model/proposals/proposal.ts'
import { markedNow } from '../follow/marked.ts'
import { placeIn } from '../follow/character.ts'
import { indexKeys } from '../key-index.ts'
import { isOpen } from '../open.ts'
import { recordGet } from '../records.ts'
import type { OutcomeDocument } from '../schema.ts'
import { resolveAnchor } from '../text/anchor.ts'
import { compareStrings, headOf, paragraphFacts, paragraphsInOrder } from '../schema.ts'

/** The order of footnotes: that of their marks in the text. */

/** A footnote of the text, or an open proposal for one. */
interface Footnote {
  readonly id: ParagraphId | ProposalId
  readonly order: string
  readonly marks: readonly NoteMark[]
}

/** Where a mark stands: the place of its block, the offset in its text, and that within the wording which stands there. */
interface Place {
  readonly order: string
  readonly offsets: readonly number[]
}

/** Where a new footnote stands among the others. */
export interface AmongNotes {
  /** The place of the footnote before it; null: it is the first. */
  readonly before: string | null
  /** Whether none stands behind it. */
  readonly isLast: boolean
}

/** Returns where a footnote with this mark stands among those that there are. */
export function amongNotes(od: OutcomeDocument, mark: NoteMark): AmongNotes {
  const own = placeOf(od, mark)
  const notes = footnotesOf(od, paragraphsInOrder(od))
  const places = placesOf(od, notes)
  const before = own ? notes.filter((note) => compare(places.get(note), own) <= 0) : notes
  const last = before.reduce((order, note) => (note.order > order ? note.order : order), '')
  return { before: last === '' ? null : last, isLast: !notes.some(({ order }) => order > last) }
}

/** The places that footnotes get by the order of their marks. */
export interface NotesInOrder {
  /** The paragraphs, with the places of the footnotes among each other changed. */
  readonly paragraphs: readonly ParagraphFacts[]
  readonly proposed: ReadonlyMap<ProposalId, string>
}

/**
 * Puts the footnotes, and those proposed, in the order of their marks. Those without a mark stay behind the one before
 * them.
 */
export function notesInOrder(od: OutcomeDocument, paragraphs: readonly ParagraphFacts[]): NotesInOrder {
  const notes = footnotesOf(od, paragraphs)
  const places = placesOf(od, notes)
  const sorted = notes.toSorted((a, b) => compare(places.get(a), places.get(b)))
  const placed = new Map(sorted.map(({ id }, i) => [id, notes[i]!.order] as const))
  return {
    paragraphs: paragraphs.map((facts) => {
      const order = placed.get(facts.id) ?? facts.order
      return order === facts.order ? facts : { ...facts, order }
    }),
    proposed: new Map([...placed].flatMap(([id, order]) => (isProposalId(id) ? [[id, order]] : []))),
  }
}

/** Returns the open proposals for footnotes, in no particular order. */
export const proposedNotes = (od: OutcomeDocument): readonly ProposalId[] =>
  (notesAmong(od.proposals, 'note') as readonly ProposalId[]).filter((id) => isOpen(od, id))

const notesAmong = indexKeys<Y.Map<unknown>>((_, proposal) => {
  const head = proposal.get('head') as TypedHead | undefined
  return head?.block?.kind === 'note' ? ['note'] : []
})

/** The mark of a proposed footnote; undefined for any other proposal. */
export function proposedMark(od: OutcomeDocument, id: ProposalId): NoteMark | undefined {
  const block = headOf(od, id)?.block
  return block?.kind === 'note' ? block.mark : undefined
}

function footnotesOf(od: OutcomeDocument, paragraphs: readonly ParagraphFacts[]): Footnote[] {
  const proposed = proposedNotes(od).flatMap((id): Footnote[] => {
    const issued = recordGet(od, `label/${id}`)
    const mark = proposedMark(od, id)
    return issued && mark ? [{ id, order: issued.order, marks: [mark] }] : []
  })
  const notes: Footnote[] = paragraphs.filter(({ kind }) => kind === 'note')
  return [...notes, ...proposed].sort((a, b) => compareStrings(a.order, b.order))
}

/** Each footnote with the place of its first mark; of one without a mark, that of the footnote before it. */
function placesOf(od: OutcomeDocument, notes: readonly Footnote[]): ReadonlyMap<Footnote, Place> {
  const places = new Map<Footnote, Place>()
  let last: Place = { order: '', offsets: [] }
  for (const note of notes) {
    const own = note.marks.flatMap((mark) => placeOf(od, mark) ?? []).sort(compare)
    last = own[0] ?? last
    places.set(note, last)
  }
  return places
}

function compare(a: Place | undefined, b: Place | undefined): number {
  const ordered = compareStrings(a?.order ?? '', b?.order ?? '')
  if (ordered !== 0) return ordered
  const [first, second] = [a?.offsets ?? [], b?.offsets ?? []]
  const at = first.findIndex((offset, i) => offset !== second[i])
  return at < 0 ? first.length - second.length : (first[at] ?? 0) - (second[at] ?? -1)
}

/** Null when the mark is gone from the text. */
function placeOf(od: OutcomeDocument, mark: NoteMark): Place | null {
  const at = markedNow(od, mark)
  if (!at) return null
  const offsets = [placeIn(od, at.host, at.item)?.end ?? 0]
  let { host } = at
  for (let steps = 0; steps < CHAIN_LIMIT && isProposalId(host); steps++) {
    const anchor = od.anchors.get(host)
    if (!anchor || !isOnWords(anchor)) break
    offsets.unshift(resolveAnchor(od, anchor)?.end ?? 0)
    host = anchor.host
  }
  const order = orderOf(od, host)
  return order === undefined ? null : { order, offsets }
}

/** The place of the block that shows a host. */
function orderOf(od: OutcomeDocument, host: HostId): string | undefined {
  if (!isProposalId(host)) return paragraphFacts(od, host)?.order
  const paragraph = headOf(od, host)?.paragraph
  return recordGet(od, `label/${host}`)?.order ?? (paragraph && paragraphFacts(od, paragraph)?.order)
}
