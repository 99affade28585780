import { expect, test } from 'vitest'
import { admit } from '#shared/document/admit/admit.ts'
import { addProposal, baseTextOf, openDocument } from '#shared/document/schema.ts'
import { recordGet, recordSet } from '#shared/document/records.ts'
import { anchorAt } from '#shared/document/text/anchor.ts'
import type { ParticipantId, ProposalId } from '#shared/model/ids.ts'
import { FACILITATORS } from '#shared/model/participant.ts'
import type { Actor } from '#shared/model/participant.ts'
import { FakeDesk, judge, paragraphId, PERSON, serverWithText, turn } from '#test/kit/fake-desk.ts'
import { FakeServer } from '#test/kit/fake-server.ts'
import * as Y from 'yjs'

/** What becomes of a window when the round becomes attributed or unattributed. */

const ALIAS = 'Delegation-0ken0ken' as ParticipantId

async function deskInRounds() {
  const options: { actor: Actor; judge: typeof judge } = { actor: PERSON, judge }
  const server = new FakeServer(options)
  Y.applyUpdate(server.doc, Y.encodeStateAsUpdate(serverWithText().doc))
  const desk = new FakeDesk(server)
  await turn()
  desk.settle()
  /** The server lets everybody go; from now on it says another name. */
  const start = (actor: Actor): void => {
    options.actor = actor
    server.crash()
    desk.time.advance(60_000)
    desk.settle()
  }
  return { desk, server, start }
}

const type = (desk: FakeDesk, words: string): void => {
  const { doc } = desk.session.od()
  doc.transact(() => baseTextOf(desk.session.od(), paragraphId(1))!.insert(0, words), 'editor')
}

const serverText = (server: FakeServer): string =>
  baseTextOf(openDocument(server.doc), paragraphId(1))?.toJSON() ?? ''

test('11.1 a new round begins with a fresh document under a fresh client id; what was saved stays', async () => {
  const { desk, server, start } = await deskInRounds()
  const before = desk.session.od()
  const replaced: unknown[] = []
  desk.session.onReplaced((od) => replaced.push(od))
  type(desk, 'Saved. ')
  desk.settle()
  start({ ...PERSON, alias: ALIAS })
  const after = desk.session.od()
  expect(after.doc.clientID).not.toBe(before.doc.clientID)
  expect(replaced).toEqual([after])
  expect(desk.session.actor.get().alias).toBe(ALIAS)
  expect(baseTextOf(after, paragraphId(1))?.toJSON()).toBe('Saved. We, the Heads of State,')
  expect(desk.session.salvaged.get()).toEqual([])
  expect(desk.session.status.get()).toEqual({ connection: 'online', unsaved: false })
  type(desk, 'New. ')
  desk.settle()
  expect(serverText(server)).toBe('New. Saved. We, the Heads of State,')
  expect(server.violations).toEqual([])
})

test('11.1 what was not saved before it is offered back, once, and not sent', async () => {
  const { desk, server, start } = await deskInRounds()
  server.crash()
  type(desk, 'Unsaved. ')
  start({ ...PERSON, alias: ALIAS })
  expect(serverText(server)).toBe('We, the Heads of State,')
  expect(desk.session.salvaged.get()).toMatchObject([
    { code: 'new-round', pieces: [{ host: paragraphId(1), text: 'Unsaved. ' }] },
  ])
  desk.reload()
  await turn()
  desk.settle()
  expect(serverText(server)).toBe('We, the Heads of State,')
  expect(desk.session.salvaged.get()).toHaveLength(1)
})

test('18.4 a new round is no loss of the connection', async () => {
  const { desk, server } = await deskInRounds()
  const told: string[] = []
  desk.session.status.subscribe(() => told.push(desk.session.status.get().connection))
  server.closeAll('new-round')
  desk.settle()
  desk.time.advance(1_000)
  desk.settle()
  expect(new Set(told)).toEqual(new Set(['connecting', 'online']))
  expect(told.at(-1)).toBe('online')
})

test('14.12 a window knows its name and the policy of the new round before its new connection stands', async () => {
  const { desk, server, start } = await deskInRounds()
  const told: unknown[] = []
  const { session } = desk
  session.actor.subscribe(() => {
    const policy = recordGet(session.od(), 'policy')?.attribution
    told.push([session.status.get().connection, session.actor.get().alias, policy])
  })
  server.change((doc) => {
    const policy = { attribution: 'unattributed', by: FACILITATORS, person: '', at: 1 } as const
    recordSet(openDocument(doc), 'policy', policy)
  })
  start({ ...PERSON, alias: ALIAS })
  expect(told[0]).toEqual(['connecting', ALIAS, 'unattributed'])
  expect(server.violations).toEqual([])
})

test('11.1 the same round goes on over a reconnect, and its end is a new round too', async () => {
  const { desk, start } = await deskInRounds()
  start({ ...PERSON, alias: ALIAS })
  const inRound = desk.session.od()
  start({ ...PERSON, alias: ALIAS })
  expect(desk.session.od()).toBe(inRound)
  start(PERSON)
  expect(desk.session.od()).not.toBe(inRound)
  expect(desk.session.actor.get().alias).toBeUndefined()
})

test('7.3, 14.2 what was typed offline in a paragraph agreed meanwhile comes back; all that came along is on the server', async () => {
  const actor: Actor = { ...PERSON, role: 'facilitator', participant: FACILITATORS }
  const server: FakeServer = new FakeServer({
    actor,
    judge: (update) => {
      const ownerOf = (client: number) => (client === server.doc.clientID ? 'server' : actor.person)
      const verdict = admit(openDocument(server.doc), update, { actor, ownerOf, now: 1 })
      return verdict.ok ? null : verdict
    },
  })
  Y.applyUpdate(server.doc, Y.encodeStateAsUpdate(serverWithText().doc))
  const desk = new FakeDesk(server)
  await turn()
  desk.settle()
  server.crash()
  server.change((doc) => {
    const step = { status: 'agreed', by: FACILITATORS, person: '', at: 1 } as const
    const agreed = { ...step, pending: [], placement: false, earlier: [] }
    recordSet(openDocument(doc), `status/${paragraphId(1)}`, agreed)
  })
  const od = desk.session.od()
  od.doc.transact(() => {
    baseTextOf(od, paragraphId(1))!.insert(0, 'too late ')
    baseTextOf(od, paragraphId(2))!.insert(0, 'elsewhere ')
    const paragraph = paragraphId(2)
    const head = {
      kind: 'text',
      by: FACILITATORS,
      paragraph,
      quote: '',
    } as const
    const anchor = { kind: 'point', host: paragraph, paragraph, at: null } as const
    addProposal(od, 'q00000000000fresh' as ProposalId, head, anchor, 'a proposal')
  }, 'editor')
  desk.time.advance(60_000)
  desk.settle()
  const [salvaged, ...others] = desk.session.salvaged.get()
  expect(others).toEqual([])
  expect(salvaged).toMatchObject({ code: 'closed' })
  expect(salvaged?.pieces.map(({ text, paragraph }) => [paragraph, text])).toEqual([['1', 'too late ']])
  expect(serverText(server)).toBe('We, the Heads of State,')
  const there = openDocument(server.doc)
  expect(baseTextOf(there, paragraphId(2))?.toJSON()).toBe('elsewhere resolve')
  expect([...there.proposals.keys()]).toEqual(['q00000000000fresh'])
  expect(desk.session.status.get()).toEqual({ connection: 'online', unsaved: false })
})

test('14.3 15.2 what a client wrote whose proposals still named a time, long ago, is offered back after the update', async () => {
  const now = 40 * 86_400_000
  const server: FakeServer = new FakeServer({
    actor: PERSON,
    judge: (update) => {
      const ownerOf = (client: number) => (client === server.doc.clientID ? 'server' : PERSON.person)
      const verdict = admit(openDocument(server.doc), update, { actor: PERSON, ownerOf, now })
      return verdict.ok ? null : verdict
    },
  })
  Y.applyUpdate(server.doc, Y.encodeStateAsUpdate(serverWithText().doc))
  const desk = new FakeDesk(server)
  await turn()
  desk.settle()
  server.crash()
  const od = desk.session.od()
  const paragraph = paragraphId(1)
  const head = {
    kind: 'text',
    by: PERSON.participant!,
    person: PERSON.name,
    createdAt: 1,
    paragraph,
  } as const
  const place = anchorAt(od, paragraph, paragraph, 3, 3)
  const id = 'q00000000000older' as ProposalId
  od.doc.transact(() => addProposal(od, id, { ...head, quote: '' }, place, 'older words'), 'editor')
  desk.reload()
  await turn()
  desk.time.advance(60_000)
  desk.settle()
  const pieces = desk.session.salvaged.get().flatMap((salvaged) => salvaged.pieces)
  expect(pieces.map(({ text }) => text)).toEqual(['older words'])
  expect(openDocument(server.doc).proposals.size).toBe(0)
  expect(desk.session.status.get()).toEqual({ connection: 'online', unsaved: false })
  expect(server.violations).toEqual([])
})

// The document that is asked for is empty until it has come: it was taken for the server's state.
test('14.6 a round that begins while the whole document is asked for leaves the text on the screen', async () => {
  const options: { actor: Actor; judge: typeof judge } = { actor: PERSON, judge }
  const server = new FakeServer(options)
  const backup = Y.encodeStateAsUpdate(serverWithText().doc)
  Y.applyUpdate(server.doc, backup)
  const desk = new FakeDesk(server)
  await turn()
  desk.settle()
  const od = desk.session.od()
  od.doc.transact(() => baseTextOf(od, paragraphId(1))!.insert(0, 'Saved. '), 'editor')
  desk.settle()
  const shown: (string | undefined)[] = []
  desk.session.onReplaced((fresh) => shown.push(baseTextOf(fresh, paragraphId(1))?.toJSON()))
  // Set back to a backup, it no longer has what this window has.
  server.doc = new Y.Doc()
  Y.applyUpdate(server.doc, backup)
  server.crash()
  desk.time.advance(60_000)
  const before = desk.wire.sockets.length
  for (let turns = 0; turns < 20 && desk.wire.sockets.length === before; turns++)
    for (const socket of Array.from(desk.wire.sockets)) {
      socket.deliverToServer()
      socket.deliverToClient()
    }
  expect(desk.session.salvaged.get().map(({ code }) => code)).toEqual(['other-history'])
  options.actor = { ...PERSON, alias: ALIAS }
  server.crash()
  desk.time.advance(60_000)
  desk.settle()
  expect(shown.length).toBeGreaterThan(0)
  expect(shown).not.toContain(undefined)
  expect(desk.session.salvaged.get().flatMap(({ pieces }) => pieces.map(({ text }) => text))).toContain(
    'Saved. ',
  )
})
