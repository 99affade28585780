import type * as Y from 'yjs'
import type { Common, Run, TextPiece } from '../../model/proposals/decision.ts'
import type { ItemId } from '../../model/proposals/proposal.ts'
import { itemsBetween, readHost } from './anchor.ts'
import { TEXT_FORMATS } from '../schema.ts'

/**
 * Copying text between hosts: as pieces (text with formats) and as runs (identities of characters). Offsets and
 * lengths are UTF-16 units.
 */

/** Returns the visible text between two offsets as pieces with their formats. */
export function piecesBetween(text: Y.Text, from: number, to: number): TextPiece[] {
  const pieces: TextPiece[] = []
  for (const run of readHost(text, []).runs) {
    const insert = run.text.slice(Math.max(0, from - run.from), Math.max(0, to - run.from))
    if (insert === '') continue
    const attributes = Object.fromEntries(run.formats.map((format) => [format, true as const]))
    pieces.push(run.formats.length > 0 ? { insert, attributes } : { insert })
  }
  return pieces
}

/** Inserts pieces at an offset with exactly their own formats, whatever formats surround them. */
export function insertPieces(text: Y.Text, at: number, pieces: readonly TextPiece[]): void {
  if (pieces.length === 0) return
  const inserts = pieces.map(({ insert, attributes }) => ({ insert, attributes: attributes ?? {} }))
  text.applyDelta(at > 0 ? [{ retain: at }, ...inserts] : inserts)
}

/** Returns the part of a list of pieces between two offsets, with its formats. */
export function cutPieces(pieces: readonly TextPiece[], from: number, to: number): TextPiece[] {
  const cut: TextPiece[] = []
  let offset = 0
  for (const piece of pieces) {
    const insert = piece.insert.slice(Math.max(0, from - offset), Math.max(0, to - offset))
    if (insert !== '') cut.push({ ...piece, insert })
    offset += piece.insert.length
  }
  return cut
}

export const lengthOf = (pieces: readonly TextPiece[]): number =>
  pieces.reduce((length, piece) => length + piece.insert.length, 0)

export const plain = (pieces: readonly TextPiece[]): string => pieces.map((piece) => piece.insert).join('')

/** Returns the identities of the visible characters at offsets `from` to `to`, as runs. */
export const runsBetween = (text: Y.Text, from: number, to: number): Run[] =>
  joinRuns(itemsBetween(text, from, to))

/** Joins consecutive characters of one client into runs. Keeps the order. */
export function joinRuns(items: readonly ItemId[]): Run[] {
  const runs: Run[] = []
  for (const [client, clock] of items) {
    const last = runs.at(-1)
    if (last && last[0] === client && last[1] + last[2] === clock)
      runs[runs.length - 1] = [client, last[1], last[2] + 1]
    else runs.push([client, clock, 1])
  }
  return runs
}

/** Returns the part of a run list between two offsets. */
export function cutRuns(runs: readonly Run[], from: number, to = Number.POSITIVE_INFINITY): Run[] {
  const cut: Run[] = []
  let offset = 0
  for (const [client, clock, length] of runs) {
    const start = Math.max(0, from - offset)
    const end = Math.min(length, to - offset)
    if (start < end) cut.push([client, clock + start, end - start])
    offset += length
  }
  return cut
}

/** Returns the character at an offset of a run list; null before its start and behind its end. */
export function itemInRuns(runs: readonly Run[], offset: number): ItemId | null {
  if (offset < 0) return null
  let left = offset
  for (const [client, clock, length] of runs) {
    if (left < length) return [client, clock + left]
    left -= length
  }
  return null
}

/** Returns the offset of a character in a run list; null when the list does not hold it. */
export function offsetInRuns(runs: readonly Run[], item: ItemId): number | null {
  let offset = 0
  for (const [client, clock, length] of runs) {
    if (client === item[0] && item[1] >= clock && item[1] < clock + length) return offset + item[1] - clock
    offset += length
  }
  return null
}

export const runsLength = (runs: readonly Run[]): number => runs.reduce((sum, run) => sum + run[2], 0)

/** Whether two run lists have a character in common. */
export function runsOverlap(a: readonly Run[], b: readonly Run[]): boolean {
  return a.some(([client, clock, length]) =>
    b.some(([other, from, size]) => other === client && clock < from + size && from < clock + length),
  )
}

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit < 0xdc00
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit < 0xe000

/** Returns what two wordings share at their ends. Neither part ends inside a surrogate pair. */
export function commonEnds(a: string, b: string): Common {
  const most = Math.min(a.length, b.length)
  let prefix = 0
  while (prefix < most && a[prefix] === b[prefix]) prefix++
  let suffix = 0
  while (suffix < most - prefix && a[a.length - 1 - suffix] === b[b.length - 1 - suffix]) suffix++
  // A shared part must not end inside a surrogate pair.
  if (isHigh(a.charCodeAt(prefix - 1)) || isHigh(b.charCodeAt(prefix - 1))) prefix--
  if (isLow(a.charCodeAt(a.length - suffix)) || isLow(b.charCodeAt(b.length - suffix))) suffix--
  return { prefix, suffix }
}

/**
 * Maps an offset in a wording of length `from` to the other one, of length `to`. `common` null: they are the
 * same wording. An offset between the shared ends maps to the end of the shared prefix.
 */
export function carryOffset(common: Common | null, from: number, to: number, offset: number): number {
  if (common === null || offset <= common.prefix) return offset
  if (offset >= from - common.suffix) return offset + to - from
  return common.prefix
}

/**
 * Returns the pieces of a wording changed to read `wanted`. What both share at the ends keeps its formats; new
 * text gets formats only where the text on both sides has the same.
 */
export function revise(pieces: readonly TextPiece[], wanted: string): TextPiece[] {
  const now = plain(pieces)
  const { prefix, suffix } = commonEnds(now, wanted)
  const before = cutPieces(pieces, 0, prefix)
  const after = cutPieces(pieces, now.length - suffix, now.length)
  const insert = wanted.slice(prefix, wanted.length - suffix)
  const left = before.at(-1)?.attributes
  const same = JSON.stringify(left) === JSON.stringify(after[0]?.attributes)
  const added = same && left ? { insert, attributes: left } : { insert }
  return [...before, ...(insert === '' ? [] : [added]), ...after]
}

/**
 * Changes `text` to read exactly as these pieces, with one deletion and one insertion between the shared ends,
 * so that the shared characters keep their identities.
 */
export function rewrite(text: Y.Text, wanted: readonly TextPiece[]): void {
  const now = piecesBetween(text, 0, text.length)
  const { prefix, suffix } = commonEnds(plain(now), plain(wanted))
  const end = lengthOf(wanted) - suffix
  const gone = lengthOf(now) - prefix - suffix
  if (gone > 0) text.delete(prefix, gone)
  insertPieces(text, prefix, cutPieces(wanted, prefix, end))
  let at = 0
  for (const { insert, attributes } of wanted) {
    const formats = TEXT_FORMATS.map((name) => [name, attributes?.[name] ?? null])
    text.format(at, insert.length, Object.fromEntries(formats) as Record<string, true | null>)
    at += insert.length
  }
}
