import type { HostId, ParagraphId, ProposalId } from '../model/ids.ts'
import type { ImportedBlock } from '../model/import.ts'
import type { NoteMark } from '../model/paragraph.ts'
import { markAt } from './follow/marked.ts'
import type { OutcomeDocument } from './schema.ts'
import { headOf, hostText } from './schema.ts'
import { plainText } from './text/anchor.ts'

/** How many units before a mark are looked for at first, and at least. */
const LONGEST = 16
const SHORTEST = 2

/**
 * Puts the marks of footnotes where the source has them: in the base text or in a proposal on it. `paragraphs`: where each
 * block went, of which proposed ones are on the paragraph before them.
 */
export function receiveNotes(
  od: OutcomeDocument,
  blocks: readonly ImportedBlock[],
  paragraphs: readonly ParagraphId[],
): void {
  if (blocks.every(({ notes }) => !notes)) return
  const ids = paragraphs.filter((_, index) => blocks[index]?.kind === 'note')
  const proposals = Map.groupBy([...od.proposals.keys()] as ProposalId[], (id) => headOf(od, id)?.paragraph)
  const found = new Map<ParagraphId, NoteMark[]>()
  for (const [index, { text, notes = [] }] of blocks.entries()) {
    const paragraph = paragraphs[index]!
    const hosts = [paragraph, ...(proposals.get(paragraph) ?? [])]
    for (const { at, note } of notes) {
      const id = ids[note]
      const mark = id && markIn(od, hosts, text.slice(0, at).replace(/[\])\s]+$/u, ''))
      if (mark) found.set(id, [...(found.get(id) ?? []), mark])
    }
  }
  for (const [id, marks] of found) {
    const map = od.paragraphs.get(id)
    // A proposed block is on the paragraph before it.
    if (map?.get('kind') === 'note') map.set('marks', marks)
  }
}

/** Makes a mark behind these words in the host that holds most of the last ones; null when none holds the last few. */
function markIn(od: OutcomeDocument, hosts: readonly HostId[], before: string): NoteMark | null {
  const texts = hosts.map((host) => {
    const text = hostText(od, host)
    return { host, words: text ? plainText(text) : '' }
  })
  for (const { host, words } of texts) if (words.startsWith(before)) return markAt(od, host, before.length)
  for (let kept = Math.min(LONGEST, before.length); kept >= SHORTEST; kept--) {
    const end = before.slice(-kept)
    for (const { host, words } of texts) {
      const at = words.indexOf(end)
      if (at >= 0) return markAt(od, host, at + end.length)
    }
  }
  return null
}
