import type { HostId, ParagraphId, ProposalId } from '../model/ids.ts'
import type { ImportedBlock } from '../model/import.ts'
import type { NoteMark } from '../model/paragraph.ts'
import { markAt } from './follow/marked.ts'
import type { OutcomeDocument } from './schema.ts'
import { headOf, hostText } from './schema.ts'
import { plainText } from './text/anchor.ts'

/** How many units before a place are looked for at first, and at least. */
const LONGEST = 16
const SHORTEST = 2

/**
 * Puts the marks of footnotes, and emphasis, where the source has them: in the base text or in a proposal on it. `paragraphs`:
 * where each block went, of which proposed ones are on the paragraph before them.
 */
export function receiveSpans(
  od: OutcomeDocument,
  blocks: readonly ImportedBlock[],
  paragraphs: readonly ParagraphId[],
): void {
  if (blocks.every(({ notes, formats }) => !notes && !formats)) return
  const ids = paragraphs.filter((_, index) => blocks[index]?.kind === 'note')
  const proposals = Map.groupBy([...od.proposals.keys()] as ProposalId[], (id) => headOf(od, id)?.paragraph)
  const found = new Map<ParagraphId, NoteMark[]>()
  for (const [index, block] of blocks.entries()) {
    const { notes = [] } = block
    const paragraph = paragraphs[index]!
    const hosts = [paragraph, ...(proposals.get(paragraph) ?? [])]
    emphasise(od, hosts, block)
    for (const { at, note } of notes) {
      const id = ids[note]
      const mark = id && markIn(od, hosts, block.text.slice(0, at))
      if (mark) found.set(id, [...(found.get(id) ?? []), mark])
    }
  }
  for (const [id, marks] of found) {
    const map = od.paragraphs.get(id)
    // A proposed block is on the paragraph before it.
    if (map?.get('kind') === 'note') map.set('marks', marks)
  }
}

function emphasise(
  od: OutcomeDocument,
  hosts: readonly HostId[],
  { text, formats = [] }: ImportedBlock,
): void {
  for (const { from, to, format } of formats) {
    const place = placeIn(od, hosts, text.slice(0, from), text.slice(from, to))
    if (place) hostText(od, place.host)?.format(place.at, to - from, { [format]: true })
  }
}

/** Makes a mark behind these words, of which a bracket may have been the last sign; null when no host holds the last few. */
function markIn(od: OutcomeDocument, hosts: readonly HostId[], text: string): NoteMark | null {
  const before = text.replace(/[\])\s]+$/u, '')
  const place = before.length < SHORTEST ? null : placeIn(od, hosts, before, '')
  return place && markAt(od, place.host, place.at)
}

/** Returns where words stand in the host that has most of what precedes them; null when none has them. */
function placeIn(
  od: OutcomeDocument,
  hosts: readonly HostId[],
  before: string,
  words: string,
): { readonly host: HostId; readonly at: number } | null {
  const texts = hosts.map((host) => {
    const text = hostText(od, host)
    return { host, read: text ? plainText(text) : '' }
  })
  for (const { host, read } of texts) if (read.startsWith(before + words)) return { host, at: before.length }
  const least = words === '' ? SHORTEST : 0
  for (let kept = Math.min(LONGEST, before.length); kept >= least; kept--) {
    const end = before.slice(before.length - kept)
    for (const { host, read } of texts) {
      const at = read.indexOf(end + words)
      if (at >= 0) return { host, at: at + end.length }
    }
  }
  return null
}
