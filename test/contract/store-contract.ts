import * as Y from 'yjs'
import { describe, expect, it } from 'vitest'
import { createDocument } from '#shared/document/create.ts'
import type { FrozenText } from '#shared/document/history/compared.ts'
import { freeze } from '#shared/document/history/freeze.ts'
import { baseTextOf, openDocument, paragraphsInOrder } from '#shared/document/schema.ts'
import { newDocumentId, type DocumentId, type ParticipantId, type PersonId } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'
import type { Append, Invitation, LogEntry, Store, Visit } from '#server/store/port.ts'
import { CHAIN_START } from '#server/store/chain.ts'
import { fingerprint, replay } from '#server/store/snapshot.ts'
import { spaceId, spaceOwner } from '#server/store/space-id.ts'
import { plainDraft } from '#test/kit/drafts.ts'
import { Random } from '#test/kit/random.ts'

/** A store under test: two connections to the same fresh database, as two servers would have. */
export interface StoreSetting {
  readonly store: Store
  readonly another: Store
}

/** What every adapter must do. */
export function storeContract(adapter: string, open: () => Promise<StoreSetting>): void {
  describe(`${adapter}: documents`, () => {
    it('begins a document with its first row', async () => {
      const { store } = await open()
      const { id, doc } = await newDocument(store)
      expect(await store.documents()).toEqual([
        { id, title: 'Draft outcome document', createdAt: 1_000, sequence: 1 },
      ])
      expect(await store.document(id)).toMatchObject({ sequence: 1 })
      const stored = (await store.load(id))!
      expect(stored).toMatchObject({ snapshot: null, snapshotSequence: 0 })
      expect(stored.claims).toEqual([{ client: doc.clientID, owner: 'server' }])
      expect(fingerprint(replay(null, stored.tail))).toBe(fingerprint(doc))
      const rows = await store.rows(id, 0, 10)
      expect(rows).toMatchObject([
        { kind: 'create', sequence: 1, actor: 'server', at: 1_000, previous: CHAIN_START },
      ])
    })

    it('knows nothing of a document that is not there', async () => {
      const { store } = await open()
      const nowhere = 'a'.repeat(16) as DocumentId
      expect(await store.document(nowhere)).toBeNull()
      expect(await store.load(nowhere)).toBeNull()
      expect(await store.documents()).toEqual([])
      expect(await store.invitations(nowhere)).toEqual([])
      await expect(store.append(appendTo(nowhere, 0, []))).rejects.toMatchObject({ name: 'StoreError' })
      expect(await store.snapshot(nowhere)).toMatchObject({ ok: false })
    })

    it('keeps a private space like a document, and lists none', async () => {
      const { store } = await open()
      const { id } = await newDocument(store)
      const space = spaceId(id, 'KEN' as ParticipantId)
      await newDocument(store, space)
      expect(spaceOwner(space)).toBe('KEN')
      expect(spaceOwner(id)).toBeNull()
      expect((await store.documents()).map((entry) => entry.id)).toEqual([id])
      expect(await store.document(space)).toMatchObject({ id: space, sequence: 1 })
      expect(await store.rows(space, 0, 10)).toHaveLength(1)
      expect(await store.verify()).toEqual([])
    })

    it('rejects an id that is taken, and changes nothing then', async () => {
      const { store } = await open()
      const { id } = await newDocument(store)
      await expect(newDocument(store, id)).rejects.toMatchObject({ name: 'StoreError' })
      expect(await store.documents()).toHaveLength(1)
      expect(await store.rows(id, 0, 10)).toHaveLength(1)
    })
  })

  describe(`${adapter}: appending`, () => {
    it('keeps every entry as it was given, in order, chained', async () => {
      const { store } = await open()
      const { id, doc } = await newDocument(store)
      const entries = [
        update(change(doc, 'one')),
        command('key-0001', change(doc, 'two')),
        { kind: 'settle', actor: 'server', at: 2_002, bytes: change(doc, 'three') } as const,
        command('key-0002', new Uint8Array()),
      ]
      expect(await store.append(appendTo(id, 1, entries))).toEqual({ ok: true, sequence: 5 })
      const rows = await store.rows(id, 1, 10)
      expect(rows).toHaveLength(4)
      for (const [i, row] of rows.entries()) {
        expect(row).toMatchObject({ ...entries[i], sequence: i + 2 })
        if (i > 0) expect(row.previous).toBe(rows[i - 1]!.hash)
      }
      expect(await store.rows(id, 3, 1)).toEqual([rows[2]])
      const [, two, three] = rows.map(({ bytes }) => bytes)
      const recent = (most: { rows: number; bytes: number }) => store.recentUpdates(id, 5, most)
      expect(await recent({ rows: 2, bytes: 1_000 })).toEqual([three])
      expect(await recent({ rows: 4, bytes: two!.length + three!.length })).toEqual([two, three])
      expect(await store.verify()).toEqual([])
      expect((await store.load(id))!.tail).toHaveLength(5)
    })

    it('is refused, as a value, when another was first', async () => {
      const { store, another } = await open()
      const { id, doc } = await newDocument(store)
      const first = appendTo(id, 1, [update(change(doc, 'a'))], [{ client: 5, owner: KENYA.person }])
      const second = appendTo(id, 1, [update(change(doc, 'b'))], [{ client: 6, owner: KENYA.person }])
      const outcomes = await Promise.all([store.append(first), another.append(second)])
      expect(outcomes.filter((outcome) => outcome.ok)).toEqual([{ ok: true, sequence: 2 }])
      expect(outcomes.filter((outcome) => !outcome.ok)).toMatchObject([{ ok: false, code: 'sequence-taken' }])
      const stored = (await another.load(id))!
      expect(stored.entry.sequence).toBe(2)
      expect(stored.claims).toHaveLength(2)
      expect(await another.append(appendTo(id, 2, [update(change(doc, 'c'))]))).toMatchObject({ ok: true })
    })

    it('gives every row one place, however many write', async () => {
      const { store, another } = await open()
      const { id, doc } = await newDocument(store)
      const made = change(doc, 'x')
      const write = async (through: Store, count: number) => {
        let expected = 1
        for (let done = 0; done < count;) {
          const outcome = await through.append(appendTo(id, expected, [update(made), update(made)]))
          if (outcome.ok) done++
          expected = outcome.ok ? outcome.sequence : (await through.document(id))!.sequence
        }
      }
      await Promise.all([write(store, 15), write(another, 15)])
      const rows = await store.rows(id, 0, 1_000)
      expect(rows.map((row) => row.sequence)).toEqual(Array.from({ length: 61 }, (_, i) => i + 1))
      expect(await another.verify()).toEqual([])
    })

    it('takes a command key once, and none of what comes with it the second time', async () => {
      const { store } = await open()
      const { id, doc } = await newDocument(store)
      await store.append(appendTo(id, 1, [command('key-0001', change(doc, 'a'))]))
      const again = [update(change(doc, 'b')), command('key-0001', change(doc, 'c'))]
      expect(await store.append(appendTo(id, 2, again))).toMatchObject({ code: 'key-taken' })
      expect((await store.document(id))!.sequence).toBe(2)
      const outcomes = await store.outcomes(id, ['key-0000', 'key-0001'])
      expect(outcomes).toEqual([
        { key: 'key-0001', person: KENYA.person, command: COMMAND, result: { ok: true, affected: [] } },
      ])
      const other = await newDocument(store)
      expect(await store.outcomes(other.id, ['key-0001'])).toEqual([])
    })

    it('is not damaged by a key that is no text', async () => {
      const { store, another } = await open()
      const { id, doc } = await newDocument(store)
      const keys = ['half \ud800 pair', 'nul \u0000 nul', '\u202e mirrored']
      for (const [i, key] of keys.entries())
        await store.append(appendTo(id, 1 + i, [command(key, change(doc, 'a'))]))
      expect(await store.verify()).toEqual([])
      expect((await another.load(id))!.tail).toHaveLength(4)
      const found = await store.outcomes(id, keys)
      expect(found.map(({ key }) => key)).toEqual(keys)
    })

    it('keeps documents apart', async () => {
      const { store } = await open()
      const one = await newDocument(store)
      const two = await newDocument(store)
      await store.append(
        appendTo(one.id, 1, [update(change(one.doc, 'a'))], [{ client: 9, owner: 'server' }]),
      )
      expect((await store.document(two.id))!.sequence).toBe(1)
      expect((await store.load(two.id))!.claims).toHaveLength(1)
      expect(await store.rows(two.id, 1, 10)).toEqual([])
    })

    it('never lets a client id change hands', async () => {
      const { store } = await open()
      const { id, doc } = await newDocument(store)
      await store.append(appendTo(id, 1, [update(change(doc, 'a'))], claimBy('first')))
      await store.append(appendTo(id, 2, [update(change(doc, 'b'))], claimBy('second')))
      expect((await store.load(id))!.claims).toContainEqual({ client: 77, owner: 'first' })
    })
  })

  describe(`${adapter}: snapshots`, () => {
    it('hold what the log holds, and shorten the tail', async () => {
      const { store, another } = await open()
      const { id, doc } = await newDocument(store)
      const rows = Array.from({ length: 30 }, (_, i) => update(change(doc, `word ${i} `)))
      await store.append(appendTo(id, 1, rows))
      expect(await store.snapshot(id)).toEqual({ ok: true, sequence: 31 })
      await store.append(appendTo(id, 31, [update(change(doc, 'after'))]))
      const stored = (await another.load(id))!
      expect(stored.snapshotSequence).toBe(31)
      expect(stored.tail).toHaveLength(1)
      expect(fingerprint(replay(stored.snapshot, stored.tail))).toBe(fingerprint(doc))
      expect(await store.rows(id, 0, 100)).toHaveLength(32)
      expect(await store.verify()).toEqual([])
    })

    it('may be asked for again and again', async () => {
      const { store } = await open()
      const { id, doc } = await newDocument(store)
      for (let round = 0; round < 4; round++) {
        await store.append(appendTo(id, 1 + round, [update(change(doc, `${round}`))]))
        expect(await store.snapshot(id)).toEqual({ ok: true, sequence: 2 + round })
        expect(await store.snapshot(id)).toEqual({ ok: true, sequence: 2 + round })
      }
      expect(await store.verify()).toEqual([])
    })

    it('are not written of a log that builds on what is missing', async () => {
      const { store } = await open()
      const { id, doc } = await newDocument(store)
      change(doc, 'lost ')
      await store.append(appendTo(id, 1, [update(change(doc, 'builds on it'))]))
      expect(await store.snapshot(id)).toMatchObject({ ok: false })
      expect((await store.load(id))!.snapshot).toBeNull()
    })
  })

  describe(`${adapter}: former texts`, () => {
    it('8.3 are what the document said after each row, whatever came later and whatever is in a snapshot', async () => {
      const { store, another } = await open()
      const { id, doc } = await newDocument(store)
      const said: FrozenText[] = [freeze(openDocument(doc), 1)]
      for (let row = 2; row <= 9; row++) {
        const made = type(doc, `${row} `)
        await store.append(appendTo(id, row - 1, [update(made)]))
        said.push(freeze(openDocument(doc), row))
        if (row % 3 === 0) await store.snapshot(id)
      }
      expect(new Set(said.map(({ paragraphs }) => paragraphs[0]?.text)).size).toBe(9)
      for (const text of said) expect(await another.textAt(id, text.sequence).then(parsed)).toEqual(text)
      await store.snapshot(id)
      expect(await store.textAt(id, 2).then(parsed)).toEqual(said[1])
    })

    it('are at no row that is not in the log', async () => {
      const { store } = await open()
      const { id } = await newDocument(store)
      expect(await store.textAt(id, 0)).toBeNull()
      expect(await store.textAt(id, 2)).toBeNull()
      expect(await store.textAt('0'.repeat(16) as DocumentId, 1)).toBeNull()
    })
  })

  describe(`${adapter}: looks`, () => {
    it('12.1 are kept for a person, whatever device she looked at', async () => {
      const { store, another } = await open()
      const { id, doc } = await newDocument(store)
      const invitation = invitationTo(id, 'f')
      await store.addInvitation(invitation)
      const amina = { document: id, invitation: invitation.id, name: 'Amina Otieno' }
      const colleague = { ...amina, name: 'Njeri Kamau' }
      expect(await store.looked(amina)).toBeNull()
      expect(await store.look(amina, 70)).toEqual({ sequence: 1, at: 70 })
      await store.append(appendTo(id, 1, [update(change(doc, 'later'))]))
      expect(await another.looked(amina)).toEqual({ sequence: 1, at: 70 })
      expect(await another.look(amina, 90)).toEqual({ sequence: 2, at: 90 })
      expect(await store.looked(amina)).toEqual({ sequence: 2, at: 90 })
      expect(await store.looked(colleague)).toBeNull()
      expect(await store.look({ ...amina, document: '0'.repeat(16) as DocumentId }, 99)).toBeNull()
    })
  })

  describe(`${adapter}: invitations and visits`, () => {
    it('are found by what was given out, and by nothing else', async () => {
      const { store } = await open()
      const { id } = await newDocument(store)
      const invitation = invitationTo(id, 'a')
      await store.addInvitation(invitation)
      expect(await store.invitationByToken(invitation.tokenHash)).toEqual(invitation)
      expect(await store.invitationByToken(invitation.id)).toBeNull()
      expect(await store.invitations(id)).toEqual([invitation])
      const visit = visitBy(invitation, 'cookie')
      await store.addVisit(visit)
      await store.addVisit({ ...visit, name: 'Somebody else' })
      expect(await store.visitByToken('cookie')).toEqual({ visit, invitation })
      expect(await store.visitByToken(invitation.tokenHash)).toBeNull()
    })

    it('can be renamed, ended, revoked', async () => {
      const { store, another } = await open()
      const { id } = await newDocument(store)
      const other = await newDocument(store)
      const invitation = invitationTo(id, 'b')
      await store.addInvitation(invitation)
      await store.addVisit(visitBy(invitation, 'cookie'))
      await store.nameVisit('cookie', 'Amina Otieno')
      expect((await another.visitByToken('cookie'))?.visit.name).toBe('Amina Otieno')
      await store.endVisit('cookie')
      expect(await another.visitByToken('cookie')).toBeNull()
      expect(await store.revokeInvitation(other.id, invitation.id, 5)).toBeNull()
      expect(await store.revokeInvitation(id, 'unknown', 5)).toBeNull()
      expect(await store.revokeInvitation(id, invitation.id, 5)).toMatchObject({ revokedAt: 5 })
      expect(await store.revokeInvitation(id, invitation.tokenHash, 9)).toMatchObject({ revokedAt: 5 })
      expect(await another.invitationByToken(invitation.tokenHash)).toMatchObject({ revokedAt: 5 })
    })

    it('are noted when they are followed, and swept when they have expired', async () => {
      const { store, another } = await open()
      const { id } = await newDocument(store)
      const invitation = invitationTo(id, '9')
      await store.addInvitation(invitation)
      await store.noteFollowed(invitation.id, 50)
      await store.noteFollowed(invitation.id, 40)
      expect((await another.invitations(id))[0]).toEqual({ ...invitation, followedAt: 50 })
      await store.addVisit({ ...visitBy(invitation, 'short'), expiresAt: 100 })
      await store.addVisit({ ...visitBy(invitation, 'long'), expiresAt: 101 })
      expect(await store.sweepVisits(99)).toBe(0)
      expect(await store.sweepVisits(100)).toBe(1)
      expect(await another.visitByToken('short')).toBeNull()
      expect(await another.visitByToken('long')).not.toBeNull()
    })

    it('tell which have ended', async () => {
      const { store } = await open()
      const { id } = await newDocument(store)
      const lasting = invitationTo(id, 'c')
      const short = { ...invitationTo(id, 'd'), expiresAt: 100 }
      const revoked = invitationTo(id, 'e')
      for (const invitation of [lasting, short, revoked]) await store.addInvitation(invitation)
      await store.revokeInvitation(id, revoked.id, 1)
      const ids = [lasting.id, short.id, revoked.id, 'unknown']
      expect(await store.endedInvitations(ids, 99)).toEqual([revoked.id])
      expect(await store.endedInvitations(ids, 100)).toEqual([short.id, revoked.id])
    })
  })

  describe(`${adapter}: what is due`, () => {
    it('is kept with the row that says so, and found without loading anything', async () => {
      const { store, another } = await open()
      const { id, doc } = await newDocument(store)
      const other = await newDocument(store)
      const due = (document: DocumentId, expected: number, at: number | null) =>
        store.append({ ...appendTo(document, expected, [update(change(doc, 'x'))]), due: at })
      expect(await store.dueDocuments(1_000)).toEqual([])
      await due(id, 1, 500)
      await due(other.id, 1, 400)
      expect(await another.dueDocuments(399)).toEqual([])
      expect(await another.dueDocuments(400)).toEqual([other.id])
      expect(await another.dueDocuments(500)).toEqual([other.id, id])
      await due(other.id, 2, 600)
      await store.append(appendTo(id, 2, [update(change(doc, 'said nothing of'))]))
      expect(await another.dueDocuments(599)).toEqual([id])
      await due(id, 3, null)
      expect(await another.dueDocuments(1_000)).toEqual([other.id])
    })

    it('is not kept of an append that lost', async () => {
      const { store } = await open()
      const { id, doc } = await newDocument(store)
      await store.append({ ...appendTo(id, 1, [update(change(doc, 'a'))]), due: 500 })
      const late = { ...appendTo(id, 1, [update(change(doc, 'b'))]), due: null }
      expect(await store.append(late)).toMatchObject({ ok: false })
      expect(await store.dueDocuments(500)).toEqual([id])
    })

    it('may be known when the document is made', async () => {
      const { store } = await open()
      const { id } = await newDocument(store, undefined, 700)
      await newDocument(store)
      expect(await store.dueDocuments(700)).toEqual([id])
    })
  })

  describe(`${adapter}: the data as a whole`, () => {
    it('17.7 belong to the secret that was adopted last', async () => {
      const { store, another } = await open()
      const { id, doc } = await newDocument(store)
      expect(await store.secret()).toEqual({ fingerprint: null, served: false })
      await store.append(appendTo(id, 1, [update(change(doc, 'a'))]))
      await store.adoptSecret('a'.repeat(64))
      expect(await another.secret()).toEqual({ fingerprint: 'a'.repeat(64), served: true })
      await store.probe()
      await another.probe()
      expect(await store.verify()).toEqual([])
    })

    it('17.3 are proved to go on from where their logs were noted to end', async () => {
      const { store, another } = await open()
      const { id, doc } = await newDocument(store)
      await store.addInvitation(invitationTo(id, 'a'))
      const noted = await store.heads()
      expect(noted).toMatchObject([{ document: id, log: { sequence: 1 }, access: { sequence: 1 } }])
      await store.append(appendTo(id, 1, [update(change(doc, 'a'))]))
      await store.revokeInvitation(id, invitationTo(id, 'a').id, 5)
      expect(await another.verify(noted)).toEqual([])
      const [head] = await store.heads()
      expect(head).toMatchObject({ log: { sequence: 2 }, access: { sequence: 2 } })
      const longer = { ...head!, log: { ...head!.log, sequence: 3 } }
      const other = { ...head!, access: { ...head!.access, hash: CHAIN_START } }
      expect(await store.verify([longer])).toMatchObject([{ document: id, part: 'log' }])
      expect(await store.verify([other])).toMatchObject([{ document: id, part: 'access_log', sequence: 2 }])
      const gone = { ...head!, document: '0'.repeat(16) as DocumentId }
      expect(await store.verify([gone])).toMatchObject([{ document: gone.document, part: 'documents' }])
    })
  })

  describe(`${adapter}: closing`, () => {
    it('ends it: what comes after is rejected', async () => {
      const { store } = await open()
      const { id } = await newDocument(store)
      await store.close()
      await expect(store.document(id)).rejects.toMatchObject({ name: 'StoreError' })
    })
  })
}

const random = new Random(11)
const bytes = (length: number) => random.bytes(length)
const KENYA: Actor = {
  person: 'amina' as PersonId,
  name: 'Amina Otieno',
  role: 'delegation',
  participant: 'KEN' as ParticipantId,
}
const COMMAND = { kind: 'proposal-withdraw', proposal: `q${'0'.repeat(16)}` } as Extract<
  LogEntry,
  { kind: 'command' }
>['command']

async function newDocument(
  store: Store,
  taken?: DocumentId,
  due: number | null = null,
): Promise<{ id: DocumentId; doc: Y.Doc }> {
  const doc = new Y.Doc()
  createDocument(openDocument(doc), plainDraft(3), bytes, 0)
  const id = taken ?? newDocumentId(bytes)
  await store.createDocument({
    id,
    title: 'Draft outcome document',
    at: 1_000,
    actor: 'server',
    bytes: Y.encodeStateAsUpdate(doc),
    client: doc.clientID,
    due,
  })
  return { id, doc }
}

/** The update of one more value. */
function change(doc: Y.Doc, value: string): Uint8Array {
  const before = Y.encodeStateVector(doc)
  doc.getMap('record').set('title', value)
  return Y.encodeStateAsUpdate(doc, before)
}

/** The update of some words at the start of the first paragraph. */
function type(doc: Y.Doc, words: string): Uint8Array {
  const before = Y.encodeStateVector(doc)
  const od = openDocument(doc)
  const [first] = paragraphsInOrder(od)
  baseTextOf(od, first!.id)?.insert(0, words)
  return Y.encodeStateAsUpdate(doc, before)
}

const parsed = (text: string | null): FrozenText | null =>
  text === null ? null : (JSON.parse(text) as FrozenText)

const claimBy = (owner: string) => [{ client: 77, owner: owner as PersonId }]

const update = (made: Uint8Array): LogEntry => ({ kind: 'update', actor: KENYA, at: 2_000, bytes: made })

const command = (key: string, made: Uint8Array): LogEntry => ({
  kind: 'command',
  actor: KENYA,
  at: 2_001,
  bytes: made,
  key,
  command: COMMAND,
  result: { ok: true, affected: [] },
})

const appendTo = (
  document: DocumentId,
  expected: number,
  entries: readonly LogEntry[],
  claims: Append['claims'] = [],
): Append => ({ document, expected, entries, claims })

const invitationTo = (document: DocumentId, letter: string): Invitation => ({
  id: letter.repeat(16),
  tokenHash: letter.repeat(64),
  document,
  role: 'delegation',
  participant: 'KEN' as ParticipantId,
  createdAt: 1,
  createdBy: 'operator',
  expiresAt: null,
  revokedAt: null,
  followedAt: null,
})

const visitBy = (invitation: Invitation, tokenHash: string): Visit => ({
  tokenHash,
  invitation: invitation.id,
  document: invitation.document,
  person: 'amina' as PersonId,
  name: '',
  expiresAt: 1_000,
})
