import { CHAIN_LIMIT, isOnWords } from '../../model/proposal.ts'
import type { Anchor, ItemId, WordAnchor } from '../../model/proposal.ts'
import { isPutIn } from '../../model/decision.ts'
import type { PutIn, Run } from '../../model/decision.ts'
import { isProposalId } from '../../model/ids.ts'
import { probesOf, readHost, spanOf } from '../text/anchor.ts'
import { follow } from './restructured.ts'
import type { OutcomeDocument } from '../schema.ts'
import { contentOf, decisionOf } from '../schema.ts'
import { carryOffset, cutRuns, itemInRuns, runsLength } from '../text/wording.ts'

/**
 * An amendment of wording that has meanwhile been accepted is carried to the same words where they stand now. The
 * closed content does not change any more and what was inserted is known character by character, so an anchor that
 * arrives days later still finds its words. So does one on words that a split or a merger of paragraphs took elsewhere.
 */
export function forward(od: OutcomeDocument, anchor: Anchor): Anchor {
  let current = anchor
  // Each step leaves one text behind; a chain longer than this is a cycle, which admission refuses.
  for (let steps = 0; steps < CHAIN_LIMIT; steps++) {
    if (!isOnWords(current)) return current
    const next = isProposalId(current.host) ? intoHost(od, current) : follow(od, current, current.host)
    if (next === null) return current
    current = next
  }
  return current
}

function intoHost(od: OutcomeDocument, anchor: WordAnchor): Anchor | null {
  const effect = isProposalId(anchor.host) ? decisionOf(od, anchor.host)?.effect : undefined
  return isPutIn(effect) ? step(od, anchor, effect) : null
}

function step(od: OutcomeDocument, anchor: WordAnchor, effect: PutIn): Anchor | null {
  const content = isProposalId(anchor.host) ? contentOf(od, anchor.host) : undefined
  const span = content && spanOf(anchor, readHost(content, probesOf(anchor)).offsets)
  if (!content || !span) return null
  const carry = (offset: number) => intoInserted(effect, content.length, offset)
  const start = carry(span.start)
  const end = carry(span.end)
  const host = effect.kind === 'merged' ? effect.host : effect.paragraph
  const paragraph = isProposalId(host) ? anchor.paragraph : host
  if (start < end) {
    const first = itemInRuns(effect.inserted, start)
    const last = itemInRuns(effect.inserted, end - 1)
    if (first && last) return { kind: 'range', host, paragraph, start: first, end: last }
  }
  const at = start === 0 ? beforeInserted(effect) : itemInRuns(effect.inserted, start - 1)
  return { kind: 'point', host, paragraph, at }
}

/** From an offset in the proposed wording, of this length, to the inserted characters. */
function intoInserted(effect: PutIn, proposed: number, offset: number): number {
  const { before, put } = insertedBy(effect)
  return before + carryOffset(effect.common, proposed, put, offset)
}

/** The way back. */
export function intoProposal(effect: PutIn, proposed: number, offset: number): number {
  const { before, put } = insertedBy(effect)
  return carryOffset(effect.common, put, proposed, Math.min(put, Math.max(0, offset - before)))
}

/** The inserted characters without the spaces that were put around the wording. */
export function wordingIn(effect: PutIn): Run[] {
  const { before, put } = insertedBy(effect)
  return cutRuns(effect.inserted, before, before + put)
}

/** How long the inserted wording is, and what stands before it, without the spaces that were put around it. */
function insertedBy(effect: PutIn): { readonly before: number; readonly put: number } {
  const { before = false, after = false } = (effect.kind === 'merged' && effect.spaced) || {}
  return { before: before ? 1 : 0, put: runsLength(effect.inserted) - (before ? 1 : 0) - (after ? 1 : 0) }
}

/** The character that the inserted ones were put after: it may be deleted, but still has its place. */
export function beforeInserted(effect: PutIn): ItemId | null {
  if (effect.kind === 'paragraph-added') return null
  const { anchor } = effect
  if (anchor.kind === 'range') return anchor.end
  return anchor.kind === 'point' ? anchor.at : null
}
