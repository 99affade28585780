import type { ParticipantId, ProposalId } from '../../model/ids.ts'
import type { Actor } from '../../model/participant.ts'
import { isAlias } from '../../model/participant.ts'
import { STEPS_KEPT } from '../../model/position.ts'
import type { Anchor, Reanchored } from '../../model/proposal.ts'
import { cutQuote, isOnWords } from '../../model/proposal.ts'
import type { Admitted } from '../admit/verdict.ts'
import { writesAs } from '../attribution.ts'
import { isOpen } from '../open.ts'
import { isSpokenOf } from './emptied.ts'
import type { OutcomeDocument } from '../schema.ts'
import { headOf, hostText } from '../schema.ts'
import { recordGet, recordSet } from '../records.ts'
import { plainText, resolveAnchor } from '../text/anchor.ts'

/** Whose an update is, by the session, and when it came: milliseconds since 1970, the server's clock. */
export interface Facts {
  readonly actor: Actor
  readonly at: number
}

type Written = Pick<Admitted, 'created' | 'quoted' | 'anchored' | 'repaired' | 'unproved'>

/**
 * Writes down what an admitted update did, as the server knows it: who made its proposals, when, and which words they are
 * on; and whose anchors it put on other characters. Call inside a transaction, after the update was applied.
 */
export function attest(od: OutcomeDocument, written: Written, facts: Facts): void {
  const { created, quoted, anchored, repaired, unproved } = written
  for (const id of created) complete(od, id, quoted.has(id), facts)
  for (const id of repaired) note(od, id, 'brought-back', facts)
  const known = new Set([...created, ...repaired, ...unproved.keys()])
  for (const id of anchored) if (!known.has(id)) move(od, id, facts)
}

function complete(od: OutcomeDocument, id: ProposalId, isQuoted: boolean, { actor, at }: Facts): void {
  const head = headOf(od, id)
  if (!head) return
  const anchor = od.anchors.get(id)
  const quote = isQuoted || !anchor ? head.quote : quoteOf(od, anchor)
  const person = isAlias(head.by) ? '' : actor.name
  od.proposals.get(id)?.set('head', { ...head, person, createdAt: at, quote })
}

/** For so long, milliseconds, a proposal of which nobody has spoken takes shape, and a person's moves are one. */
const TAKING_SHAPE = 10 * 60_000

/** Its own proponent has put it elsewhere; it quotes the words that it is on now. */
function move(od: OutcomeDocument, id: ProposalId, facts: Facts): void {
  const head = headOf(od, id)
  const anchor = od.anchors.get(id)
  if (!head || !anchor || !isOnWords(anchor) || !isOpen(od, id)) return
  const quote = quoteOf(od, anchor)
  if (quote === '' || quote === head.quote) return
  const isNew = head.createdAt === null || facts.at - head.createdAt < TAKING_SHAPE
  if (!isNew || isSpokenOf(od, id)) note(od, id, 'moved', facts)
  od.proposals.get(id)?.set('head', { ...head, quote })
}

function note(od: OutcomeDocument, id: ProposalId, how: Reanchored['how'], { actor, at }: Facts): void {
  const by = writesAs(od, actor)
  const head = headOf(od, id)
  if (by === null || !head) return
  const before = recordGet(od, `reanchored/${id}`) ?? []
  const last = before.at(-1)
  const entry = { how, by, person: nameBeside(by, actor), at, quote: head.quote }
  const goesOn =
    last?.how === how && last.by === by && last.person === entry.person && at - last.at < TAKING_SHAPE
  const kept = goesOn ? [...before.slice(0, -1), { ...entry, quote: last.quote }] : [...before, entry]
  recordSet(od, `reanchored/${id}`, kept.slice(-STEPS_KEPT))
}

const nameBeside = (by: ParticipantId, { name }: Actor): string => (isAlias(by) ? '' : name)

/** The words that an anchor covers, as far as a quote has them; empty where it covers none. */
export function quoteOf(od: OutcomeDocument, anchor: Anchor): string {
  const span = resolveAnchor(od, anchor)
  const text = isOnWords(anchor) ? hostText(od, anchor.host) : undefined
  if (!span || !text) return ''
  return cutQuote(plainText(text).slice(span.start, span.end))
}
