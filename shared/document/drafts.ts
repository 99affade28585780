import type * as Y from 'yjs'
import type { Run, TextPiece } from '../model/proposals/decision.ts'
import type { HostId, ParagraphId, ProposalId } from '../model/ids.ts'
import { isProposalId } from '../model/ids.ts'
import type { Anchor, ItemId, ProposalHead, WordAnchor } from '../model/proposals/proposal.ts'
import { isOnWords } from '../model/proposals/proposal.ts'
import type { Span } from './text/anchor.ts'
import { offsetAfter, probesOf, readHost, spanOf } from './text/anchor.ts'
import { byAgeIn } from './age.ts'
import type { OutcomeDocument } from './schema.ts'
import { contentOf, decisionOf, headOf, hostText, isTabled } from './schema.ts'
import { recordSet } from './records.ts'
import { itemInRuns, piecesBetween } from './text/wording.ts'

/** A private draft as the server copies it from the space's document into the room's. */
export interface Draft {
  readonly id: ProposalId
  readonly head: ProposalHead
  /** Null when its author removed the anchor. */
  readonly anchor: Anchor | null
  readonly pieces: readonly TextPiece[]
  /**
   * Set when its anchor is in the wording of another draft of the space: the span there, in UTF-16 units. The
   * room's copy of that wording has other identities.
   */
  readonly within: Span | null
}

/** Returns those of the given drafts that are open in the space, in the order in which they were drafted. */
export function readDrafts(space: OutcomeDocument, ids: readonly ProposalId[]): Draft[] {
  return [...ids].sort(byAgeIn(space)).flatMap((id) => {
    const head = headOf(space, id)
    const content = contentOf(space, id)
    if (!head || !content || decisionOf(space, id) || isTabled(space, id)) return []
    const anchor = space.anchors.get(id) ?? null
    const host =
      anchor && isOnWords(anchor) && isProposalId(anchor.host) ? contentOf(space, anchor.host) : null
    const within = anchor && isOnWords(anchor) && host ? spanIn(host, anchor) : null
    return [{ id, head, anchor, pieces: piecesBetween(content, 0, content.length), within }]
  })
}

/**
 * Returns the drafts that the room holds but the space does not record as tabled. The server stopped between
 * the two writes.
 */
export const tabledUnmarked = (space: OutcomeDocument, inRoom: (id: ProposalId) => boolean): ProposalId[] =>
  ([...space.proposals.keys()] as ProposalId[]).filter((id) => !isTabled(space, id) && inRoom(id))

/** Records in the space that the room holds these drafts now. Repeating it changes nothing. */
export function markTabled(space: OutcomeDocument, ids: readonly ProposalId[], now: number): void {
  for (const id of ids) if (headOf(space, id) && !isTabled(space, id)) recordSet(space, `tabled/${id}`, now)
}

const spanIn = (text: Y.Text, anchor: WordAnchor): Span | null =>
  spanOf(anchor, readHost(text, probesOf(anchor)).offsets)

/**
 * Returns the characters with which a tabled wording came to the room, `length` of them at most; null when
 * there is none.
 *
 * Invariant: the server writes these characters as one insertion, directly after it creates the text. So their
 * clocks follow that of the text's own item, and they can be found whatever became of them. The private copy
 * may be longer: somebody may have typed in it without knowing that it was tabled.
 */
export function tabledRun(content: Y.Text, length: number): Run | null {
  const maker = content._item?.id
  if (!maker || length === 0) return null
  const written: { readonly clock: number; readonly end: number }[] = []
  for (let item = content._start; item !== null; item = item.right) {
    const { client, clock } = item.id
    if (client === maker.client && clock > maker.clock) written.push({ clock, end: clock + item.length })
  }
  written.sort((a, b) => a.clock - b.clock)
  const first = written[0]?.clock
  if (first === undefined) return null
  const end = written.reduce((reached, item) => (item.clock === reached ? item.end : reached), first)
  return [maker.client, first, Math.min(length, end - first)]
}

/**
 * Maps an anchor in a space's copy of a tabled wording to the same characters of the room. Returns any other
 * anchor as it is.
 */
export function followTabled(od: OutcomeDocument, anchor: Anchor): Anchor {
  if (!od.spaces || !isOnWords(anchor) || !isProposalId(anchor.host)) return anchor
  const { host } = anchor
  const content = od.proposals.has(host) ? contentOf(od, host) : undefined
  const copies = od.spaces.flatMap((space) => contentOf(space.od, host) ?? [])
  for (const copy of content ? copies : []) {
    const span = spanIn(copy, anchor)
    const run = tabledRun(content!, copy.length)
    if (span) return anchorOnRun(anchor, run, span)
  }
  return anchor
}

/** {@link offsetAfter} in a host's text. Also accepts a character of the private copy of a tabled draft. */
export function offsetIn(od: OutcomeDocument, host: HostId, item: ItemId | null): number | null {
  const text = hostText(od, host)
  const at = text ? offsetAfter(text, item) : null
  if (!text || at !== null || item === null) return at
  // `followTabled` does not look at the paragraph.
  const moved = followTabled(od, { kind: 'point', host, paragraph: host as ParagraphId, at: item })
  return moved.kind === 'point' ? offsetAfter(text, moved.at) : null
}

/** Returns an anchor that covers `span` of the characters in `run`. Offsets beyond the run map to its end. */
export function anchorOnRun(anchor: WordAnchor, run: Run | null, span: Span): WordAnchor {
  const { host, paragraph } = anchor
  const runs = run ? [run] : []
  const start = Math.min(span.start, run?.[2] ?? 0)
  const end = Math.min(span.end, run?.[2] ?? 0)
  const first = itemInRuns(runs, start)
  const last = end > start ? itemInRuns(runs, end - 1) : null
  if (first && last) return { kind: 'range', host, paragraph, start: first, end: last }
  return { kind: 'point', host, paragraph, at: start === 0 ? null : itemInRuns(runs, start - 1) }
}
