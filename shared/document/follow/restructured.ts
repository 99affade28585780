import type {
  Effect,
  ParagraphMoved,
  ParagraphSplit,
  ParagraphsJoined,
  ParagraphVacated,
  Run,
} from '../../model/decision.ts'
import type { HostId, ParagraphId, ProposalId } from '../../model/ids.ts'
import { isProposalId } from '../../model/ids.ts'
import type { ItemId, WordAnchor } from '../../model/proposal.ts'
import type { OutcomeDocument } from '../schema.ts'
import type { Departed } from '../records.ts'
import { decisionOf } from '../schema.ts'
import { recordGet, recordSet } from '../records.ts'
import { itemInRuns, offsetInRuns, runsLength } from '../text/wording.ts'

/** What accepted proposals did to paragraphs as such, and where the words are that they took elsewhere. */

export type Restructuring = ParagraphVacated | ParagraphMoved | ParagraphSplit | ParagraphsJoined

export const isRestructuring = (effect: Effect): effect is Restructuring =>
  effect.kind === 'paragraph-vacated' ||
  effect.kind === 'paragraph-moved' ||
  effect.kind === 'paragraph-split' ||
  effect.kind === 'paragraphs-joined'

/** The paragraphs that it changed. */
export function changedBy(effect: Restructuring): readonly ParagraphId[] {
  switch (effect.kind) {
    case 'paragraph-vacated':
    case 'paragraph-moved':
      return [effect.paragraph]
    case 'paragraph-split':
      return [effect.paragraph, effect.into]
    case 'paragraphs-joined':
      return [effect.paragraph, effect.from]
  }
}

/** Between which paragraphs the words went. */
export const wayOf = (effect: ParagraphSplit | ParagraphsJoined): { from: ParagraphId; to: ParagraphId } =>
  effect.kind === 'paragraph-split'
    ? { from: effect.paragraph, to: effect.into }
    : { from: effect.from, to: effect.paragraph }

/** Those that stand, in the order in which they were accepted. */
export const restructuringsOf = (od: OutcomeDocument, paragraph: ParagraphId): readonly ProposalId[] =>
  recordGet(od, `restructured/${paragraph}`) ?? NONE

const NONE: readonly ProposalId[] = []

/** Server only: words left a text when a decision was taken back. */
export function noteDeparted(od: OutcomeDocument, host: HostId, departed: Departed): void {
  if (runsLength(departed.runs) === 0 || runsLength(departed.become) === 0) return
  recordSet(od, `returned/${host}`, [...(recordGet(od, `returned/${host}`) ?? []), departed])
}

/** Words that went from a text to another one: from a paragraph by a decision, from any by taking one back. */
export function departedFrom(od: OutcomeDocument, host: HostId): readonly Departed[] {
  const departed = [...(recordGet(od, `returned/${host}`) ?? [])]
  for (const id of isProposalId(host) ? NONE : restructuringsOf(od, host)) {
    const effect = decisionOf(od, id)?.effect
    if (effect?.kind !== 'paragraph-split' && effect?.kind !== 'paragraphs-joined') continue
    const { from, to } = wayOf(effect)
    if (from === host) departed.push({ runs: effect.deletedRuns, to, become: effect.inserted })
  }
  return departed
}

/**
 * An anchor on words that have gone to another paragraph, there. Null: they have not. Words that went back into a
 * proposal's wording took along what stood on them; what comes late stays where they were.
 */
export function follow(od: OutcomeDocument, anchor: WordAnchor, paragraph: ParagraphId): WordAnchor | null {
  for (const departed of departedFrom(od, paragraph)) {
    const { to, become } = departed
    if (isProposalId(to)) continue
    if (anchor.kind === 'point') {
      const offset = anchor.at && offsetIn(departed, anchor.at)
      if (offset === null) continue
      return { kind: 'point', host: to, paragraph: to, at: offset < 0 ? null : itemInRuns(become, offset) }
    }
    const [start, end] = [offsetIn(departed, anchor.start), offsetIn(departed, anchor.end)]
    if (start === null || end === null || end < 0) continue
    const [first, last] = [itemInRuns(become, Math.max(0, start)), itemInRuns(become, end)]
    if (first && last) return { kind: 'range', host: to, paragraph: to, start: first, end: last }
  }
  return null
}

function offsetIn({ runs, become }: Departed, item: ItemId): number | null {
  const offset = offsetInRuns(runs, item)
  return offset === null ? null : offset + leadOf(runs, become)
}

/** By how much words grew at their start: a space that parts them from what they were put behind; or one that was dropped. */
export const leadOf = (before: readonly Run[], after: readonly Run[]): number =>
  runsLength(after) - runsLength(before)
