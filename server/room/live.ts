import { setImmediate } from 'node:timers/promises'
import * as Y from 'yjs'
import type { DocumentId, ParticipantId, PersonId } from '#shared/model/ids.ts'
import { FormerWords } from '#shared/document/text/former-words.ts'
import { openDocument, type OutcomeDocument } from '#shared/document/schema.ts'
import { EMPTY_UPDATE } from '#shared/document/updates.ts'
import { dueAt } from '#shared/document/issue/due.ts'
import { StrandedCharacters } from '#shared/document/issue/stranded.ts'
import type { Claim, Store, StoredDocument } from '../store/port.ts'
import { spaceOwner } from '../store/space-id.ts'
import type { DocumentWork } from '../work/document-work.ts'
import { Deletions } from './emptying.ts'
import { Encodings } from './encodings.ts'
import type { Session } from './session.ts'

/** A document in memory: its state, its place in the log, and whose each client id is. */
export interface Live {
  readonly od: OutcomeDocument
  /** Whose private space it is; null for the room's own document. */
  readonly space: ParticipantId | null
  readonly owners: Map<number, PersonId | 'server'>
  readonly former: FormerWords
  /** The committed state in bytes. */
  readonly encodings: Encodings
  /** What updates have left standing between characters that it may not stand between. */
  readonly stranded: StrandedCharacters<Session>
  /** What is being deleted from proposals, by their authors. */
  readonly deletions: Deletions
  /** The last row of the log that the state holds. */
  sequence: number
  /** The log's length at the last snapshot. */
  snapshotSequence: number
  /** When the store knows that the server has something to do to it; null: never. */
  due: number | null
  /** Whether the log knows already that this load's own client id is the server's. */
  serverClaimed: boolean
}

/** About so many bytes are taken in before whatever else the process has to do: some milliseconds. */
const SLICE = 64 * 1024
/** What an update takes beside its bytes, as many bytes. */
const EACH = 256
/** So much is read again for what the words said that were deleted: who deleted them may still take it back. */
const REMEMBERED = { rows: 1_000, bytes: 2 * 1024 * 1024 }

/** Null when there is no such document. Takes long for a large one, but never long at a time. */
export async function loadLive(
  store: Pick<Store, 'load' | 'recentUpdates'>,
  id: DocumentId,
  away: DocumentWork,
): Promise<Live | null> {
  const stored = await store.load(id)
  if (!stored) return null
  const { doc } = openDocument(new Y.Doc())
  const updates = stored.tail.filter((update) => update.length > 0)
  if (stored.snapshot) updates.unshift(stored.snapshot)
  await inSlices(updates, away, (slice) => Y.applyUpdate(doc, slice))
  const live = liveFrom(stored, doc, updates, away)
  const recent = await store.recentUpdates(id, live.sequence, REMEMBERED)
  await inSlices(recent, away, (slice) => live.former.remember(slice))
  return live
}

/** Takes in the updates in their order. Where they could not be cut up, each large one is taken in at once. */
async function inSlices(
  updates: readonly Uint8Array[],
  away: DocumentWork,
  take: (slice: Uint8Array) => void,
): Promise<void> {
  const isLarge = updates.some(({ length }) => length > SLICE)
  const slices = (isLarge ? await away.slice(updates, SLICE) : null) ?? updates
  let taken = 0
  for (const slice of slices) {
    if (taken >= SLICE) {
      taken = 0
      await setImmediate()
    }
    take(slice)
    taken += slice.length + EACH
  }
}

function liveFrom(
  stored: StoredDocument,
  doc: Y.Doc,
  updates: readonly Uint8Array[],
  away: DocumentWork,
): Live {
  const owners = new Map<number, PersonId | 'server'>()
  for (const claim of stored.claims) owners.set(claim.client, claim.owner)
  // A client id of its own for every load: one that was used in a batch that was never committed must not come again.
  while (owners.has(doc.clientID)) doc.clientID = new Y.Doc().clientID
  owners.set(doc.clientID, 'server')
  const od = openDocument(doc)
  const [whole = EMPTY_UPDATE, ...tail] = updates
  return {
    od,
    space: spaceOwner(stored.entry.id),
    due: dueAt(od),
    deletions: new Deletions(),
    stranded: new StrandedCharacters(),
    owners,
    former: new FormerWords(doc),
    encodings: new Encodings(whole, tail, away),
    sequence: stored.entry.sequence,
    snapshotSequence: stored.snapshotSequence,
    serverClaimed: false,
  }
}

/** Claims to be written with the first rows that this load's own client id appears in. */
export function serverClaim(live: Live): readonly Claim[] {
  return live.serverClaimed ? [] : [{ client: live.od.doc.clientID, owner: 'server' }]
}

/** A change threw before it had changed anything: the document is as it was. */
export class Unchanged extends Error {
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause })
    this.name = 'Unchanged'
  }
}

/**
 * Runs the server's own change in one transaction: its result, and the update it made (empty when it changed nothing).
 * Throws {@link Unchanged} where `run` throws and nothing was changed.
 */
export function change<T>(live: Live, run: () => T): { result: T; bytes: Uint8Array } {
  const { doc } = live.od
  const made: Uint8Array[] = []
  const listen = (update: Uint8Array) => made.push(update)
  doc.on('update', listen)
  try {
    const result = doc.transact(run, SERVER_ORIGIN)
    return { result, bytes: made.length > 1 ? Y.mergeUpdates(made) : (made[0] ?? NOTHING) }
  } catch (error) {
    throw made.length === 0 ? new Unchanged(error) : error
  } finally {
    doc.off('update', listen)
  }
}
const SERVER_ORIGIN = 'server'
const NOTHING = new Uint8Array(0)
