import * as Y from 'yjs'
import type { HostId, ParagraphId } from '../../model/ids.ts'
import { isOnWords, sameItem } from '../../model/proposals/proposal.ts'
import type { Anchor, ItemId, WordAnchor } from '../../model/proposals/proposal.ts'
import type { OutcomeDocument, TextFormat } from '../schema.ts'
import { hostText } from '../schema.ts'

/**
 * Resolves Yjs identities of characters to offsets, and back. Throughout, the following holds:
 *
 * - Offsets and lengths count UTF-16 units of the visible (not deleted) text.
 * - An identity resolves as long as its item is in the text. A deleted character resolves to the offset at
 *   which it stood between its visible neighbours, so `before` and `after` it are the same offset.
 * - A range names its first and last character and contains both. A point names the character it stands behind,
 *   or null for the start of the text.
 * - Copies that an undo made of deleted characters are not followed (yjs#638). Only the undoing replica knows
 *   of them, so following them would make replicas resolve one anchor differently.
 */

/** Consecutive visible text with the same formats. */
export interface TextRun {
  readonly text: string
  readonly from: number
  readonly formats: readonly TextFormat[]
}

/** Asks for the offset `before` or `after` a character. */
export interface Probe {
  readonly item: ItemId
  readonly side: 'before' | 'after'
}

export interface HostReading {
  readonly runs: readonly TextRun[]
  /**
   * One offset for each probe, in their order. Null: this text does not hold the item, or its update has not
   * arrived.
   */
  readonly offsets: readonly (number | null)[]
  readonly length: number
}

const NO_FORMATS: readonly TextFormat[] = []

/**
 * Reads a text and resolves all probes in one pass over its items. Takes time proportional to items plus, for
 * each item, the probes of the same Yjs client.
 */
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

/** Returns the visible text. */
export const plainText = (text: Y.Text): string =>
  readHost(text, [])
    .runs.map((run) => run.text)
    .join('')

/** Returns the identity of the visible character at `offset`, or null at or behind the end. */
export function itemAt(text: Y.Text, offset: number): ItemId | null {
  let left = offset
  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted || !item.countable) continue
    if (left < item.length) return [item.id.client, item.id.clock + left]
    left -= item.length
  }
  return null
}

/** Returns the identities of the visible characters at offsets `from` (included) to `to` (excluded). */
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

/** Returns the offset behind a character, 0 for null, and null when the text does not hold the character. */
export function offsetAfter(text: Y.Text, item: ItemId | null): number | null {
  if (item === null) return 0
  return readHost(text, [{ item, side: 'after' }]).offsets[0] ?? null
}

/**
 * Makes an anchor on offsets `start` to `end` of a host's present text: a point where they are equal, else a
 * range. Throws when they are outside the text.
 */
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

/** Returns the probes for an anchor's ends: two for a range, one for a point, none for a point at the start. */
export function probesOf(anchor: WordAnchor): readonly Probe[] {
  if (anchor.kind === 'range') {
    return [
      { item: anchor.start, side: 'before' },
      { item: anchor.end, side: 'after' },
    ]
  }
  return anchor.at === null ? [] : [{ item: anchor.at, side: 'after' }]
}

/** UTF-16 offsets of a text: `start` included, `end` excluded; equal for a point. */
export interface Span {
  readonly start: number
  readonly end: number
}

/**
 * Makes a span of the offsets resolved for {@link probesOf}. Returns null when one of them did not resolve.
 * When concurrent edits have put the end before the start, the span is empty, at the start.
 */
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

/** Whether two anchors are of the same kind, on the same host and paragraph, and name the same characters. */
export function sameAnchor(a: Anchor, b: Anchor): boolean {
  if (a.paragraph !== b.paragraph) return false
  if (!isOnWords(a) || !isOnWords(b)) return a.kind === b.kind && otherOf(a) === otherOf(b)
  if (a.host !== b.host) return false
  if (a.kind === 'point') return b.kind === 'point' && sameItem(a.at, b.at)
  return b.kind === 'range' && sameItem(a.start, b.start) && sameItem(a.end, b.end)
}

/**
 * Returns where an anchor is in its host's present text; null when it is not on words or does not resolve.
 * Reads the whole text, so for many anchors of one text call {@link readHost} once instead.
 */
export function resolveAnchor(od: OutcomeDocument, anchor: Anchor): Span | null {
  if (!isOnWords(anchor)) return null
  const text = hostText(od, anchor.host)
  return text ? spanOf(anchor, readHost(text, probesOf(anchor)).offsets) : null
}
