import { z } from 'zod'
import { isParagraphId, isProposalId, type HostId } from '#shared/model/ids.ts'
import { can } from '#shared/model/role.ts'
import { encodeFrame, type Caret, type Presence } from '#shared/protocol/wire.ts'
import type { Clock } from './clock.ts'
import type { Session } from './session.ts'

/** Who is here and where they type. Identity is the server's word; only the caret is the client's. */

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

/** Undefined when it is not one. */
export function readCaret(value: unknown): Caret | null | undefined {
  const parsed = caretShape.safeParse(value)
  return parsed.success ? parsed.data : undefined
}

/** Changes within so many milliseconds go out as one frame. */
const COALESCE = 60
/** A list has at most so many, those who may write first: a caret among a thousand names helps nobody. */
const LISTED = 150
/** Entries sent in one interval; a full house is told less often. */
const ENTRIES_AT_ONCE = 10_000

export class PresenceBoard {
  readonly #clock: Clock
  readonly #sessions: ReadonlySet<Session>
  readonly #hidden: () => boolean
  #cancel: (() => void) | null = null

  /** `hidden`: the round is unattributed, and where somebody's caret is would tell what is hers. */
  constructor(clock: Clock, sessions: ReadonlySet<Session>, hidden: () => boolean) {
    this.#clock = clock
    this.#hidden = hidden
    this.#sessions = sessions
  }

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

  #send(): void {
    const here = [...this.#sessions].filter((session) => session.greeted && session.state === 'open')
    const listed = here.toSorted((a, b) => Number(writes(b)) - Number(writes(a))).slice(0, LISTED)
    const entries = new Map(listed.map((session) => [session, entryOf(session)]))
    const everybody = [...entries.values()]
    const hidden = this.#hidden()
    // Whoever is not listed himself is sent the same as all others like him: a hall of a thousand is told once.
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
