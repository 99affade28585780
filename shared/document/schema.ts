import * as Y from 'yjs'
import type { Decision } from '../model/proposals/decision.ts'
import type { HostId, ParagraphId, ParticipantId, ProposalId } from '../model/ids.ts'
import { isProposalId } from '../model/ids.ts'
import type { Label } from '../model/label.ts'
import type { Language } from '../model/language.ts'
import type { NoteMark, ParagraphFacts, ParagraphKind } from '../model/paragraph.ts'
import type { Anchor, ProposalHead, TypedHead } from '../model/proposals/proposal.ts'
import { isAgreed } from '../model/status.ts'
import { recordGet } from './records.ts'

/**
 * The Yjs document of one outcome document. Four roots, each a unit of authorisation:
 *
 *     paragraphs  Map id → Map{ kind, order, label, level?, header?, removed?, vacant?, former?, language?, marks?, text: Y.Text }
 *                                                                               server; `text`: facilitators
 *     proposals   Map id → Map{ head: ProposalHead, content: Y.Text }           its owners; `head` once, then the server
 *     anchors     Map proposalId → Anchor                                       its owners, and the server
 *     record      Map key → value, see `records.ts`                             server only
 *
 * Invariant: no shared type is ever deleted. A proposal that its author takes back is emptied, and a paragraph whose
 * acceptance is taken back is marked `removed`. So anchors always resolve, and an update that deletes a type is a forgery.
 */
export const ROOTS = ['paragraphs', 'proposals', 'anchors', 'record'] as const
export type Root = (typeof ROOTS)[number]

/** The formats that text may have. The value of each is `true`. */
export const TEXT_FORMATS = ['em', 'strong'] as const
export type TextFormat = (typeof TEXT_FORMATS)[number]

export interface OutcomeDocument {
  readonly doc: Y.Doc
  readonly paragraphs: Y.Map<Y.Map<unknown>>
  readonly proposals: Y.Map<Y.Map<unknown>>
  readonly anchors: Y.Map<Anchor>
  readonly record: Y.Map<unknown>
  /** The private spaces that are shown in this text. Absent: only what the room sees. */
  readonly spaces?: readonly PrivateSpace[]
}

/**
 * The private drafts and comments of a delegation or a group: a Yjs document with the same roots, of which
 * `paragraphs` is empty. A draft's host is in the room's document or in the same space.
 */
export interface PrivateSpace {
  readonly participant: ParticipantId
  readonly od: OutcomeDocument
}

/**
 * Returns the room's document with private spaces. Functions that look something up search whichever document
 * holds it.
 */
export const withSpaces = (room: OutcomeDocument, spaces: readonly PrivateSpace[]): OutcomeDocument => ({
  ...room,
  spaces,
})

/**
 * Returns the space that holds a proposal, or null when the room does. A tabled draft keeps its id, and then
 * the room's copy counts.
 */
export function spaceOf(od: OutcomeDocument, id: ProposalId): PrivateSpace | null {
  if (!od.spaces || od.proposals.has(id)) return null
  return od.spaces.find((space) => space.od.proposals.has(id)) ?? null
}

/** Returns the document that holds a proposal. */
export const holderOf = (od: OutcomeDocument, id: ProposalId): OutcomeDocument => spaceOf(od, id)?.od ?? od

/** Returns the room's document, then those of the private spaces. */
export const documentsOf = (od: OutcomeDocument): readonly OutcomeDocument[] => [
  od,
  ...(od.spaces ?? []).map((space) => space.od),
]

/** Binds the four roots. Call it before the first update is applied, so that Yjs knows their types. */
export function openDocument(doc: Y.Doc): OutcomeDocument {
  // After a remote change Yjs removes redundant formats, on each replica by itself and as if its user had typed
  // it. Replicas then came to show different formats, and admission refused clients for changes that nobody had
  // made. So it is switched off.
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

/** In a private space: whether a draft was tabled, so that the room holds it. */
export const isTabled = (space: OutcomeDocument, id: ProposalId): boolean =>
  recordGet(space, `tabled/${id}`) !== undefined

/**
 * Returns the stored anchor of a proposal; undefined when its author took it back. `forward` says where its
 * words are now.
 */
export const anchorOf = (od: OutcomeDocument, id: ProposalId): Anchor | undefined =>
  holderOf(od, id).anchors.get(id)

/** Returns who owns a proposal now: its author, or the delegation that took it over. */
export function proponentOf(od: OutcomeDocument, id: ProposalId): ParticipantId | undefined {
  return recordGet(od, `owner/${id}`)?.participant ?? headOf(od, id)?.by
}

/**
 * Returns the id of the paragraph that accepting a proposal makes. It is derived, so accepting again gives the
 * same paragraph.
 */
export const madeOf = (id: ProposalId): ParagraphId => `p${id.slice(1)}` as ParagraphId

/** Returns the id of the proposal that would have made this paragraph. There need not be one. */
export const makerOf = (id: ParagraphId): ProposalId => `q${id.slice(1)}` as ProposalId

/**
 * Whether a new proposal may not have this id: a proposal has or had it, or a paragraph has the id that it
 * would make.
 */
export const isTaken = (od: OutcomeDocument, id: ProposalId): boolean =>
  od.proposals._map.has(id) || od.paragraphs.has(madeOf(id))

/** Whether a paragraph is agreed or agreed ad referendum. It then takes no text and no proposal. */
export const isAgreedParagraph = (od: OutcomeDocument, id: ParagraphId): boolean =>
  isAgreed(recordGet(od, `status/${id}`)?.status)

/** Returns the head of a proposal, or undefined when no document holds it. */
export function headOf(od: OutcomeDocument, id: ProposalId): ProposalHead | undefined {
  const head = holderOf(od, id).proposals.get(id)?.get('head') as TypedHead | ProposalHead | undefined
  return head === undefined || 'createdAt' in head ? head : { ...head, person: '', createdAt: null }
}

/** Returns the wording of a proposal as a live Y.Text, or undefined. */
export function contentOf(od: OutcomeDocument, id: ProposalId): Y.Text | undefined {
  return holderOf(od, id).proposals.get(id)?.get('content') as Y.Text | undefined
}

/** Returns the base text of a paragraph as a live Y.Text, also of a removed one, or undefined. */
export function baseTextOf(od: OutcomeDocument, id: ParagraphId): Y.Text | undefined {
  return od.paragraphs.get(id)?.get('text') as Y.Text | undefined
}

/** Returns the live Y.Text of a host: a paragraph's base text or a proposal's wording. */
export function hostText(od: OutcomeDocument, host: HostId): Y.Text | undefined {
  return isProposalId(host) ? contentOf(od, host) : baseTextOf(od, host)
}

const NO_MARKS: readonly NoteMark[] = []

/** Returns the fields of a paragraph, or undefined when there is no such paragraph. */
export function paragraphFacts(od: OutcomeDocument, id: ParagraphId): ParagraphFacts | undefined {
  const map = od.paragraphs.get(id)
  if (!map) return undefined
  return {
    id,
    kind: map.get('kind') as ParagraphKind,
    order: map.get('order') as string,
    label: (map.get('label') as Label | null | undefined) ?? null,
    level: (map.get('level') as number | undefined) ?? 0,
    removed: map.get('removed') === true,
    vacant: map.get('vacant') === true && (map.get('text') as Y.Text).length === 0,
    former: (map.get('former') as Label | null | undefined) ?? null,
    language: (map.get('language') as Language | undefined) ?? null,
    header: map.get('header') === true,
    marks: (map.get('marks') as readonly NoteMark[] | undefined) ?? NO_MARKS,
  }
}

/**
 * Returns the shown paragraphs in their order; the server issues no two equal places, and ties are broken by
 * id.
 */
export function paragraphsInOrder(od: OutcomeDocument): ParagraphFacts[] {
  const all: ParagraphFacts[] = []
  for (const id of od.paragraphs.keys()) {
    const facts = paragraphFacts(od, id as ParagraphId)
    if (facts && !facts.removed) all.push(facts)
  }
  return all.sort((a, b) => compareStrings(a.order, b.order) || compareStrings(a.id, b.id))
}

type NewParagraph = Pick<ParagraphFacts, 'id' | 'kind' | 'order' | 'label'> & {
  /** Stored only when it is not 0, as in documents from before there were levels. */
  readonly level?: number
}

/** Sets the level of a paragraph's map. Absent: 0. */
export function setLevel(map: Y.Map<unknown>, level = 0): void {
  if (level > 0 || map.has('level')) map.set('level', level)
}

/** Only the server calls it, in a transaction. */
export function addParagraph(od: OutcomeDocument, facts: NewParagraph, text: string): Y.Text {
  const map = new Y.Map<unknown>()
  const ytext = new Y.Text()
  map.set('kind', facts.kind)
  map.set('order', facts.order)
  map.set('label', facts.label)
  if (facts.level) map.set('level', facts.level)
  map.set('text', ytext)
  od.paragraphs.set(facts.id, map)
  if (text) ytext.insert(0, text)
  return ytext
}

/** Called by the owner's client, or by the server on its behalf, in a transaction. */
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

/** Compares by UTF-16 units, so the order is the same on every machine, whatever its locale. */
export const compareStrings = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
