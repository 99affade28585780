import { expect, it } from 'vitest'
import { rememberVisits } from '#server/access/visit-memory.ts'
import type { DocumentId, PersonId } from '#shared/model/ids.ts'
import { StoreError, type Invitation, type Store, type Visit } from '#server/store/port.ts'

const INVITATION = { id: 'i', document: 'd' as DocumentId } as Invitation
const VISIT: Visit = {
  tokenHash: 'hash',
  invitation: 'i',
  document: 'd' as DocumentId,
  person: 'amina' as PersonId,
  name: '',
  expiresAt: 1_000,
}

/** A store of sessions whose disk is full or not. */
function disk() {
  const visits = new Map<string, Visit>()
  const state = { full: true }
  const write = async (change: () => void) => {
    if (state.full) throw new StoreError('unwritable', 'full')
    change()
  }
  const store: Partial<Store> = {
    addVisit: (visit) => write(() => visits.has(visit.tokenHash) || visits.set(visit.tokenHash, visit)),
    nameVisit: (hash, name) => write(() => visits.set(hash, { ...visits.get(hash)!, name })),
    endVisit: (hash) => write(() => visits.delete(hash)),
    noteFollowed: () => write(() => undefined),
    probe: () => write(() => undefined),
    close: () => Promise.resolve(),
    invitations: () => Promise.resolve([INVITATION]),
    visitByToken: async (hash) => {
      const visit = visits.get(hash)
      return visit ? { visit, invitation: INVITATION } : null
    },
  }
  return { state, visits, store: rememberVisits(store as Store) }
}

it('17.9 a session begun on a full disk is good, takes a name, and is written when there is room', async () => {
  const { state, visits, store } = disk()
  await store.addVisit(VISIT)
  await store.noteFollowed('i', 5)
  await store.nameVisit('hash', 'Amina')
  expect(await store.visitByToken('hash')).toEqual({
    visit: { ...VISIT, name: 'Amina' },
    invitation: INVITATION,
  })
  expect(visits.size).toBe(0)
  state.full = false
  expect(await store.visitByToken('hash')).toMatchObject({ visit: { name: 'Amina' } })
  expect(visits.get('hash')).toMatchObject({ name: 'Amina' })
})

it('17.9 a session of before takes a name too, and one that is ended stays so', async () => {
  const { state, visits, store } = disk()
  visits.set('hash', VISIT)
  await store.nameVisit('hash', 'Amina')
  expect(await store.visitByToken('hash')).toMatchObject({ visit: { name: 'Amina' } })
  await store.endVisit('hash')
  expect(await store.visitByToken('hash')).toBeNull()
  state.full = false
  await store.addVisit({ ...VISIT, tokenHash: 'other' })
  expect(visits.has('other')).toBe(true)
})

it.each<[string, (store: Store) => Promise<unknown>]>([
  ['somebody asks for another session', (store) => store.visitByToken('other')],
  ['it asks for itself', (store) => store.visitByToken('hash')],
  ['the disk is probed', (store) => store.probe()],
  ['the server ends', (store) => store.close()],
])('17.9 a session ended on a full disk is ended on it when there is room and %s', async (_when, act) => {
  const { state, visits, store } = disk()
  visits.set('hash', VISIT)
  visits.set('second', { ...VISIT, tokenHash: 'second' })
  visits.set('stays', { ...VISIT, tokenHash: 'stays' })
  await store.endVisit('hash')
  await store.endVisit('second')
  expect(await store.visitByToken('hash')).toBeNull()
  expect(visits.size).toBe(3)
  state.full = false
  await act(store)
  // As a server that has just started reads them.
  expect([...visits.keys()]).toEqual(['stays'])
  expect(await store.visitByToken('hash')).toBeNull()
  expect(await store.visitByToken('stays')).not.toBeNull()
})

it('17.9 a session begun and ended on a full disk never comes to be on it', async () => {
  const { state, visits, store } = disk()
  await store.addVisit(VISIT)
  await store.endVisit('hash')
  state.full = false
  expect(await store.visitByToken('hash')).toBeNull()
  expect(await store.visitByToken('hash')).toBeNull()
  expect(visits.size).toBe(0)
})

it('any other failure is told', async () => {
  const failing = { addVisit: () => Promise.reject(new StoreError('failed', 'broken')) } as Partial<Store>
  await expect(rememberVisits(failing as Store).addVisit(VISIT)).rejects.toThrow('broken')
})
