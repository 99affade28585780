import * as Y from 'yjs'
import { quoteOf } from '#shared/document/issue/quote.ts'
import { anchorAt, plainText, resolveAnchor } from '#shared/document/text/anchor.ts'
import { isInAgreed } from '#shared/document/agreement.ts'
import {
  addProposal,
  baseTextOf,
  contentOf,
  decisionOf,
  headOf,
  hostText,
  isAgreedParagraph,
  paragraphsInOrder,
  TEXT_FORMATS,
} from '#shared/document/schema.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import { newProposalId } from '#shared/model/ids.ts'
import type { HostId, ParagraphId, ParticipantId, ProposalId } from '#shared/model/ids.ts'
import { isProposalId } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'
import { isOnWords } from '#shared/model/proposals/proposal.ts'
import type { Anchor, ItemId, WordAnchor } from '#shared/model/proposals/proposal.ts'
import { can } from '#shared/model/role.ts'
import { replicaOf } from './admission-room.ts'
import type { Room } from './admission-room.ts'
import type { Random } from './random.ts'

/** An honest person at a desk: a replica, an undo stack, what is to be sent and what has not arrived yet. */
export interface Drafter {
  readonly actor: Actor
  readonly room: Room
  readonly od: OutcomeDocument
  readonly undo: Y.UndoManager
  outbox: Uint8Array[]
  /** How much of the room's log has been seen. */
  seen: number
  online: boolean
  /** Nobody else is about to say something: what is done now cannot cross another's work. */
  alone: boolean
}

export function sitDown(room: Room, actor: Actor, client: number): Drafter {
  const od = replicaOf(room.od, client)
  const undo = new Y.UndoManager([od.paragraphs, od.proposals, od.anchors], {
    trackedOrigins: new Set(['me']),
    captureTimeout: 0,
    deleteFilter: (item) => item.parent instanceof Y.Text || item.parent === od.anchors,
  })
  const drafter: Drafter = {
    actor,
    room,
    od,
    undo,
    outbox: [],
    seen: room.log.length,
    online: true,
    alone: false,
  }
  od.doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== 'server') drafter.outbox.push(update)
  })
  return drafter
}

const STUFF = ['a', 'the ', 'shall', ' é', '🌍', ' سلام', 'x'.repeat(40)]

type Step = (drafter: Drafter, random: Random) => boolean

const transact = ({ od }: Drafter, run: () => void): true => {
  od.doc.transact(run, 'me')
  return true
}

const open = (od: OutcomeDocument): ProposalId[] =>
  [...od.proposals.keys()].filter((id) => !decisionOf(od, id as ProposalId)) as ProposalId[]

/**
 * In an agreed paragraph; or it would be, should its author take it back at this moment: then it is shown at the end of
 * the paragraph that it was proposed on, and what others write in it comes too late.
 */
function isShut(od: OutcomeDocument, host: HostId): boolean {
  const head = isProposalId(host) ? headOf(od, host) : undefined
  return isInAgreed(od, host) || (head?.kind === 'text' && isAgreedParagraph(od, head.paragraph))
}

/** What the person may write in: of the delegation, or written down by her for one, and not in an agreed paragraph. */
const own = ({ od, actor }: Drafter): ProposalId[] =>
  open(od).filter((id) => {
    const head = headOf(od, id)
    const mine = head?.by === actor.participant || (head?.via !== undefined && head.via === actor.participant)
    return mine && !isShut(od, id)
  })

/** An offset that does not cut a surrogate pair. */
function whole(text: Y.Text, offset: number): number {
  const unit = plainText(text).charCodeAt(offset)
  return unit >= 0xdc00 && unit < 0xe000 ? offset - 1 : offset
}

/** Types, deletes or formats somewhere in a text. */
function edit(drafter: Drafter, text: Y.Text, random: Random): true {
  return transact(drafter, () => {
    const at = whole(text, random.int(text.length + 1))
    const length = whole(text, Math.min(at + random.int(6) + 1, text.length)) - at
    if (random.chance(0.55) || length === 0) text.insert(at, random.pick(STUFF))
    else if (random.chance(0.6)) text.delete(at, length)
    else text.format(at, length, { [random.pick(TEXT_FORMATS)]: random.chance(0.7) ? true : null })
  })
}

const editWording: Step = (drafter, random) => {
  const ids = own(drafter)
  const text = ids.length > 0 && contentOf(drafter.od, random.pick(ids))
  return text ? edit(drafter, text, random) : false
}

const editBase: Step = (drafter, random) => {
  if (!can(drafter.actor.role, 'edit-base')) return false
  const shown = paragraphsInOrder(drafter.od)
    .map(({ id }) => id)
    .filter((id) => !isAgreedParagraph(drafter.od, id))
  if (shown.length === 0) return false
  const text = baseTextOf(drafter.od, random.pick(shown))
  return text ? edit(drafter, text, random) : false
}

/** How many brackets a host stands in. */
function depthOf(od: OutcomeDocument, host: HostId): number {
  let depth = 0
  for (let at = host; isProposalId(at) && depth < 20; depth++) {
    const anchor = od.anchors.get(at)
    if (!anchor || !isOnWords(anchor)) return depth + 1
    at = anchor.host
  }
  return depth
}

function somewhere({ od }: Drafter, random: Random): Anchor | null {
  const hosts = ([...od.paragraphs.keys(), ...open(od)] as HostId[]).filter(
    (id) => depthOf(od, id) < 5 && !isShut(od, id),
  )
  if (hosts.length === 0) return null
  const host = random.pick(hosts)
  const anchor = isProposalId(host) ? od.anchors.get(host) : undefined
  const paragraph = isProposalId(host) ? (anchor?.paragraph ?? headOf(od, host)!.paragraph) : host
  return place(od, host, paragraph, random)
}

function place(od: OutcomeDocument, host: HostId, paragraph: ParagraphId, random: Random): Anchor {
  const text = hostText(od, host)!
  const start = whole(text, random.int(text.length + 1))
  const end = random.chance(0.4) ? start : whole(text, Math.min(text.length, start + random.int(12)))
  return anchorAt(od, host, paragraph, start, end)
}

const propose: Step = (drafter, random) => {
  const { od, actor } = drafter
  if (!can(actor.role, 'propose') || !actor.participant) return false
  // Those who serve all write down what Kenya or Japan says, about as often as something of their own.
  const behalf = can(actor.role, 'write-for-others') && random.chance(0.5)
  const name = behalf ? (random.pick(['KEN', 'JPN']) as ParticipantId) : actor.participant
  const by = behalf ? { by: name, via: actor.participant } : { by: name }
  const id = newProposalId((length) => random.bytes(length))
  const text = random.chance(0.8) ? random.pick(STUFF) : ''
  const paragraph = random.pick([...od.paragraphs.keys()]) as ParagraphId
  const anchor = random.chance(0.15) ? ({ kind: 'after', paragraph } as const) : somewhere(drafter, random)
  if (!anchor) return false
  return transact(drafter, () => {
    const kind = anchor.kind === 'after' ? 'paragraph' : 'text'
    const head = { kind, ...by, paragraph: anchor.paragraph, quote: quoteOf(od, anchor) } as const
    addProposal(od, id, head, anchor, text)
  })
}

const reanchor: Step = (drafter, random) => {
  const { od } = drafter
  const ids = own(drafter).filter((id) => od.anchors.has(id))
  if (ids.length === 0) return false
  const id = random.pick(ids)
  const anchor = od.anchors.get(id)!
  if (!isOnWords(anchor)) return false
  return transact(drafter, () => od.anchors.set(id, place(od, anchor.host, anchor.paragraph, random)))
}

const isGone = (od: OutcomeDocument, [client, clock]: ItemId): boolean =>
  Y.getItem(od.doc.store, Y.createID(client, clock)).deleted

/** On the characters that an undo of this replica has made of those that it stands on. */
export function followed(od: OutcomeDocument, anchor: WordAnchor): Anchor {
  const made = (item: ItemId): ItemId => broughtBack(od, item)
  if (anchor.kind === 'point') {
    const at = anchor.at && made(anchor.at)
    return at === anchor.at ? anchor : { ...anchor, at }
  }
  const [start, end] = [made(anchor.start), made(anchor.end)]
  return start === anchor.start && end === anchor.end ? anchor : { ...anchor, start, end }
}

/** The character that an undo has made of one; the same where it has made none. */
function broughtBack(od: OutcomeDocument, item: ItemId): ItemId {
  let found = item
  for (;;) {
    const stored = Y.getItem(od.doc.store, Y.createID(found[0], found[1])) as Y.Item
    if (!stored.redone) return found
    found = [stored.redone.client, stored.redone.clock + found[1] - stored.id.clock]
  }
}

/** After an undo has brought words back: puts what stood on them on the new characters. */
function repair(drafter: Drafter): void {
  const { od, actor } = drafter
  transact(drafter, () => {
    for (const [id, anchor] of od.anchors.entries()) {
      if (!isOnWords(anchor) || resolveAnchor(od, anchor) === null) continue
      const items = anchor.kind === 'point' ? [anchor.at] : [anchor.start, anchor.end]
      if (!items.some((item) => item && isGone(od, item)) || decisionOf(od, id as ProposalId)) continue
      if (isInAgreed(od, anchor.host)) continue
      const mine = isProposalId(anchor.host)
        ? headOf(od, anchor.host)?.by === actor.participant && !decisionOf(od, anchor.host)
        : can(actor.role, 'edit-base')
      const moved = mine ? followed(od, anchor) : anchor
      if (moved !== anchor) od.anchors.set(id, moved)
    }
  })
}

const undo: Step = (drafter) => {
  const done = drafter.undo.undo() !== null
  if (done && (drafter.alone || can(drafter.actor.role, 'edit-base'))) repair(drafter)
  return done
}
const redo: Step = (drafter) => drafter.undo.redo() !== null

const STEPS: readonly (readonly [string, number, Step])[] = [
  ['wording', 40, editWording],
  ['base', 15, editBase],
  ['propose', 12, propose],
  ['reanchor', 6, reanchor],
  ['undo', 12, undo],
  ['redo', 14, redo],
]

/** One thing that a person does; its name, or null when there was nothing to do. */
export function act(drafter: Drafter, random: Random): string | null {
  let ticket = random.int(STEPS.reduce((sum, [, weight]) => sum + weight, 0))
  for (const [name, weight, step] of STEPS) {
    ticket -= weight
    if (ticket < 0) return step(drafter, random) ? name : null
  }
  return null
}

/** Takes in the next few updates of the room, one by one or merged. */
export function receive(drafter: Drafter, random: Random, most = Infinity): void {
  const { room, od } = drafter
  const news = room.log.slice(drafter.seen, drafter.seen + most)
  drafter.seen += news.length
  if (news.length > 1 && random.chance(0.5)) Y.applyUpdate(od.doc, Y.mergeUpdates(news), 'server')
  else for (const update of news) Y.applyUpdate(od.doc, update, 'server')
}
