import { setImmediate } from 'node:timers/promises'
import * as Y from 'yjs'
import { hasOpenBrackets } from '#shared/document/agreement.ts'
import { openMeeting } from '#shared/document/commands/command-context.ts'
import { anchoredTo } from '#shared/document/open.ts'
import type { DocumentId, ParagraphId, ParticipantId, PersonId } from '#shared/model/ids.ts'
import type { Policy } from '#shared/model/meeting.ts'
import { FormerWords } from '#shared/document/text/former-words.ts'
import { recordGet } from '#shared/document/records.ts'
import { openDocument, type OutcomeDocument } from '#shared/document/schema.ts'
import type { Steps } from '#shared/document/steps.ts'
import { EMPTY_UPDATE } from '#shared/document/updates.ts'
import { dueAt } from '#shared/document/issue/due.ts'
import { StrandedCharacters } from '#shared/document/issue/stranded.ts'
import type { Claim, Store, StoredDocument } from '../../store/port.ts'
import { spaceOwner } from '../../store/space-id.ts'
import type { DocumentWork } from '../../work/document-work.ts'
import { Deletions } from './emptying.ts'
import { Encodings } from './encodings.ts'
import { mergeInSteps } from './merge.ts'
import type { Session } from '../session/session.ts'
import type { Turns } from '../batch/turns.ts'

/**
 * A document in memory: its Yjs state, the position in the log that it corresponds to, and what was derived from both.
 *
 * Invariants:
 *
 * - Outside a flush, `od` is what the log's rows up to `sequence` give, and `encodings` encode the same state.
 * - `owners` has every client id that occurs in the document. An id belongs to one person, or to the server, for ever.
 * - The document's own client id is new for each load, so that ids of a batch that was never committed are not reused.
 */
export interface Live {
  readonly od: OutcomeDocument
  /** The participant whose private space this is; null for an outcome document. */
  readonly space: ParticipantId | null
  /** To whom each Yjs client id belongs. */
  readonly owners: Map<number, PersonId | 'server'>
  /** Text of deleted characters, by which an undo proves that it brings the author's own words back. */
  readonly former: FormerWords
  /** The committed state as Yjs updates. */
  readonly encodings: Encodings
  /** Words that concurrent updates left between characters where they may not stand. See stranded.ts. */
  readonly stranded: StrandedCharacters<Session>
  /** The proposals in which authors are deleting at present. */
  readonly deletions: Deletions
  /** Sequence of the last log row that the state holds. */
  sequence: number
  /** Sequence of the last log row that the newest snapshot holds. */
  snapshotSequence: number
  /** When the server must act by itself, as the store has it: milliseconds since 1970; null for never. */
  due: number | null
  /**
   * The committed attribution policy. Presence and welcomes follow it, because they are sent during a flush too, when
   * `od` may hold a policy that is never committed.
   */
  policy: Policy | undefined
  /** Whether the store holds the claim that this load's own client id is the server's. */
  serverClaimed: boolean
}

/** Bytes applied before other work of the process gets a turn; they take a few milliseconds. */
const SLICE = 64 * 1024
/** What applying an update costs beside its bytes, counted in bytes. */
const EACH = 256
/** The rows read again for {@link Live.former}: only the authors of recent deletions may still undo them. */
const REMEMBERED = { rows: 1_000, bytes: 2 * 1024 * 1024 }

/**
 * Loads a document from the store. Null when there is no such document; rejects with `StoreError`. A large document
 * takes seconds, but is applied in slices so that the event loop is never blocked for long.
 */
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
  await buildIndexes(live.od)
  return live
}

/** Builds what commands look up, one index in a turn; otherwise the first command would build all of them. */
async function buildIndexes(od: OutcomeDocument): Promise<void> {
  const none = '' as ParagraphId
  for (const lookUp of [() => anchoredTo(od, none), () => openMeeting(od), () => hasOpenBrackets(od, none)]) {
    await setImmediate()
    lookUp()
  }
}

/** Calls `take` with the updates in their order, large ones cut into slices; uncut if slicing failed. */
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
  // A new client id for each load: an id used in a batch that was never committed must not name other content.
  while (owners.has(doc.clientID)) doc.clientID = new Y.Doc().clientID
  owners.set(doc.clientID, 'server')
  const od = openDocument(doc)
  const [whole = EMPTY_UPDATE, ...tail] = updates
  return {
    od,
    space: spaceOwner(stored.entry.id),
    due: dueAt(od),
    policy: recordGet(od, 'policy'),
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

/** The claim of this load's own client id for the server; it is stored with the first rows in which the id occurs. */
export function serverClaim(live: Live): readonly Claim[] {
  return live.serverClaimed ? [] : [{ client: live.od.doc.clientID, owner: 'server' }]
}

/** Thrown when a change failed before it changed anything. The document is as it was. */
export class Unchanged extends Error {
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause })
    this.name = 'Unchanged'
  }
}

/**
 * Runs a change of the server's own in one Yjs transaction. Returns what `run` returns and the update that it made
 * (empty when it changed nothing). Throws {@link Unchanged} when `run` throws before it changed anything; any other
 * error leaves the document changed in part.
 */
export function change<T>(live: Pick<Live, 'od'>, run: () => T): { result: T; bytes: Uint8Array } {
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

/** {@link change} in steps, each in a transaction of its own, with turns for others in between. */
export async function changeInSteps<T>(
  live: Pick<Live, 'od'>,
  steps: Steps<T>,
  turns: Turns,
): Promise<{ result: T; bytes: Uint8Array }> {
  const made: Uint8Array[] = []
  for (;;) {
    try {
      const { result, bytes } = change(live, () => steps.next())
      if (bytes.length > 0) made.push(bytes)
      await turns.rest()
      if (!result.done) continue
      const whole = made.length > 0 ? await turns.run(mergeInSteps(made)) : NOTHING
      return { result: result.value, bytes: whole }
    } catch (error) {
      throw error instanceof Unchanged && made.length > 0 ? error.cause : error
    }
  }
}

const SERVER_ORIGIN = 'server'
const NOTHING = new Uint8Array(0)
