import type { HostId, ParagraphId, ProposalId } from '../model/ids.ts'
import { isProposalId } from '../model/ids.ts'
import type * as Y from 'yjs'
import { isInsertion } from '../model/proposals/decision.ts'
import type { Decision } from '../model/proposals/decision.ts'
import { CHAIN_LIMIT, isOnWords, isRequest } from '../model/proposals/proposal.ts'
import type { TypedHead } from '../model/proposals/proposal.ts'
import { markedNow } from './follow/marked.ts'
import { openAbove } from './issue/families.ts'
import type { OpenAbove } from './issue/families.ts'
import { proposedMark, proposedNotes } from './issue/footnotes.ts'
import { indexKeys } from './key-index.ts'
import { anchoredTo } from './open.ts'
import type { OutcomeDocument } from './schema.ts'
import { anchorOf, contentOf, decisionOf, headOf, isAgreedParagraph } from './schema.ts'
import { recordGet } from './records.ts'

/**
 * Which paragraph a proposal is on. A paragraph can be agreed only when no open bracket is on it, and an agreed
 * paragraph takes no proposal.
 */

/**
 * Returns the paragraph whose text a host is part of; for an accepted wording, the one that its words are in
 * now; for a proposed footnote, the one that its mark stands in. Null for a proposed new paragraph and everything on it, since
 * that is beside a paragraph and not part of it.
 */
export function paragraphOf(od: OutcomeDocument, host: HostId): ParagraphId | null {
  let current = host
  for (let steps = 0; steps < CHAIN_LIMIT; steps++) {
    if (!isProposalId(current)) return current
    const effect = decisionOf(od, current)?.effect
    const anchor = anchorOf(od, current)
    const head = headOf(od, current)
    if (isInsertion(effect)) current = effect.kind === 'merged' ? effect.host : effect.paragraph
    else if (head?.block?.kind === 'note') {
      const marked = markedNow(od, head.block.mark)
      if (!marked) return null
      current = marked.host
    } else if (head?.kind === 'paragraph') return null
    else if (!anchor) return head?.paragraph ?? null
    else if (isOnWords(anchor)) current = anchor.host
    else return anchor.paragraph
  }
  return null
}

/** Whether a host is an agreed paragraph or a proposal that is part of one; also a footnote's with its mark in one. */
export function isInAgreed(od: OutcomeDocument, host: HostId): boolean {
  const paragraph = paragraphOf(od, host)
  if (paragraph !== null && isAgreedParagraph(od, paragraph)) return true
  const mark = isProposalId(host) ? proposedMark(od, host) : undefined
  const marked = mark && markedNow(od, mark)
  const around = marked ? paragraphOf(od, marked.host) : null
  return around !== null && isAgreedParagraph(od, around)
}

/**
 * Returns the open brackets of a paragraph, in no particular order: proposals on its words, their amendments, proposals on
 * it as a whole, alternatives to it and footnotes proposed to it. An amendment of a closed proposal counts until somebody decides about it. Emptied
 * insertions do not count. `above`: read before, to ask about many paragraphs.
 */
export const openBracketsOn = (
  od: OutcomeDocument,
  paragraph: ParagraphId,
  above: OpenAbove = openAbove(od),
): readonly ProposalId[] => [...bracketsOn(od, paragraph, above)]

/** Whether a paragraph has open brackets; see {@link openBracketsOn}. */
export const hasOpenBrackets = (
  od: OutcomeDocument,
  paragraph: ParagraphId,
  above: OpenAbove = openAbove(od),
): boolean => bracketsOn(od, paragraph, above).next().done !== true

/** Reads only the proposals that the paragraph's text leads to. */
function* bracketsOn(od: OutcomeDocument, paragraph: ParagraphId, above: OpenAbove): Generator<ProposalId> {
  yield* above.get(paragraph) ?? []
  const seen = new Set<HostId>()
  const hosts: HostId[] = [paragraph, ...unanchoredOn(od, paragraph), ...proposedNotes(od)]
  for (let host = hosts.pop(); host !== undefined; host = hosts.pop()) {
    if (seen.has(host)) continue
    seen.add(host)
    if (isProposalId(host) && isOpenBracket(od, host) && paragraphsOf(od, host).includes(paragraph))
      yield host
    hosts.push(...anchoredTo(od, host), ...wordingsIn(od.record, host))
  }
}

/** The proposals whose wording was accepted into a host, or made the paragraph. */
const wordingsIn = (record: Y.Map<unknown>, host: HostId): readonly ProposalId[] =>
  decisionsInto(record, host).map((key) => key.slice(DECISION.length) as ProposalId)

const DECISION = 'decision/'

const decisionsInto = indexKeys<unknown>((key, value) => {
  if (!key.startsWith(DECISION)) return []
  const { effect } = value as Decision
  if (!isInsertion(effect)) return []
  return [effect.kind === 'merged' ? effect.host : effect.paragraph]
})

/** The proposals without an anchor: they are shown on the paragraph which their head names. */
const unanchoredOn = (od: OutcomeDocument, paragraph: ParagraphId): readonly ProposalId[] =>
  (proposedOn(od.proposals, paragraph) as readonly ProposalId[]).filter((id) => !od.anchors.has(id))

/** By the paragraph that the head names. The head of a large update's proposal can arrive in a later transaction. */
const proposedOn = indexKeys<Y.Map<unknown>>((_, proposal) => {
  const head = proposal.get('head') as TypedHead | undefined
  return head ? [head.paragraph] : []
})

/** Whether a proposal is open and shown. An emptied insertion without proposals on it is not shown. */
export const isOpenBracket = (od: OutcomeDocument, id: ProposalId): boolean =>
  decisionOf(od, id) === undefined && isShown(od, id)

/** Where an open proposal counts as a bracket. A merger also takes in the words of the next paragraph, so it is on both. */
function paragraphsOf(od: OutcomeDocument, id: ProposalId): ParagraphId[] {
  const paragraph = paragraphOf(od, id)
  if (paragraph === null) return []
  const anchor = headOf(od, id)?.kind === 'join' ? od.anchors.get(id) : undefined
  return anchor?.kind === 'whole' && anchor.other ? [paragraph, anchor.other] : [paragraph]
}

function isShown(od: OutcomeDocument, id: ProposalId, depth = 0): boolean {
  const anchor = od.anchors.get(id)
  if (anchor && (anchor.kind !== 'point' || isRequest(headOf(od, id)?.kind ?? 'text'))) return true
  if ((contentOf(od, id)?.length ?? 0) > 0 || recordGet(od, `affected/${id}`)) return true
  return (
    depth < CHAIN_LIMIT &&
    anchoredTo(od, id).some((on) => decisionOf(od, on) === undefined && isShown(od, on, depth + 1))
  )
}
