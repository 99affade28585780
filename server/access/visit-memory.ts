import { StoreError, type Store, type Visit } from '../store/port.ts'

/** So many sessions at most are kept in memory. */
const MOST = 10_000

/**
 * A store under which links open and people say their names also while the disk takes nothing: such sessions are kept in
 * memory, and written when the disk takes them. A server that ends before has forgotten them, and the link is followed again.
 */
export function rememberVisits(store: Store): Store {
  const kept = new Map<string, Visit>()
  const ended = new Set<string>()

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
    if (ended.has(tokenHash)) return null
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
      if (!done) ended.add(tokenHash)
    },
    noteFollowed: async (invitation, at) => {
      await unlessUnwritable(() => store.noteFollowed(invitation, at))
    },
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
