import * as Y from 'yjs'
import { expect, test } from 'vitest'
import { CARET_INTERVAL } from '#client/net/connection/caret-sender.ts'
import { IN_FLIGHT } from '#client/net/connection/outbox.ts'
import { GREETING_LIMIT } from '#client/net/connection/connection.ts'
import { ANSWER, SILENCE } from '#client/net/connection/watchdog.ts'
import { baseTextOf, openDocument } from '#shared/document/schema.ts'
import type { PersonId, SessionId } from '#shared/model/ids.ts'
import type { Caret, ClientFrame } from '#shared/protocol/wire.ts'
import { decodeClientFrame, encodeFrame } from '#shared/protocol/wire.ts'
import { FakeDesk, FORBIDDEN, judge, paragraphId, PERSON, serverWithText, turn } from '#test/kit/fake-desk.ts'
import { FakeServer } from '#test/kit/fake-server.ts'
import type { FakeSocket } from '#test/kit/fake-wire.ts'

async function liveDesk(server = serverWithText()): Promise<FakeDesk> {
  const desk = new FakeDesk(server)
  await turn()
  desk.settle()
  return desk
}

function textOf(desk: FakeDesk): Y.Text {
  const text = baseTextOf(desk.session.od(), paragraphId(1))
  if (!text) throw new Error('no text')
  return text
}

const type = (desk: FakeDesk, words: string): void =>
  desk.session.od().doc.transact(() => textOf(desk).insert(0, words), 'editor')

const sent = (socket: FakeSocket, kind: ClientFrame['type']): ClientFrame[] =>
  socket.sent.map(decodeClientFrame).filter((frame) => frame.type === kind)

const serverText = (server: FakeServer): string =>
  baseTextOf(openDocument(server.doc), paragraphId(1))?.toJSON() ?? ''

test('a joiner gets the document, and submits nothing', async () => {
  const desk = await liveDesk()
  expect(textOf(desk).toJSON()).toBe('We, the Heads of State,')
  expect(desk.session.status.get()).toEqual({ connection: 'online', unsaved: false })
  expect(desk.session.ready.get()).toBe(true)
  expect(sent(desk.wire.last, 'submit')).toEqual([])
})

test('"saved" is said only after the acknowledgement', async () => {
  const desk = await liveDesk()
  type(desk, 'x')
  const { last } = desk.wire
  expect(desk.session.status.get().unsaved).toBe(true)
  last.deliverToServer()
  last.deliverToClient()
  expect(desk.session.status.get().unsaved).toBe(true)
  desk.server.commit()
  expect(desk.session.status.get().unsaved).toBe(true)
  last.deliverToClient()
  expect(desk.session.status.get()).toEqual({ connection: 'online', unsaved: false })
})

test('a burst of typing is few frames, and arrives whole', async () => {
  const desk = await liveDesk()
  for (let i = 0; i < 200; i++) type(desk, 'x')
  expect(sent(desk.wire.last, 'submit')).toHaveLength(IN_FLIGHT)
  desk.settle()
  expect(sent(desk.wire.last, 'submit')).toHaveLength(IN_FLIGHT + 1)
  expect(serverText(desk.server)).toBe(`${'x'.repeat(200)}We, the Heads of State,`)
  expect(desk.session.status.get().unsaved).toBe(false)
})

test('after a drop, what was in flight is sent once, and what had arrived is not sent again', async () => {
  const desk = await liveDesk()
  type(desk, 'arrived ')
  desk.wire.last.deliverToServer()
  desk.server.commit()
  type(desk, 'lost ')
  desk.wire.last.drop()
  type(desk, 'offline ')
  expect(desk.session.status.get()).toMatchObject({ connection: 'offline', unsaved: true })
  desk.time.advance(1_000)
  desk.settle()
  expect(desk.wire.sockets).toHaveLength(2)
  expect(sent(desk.wire.last, 'submit')).toHaveLength(1)
  expect(serverText(desk.server)).toBe('offline lost arrived We, the Heads of State,')
  expect(desk.server.violations).toEqual([])

  desk.wire.last.drop()
  desk.time.advance(1_000)
  desk.settle()
  expect(sent(desk.wire.last, 'submit')).toEqual([])
})

test('a deletion made offline is sent, once', async () => {
  const desk = await liveDesk()
  desk.wire.last.drop()
  desk.session.od().doc.transact(() => textOf(desk).delete(0, 4), 'editor')
  for (let i = 0; i < 2; i++) {
    desk.signals.say('online')
    desk.settle()
    desk.wire.last.drop()
  }
  expect(serverText(desk.server)).toBe('the Heads of State,')
  expect(desk.wire.sockets.map((socket) => sent(socket, 'submit').length)).toEqual([0, 1, 0])
})

test('updates that overtake the greeting are not lost', async () => {
  const server = serverWithText()
  const desk = new FakeDesk(server)
  await turn()
  const { last } = desk.wire
  last.deliverToClient()
  const before = Y.encodeStateVector(server.doc)
  const whole = Y.encodeStateAsUpdate(server.doc)
  server.change((doc) => baseTextOf(openDocument(doc), paragraphId(1))?.insert(0, 'Early '))
  const early = Y.encodeStateAsUpdate(server.doc, before)
  last.sendToClient(encodeFrame({ type: 'sync-update', update: early }))
  last.sendToClient(encodeFrame({ type: 'sync-step2', update: whole }))
  last.sendToClient(encodeFrame({ type: 'sync-step1', stateVector: before }))
  last.sendToClient(encodeFrame({ type: 'welcome', welcome: { session: 's' as SessionId, actor: PERSON } }))
  last.deliverToClient()
  expect(textOf(desk).toJSON()).toBe('Early We, the Heads of State,')
})

test('it waits longer after each failure, and not at all when the network or the person comes back', async () => {
  const desk = await liveDesk()
  const waits: number[] = []
  for (let i = 0; i < 9; i++) {
    desk.wire.last.drop()
    const { retryAt = 0 } = desk.session.status.get()
    waits.push(retryAt - desk.time.now())
    desk.time.advance(retryAt - desk.time.now())
  }
  expect(waits).toEqual([375, 750, 1_500, 3_000, 6_000, 12_000, 22_500, 22_500, 22_500])
  desk.wire.last.drop()
  const tries = desk.wire.sockets.length
  desk.signals.say('offline')
  expect(desk.wire.sockets).toHaveLength(tries)
  desk.signals.say('visible')
  expect(desk.wire.sockets).toHaveLength(tries + 1)
  desk.wire.last.drop()
  desk.signals.say('online')
  desk.settle()
  expect(desk.session.status.get().connection).toBe('online')
})

test('a server that does not greet is left and tried again', async () => {
  const desk = new FakeDesk(new FakeServer({ actor: PERSON }))
  await turn()
  desk.time.advance(GREETING_LIMIT + 5_000)
  expect(desk.session.status.get().connection).toBe('offline')
  expect(desk.wire.sockets.length).toBeGreaterThan(1)
  expect(desk.wire.sockets[0]?.over).toBe(true)
})

test('a dead connection is noticed, a merely silent one is kept', async () => {
  const desk = await liveDesk()
  for (let i = 0; i < 20; i++) {
    desk.time.advance(SILENCE / 3)
    desk.settle()
  }
  expect(desk.wire.sockets).toHaveLength(1)
  desk.time.advance(SILENCE * 2 + ANSWER)
  expect(desk.session.status.get().connection).toBe('offline')
  expect(desk.wire.sockets[0]?.over).toBe(true)
})

test('the word that the network is gone is checked, not believed', async () => {
  const desk = await liveDesk()
  desk.signals.say('offline')
  desk.settle()
  desk.time.advance(ANSWER)
  expect(desk.session.status.get().connection).toBe('online')
  desk.signals.say('offline')
  desk.time.advance(ANSWER)
  expect(desk.session.status.get().connection).toBe('offline')
})

test.each([
  ['revoked', 'stopped'],
  ['unauthorised', 'stopped'],
  ['no-document', 'stopped'],
  ['flood', 'stopped'],
  ['going-away', 'offline'],
  ['store-failed', 'offline'],
  ['slow', 'offline'],
] as const)('after %s it is %s', async (reason, connection) => {
  const desk = await liveDesk()
  desk.server.closeAll(reason)
  desk.settle()
  expect(desk.session.status.get().connection).toBe(connection)
  if (connection !== 'stopped') return
  expect(desk.session.status.get().reason).toBe(reason)
  desk.signals.say('online')
  desk.time.advance(600_000)
  expect(desk.wire.sockets).toHaveLength(1)
})

test("nothing is sent under another person's session", async () => {
  const server = new FakeServer({ actor: { ...PERSON, person: 'person-2' as PersonId }, judge })
  const desk = new FakeDesk(server)
  await turn()
  desk.session.od().doc.transact(() => desk.session.od().record.set('mine', 1), 'editor')
  desk.settle()
  expect(desk.session.status.get()).toEqual({
    connection: 'stopped',
    unsaved: true,
    reason: 'other-person',
  })
  expect(sent(desk.wire.last, 'submit')).toEqual([])
})

const caretAt = (clock: number): Caret => {
  const place = { host: paragraphId(1), item: [1, clock] as const }
  return { anchor: place, head: place }
}

test('the caret is sent at once, then at most once an interval, and again after a reconnect', async () => {
  const desk = await liveDesk()
  const carets = () => desk.server.sessions.at(-1)?.carets
  for (let i = 0; i < 5; i++) desk.session.sendCaret(caretAt(i))
  desk.settle()
  expect(carets()).toEqual([caretAt(0)])
  desk.time.advance(CARET_INTERVAL)
  desk.settle()
  expect(carets()).toEqual([caretAt(0), caretAt(4)])
  desk.time.advance(CARET_INTERVAL * 10)
  desk.settle()
  expect(carets()).toHaveLength(2)
  desk.wire.last.drop()
  desk.signals.say('online')
  desk.settle()
  expect(carets()).toEqual([caretAt(4)])
})

test('others are seen while connected, and not any more afterwards', async () => {
  const desk = await liveDesk()
  const other = {
    session: 's9' as SessionId,
    name: 'Ana',
    role: 'observer',
    participant: null,
    caret: null,
  } as const
  desk.server.presence([other])
  desk.settle()
  expect(desk.session.presence.get()).toEqual([other])
  expect(desk.session.presence.get()).toBe(desk.session.presence.get())
  desk.wire.last.drop()
  expect(desk.session.presence.get()).toEqual([])
})

test('a status that says the same is the same object, and nobody is told', async () => {
  const desk = await liveDesk()
  const before = desk.session.status.get()
  let told = 0
  desk.session.status.subscribe(() => told++)
  desk.server.change((doc) => baseTextOf(openDocument(doc), paragraphId(1))?.insert(0, 'x'))
  desk.settle()
  expect(desk.session.status.get()).toBe(before)
  expect(told).toBe(0)
})

function formatted(doc: Y.Doc): Uint8Array {
  const other = new Y.Doc()
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc))
  baseTextOf(openDocument(other), paragraphId(1))?.format(0, 6, { em: true })
  return Y.encodeStateAsUpdate(other, Y.encodeStateVector(doc))
}

test("two others who format the same words at once make nothing that is sent as this person's work", async () => {
  const desk = await liveDesk()
  const cleared: Y.Transaction[] = []
  desk.session.od().doc.on('afterTransaction', (transaction: Y.Transaction) => {
    if (transaction.local && transaction.deleteSet.clients.size > 0) cleared.push(transaction)
  })
  // One mark is too many. Left to itself Yjs would clear it away here, as if this person had done it.
  const others = [formatted(desk.server.doc), formatted(desk.server.doc)]
  Y.applyUpdate(desk.server.doc, Y.mergeUpdates(others))
  for (const update of others) desk.wire.last.sendToClient(encodeFrame({ type: 'sync-update', update }))
  desk.settle()
  desk.wire.last.drop()
  desk.signals.say('online')
  desk.settle()
  expect(desk.wire.sockets.flatMap((socket) => sent(socket, 'submit'))).toEqual([])
  expect(cleared).toEqual([])
})

test('14.1 after a refusal the document goes on without the words, over the same socket, and they are offered', async () => {
  const desk = await liveDesk()
  const before = desk.session.od()
  const { clientID } = before.doc
  let replaced = 0
  desk.session.onReplaced(() => replaced++)
  type(desk, 'kept ')
  desk.settle()
  type(desk, `bad ${FORBIDDEN}`)
  desk.wire.last.deliverToServer()
  type(desk, 'after ')
  desk.settle()
  expect(replaced).toBe(0)
  expect(desk.session.od()).toBe(before)
  expect(desk.session.od().doc.clientID).toBe(clientID)
  expect(desk.wire.sockets).toHaveLength(1)
  expect(textOf(desk).toJSON()).toBe('kept We, the Heads of State,')
  expect(desk.session.status.get()).toEqual({ connection: 'online', unsaved: false })
  const [salvaged] = desk.session.salvaged.get()
  expect(salvaged).toMatchObject({ code: 'not-allowed', message: 'Not this sign.' })
  expect(salvaged?.pieces.map(({ paragraph, text }) => ({ paragraph, text }))).toEqual([
    { paragraph: '1', text: `after bad ${FORBIDDEN}` },
  ])

  desk.reload()
  await turn()
  desk.settle()
  expect(desk.session.salvaged.get()).toEqual([salvaged])
  expect(desk.server.violations).toEqual([])
  desk.session.dismissSalvaged(salvaged?.id ?? '')
  desk.reload()
  expect(desk.session.salvaged.get()).toEqual([])
})

test('what is too large for one frame is not sent, and offered', async () => {
  const desk = await liveDesk()
  type(desk, 'x'.repeat(5_000_000))
  expect(desk.session.status.get()).toMatchObject({ connection: 'stopped', reason: 'oversize' })
  desk.time.advance(0)
  desk.settle()
  expect(desk.session.salvaged.get()[0]?.pieces[0]?.text).toHaveLength(5_000_000)
  expect(desk.session.status.get()).toEqual({ connection: 'online', unsaved: false })
})

test('a server that was set back to an earlier state is not given back what it lost', async () => {
  const desk = await liveDesk()
  const backup = Y.encodeStateAsUpdate(desk.server.doc)
  type(desk, 'acknowledged ')
  desk.settle()
  desk.wire.last.drop()
  type(desk, 'unsent ')
  desk.server.doc = new Y.Doc()
  Y.applyUpdate(desk.server.doc, backup)
  desk.reload()
  await turn()
  expect(textOf(desk).toJSON()).toBe('unsent acknowledged We, the Heads of State,')
  expect(desk.session.status.get().unsaved).toBe(true)
  desk.settle()
  expect(textOf(desk).toJSON()).toBe('We, the Heads of State,')
  expect(serverText(desk.server)).toBe('We, the Heads of State,')
  const [salvaged] = desk.session.salvaged.get()
  expect(salvaged?.code).toBe('other-history')
  expect(salvaged?.pieces.map((piece) => piece.text)).toEqual(['unsent '])
})

test('what was written offline survives closing the tab', async () => {
  const desk = await liveDesk()
  desk.wire.last.drop()
  type(desk, 'offline ')
  desk.reload()
  await turn()
  expect(desk.session.ready.get()).toBe(true)
  expect(textOf(desk).toJSON()).toBe('offline We, the Heads of State,')
  expect(desk.session.status.get().unsaved).toBe(true)
  desk.settle()
  expect(serverText(desk.server)).toBe('offline We, the Heads of State,')
})

test('nothing is left behind by a session that was closed', async () => {
  const desk = await liveDesk()
  desk.session.sendCaret(caretAt(1))
  type(desk, 'x')
  desk.session.dispose()
  expect(desk.time.pending).toBe(0)
  expect(desk.signals.listeners).toBe(0)
  expect(desk.wire.last.over).toBe(true)
})

test('17.9 while the disk of the server is full, it is said that nothing is saved, until something is', async () => {
  const desk = await liveDesk()
  type(desk, 'x')
  desk.wire.last.deliverToServer()
  desk.server.closeAll('unwritable')
  desk.wire.last.deliverToClient()
  expect(desk.session.status.get()).toMatchObject({ connection: 'offline', unsaved: true, unwritable: true })
  desk.time.advance(1_000)
  desk.settle()
  desk.server.commit()
  desk.settle()
  expect(desk.session.status.get()).toEqual({ connection: 'online', unsaved: false })
  expect(serverText(desk.server)).toMatch(/^x/)
})
