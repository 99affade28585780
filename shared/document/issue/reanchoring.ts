import type { ParticipantId, ProposalId } from '../../model/ids.ts'
import type { Actor } from '../../model/participant.ts'
import { isAlias } from '../../model/participant.ts'
import { STEPS_KEPT } from '../../model/proposals/position.ts'
import type { Anchor, Reanchored } from '../../model/proposals/proposal.ts'
import { isOnWords } from '../../model/proposals/proposal.ts'
import { writesAs } from '../attribution.ts'
import { isOpen } from '../open.ts'
import { isEmptied, isSpokenOf } from './emptied.ts'
import { notePlacing } from './placing.ts'
import type { OutcomeDocument } from '../schema.ts'
import { headOf, hostText } from '../schema.ts'
import { recordGet, recordSet } from '../records.ts'
import { plainText, resolveAnchor, sameAnchor } from '../text/anchor.ts'
import { quoteOf } from './quote.ts'

/**
 * Records in `reanchored/<id>` who moved the anchor of a proposal, and keeps the quote in its head equal to the words that
 * it is on now.
 */

/** Who sent an update, by its session, and when it arrived, in milliseconds since 1970 by the server's clock. */
export interface Facts {
  readonly actor: Actor
  readonly at: number
}

/** How an update moved the anchor of a proponent's own proposal. */
export interface Moved {
  /** The anchor that it had; null for none. */
  readonly before: Anchor | null
  /** Whether it is on the same characters as before, which the update brings back. */
  readonly broughtBack: boolean
}

/**
 * In milliseconds. For this long after its creation a proposal of which nobody has spoken may be reshaped, to cover more or
 * fewer words, without a record. Reshapings by one person that follow each other within this time are recorded as one.
 */
const TAKING_SHAPE = 10 * 60_000

/**
 * Its proponent has re-anchored it or removed its anchor. Its quote is rewritten to the words that it is on
 * now.
 */
export function recordMove(
  od: OutcomeDocument,
  id: ProposalId,
  { before, broughtBack }: Moved,
  facts: Facts,
): void {
  const head = headOf(od, id)
  const anchor = od.anchors.get(id) ?? null
  if (!head || !isOpen(od, id) || isElsewhere(od, before) || isElsewhere(od, anchor)) return
  if (broughtBack && before && anchor) {
    if (!sameAnchor(before, anchor)) recordReanchored(od, id, 'brought-back', facts)
    return
  }
  const placed = notePlacing(od, id, before)
  const isTakenBack = anchor === null ? isEmptied(od, id) : before === null && placed === 'returned'
  const isReshaped = overlap(od, before, anchor)
  if (placed !== 'same' && !isTakenBack && !(isReshaped && isTakingShape(od, id, facts.at)))
    recordReanchored(od, id, 'moved', facts, { behind: wordsBefore(od, before), isReshaped })
  const quote = anchor && isOnWords(anchor) ? quoteOf(od, anchor) : ''
  if (quote !== '' && quote !== head.quote) od.proposals.get(id)?.set('head', { ...head, quote })
}

/** How many UTF-16 units before a former place the history keeps. */
const BEHIND = 40

/** Returns the last words before an anchor; undefined when it is not on words. */
function wordsBefore(od: OutcomeDocument, anchor: Anchor | null): string | undefined {
  const span = anchor && resolveAnchor(od, anchor)
  const text = anchor && isOnWords(anchor) ? hostText(od, anchor.host) : undefined
  if (!span || !text) return undefined
  return plainText(text)
    .slice(Math.max(0, span.start - BEHIND), span.start)
    .toWellFormed()
}

/** Whether an anchor is on words that this document does not hold: a private space does not hold the room's. */
const isElsewhere = (od: OutcomeDocument, anchor: Anchor | null): boolean =>
  anchor !== null && isOnWords(anchor) && !hostText(od, anchor.host)

/** Whether the proposal is recent and nobody has spoken of it, so that its author may still choose its words. */
function isTakingShape(od: OutcomeDocument, id: ProposalId, at: number): boolean {
  const { createdAt = null } = headOf(od, id) ?? {}
  return (createdAt === null || at - createdAt < TAKING_SHAPE) && !isSpokenOf(od, id)
}

/** Whether two anchors have a visible character in common. */
function overlap(od: OutcomeDocument, a: Anchor | null, b: Anchor | null): boolean {
  if (a?.kind !== 'range' || b?.kind !== 'range' || a.host !== b.host) return false
  const [one, other] = [resolveAnchor(od, a), resolveAnchor(od, b)]
  return one !== null && other !== null && Math.max(one.start, other.start) < Math.min(one.end, other.end)
}

interface From {
  /** The last words before its former place; undefined when it was not on words. */
  readonly behind?: string | undefined
  /** Whether it covers more or fewer words than before, and some of the same ones. */
  readonly isReshaped: boolean
}

/** Records a move. Consecutive moves by one person are recorded as one, unless each put the proposal elsewhere. */
export function recordReanchored(
  od: OutcomeDocument,
  id: ProposalId,
  how: Reanchored['how'],
  { actor, at }: Facts,
  { behind, isReshaped }: From = { isReshaped: true },
): void {
  const by = writesAs(od, actor)
  const head = headOf(od, id)
  if (by === null || !head) return
  const before = recordGet(od, `reanchored/${id}`) ?? []
  const last = before.at(-1)
  const from = { quote: shortened(head.quote), ...(behind === undefined ? {} : { behind }) }
  const entry = { how, by, person: nameBeside(by, actor), at, ...from }
  const isSamePerson = last?.by === by && last.person === entry.person
  const goesOn = isReshaped && last?.how === how && isSamePerson && at - last.at < TAKING_SHAPE
  const kept = goesOn ? [...before.slice(0, -1), { ...last, at }] : [...before, entry]
  recordSet(od, `reanchored/${id}`, kept.slice(-STEPS_KEPT))
}

/** UTF-16 units of a quote that a step of the history repeats. All kept steps are written anew with each one. */
const QUOTED = 200

const shortened = (quote: string): string =>
  quote.length > QUOTED ? `${quote.slice(0, QUOTED).toWellFormed()}…` : quote

const nameBeside = (by: ParticipantId, { name }: Actor): string => (isAlias(by) ? '' : name)
