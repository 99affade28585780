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
import { FROM_STORE } from '../origins.ts'
import type { HostChanges } from './host-changes.ts'
import { isOutdated, leftOut, unsentByHost } from './host-changes.ts'
import { applyAfter, rollBack } from './roll-back.ts'
import { unsentOf, unsentSections, writeUnsent } from './unsent.ts'
import type { Unsent } from './unsent.ts'

/** The outcome of a rebase: the document to go on with, and the changes that are not in it any more. */
export interface Rebased {
  /**
   * The server's state as far as it is known here, and the unsent work that the server would take, with the same item
   * ids. It is the same object as before, unless that one held items that are void on the server.
   */
  readonly od: OutcomeDocument
  readonly rejected: readonly HostChanges[]
}

/** By which rights the client judges its own unsent work. */
export interface LocalAdmission {
  readonly actor: Actor
  /** Whether the document is a private space, so that anchors on the room's words cannot be resolved in it. */
  readonly elsewhere: boolean
  /** Milliseconds since 1970 by this device's clock, which also gave the times in the unsent work. */
  readonly now: number
}

/**
 * Takes out of a document the unsent changes that the server would refuse now. They are found by the server's own
 * rules of admission, applied to the server's state as it is known here. With `none` as `admission`, all unsent
 * changes are taken out. Returns null, and changes nothing, when the server's state cannot be computed from the
 * document. Throws when the document may have been left rolled back in part.
 *
 * Invariants:
 *
 * - Kept changes have the same item ids as before. Carets, anchors and undo steps that name them stay valid, and the
 *   same work sent from two tabs arrives once.
 * - The clocks of rejected items become void (GC structs), because the clocks of a client must have no gaps.
 * - Changes are kept or rejected as a whole per host.
 */
export function rebaseUnsent(
  od: OutcomeDocument,
  ledger: Ledger,
  newDoc: () => Y.Doc,
  admission: LocalAdmission | 'none',
): Rebased | null {
  const { doc } = od
  if (!isOutdated(doc, ledger)) {
    if (!isWhole(doc, ledger)) return null
    const work = workIn(od, ledger)
    const context = contextOf(doc, ledger, admission)
    const { clientID } = doc
    const rolledBack = rollBack(doc, ledger)
    // While the document stands in for the server, it must not have the client id of the work that is judged.
    doc.clientID = newDoc().clientID
    const { update, rejected } = admissible(od, { ...work, source: rolledBack.structs }, context)
    applyAfter(rolledBack, doc, update, FROM_STORE)
    doc.clientID = clientID
    // Null would say that the document is as it was.
    if (!isComplete(doc)) throw new Error('unsent work that was rolled back cannot be put back')
    return { od, rejected }
  }
  const server = serverState(doc, ledger, newDoc)
  if (server === null) return null
  const rejected = addUnsent(server, od, ledger, admission, FROM_STORE)
  if (!isComplete(server.doc)) return null
  // Set last: Yjs would change the document's client id if an update with that id were applied.
  server.doc.clientID = doc.clientID
  return { od: server, rejected }
}

/**
 * Adds to `server`, a document in the server's state, the changes of `from` that are beyond `ledger` and that the
 * server would take, as one update with the given transaction origin. Returns the changes that the server would
 * refuse.
 */
export function addUnsent(
  server: OutcomeDocument,
  from: OutcomeDocument,
  ledger: Ledger,
  admission: LocalAdmission | 'none',
  origin: unknown,
): readonly HostChanges[] {
  const { update, rejected } = admissible(
    server,
    workIn(from, ledger),
    contextOf(from.doc, ledger, admission),
  )
  if (update) Y.applyUpdate(server.doc, update, origin)
  return rejected
}

/** The unsent work of a document. */
interface UnsentWork {
  /** Holds the structs of `unsent`. */
  readonly source: StructSource
  readonly unsent: Unsent
  readonly changes: readonly HostChanges[]
}

const workIn = (od: OutcomeDocument, ledger: Ledger): UnsentWork => ({
  source: od.doc,
  unsent: unsentOf(od.doc, ledger),
  changes: unsentByHost(od, ledger),
})

/** The unsent work as one update in which refused changes are void, and those changes. With a null context all are. */
function admissible(
  server: OutcomeDocument,
  { source, unsent, changes }: UnsentWork,
  context: AdmissionContext | null,
): { readonly update: Uint8Array | null; readonly rejected: readonly HostChanges[] } {
  const rejectedOf = (kept: readonly HostChanges[]) => changes.filter((one) => !kept.includes(one))
  const sent = (kept: readonly HostChanges[]) => writeUnsent(source, unsent, leftOut(rejectedOf(kept)))
  const kept = context === null ? [] : largestAdmissible(server, changes, sent, context)
  return { update: sent(kept), rejected: rejectedOf(kept) }
}

/** Whether Yjs could integrate everything that the document was given. */
const isComplete = ({ store }: Y.Doc): boolean => store.pendingStructs === null && store.pendingDs === null

/** Whether the document still holds everything that the server has, also the content of what was deleted only here. */
const isWhole = (doc: Y.Doc, ledger: Ledger): boolean =>
  isComplete(doc) &&
  [...doc.store.clients.keys()].every(
    (client) => !hasLost(doc, ledger, client, Math.min(ledger.clock(client), Y.getState(doc.store, client))),
  )

/** A new document in the server's state, as far as it is known, with a new client id. Null when content is missing. */
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

/** Whether content that the server still shows was deleted or put aside here, and is no longer in memory. */
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

/**
 * A largest set of changes that the server's state admits together. When a set is not admitted, its halves are tried,
 * so that a few refused changes among many are found in few steps. Refused changes are tried again as long as others
 * were added, because they may depend on those.
 */
function largestAdmissible(
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

/** The facts for admission. All unsent work is this person's, under any client id. Null when her rights are unknown. */
function contextOf(doc: Y.Doc, ledger: Ledger, admission: LocalAdmission | 'none'): AdmissionContext | null {
  if (admission === 'none') return null
  const { actor, elsewhere, now } = admission
  const own = new Set([doc.clientID, ...unsentSections(doc, ledger).map(({ client }) => client)])
  return { actor, elsewhere, now, ownerOf: (client) => (own.has(client) ? actor.person : undefined) }
}
