import { z } from 'zod'
import { isParagraphId, isProposalId, type HostId } from '#shared/model/ids.ts'
import { can } from '#shared/model/role.ts'
import { encodeFrame, type Caret, type Presence } from '#shared/protocol/wire.ts'
import type { Clock } from '../clock.ts'
import type { Session } from './session.ts'

/** Who is present and where their carets are. Names and roles come from the server, only the caret from the client. */

const host = z.custom<HostId>((value) => isParagraphId(value) || isProposalId(value))
const count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER)
const item = z.tuple([count, count]).nullable()
const place = z.strictObject({
  host,
  item,
  next: item.exactOptional(),
  side: z.literal('before').exactOptional(),
})
const caretShape = z.strictObject({ anchor: place, head: place }).nullable()

/** Parses a caret of the wire. Null is a valid value (no caret); undefined means malformed. */
export function readCaret(value: unknown): Caret | null | undefined {
  const parsed = caretShape.safeParse(value)
  return parsed.success ? parsed.data : undefined
}

/** Changes within so many milliseconds are sent as one frame. */
const COALESCE = 60
/** Most entries of a presence list; those who may write come first. */
const LISTED = 150
/** Most entries sent to all together in one interval; in a larger room the intervals are longer. */
const ENTRIES_AT_ONCE = 10_000

/** Sends each session the list of the others, coalesced, whenever somebody comes, goes, or moves their caret. */
export class PresenceBoard {
  readonly #clock: Clock
  readonly #sessions: ReadonlySet<Session>
  readonly #hidden: () => boolean
  #cancel: (() => void) | null = null

  /** `hidden`: whether carets must be left out, because in an unattributed round they would show who writes what. */
  constructor(clock: Clock, sessions: ReadonlySet<Session>, hidden: () => boolean) {
    this.#clock = clock
    this.#hidden = hidden
    this.#sessions = sessions
  }

  /** Schedules sending the lists. */
  changed(): void {
    if (this.#cancel) return
    const listed = Math.min(this.#sessions.size, LISTED)
    const crowd = Math.ceil((listed * this.#sessions.size) / ENTRIES_AT_ONCE)
    this.#cancel = this.#clock.after(COALESCE * Math.max(1, crowd), () => {
      this.#cancel = null
      this.#send()
    })
  }

  stop(): void {
    this.#cancel?.()
    this.#cancel = null
  }

  /** Sends the lists. Sessions that are behind get none now; they get one after they are caught up. */
  #send(): void {
    const here = [...this.#sessions].filter((session) => session.greeted && session.state === 'open')
    const listed = here.toSorted((a, b) => Number(writes(b)) - Number(writes(a))).slice(0, LISTED)
    const entries = new Map(listed.map((session) => [session, entryOf(session)]))
    const everybody = [...entries.values()]
    const hidden = this.#hidden()
    // All sessions that are not in the list get the same frame, which is encoded once.
    let seeing: Uint8Array | null = null
    let blinded: Uint8Array | null = null
    for (const session of here) {
      if (session.behind) continue
      const own = entries.get(session)
      const blind = hidden && !can(session.actor.role, 'write-for-others')
      if (own)
        session.follow(
          frameOf(
            everybody.filter((entry) => entry !== own),
            blind,
          ),
        )
      else if (blind) session.follow((blinded ??= frameOf(everybody, true)))
      else session.follow((seeing ??= frameOf(everybody, false)))
    }
  }
}

const frameOf = (present: readonly Presence[], blind: boolean): Uint8Array =>
  encodeFrame({ type: 'presence', present: blind ? present.map(withoutCaret) : present })

const withoutCaret = (entry: Presence): Presence => ({ ...entry, caret: null })

const writes = (session: Session): boolean => can(session.actor.role, 'propose')

function entryOf(session: Session): Presence {
  const { name, role, participant } = session.actor
  return { session: session.id, name, role, participant, caret: session.caret }
}
