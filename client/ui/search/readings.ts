import type { Piece, ComposedText } from '#shared/document/composition/compose.ts'
import { writePieces } from '#shared/formats/text/write-pieces.ts'
import type { HostId, ProposalId } from '#shared/model/ids.ts'
import type { SearchReading } from './find.ts'

/**
 * The readings of a paragraph without brackets: its base text; each proposal as if it alone were accepted; all
 * proposals accepted; all words; and the printed text. A phrase that a bracket interrupts is contiguous in one of
 * them.
 */
export function readingsOf(id: HostId, pieces: readonly Piece[]): readonly SearchReading[] {
  const words = pieces.filter((piece) => piece.kind === 'text')
  const chains = chainsOf(words)
  const kept = [
    words.filter(({ within }) => within.length === 0),
    ...chains.map((chain) => acceptedAlone(words, chain)),
    words.filter(({ struck }) => struck.length === 0),
    words,
  ]
  const readings = kept.flatMap((part) => [joined(id, part, ''), joined(id, part, ' ')])
  const printed = { text: writePieces(pieces), parts: [] }
  const texts = new Set<string>()
  return [...readings, printed].filter(({ text }) => text !== '' && !texts.has(text) && texts.add(text))
}

/** For each proposal the chain of proposals in whose wording it stands, outermost first. */
function chainsOf(words: readonly ComposedText[]): readonly (readonly ProposalId[])[] {
  const chains = new Map<ProposalId, readonly ProposalId[]>()
  for (const { within, struck } of words) {
    within.forEach((proposal, i) => chains.set(proposal, within.slice(0, i + 1)))
    for (const proposal of struck) if (!chains.has(proposal)) chains.set(proposal, [...within, proposal])
  }
  return [...chains.values()]
}

const acceptedAlone = (words: readonly ComposedText[], chain: readonly ProposalId[]): ComposedText[] =>
  words.filter(
    ({ within, struck }) =>
      within.every((proposal) => chain.includes(proposal)) &&
      !struck.some((proposal) => chain.includes(proposal)),
  )

const WORD_END = /[\p{L}\p{N}]$/u
const WORD_START = /^[\p{L}\p{N}]/u

/** Joins words to a reading. `apart`: the separator where a bracket begins or ends between two words. */
function joined(id: HostId, words: readonly ComposedText[], apart: '' | ' '): SearchReading {
  let text = ''
  const parts: { from: number; id: HostId }[] = []
  let before: HostId | null = null
  for (const piece of words) {
    const host = piece.within.at(-1) ?? id
    if (before !== null && host !== before && WORD_END.test(text) && WORD_START.test(piece.text))
      text += apart
    if (host !== before) parts.push({ from: text.length, id: host })
    text += piece.text
    before = host
  }
  return { text, parts }
}
