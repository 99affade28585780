import * as Y from 'yjs'
import type { Decision } from '../model/decision.ts'
import type { HostId, ParagraphId, ParticipantId, ProposalId } from '../model/ids.ts'
import { isProposalId } from '../model/ids.ts'
import type { Label } from '../model/label.ts'
import type { ParagraphFacts, ParagraphKind } from '../model/paragraph.ts'
import type { Anchor, ProposalHead, TypedHead } from '../model/proposal.ts'
import { isAgreed } from '../model/status.ts'
import { recordGet } from './records.ts'

/**
 * The Yjs document of one outcome document. Four roots, each a unit of authorisation:
 *
 *     paragraphs  Map id → Map{ kind, order, label, removed?, vacant?, former?, text: Y.Text }
 *                                                                               server; `text`: facilitators
 *     proposals   Map id → Map{ head: ProposalHead, content: Y.Text }           its owners; `head` once, then the server
 *     anchors     Map proposalId → Anchor                                       its owners, and the server
 *     record      Map key → value, see `records.ts`                             server only
 *
 * Invariant: no shared type is ever deleted. A proposal that comes to nothing is emptied, a paragraph that is taken
 * back is marked `removed`. So anchors always resolve, and an update that deletes a type is a forgery.
 */
export const ROOTS = ['paragraphs', 'proposals', 'anchors', 'record'] as const
export type Root = (typeof ROOTS)[number]

/** Formats that text may carry, each with the value `true`. */
export const TEXT_FORMATS = ['em', 'strong'] as const
export type TextFormat = (typeof TEXT_FORMATS)[number]

export interface OutcomeDocument {
  readonly doc: Y.Doc
  readonly paragraphs: Y.Map<Y.Map<unknown>>
  readonly proposals: Y.Map<Y.Map<unknown>>
  readonly anchors: Y.Map<Anchor>
  readonly record: Y.Map<unknown>
  /** The private spaces that are shown into this text; absent: the room's own words alone. */
  readonly spaces?: readonly PrivateSpace[]
}

/**
 * A delegation's drafts and comments, or a group's: a Yjs document of its own with the same roots, `paragraphs` empty.
 * What its drafts stand on is in the room's document, or in it.
 */
export interface PrivateSpace {
  readonly participant: ParticipantId
  readonly od: OutcomeDocument
}

/** The room's document with spaces shown into it. Lookups go to whichever holds what is asked for. */
export const withSpaces = (room: OutcomeDocument, spaces: readonly PrivateSpace[]): OutcomeDocument => ({
  ...room,
  spaces,
})

/** The space that holds a proposal; null where the room does: a tabled draft keeps its identity, and the room's wins. */
export function spaceOf(od: OutcomeDocument, id: ProposalId): PrivateSpace | null {
  if (!od.spaces || od.proposals.has(id)) return null
  return od.spaces.find((space) => space.od.proposals.has(id)) ?? null
}

/** The document that holds a proposal. */
export const holderOf = (od: OutcomeDocument, id: ProposalId): OutcomeDocument => spaceOf(od, id)?.od ?? od

/** All documents of it, the room's first. */
export const documentsOf = (od: OutcomeDocument): readonly OutcomeDocument[] => [
  od,
  ...(od.spaces ?? []).map((space) => space.od),
]

/** Binds the four roots. Call before the first update is applied, so that their types are known. */
export function openDocument(doc: Y.Doc): OutcomeDocument {
  // After a remote change Yjs removes formats that have become redundant, each replica by itself and as if somebody
  // had typed it: replicas came to show different formats, and an honest client was refused for what it never did.
  doc.on('afterTransaction', (transaction: Y.Transaction) => {
    transaction._needFormattingCleanup = false
  })
  return {
    doc,
    paragraphs: doc.getMap<Y.Map<unknown>>('paragraphs'),
    proposals: doc.getMap<Y.Map<unknown>>('proposals'),
    anchors: doc.getMap<Anchor>('anchors'),
    record: doc.getMap('record'),
  }
}

export const decisionOf = (od: OutcomeDocument, id: ProposalId): Decision | undefined =>
  recordGet(holderOf(od, id), `decision/${id}`)

/** In a private space: it was tabled, and lives on in the room. */
export const isTabled = (space: OutcomeDocument, id: ProposalId): boolean =>
  recordGet(space, `tabled/${id}`) !== undefined

/** Where a proposal was put down; undefined where its author took it back. */
export const anchorOf = (od: OutcomeDocument, id: ProposalId): Anchor | undefined =>
  holderOf(od, id).anchors.get(id)

/** Whose a proposal is now: its author's, or whoever took it over. */
export function proponentOf(od: OutcomeDocument, id: ProposalId): ParticipantId | undefined {
  return recordGet(od, `owner/${id}`)?.participant ?? headOf(od, id)?.by
}

/** The paragraph that a proposal makes, if it makes one: the same however often that is taken back and repeated. */
export const madeOf = (id: ProposalId): ParagraphId => `p${id.slice(1)}` as ParagraphId

/** The proposal that made a paragraph, if one did. */
export const makerOf = (id: ParagraphId): ProposalId => `q${id.slice(1)}` as ProposalId

/** No new proposal may take this identity: one has it, or the paragraph has that it would make, which it would replace. */
export const isTaken = (od: OutcomeDocument, id: ProposalId): boolean =>
  od.proposals._map.has(id) || od.paragraphs.has(madeOf(id))

/** An agreed paragraph takes no text and no proposal. */
export const isAgreedParagraph = (od: OutcomeDocument, id: ParagraphId): boolean =>
  isAgreed(recordGet(od, `status/${id}`)?.status)

export function headOf(od: OutcomeDocument, id: ProposalId): ProposalHead | undefined {
  const head = holderOf(od, id).proposals.get(id)?.get('head') as TypedHead | ProposalHead | undefined
  return head === undefined || 'createdAt' in head ? head : { ...head, person: '', createdAt: null }
}

export function contentOf(od: OutcomeDocument, id: ProposalId): Y.Text | undefined {
  return holderOf(od, id).proposals.get(id)?.get('content') as Y.Text | undefined
}

export function baseTextOf(od: OutcomeDocument, id: ParagraphId): Y.Text | undefined {
  return od.paragraphs.get(id)?.get('text') as Y.Text | undefined
}

export function hostText(od: OutcomeDocument, host: HostId): Y.Text | undefined {
  return isProposalId(host) ? contentOf(od, host) : baseTextOf(od, host)
}

export function paragraphFacts(od: OutcomeDocument, id: ParagraphId): ParagraphFacts | undefined {
  const map = od.paragraphs.get(id)
  if (!map) return undefined
  return {
    id,
    kind: map.get('kind') as ParagraphKind,
    order: map.get('order') as string,
    label: (map.get('label') as Label | null | undefined) ?? null,
    removed: map.get('removed') === true,
    vacant: map.get('vacant') === true && (map.get('text') as Y.Text).length === 0,
    former: (map.get('former') as Label | null | undefined) ?? null,
  }
}

/** The shown paragraphs in their order. Ties (impossible for the server's own keys) fall to the id. */
export function paragraphsInOrder(od: OutcomeDocument): ParagraphFacts[] {
  const all: ParagraphFacts[] = []
  for (const id of od.paragraphs.keys()) {
    const facts = paragraphFacts(od, id as ParagraphId)
    if (facts && !facts.removed) all.push(facts)
  }
  return all.sort((a, b) => compareStrings(a.order, b.order) || compareStrings(a.id, b.id))
}

/** Server only, inside a transaction. */
export function addParagraph(
  od: OutcomeDocument,
  facts: Omit<ParagraphFacts, 'removed' | 'vacant' | 'former'>,
  text: string,
): Y.Text {
  const map = new Y.Map<unknown>()
  const ytext = new Y.Text()
  map.set('kind', facts.kind)
  map.set('order', facts.order)
  map.set('label', facts.label)
  map.set('text', ytext)
  od.paragraphs.set(facts.id, map)
  if (text) ytext.insert(0, text)
  return ytext
}

/** The owner's client (or the server on its behalf), inside a transaction. */
export function addProposal(
  od: OutcomeDocument,
  id: ProposalId,
  head: TypedHead | ProposalHead,
  anchor: Anchor,
  text: string,
): Y.Text {
  const map = new Y.Map<unknown>()
  const content = new Y.Text()
  map.set('head', head)
  map.set('content', content)
  od.proposals.set(id, map)
  od.anchors.set(id, anchor)
  if (text) content.insert(0, text)
  return content
}

/** By UTF-16 unit: the same on every machine, whatever its locale. */
export const compareStrings = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
