import type * as Y from 'yjs'
import type { Command, CommandResult } from '../../model/command.ts'
import { refuse } from '../../model/command.ts'
import type { Decision, Merged, MovedAnchor, ParagraphAdded, TextPiece } from '../../model/decision.ts'
import type { HostId, ParagraphId, ProposalId } from '../../model/ids.ts'
import { CONTENT_LIMIT } from '../../model/proposal.ts'
import type { Anchor, ItemId, WordAnchor } from '../../model/proposal.ts'
import type { Span } from '../anchor.ts'
import { anchorAt, itemAt, plainText, probesOf, readHost, spanOf } from '../anchor.ts'
import type { Signature } from './executing.ts'
import { forward } from '../forward.ts'
import type { OpenOn } from '../open.ts'
import { isLiveHost, openOn, saysSomething } from '../open.ts'
import { byAge } from '../proposals.ts'
import { putAfter } from '../put.ts'
import type { OutcomeDocument } from '../schema.ts'
import { addParagraph, baseTextOf, contentOf, headOf, hostText, recordGet, recordSet } from '../schema.ts'
import { issueLabel } from '../settle.ts'
import type { Common } from '../wording.ts'
import { commonEnds, insertPieces, lengthOf, piecesBetween, plain, revise, runsBetween } from '../wording.ts'

type Accept = Extract<Command, { kind: 'proposal-accept' }>

/** The wording that goes in, and what it shares with the proposed one (null: it is the proposed one). */
interface Wording {
  readonly pieces: readonly TextPiece[]
  readonly common: Common | null
}

/** Control characters and line breaks have no place in a paragraph. */
const UNPRINTABLE = /[\p{Cc}\u2028\u2029]/u

export function accept(od: OutcomeDocument, id: ProposalId, command: Accept, by: Signature): CommandResult {
  const content = contentOf(od, id)
  const placed = content && (od.anchors.get(id) ?? shownAt(od, id, content))
  if (!content || !placed) return refuse('gone', 'Its author has taken this proposal back.')
  const proposed = piecesBetween(content, 0, content.length)
  if (command.seen !== undefined && command.seen !== plain(proposed))
    return refuse('wording-changed', 'The wording changed while you were deciding. Please look at it again.')
  const { text } = command
  if (text !== undefined && (text.length > CONTENT_LIMIT || UNPRINTABLE.test(text)))
    return refuse('invalid-text', 'This wording is too long, or holds line breaks or control characters.')
  const wording: Wording =
    text === undefined || text === plain(proposed)
      ? { pieces: proposed, common: null }
      : { pieces: revise(proposed, text), common: commonEnds(plain(proposed), text) }
  const anchor = forward(od, placed)
  if (anchor.kind === 'after') return acceptParagraph(od, id, anchor.paragraph, wording, by)
  if (anchor.kind === 'whole') return refuse('not-allowed', 'This cannot be done yet.')
  return acceptWords(od, id, anchor, wording, by)
}

/** Its author took it back while a colleague wrote in it: what is left is shown at the end, and goes in there. */
function shownAt(od: OutcomeDocument, id: ProposalId, content: Y.Text): Anchor | null {
  const head = headOf(od, id)
  if (!head || (content.length === 0 && openOn(od, id).length === 0)) return null
  const { kind, paragraph } = head
  if (kind === 'paragraph') return { kind: 'after', paragraph }
  const end = baseTextOf(od, paragraph)?.length
  return end === undefined ? null : anchorAt(od, paragraph, paragraph, end, end)
}

const dispositionOf = (wording: Wording) => (wording.common === null ? 'accepted' : 'accepted-as-amended')

/**
 * The wording goes in behind the words it replaces, as one insertion, and those are deleted. Amendments move with the
 * wording; other proposals on the deleted words keep their place and are flagged if nothing is left of theirs.
 */
function acceptWords(
  od: OutcomeDocument,
  id: ProposalId,
  anchor: WordAnchor,
  wording: Wording,
  by: Signature,
): CommandResult {
  const host = hostText(od, anchor.host)
  const span = host && spanOf(anchor, readHost(host, probesOf(anchor)).offsets)
  if (!host || !span || !isLiveHost(od, anchor.host))
    return refuse('host-closed', 'What this proposal is on is no longer on the table.')
  const taken = wording.pieces.length > 0 ? span : closingUp(host, span)
  const struck = taken.end - taken.start
  const deleted = piecesBetween(host, taken.start, taken.end)
  const deletedRuns = runsBetween(host, taken.start, taken.end)
  const changes = struck > 0 || wording.pieces.length > 0
  const standing = changes ? standingOn(od, anchor.host, id, taken) : []
  const inserted = putAfter(host, anchor.kind === 'range' ? anchor.end : anchor.at, wording.pieces)
  if (struck > 0) host.delete(taken.start, struck)
  const end = taken.start + lengthOf(wording.pieces)
  const stepped = standing
    .filter(({ cut }) => cut !== null)
    .map((other) => step(od, host, [taken.start, end], other))
  const effect = {
    kind: 'merged',
    host: anchor.host,
    anchor,
    inserted,
    deleted,
    deletedRuns,
    put: plain(wording.pieces),
  } as const
  const gone = standing
    .filter((other) => other.inside && saysSomething(od, other))
    .map(({ id: other }) => other)
  const merged: Merged = { ...effect, common: wording.common, stepped, carried: [] }
  return conclude(od, id, { disposition: dispositionOf(wording), ...by, effect: merged, flagged: gone })
}

/** A deleted word takes one of the spaces around it along: two in a row, or one before a comma, nobody asked for. */
function closingUp(host: Y.Text, { start, end }: Span): Span {
  const text = plainText(host)
  const spaceBefore = start === 0 || text[start - 1] === ' '
  if (start === end || !spaceBefore) return { start, end }
  if (text[end] === ' ') return { start, end: end + 1 }
  return start > 0 && /^[.,;:!?)\]،؛؟]/u.test(text.slice(end)) ? { start: start - 1, end } : { start, end }
}

interface Standing extends OpenOn {
  /** Nothing of what it is about is left once the stretch is deleted. */
  readonly inside: boolean
  /** Which end of it the stretch takes; a point, or a range whose words are gone, has it at the stretch's end. */
  readonly cut: 'start' | 'end' | null
  readonly gone: boolean
}

/**
 * A range that lay partly in the deleted words is about the rest of its words: nobody asked about the new ones, also
 * where they went in among words that were gone already. A point that stood right behind the deleted words stands right
 * behind the new ones, which end at `end`.
 */
function step(
  od: OutcomeDocument,
  host: Y.Text,
  [start, end]: readonly [number, number],
  { id, anchor, cut, gone }: Standing,
): MovedAnchor {
  const before = (offset: number): ItemId | null => (offset === 0 ? null : itemAt(host, offset - 1))
  let to: Anchor = anchor
  if (anchor.kind === 'point') to = { ...anchor, at: before(end) }
  else if (gone) to = { ...anchor, end: anchor.start }
  else if (cut === 'start') to = { ...anchor, start: itemAt(host, end) ?? anchor.start }
  else to = { ...anchor, end: before(start) ?? anchor.end }
  od.anchors.set(id, to)
  return { proposal: id, from: anchor, to }
}

/**
 * The other open proposals of a host that a stretch of its text, once deleted, takes something from, and those that
 * stand behind it: what is shown after it stays after it.
 */
function standingOn(od: OutcomeDocument, host: HostId, except: ProposalId, stretch: Span): Standing[] {
  const others = openOn(od, host).filter((other) => other.id !== except)
  const spans = spansOf(od, host, others)
  return others.flatMap((other, index): Standing[] => {
    const span = spans[index]
    if (!span) return []
    const startIn = span.start >= stretch.start && span.start < stretch.end
    const endIn = span.end > stretch.start && span.end <= stretch.end
    const inside = startIn && endIn
    const atEnd = span.end === stretch.end
    const gone = other.anchor.kind === 'range' && span.start === span.end
    if (gone && atEnd) return [{ ...other, inside: false, cut: 'end', gone }]
    if (other.anchor.kind === 'range') {
      const cut = inside ? null : startIn ? 'start' : 'end'
      return startIn || endIn ? [{ ...other, inside, cut, gone }] : []
    }
    if (atEnd && (endIn || isOlder(od, except, other.id)))
      return [{ ...other, inside: false, cut: 'end', gone }]
    return endIn ? [{ ...other, inside: true, cut: null, gone }] : []
  })
}

function isOlder(od: OutcomeDocument, id: ProposalId, than: ProposalId): boolean {
  const [head, other] = [headOf(od, id), headOf(od, than)]
  return head !== undefined && other !== undefined && byAge({ id, head }, { id: than, head: other }) < 0
}

function spansOf(od: OutcomeDocument, host: HostId, on: readonly OpenOn[]): (Span | null)[] {
  const text = hostText(od, host)
  if (!text) return on.map(() => null)
  const probes = on.map(({ anchor }) => probesOf(anchor))
  const { offsets } = readHost(text, probes.flat())
  let next = 0
  return on.map(({ anchor }, index) => spanOf(anchor, offsets.slice(next, (next += probes[index]!.length))))
}

function acceptParagraph(
  od: OutcomeDocument,
  id: ProposalId,
  after: ParagraphId,
  wording: Wording,
  by: Signature,
): CommandResult {
  // One identity for the paragraph however often its acceptance is taken back and repeated.
  const paragraph = `p${id.slice(1)}` as ParagraphId
  const { label, order } = recordGet(od, `label/${id}`) ?? issueLabel(od, after)
  recordSet(od, `label/${id}`, { label, order })
  const known = baseTextOf(od, paragraph)
  const text = known ?? addParagraph(od, { id: paragraph, kind: 'paragraph', order, label }, '')
  if (known) {
    const map = od.paragraphs.get(paragraph)
    map?.set('removed', false)
    // A revision may have been issued since it was first accepted.
    map?.set('label', label)
    map?.set('order', order)
    known.delete(0, known.length)
  }
  insertPieces(text, 0, wording.pieces)
  const inserted = runsBetween(text, 0, text.length)
  const added: ParagraphAdded = {
    kind: 'paragraph-added',
    paragraph,
    inserted,
    common: wording.common,
    carried: [],
  }
  return conclude(od, id, { disposition: dispositionOf(wording), ...by, effect: added, flagged: [] })
}

/** Records the decision, moves the open amendments to where the wording now stands, and flags what is moot. */
function conclude(
  od: OutcomeDocument,
  id: ProposalId,
  decision: Decision & { readonly effect: Merged | ParagraphAdded },
): CommandResult {
  recordSet(od, `decision/${id}`, decision)
  const carried = openOn(od, id).map((on) => ({
    proposal: on.id,
    from: on.anchor,
    to: forward(od, on.anchor),
  }))
  const lost = carried.filter(({ from, to }) => from.kind === 'range' && to.kind === 'point')
  for (const { proposal, to } of carried) od.anchors.set(proposal, to)
  const flagged = [...decision.flagged, ...lost.map(({ proposal }) => proposal)]
  for (const other of flagged) recordSet(od, `affected/${other}`, { by: id, effect: 'words-gone' })
  recordSet(od, `decision/${id}`, { ...decision, effect: { ...decision.effect, carried }, flagged })
  od.record.delete(`affected/${id}`)
  return { ok: true, affected: flagged }
}
