import * as Y from 'yjs'
import { admit } from '#shared/document/admit/admit.ts'
import type { AdmissionContext } from '#shared/document/admit/verdict.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import { openDocument } from '#shared/document/schema.ts'
import type { ClientSection, StructSource } from '#shared/document/updates.ts'
import { encodeUpdate, structsBetween } from '#shared/document/updates.ts'
import type { Actor } from '#shared/model/participant.ts'
import { subtractRanges } from './clock-ranges.ts'
import type { Ledger } from './ledger.ts'
import { FROM_STORE } from './origins.ts'
import type { HostChanges } from './host-changes.ts'
import { isOutdated, leftOut, unsentByHost } from './host-changes.ts'
import { applyAfter, rollBack } from './roll-back.ts'
import { unsentOf, unsentSections, writeUnsent } from './unsent.ts'
import type { Unsent } from './unsent.ts'

/** After an ordinary race: the document to go on with, and what is not in it. */
export interface Rebased {
  /**
   * The server's state as it is known here, and on it all unsent work that it takes, under the same identities: the same
   * object, unless that showed what is void on the server.
   */
  readonly od: OutcomeDocument
  readonly rejected: readonly HostChanges[]
}

export interface LocalAdmission {
  readonly actor: Actor
  /** A private space: what stands on the room's words cannot be looked up in it. */
  readonly elsewhere: boolean
  /** Milliseconds since 1970, by this device's clock: it told the times in what is judged, where any are told. */
  readonly now: number
}

/**
 * Takes out of a document what the server would not take. Whether it would is asked of the same rules as the server asks.
 * `none`: nothing unsent is kept at all. Null: the server's state cannot be told from what is here.
 *
 * Clocks of what is put aside become void, so that work after them keeps its identity: carets, anchors and undo hold, and
 * sent from two tabs it arrives once.
 */
export function rebaseUnsent(
  od: OutcomeDocument,
  ledger: Ledger,
  newDoc: () => Y.Doc,
  judged: LocalAdmission | 'none',
): Rebased | null {
  const { doc } = od
  if (!isOutdated(doc, ledger)) {
    if (!isWhole(doc, ledger)) return null
    const work = workIn(od, ledger)
    const context = contextOf(doc, ledger, judged)
    const { clientID } = doc
    const rolledBack = rollBack(doc, ledger)
    // In the server's place it has a client id of the server's.
    doc.clientID = newDoc().clientID
    const { update, rejected } = taken(od, { ...work, source: rolledBack.structs }, context)
    applyAfter(rolledBack, doc, update, FROM_STORE)
    doc.clientID = clientID
    return isComplete(doc) ? { od, rejected } : null
  }
  const server = serverState(doc, ledger, newDoc)
  if (server === null) return null
  const rejected = addUnsent(server, od, ledger, judged, FROM_STORE)
  if (!isComplete(server.doc)) return null
  // Only now: Yjs gives a document another id when its own comes in.
  server.doc.clientID = doc.clientID
  return { od: server, rejected }
}

/**
 * Puts into `server`, a document in the server's state, what `from` has beyond `ledger` and the server would take, as one
 * update with this origin. Returns what it would not take.
 */
export function addUnsent(
  server: OutcomeDocument,
  from: OutcomeDocument,
  ledger: Ledger,
  judged: LocalAdmission | 'none',
  origin: unknown,
): readonly HostChanges[] {
  const { update, rejected } = taken(server, workIn(from, ledger), contextOf(from.doc, ledger, judged))
  if (update) Y.applyUpdate(server.doc, update, origin)
  return rejected
}

/** What is unsent, and where its structs are. */
interface UnsentWork {
  readonly source: StructSource
  readonly unsent: Unsent
  readonly changes: readonly HostChanges[]
}

const workIn = (od: OutcomeDocument, ledger: Ledger): UnsentWork => ({
  source: od.doc,
  unsent: unsentOf(od.doc, ledger),
  changes: unsentByHost(od, ledger),
})

/** What a server in this state would take of it, as one update in which the rest is void; and that. */
function taken(
  server: OutcomeDocument,
  { source, unsent, changes }: UnsentWork,
  context: AdmissionContext | null,
): { readonly update: Uint8Array | null; readonly rejected: readonly HostChanges[] } {
  const rejectedOf = (kept: readonly HostChanges[]) => changes.filter((one) => !kept.includes(one))
  const sent = (kept: readonly HostChanges[]) => writeUnsent(source, unsent, leftOut(rejectedOf(kept)))
  const kept = context === null ? [] : keepable(server, changes, sent, context)
  return { update: sent(kept), rejected: rejectedOf(kept) }
}

const isComplete = ({ store }: Y.Doc): boolean => store.pendingStructs === null && store.pendingDs === null

/** Everything that the server has is here, what was deleted here alone included. */
const isWhole = (doc: Y.Doc, ledger: Ledger): boolean =>
  isComplete(doc) &&
  [...doc.store.clients.keys()].every(
    (client) => !hasLost(doc, ledger, client, Math.min(ledger.clock(client), Y.getState(doc.store, client))),
  )

/** The document as the server has it, under a client id of its own. Null where something is missing here. */
export function serverState(doc: Y.Doc, ledger: Ledger, newDoc: () => Y.Doc): OutcomeDocument | null {
  if (!isWhole(doc, ledger)) return null
  const sections: ClientSection[] = []
  for (const client of doc.store.clients.keys()) {
    const to = Math.min(ledger.clock(client), Y.getState(doc.store, client))
    const voids = ledger.voids().get(client) ?? []
    if (to > 0) sections.push({ client, from: 0, to, voids })
  }
  const server = openDocument(newDoc())
  Y.applyUpdate(server.doc, encodeUpdate(doc, sections, ledger.deleted().clients), FROM_STORE)
  return isComplete(server.doc) ? server : null
}

/** Something that was deleted, or put aside, here alone is no longer in memory. */
function hasLost(doc: Y.Doc, ledger: Ledger, client: number, to: number): boolean {
  const deleted = ledger.deleted().clients.get(client) ?? []
  const voids = ledger.voids().get(client) ?? []
  for (const struct of structsBetween(doc, client, 0, to)) {
    const gone = struct instanceof Y.Item && struct.content instanceof Y.ContentDeleted
    if (!gone && struct instanceof Y.Item) continue
    const { clock } = struct.id
    const known = { clock, len: Math.min(to, clock + struct.length) - clock }
    if (subtractRanges([known], gone ? deleted : voids).length > 0) return true
  }
  return false
}

type Sent = (kept: readonly HostChanges[]) => Uint8Array | null

/** As many changes as the server's state takes together. Halves are tried where not all can be, and again what rests on others. */
function keepable(
  server: OutcomeDocument,
  changes: readonly HostChanges[],
  sent: Sent,
  context: AdmissionContext,
): readonly HostChanges[] {
  let kept: readonly HostChanges[] = []
  const takes = (more: readonly HostChanges[]): boolean => {
    const update = sent([...kept, ...more])
    const may = update === null || admit(server, update, context).ok
    if (may) kept = [...kept, ...more]
    return may
  }
  const refusedOf = (some: readonly HostChanges[]): readonly HostChanges[] => {
    if (some.length === 0 || takes(some)) return []
    if (some.length === 1) return some
    const middle = some.length >> 1
    return [...refusedOf(some.slice(0, middle)), ...refusedOf(some.slice(middle))]
  }
  let left: readonly HostChanges[] = changes.filter((one) => one.host !== null)
  for (let before = Infinity; left.length > 0 && left.length < before;) {
    before = left.length
    left = refusedOf(left)
  }
  return kept
}

/** All that is unsent here is this person's, whichever of her client ids wrote it. Null: by whose right is not known. */
function contextOf(doc: Y.Doc, ledger: Ledger, judged: LocalAdmission | 'none'): AdmissionContext | null {
  if (judged === 'none') return null
  const { actor, elsewhere, now } = judged
  const own = new Set([doc.clientID, ...unsentSections(doc, ledger).map(({ client }) => client)])
  return { actor, elsewhere, now, ownerOf: (client) => (own.has(client) ? actor.person : undefined) }
}
