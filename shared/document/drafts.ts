import type * as Y from 'yjs'
import type { Run, TextPiece } from '../model/decision.ts'
import type { HostId, ParagraphId, ProposalId } from '../model/ids.ts'
import { isProposalId } from '../model/ids.ts'
import type { Anchor, ItemId, ProposalHead, WordAnchor } from '../model/proposal.ts'
import { isOnWords } from '../model/proposal.ts'
import type { Span } from './text/anchor.ts'
import { offsetAfter, probesOf, readHost, spanOf } from './text/anchor.ts'
import { byAgeIn } from './age.ts'
import type { OutcomeDocument } from './schema.ts'
import { contentOf, decisionOf, headOf, hostText, isTabled } from './schema.ts'
import { recordSet } from './records.ts'
import { itemInRuns, piecesBetween } from './text/wording.ts'

/** A private draft on its way to the room: what the server takes out of one document and puts into the other. */
export interface Draft {
  readonly id: ProposalId
  readonly head: ProposalHead
  /** Null: its author took the place away. */
  readonly anchor: Anchor | null
  readonly pieces: readonly TextPiece[]
  /** Where it stands in the wording of another draft of the space: the room has other characters for that. */
  readonly within: Span | null
}

/** Those of the given drafts that are open in a space, in the order in which they were drafted. */
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

/** Its drafts that the room has, but the space does not know to be tabled: the server went down in between. */
export const tabledUnmarked = (space: OutcomeDocument, inRoom: (id: ProposalId) => boolean): ProposalId[] =>
  ([...space.proposals.keys()] as ProposalId[]).filter((id) => !isTabled(space, id) && inRoom(id))

/** In the space: those of its drafts that the room has now. */
export function markTabled(space: OutcomeDocument, ids: readonly ProposalId[], now: number): void {
  for (const id of ids) if (headOf(space, id) && !isTabled(space, id)) recordSet(space, `tabled/${id}`, now)
}

const spanIn = (text: Y.Text, anchor: WordAnchor): Span | null =>
  spanOf(anchor, readHost(text, probesOf(anchor)).offsets)

/**
 * The characters that a tabled wording came to the room with, at most so many. They were written at once and before all
 * others, by the server, so they can be told for ever, whatever became of them. The copy may be longer: somebody typed in
 * it who did not know.
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

/** An anchor in the space's copy of a tabled wording, to the same characters as the room has them. */
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

/** {@link offsetAfter} in a host's text, also for a character of the copy that a tabled draft has left behind. */
export function offsetIn(od: OutcomeDocument, host: HostId, item: ItemId | null): number | null {
  const text = hostText(od, host)
  const at = text ? offsetAfter(text, item) : null
  if (!text || at !== null || item === null) return at
  // Which paragraph it is in does not matter here.
  const moved = followTabled(od, { kind: 'point', host, paragraph: host as ParagraphId, at: item })
  return moved.kind === 'point' ? offsetAfter(text, moved.at) : null
}

/** On the words of a host's first characters; what is beyond them stands at their end. */
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
