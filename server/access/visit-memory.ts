import { StoreError, type Store, type Visit } from '../store/port.ts'

/** So many sessions at most are kept in memory. */
const MOST = 10_000

/**
 * A store under which links open and people say their names also while the disk takes nothing: such sessions are kept in
 * memory, and written when the disk takes them. A server that ends before has forgotten them, and the link is followed again.
 * Sessions that end meanwhile are over at once, and their end is written when the disk takes it: tried with
 * every session that is looked up, every probe, and when the store is closed.
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
    // It may have been named anew meanwhile.
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

/** Sessions that are over, of which the disk does not know it yet. */
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

  /** Writes until the disk takes no more. Never rejects: what failed is tried again the next time. */
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

/** Null: the disk took nothing. */
async function unlessUnwritable<T>(write: () => Promise<T>): Promise<T | null> {
  try {
    return await write()
  } catch (error) {
    if (error instanceof StoreError && error.code === 'unwritable') return null
    throw error
  }
}
