import { StoreError, type Store, type Visit } from '../store/port.ts'

/** Most sessions kept in memory. */
const MOST = 10_000

/**
 * Wraps a store so that links can be followed and names entered while the disk is unwritable. New and renamed
 * sessions are then kept in memory, and written when the session is next looked up and the disk can be written. If
 * the server stops before that, people must follow the link again. Sessions that end are over at once; their end is
 * written later, tried at each lookup, each probe and when the store is closed.
 */
export function rememberVisits(store: Store): Store {
  const kept = new Map<string, Visit>()
  const endings = new Endings(store, (tokenHash) => kept.delete(tokenHash))

  async function write(visit: Visit): Promise<boolean> {
    const done = await unlessUnwritable(async () => {
      await store.addVisit(visit)
      await store.nameVisit(visit.tokenHash, visit.name)
      return true
    })
    // The session may have been renamed while this was written; then the newer one stays to be written.
    if (done && kept.get(visit.tokenHash) === visit) kept.delete(visit.tokenHash)
    return done === true
  }

  async function keep(visit: Visit): Promise<void> {
    if (await write(visit)) return
    const [oldest] = kept.keys()
    if (oldest !== undefined && kept.size >= MOST) kept.delete(oldest)
    kept.set(visit.tokenHash, visit)
  }

  async function visitByToken(tokenHash: string): ReturnType<Store['visitByToken']> {
    const isOver = endings.has(tokenHash)
    await endings.write()
    if (isOver || endings.has(tokenHash)) return null
    const visit = kept.get(tokenHash)
    if (!visit || (await write(visit))) return store.visitByToken(tokenHash)
    const invitations = await store.invitations(visit.document)
    const invitation = invitations.find(({ id }) => id === visit.invitation)
    return invitation ? { visit, invitation } : null
  }

  return {
    ...store,
    visitByToken,
    addVisit: async (visit) => {
      if (!kept.has(visit.tokenHash)) await keep(visit)
    },
    nameVisit: async (tokenHash, name) => {
      const known = await visitByToken(tokenHash)
      if (known) await keep({ ...known.visit, name })
    },
    endVisit: async (tokenHash) => {
      kept.delete(tokenHash)
      const done = await unlessUnwritable(() => store.endVisit(tokenHash).then(() => true))
      if (!done) endings.add(tokenHash)
    },
    probe: async () => {
      await store.probe()
      await endings.write()
    },
    close: async () => {
      await endings.write()
      await store.close()
    },
    noteFollowed: async (invitation, at) => {
      await unlessUnwritable(() => store.noteFollowed(invitation, at))
    },
  }
}

/** Sessions that have ended, but whose end is not written yet. */
class Endings {
  readonly #store: Pick<Store, 'endVisit'>
  readonly #onWritten: (tokenHash: string) => void
  readonly #waiting = new Set<string>()
  #writing: Promise<void> | null = null

  constructor(store: Pick<Store, 'endVisit'>, onWritten: (tokenHash: string) => void) {
    this.#store = store
    this.#onWritten = onWritten
  }

  has(tokenHash: string): boolean {
    return this.#waiting.has(tokenHash)
  }

  add(tokenHash: string): void {
    this.#waiting.add(tokenHash)
  }

  /** Writes the ends until a write fails. Never rejects; the rest is tried again by the next call. */
  write(): Promise<void> {
    if (this.#waiting.size === 0) return Promise.resolve()
    this.#writing ??= this.#writeAll().finally(() => (this.#writing = null))
    return this.#writing
  }

  async #writeAll(): Promise<void> {
    for (const tokenHash of this.#waiting) {
      const done = await this.#store.endVisit(tokenHash).then(
        () => true,
        () => false,
      )
      if (!done) return
      this.#waiting.delete(tokenHash)
      this.#onWritten(tokenHash)
    }
  }
}

/** What `write` resolves with; null when the disk is unwritable. Other errors are thrown on. */
async function unlessUnwritable<T>(write: () => Promise<T>): Promise<T | null> {
  try {
    return await write()
  } catch (error) {
    if (error instanceof StoreError && error.code === 'unwritable') return null
    throw error
  }
}
