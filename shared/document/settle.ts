import { generateKeyBetween } from 'fractional-indexing'
import type { ParagraphId, ProposalId } from '../model/ids.ts'
import type { Label } from '../model/label.ts'
import { forward } from './forward.ts'
import { isOpen } from './open.ts'
import type { IssuedLabel, OutcomeDocument } from './schema.ts'
import { compareStrings, headOf, paragraphFacts, recordGet, recordSet } from './schema.ts'

/** What an update touched, as admission tells it. */
export interface Touched {
  readonly created: readonly ProposalId[]
  readonly anchored: readonly ProposalId[]
  readonly revived: readonly ProposalId[]
}

/** What an admitted update leaves for the server to do. Call inside a transaction; it may change nothing. */
export function settle(od: OutcomeDocument, touched: Touched): void {
  for (const id of touched.revived) od.anchors.delete(id)
  // Not only created ones: a creation may arrive undone, and its anchor later.
  for (const id of new Set([...touched.created, ...touched.anchored])) giveNumber(od, id)
  for (const id of touched.anchored) {
    const anchor = od.anchors.get(id)
    if (!anchor || !isOpen(od, id)) continue
    const forwarded = forward(od, anchor)
    if (forwarded !== anchor) od.anchors.set(id, forwarded)
  }
}

/** To a proposed new paragraph that has none: it is new, or a revision was issued while it was not open. */
export function giveNumber(od: OutcomeDocument, id: ProposalId): void {
  const anchor = od.anchors.get(id)
  if (anchor?.kind === 'after' && headOf(od, id) && !recordGet(od, `label/${id}`))
    recordSet(od, `label/${id}`, issueLabel(od, anchor.paragraph))
}

interface Numbered {
  readonly order: string
  readonly label: Label | null
}

/** Every number and place ever issued: those of removed paragraphs and decided proposals are not issued again. */
function allNumbered(od: OutcomeDocument): Numbered[] {
  const all: Numbered[] = []
  for (const id of od.paragraphs.keys()) {
    const facts = paragraphFacts(od, id as ParagraphId)
    // A revision took this one's number away, and its place with it.
    if (facts && !(facts.removed && facts.label === null)) all.push(facts)
  }
  for (const [key, value] of od.record.entries()) {
    if (key.startsWith('label/')) all.push(value as IssuedLabel)
  }
  return all.sort((a, b) => compareStrings(a.order, b.order))
}

/** The next number and place after a paragraph: "3 bis" right behind 3, then "3 ter" behind "3 bis". */
export function issueLabel(od: OutcomeDocument, after: ParagraphId): IssuedLabel {
  const all = allNumbered(od)
  const own = paragraphFacts(od, after)?.order ?? ''
  let place = all.findLastIndex((entry) => entry.order <= own)
  let number = 0
  for (let i = place; i >= 0; i--) {
    const label = all[i]?.label
    if (!label) continue
    number = label.number
    break
  }
  let suffix = 0
  for (const { label } of all) if (label?.number === number) suffix = Math.max(suffix, label.suffix)
  for (
    let next = all[place + 1];
    next?.label?.number === number && next.label.suffix > 0;
    next = all[place + 1]
  ) {
    place++
  }
  const order = generateKeyBetween(all[place]?.order ?? null, all[place + 1]?.order ?? null)
  return { label: { number, suffix: suffix + 1 }, order }
}
