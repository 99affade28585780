import * as Y from 'yjs'
import type { HostId, ParagraphId } from '../../model/ids.ts'
import { isOnWords, sameItem } from '../../model/proposal.ts'
import type { Anchor, ItemId, WordAnchor } from '../../model/proposal.ts'
import type { OutcomeDocument, TextFormat } from '../schema.ts'
import { hostText } from '../schema.ts'

/**
 * Character identities and offsets. Offsets count UTF-16 units of the visible text. An identity resolves to a place
 * even after its character was deleted: to where it stood. Items that an undo made anew are not followed (yjs#638:
 * only the undoing replica knows of them, so replicas would differ).
 */

/** A stretch of visible text with one set of formats. */
export interface TextRun {
  readonly text: string
  /** Offset of its first unit. */
  readonly from: number
  readonly formats: readonly TextFormat[]
}

/** Where a character stands: `before` it, or `after` it. */
export interface Probe {
  readonly item: ItemId
  readonly side: 'before' | 'after'
}

export interface HostReading {
  readonly runs: readonly TextRun[]
  /** One offset for each probe; null where the item is not in this text (not known yet, or not of it). */
  readonly offsets: readonly (number | null)[]
  readonly length: number
}

const NO_FORMATS: readonly TextFormat[] = []

/** Reads a text and resolves every probe in one pass over its items: O(items + probes). */
export function readHost(text: Y.Text, probes: readonly Probe[]): HostReading {
  const offsets: (number | null)[] = Array.from({ length: probes.length }, () => null)
  const byClient = new Map<number, number[]>()
  for (const [index, probe] of probes.entries()) {
    const list = byClient.get(probe.item[0])
    if (list) list.push(index)
    else byClient.set(probe.item[0], [index])
  }
  const runs: { text: string; from: number; formats: readonly TextFormat[] }[] = []
  let formats = NO_FORMATS
  let offset = 0
  for (let item = text._start; item !== null; item = item.right) {
    const visible = !item.deleted && item.countable
    const waiting = byClient.get(item.id.client)
    if (waiting) resolveIn(item, offset, visible, waiting, probes, offsets)
    if (item.deleted) continue
    const content = item.content
    if (content instanceof Y.ContentString) {
      const last = runs.at(-1)
      if (last && last.formats === formats) last.text += content.str
      else runs.push({ text: content.str, from: offset, formats })
      offset += content.str.length
    } else if (content instanceof Y.ContentFormat) {
      formats = withFormat(formats, content.key as TextFormat, content.value !== null)
    }
  }
  return { runs, offsets, length: offset }
}

function resolveIn(
  item: Y.Item,
  offset: number,
  visible: boolean,
  waiting: readonly number[],
  probes: readonly Probe[],
  offsets: (number | null)[],
): void {
  const from = item.id.clock
  const to = from + item.length
  for (const index of waiting) {
    const probe = probes[index]!
    const clock = probe.item[1]
    if (clock < from || clock >= to) continue
    offsets[index] = visible ? offset + (clock - from) + (probe.side === 'after' ? 1 : 0) : offset
  }
}

function withFormat(formats: readonly TextFormat[], key: TextFormat, on: boolean): readonly TextFormat[] {
  if (formats.includes(key) === on) return formats
  const next = on ? [...formats, key].sort() : formats.filter((format) => format !== key)
  return next.length === 0 ? NO_FORMATS : next
}

/** The visible text without its formats. */
export const plainText = (text: Y.Text): string =>
  readHost(text, [])
    .runs.map((run) => run.text)
    .join('')

/** The identity of the visible character at `offset`, or null past the end. */
export function itemAt(text: Y.Text, offset: number): ItemId | null {
  let left = offset
  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted || !item.countable) continue
    if (left < item.length) return [item.id.client, item.id.clock + left]
    left -= item.length
  }
  return null
}

/** The identities of the visible characters from `from` to `to`. */
export function itemsBetween(text: Y.Text, from: number, to: number): ItemId[] {
  const items: ItemId[] = []
  let offset = 0
  for (let item = text._start; item !== null && offset < to; item = item.right) {
    if (item.deleted || !item.countable) continue
    for (let i = Math.max(0, from - offset); i < item.length && offset + i < to; i++)
      items.push([item.id.client, item.id.clock + i])
    offset += item.length
  }
  return items
}

/** The offset right after a character (null: the start of the text); null where it is not in the text. */
export function offsetAfter(text: Y.Text, item: ItemId | null): number | null {
  if (item === null) return 0
  return readHost(text, [{ item, side: 'after' }]).offsets[0] ?? null
}

/** An anchor on `start`..`end` of a host as it stands now; `start === end` gives a point. Throws outside the text. */
export function anchorAt(
  od: OutcomeDocument,
  host: HostId,
  paragraph: ParagraphId,
  start: number,
  end: number,
): Anchor {
  const text = hostText(od, host)
  if (!text || start < 0 || end < start || end > text.length) throw new Error(`no such place in ${host}`)
  if (start === end) {
    return { kind: 'point', host, paragraph, at: start === 0 ? null : itemAt(text, start - 1) }
  }
  return { kind: 'range', host, paragraph, start: itemAt(text, start)!, end: itemAt(text, end - 1)! }
}

/** The probes whose offsets, in order, are an anchor's start and end (a point has one, at most). */
export function probesOf(anchor: WordAnchor): readonly Probe[] {
  if (anchor.kind === 'range') {
    return [
      { item: anchor.start, side: 'before' },
      { item: anchor.end, side: 'after' },
    ]
  }
  return anchor.at === null ? [] : [{ item: anchor.at, side: 'after' }]
}

export interface Span {
  readonly start: number
  readonly end: number
}

/** From the offsets that {@link probesOf} asked for to a span; null where the anchor does not resolve here. */
export function spanOf(anchor: WordAnchor, offsets: readonly (number | null)[]): Span | null {
  if (anchor.kind === 'point') {
    if (anchor.at === null) return { start: 0, end: 0 }
    const at = offsets[0] ?? null
    return at === null ? null : { start: at, end: at }
  }
  const start = offsets[0] ?? null
  const end = offsets[1] ?? null
  if (start === null || end === null) return null
  return { start, end: Math.max(start, end) }
}

const otherOf = (anchor: Anchor): ParagraphId | null => (anchor.kind === 'whole' ? anchor.other : null)

export function sameAnchor(a: Anchor, b: Anchor): boolean {
  if (a.paragraph !== b.paragraph) return false
  if (!isOnWords(a) || !isOnWords(b)) return a.kind === b.kind && otherOf(a) === otherOf(b)
  if (a.host !== b.host) return false
  if (a.kind === 'point') return b.kind === 'point' && sameItem(a.at, b.at)
  return b.kind === 'range' && sameItem(a.start, b.start) && sameItem(a.end, b.end)
}

/** One anchor's span now. For many anchors of one text use {@link readHost} once. */
export function resolveAnchor(od: OutcomeDocument, anchor: Anchor): Span | null {
  if (!isOnWords(anchor)) return null
  const text = hostText(od, anchor.host)
  return text ? spanOf(anchor, readHost(text, probesOf(anchor)).offsets) : null
}
