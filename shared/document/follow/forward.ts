import { CHAIN_LIMIT, isOnWords } from '../../model/proposals/proposal.ts'
import type { Anchor, ItemId, WordAnchor } from '../../model/proposals/proposal.ts'
import { isInsertion } from '../../model/proposals/decision.ts'
import type { Insertion, Run } from '../../model/proposals/decision.ts'
import { isProposalId } from '../../model/ids.ts'
import { probesOf, readHost, spanOf } from '../text/anchor.ts'
import { followMovedWords } from './restructured.ts'
import type { OutcomeDocument } from '../schema.ts'
import { contentOf, decisionOf } from '../schema.ts'
import { carryOffset, cutRuns, itemInRuns, runsLength } from '../text/wording.ts'

/**
 * Returns the anchor on the same words where they are now, after wordings were accepted and paragraphs split or
 * merged. Returns the same object when the words have not moved.
 *
 * An anchor that arrives days late still finds its words: the content of a decided proposal no longer changes,
 * and each decision records the inserted characters one by one.
 */
export function forward(od: OutcomeDocument, anchor: Anchor): Anchor {
  let current = anchor
  // Each step moves the anchor to another text. Admission refuses cycles, so only a damaged document reaches
  // the limit.
  for (let steps = 0; steps < CHAIN_LIMIT; steps++) {
    if (!isOnWords(current)) return current
    const next = isProposalId(current.host)
      ? intoHost(od, current)
      : followMovedWords(od, current, current.host)
    if (next === null) return current
    current = next
  }
  return current
}

function intoHost(od: OutcomeDocument, anchor: WordAnchor): Anchor | null {
  const effect = isProposalId(anchor.host) ? decisionOf(od, anchor.host)?.effect : undefined
  return isInsertion(effect) ? step(od, anchor, effect) : null
}

function step(od: OutcomeDocument, anchor: WordAnchor, effect: Insertion): Anchor | null {
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

/** Maps an offset in the proposed wording, `proposed` units long, to an offset in the inserted characters. */
function intoInserted(effect: Insertion, proposed: number, offset: number): number {
  const { before, put } = insertedBy(effect)
  return before + carryOffset(effect.common, proposed, put, offset)
}

/**
 * The inverse of {@link intoInserted}: maps an offset in the inserted characters to one in the proposed
 * wording.
 */
export function intoProposal(effect: Insertion, proposed: number, offset: number): number {
  const { before, put } = insertedBy(effect)
  return carryOffset(effect.common, put, proposed, Math.min(put, Math.max(0, offset - before)))
}

export function wordingIn(effect: Insertion): Run[] {
  const { before, put } = insertedBy(effect)
  return cutRuns(effect.inserted, before, before + put)
}

/**
 * `before`: how many spaces were inserted before the wording (0 or 1); `put`: the length of the inserted
 * wording without the spaces around it.
 */
function insertedBy(effect: Insertion): { readonly before: number; readonly put: number } {
  const { before = false, after = false } = (effect.kind === 'merged' && effect.spaced) || {}
  return { before: before ? 1 : 0, put: runsLength(effect.inserted) - (before ? 1 : 0) - (after ? 1 : 0) }
}

/**
 * Returns the character that the wording was inserted behind; null stands for the start of the text. It may be
 * deleted: a deleted character keeps its place in the order.
 */
export function beforeInserted(effect: Insertion): ItemId | null {
  if (effect.kind === 'paragraph-added') return null
  const { anchor } = effect
  if (anchor.kind === 'range') return anchor.end
  return anchor.kind === 'point' ? anchor.at : null
}
