import type { HostId, ParagraphId, ProposalId } from '../model/ids.ts'
import type { FormatSpan, ImportedBlock } from '../model/import.ts'
import type { NoteMark } from '../model/paragraph.ts'
import { markAt } from './follow/marked.ts'
import type { HostSpans, PlacedBlock } from './received.ts'
import type { OutcomeDocument } from './schema.ts'
import { headOf, hostText } from './schema.ts'
import { plainText } from './text/anchor.ts'

/** How many units before a place are looked for at first, and at least. */
const LONGEST = 16
const SHORTEST = 2

/**
 * Puts the marks of footnotes, and emphasis, where the source has them: in the base text or in a proposal on it. The mark of a
 * proposed footnote is left to its proposal. `placed`: where each block went; `exact`: the texts of which the source says at which
 * offsets marks and emphasis stand.
 */
export function receiveSpans(
  od: OutcomeDocument,
  blocks: readonly ImportedBlock[],
  placed: readonly PlacedBlock[],
  exact: readonly HostSpans[],
): void {
  const ids = placed.flatMap(({ note, proposed, paragraph }) =>
    note === undefined ? [] : [proposed ? null : paragraph],
  )
  const found = new Map<ParagraphId, NoteMark[]>()
  const mark = (note: number, made: NoteMark | null): void => {
    const id = ids[note]
    if (id && made) found.set(id, [...(found.get(id) ?? []), made])
  }
  for (const { host, spans } of exact) {
    const { formats = [], notes = [] } = spans
    applyFormats(od, host, formats)
    for (const { at, note } of notes) mark(note, markAt(od, host, at))
  }
  searchSpans(od, blocks, placed, mark)
  for (const [id, marks] of found) od.paragraphs.get(id)?.set('marks', marks)
}

/** Puts them into all other texts, in places that are found by the words beside them. */
function searchSpans(
  od: OutcomeDocument,
  blocks: readonly ImportedBlock[],
  placed: readonly PlacedBlock[],
  mark: (note: number, made: NoteMark | null) => void,
): void {
  if (blocks.every(({ notes, formats }) => !notes && !formats)) return
  const proposals = Map.groupBy([...od.proposals.keys()] as ProposalId[], (id) => headOf(od, id)?.paragraph)
  for (const [index, { notes = [], formats = [], text, bracketed }] of blocks.entries()) {
    if (bracketed?.spans ?? bracketed?.whole?.spans) continue
    if (notes.length === 0 && formats.length === 0) continue
    const { paragraph } = placed[index]!
    const places = new Places(od, [paragraph, ...(proposals.get(paragraph) ?? [])], text)
    emphasise(od, places, formats)
    for (const { at, note } of notes) mark(note, markIn(od, places, at))
  }
}

/** Formats each host in one pass for each format, since to find one place takes time linear in its text. */
function emphasise(od: OutcomeDocument, places: Places, formats: readonly FormatSpan[]): void {
  const found = formats.flatMap(({ from, to, format }) => {
    const place = places.find(from, to)
    return place ? [{ host: place.host, format, start: place.at, end: place.at + to - from }] : []
  })
  for (const [host, onHost] of Map.groupBy(found, (span) => span.host))
    applyFormats(
      od,
      host,
      onHost.map(({ start, end, format: of }) => ({ from: start, to: end, format: of })),
    )
}

function applyFormats(od: OutcomeDocument, host: HostId, formats: readonly FormatSpan[]): void {
  for (const [of, spans] of Map.groupBy(formats, (span) => span.format))
    hostText(od, host)?.applyDelta(formatDelta(of, spans))
}

function formatDelta(of: string, spans: readonly FormatSpan[]): object[] {
  const delta: object[] = []
  let at = 0
  for (const { from: start, to: end } of spans.toSorted((a, b) => a.from - b.from)) {
    const from = Math.max(start, at)
    if (end <= from) continue
    if (from > at) delta.push({ retain: from - at })
    delta.push({ retain: end - from, attributes: { [of]: true } })
    at = end
  }
  return delta
}

/** Makes a mark behind `at` units, of which a bracket may have been the last sign; null when no host holds the last few. */
function markIn(od: OutcomeDocument, places: Places, at: number): NoteMark | null {
  let end = at
  while (/[\])\s]/u.test(places.source.charAt(end - 1))) end--
  const place = end < SHORTEST ? null : places.find(end, end)
  return place && markAt(od, place.host, place.at)
}

interface Place {
  readonly host: HostId
  readonly at: number
}

/** Finds where words of a source stand in the base text and the proposals that were made of it. */
class Places {
  readonly source: string
  /** `same`: with how many units the source begins as the host does. */
  readonly #hosts: readonly { readonly host: HostId; readonly read: string; readonly same: number }[]

  constructor(od: OutcomeDocument, hosts: readonly HostId[], source: string) {
    this.source = source
    this.#hosts = hosts.map((host) => {
      const text = hostText(od, host)
      const read = text ? plainText(text) : ''
      return { host, read, same: sameStart(read, source) }
    })
  }

  /** Returns the place in the host that has most of what precedes the words; null when none has them. */
  find(from: number, to: number): Place | null {
    for (const { host, same } of this.#hosts) if (same >= to) return { host, at: from }
    const words = this.source.slice(from, to)
    const least = words === '' ? SHORTEST : 0
    for (let kept = Math.min(LONGEST, from); kept >= least; kept--) {
      const sought = this.source.slice(from - kept, to)
      for (const { host, read } of this.#hosts) {
        const at = read.indexOf(sought)
        if (at >= 0) return { host, at: at + kept }
      }
    }
    return null
  }
}

function sameStart(a: string, b: string): number {
  let at = 0
  while (at < a.length && a[at] === b[at]) at++
  return at
}
