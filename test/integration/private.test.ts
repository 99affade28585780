import * as Y from 'yjs'
import { expect, it } from 'vitest'
import { contentOf, isTabled } from '#shared/document/schema.ts'
import type { CommentId, ParticipantId, ProposalId } from '#shared/model/ids.ts'
import { isPermanent } from '#shared/protocol/close.ts'
import { encodeFrame } from '#shared/protocol/wire.ts'
import { PrivateHouse, type Recorder } from '#test/kit/private-house.ts'
import { wording } from '#test/kit/proposing.ts'
import { until } from '#test/kit/until.ts'

const HTTP_PLACES = [
  '',
  '/export?format=text&view=all',
  '/export?format=text&view=clean',
  '/export?format=json&view=all',
  '/export?format=json&view=base',
]

async function allAnswers(house: PrivateHouse, tokens: readonly string[]): Promise<string[]> {
  const replies = tokens.flatMap((token) => HTTP_PLACES.map((place) => house.ask(token, place)))
  return (await Promise.all(replies)).map(({ status, text }) => `${status} ${text}`)
}

async function following(recorder: Recorder): Promise<Recorder> {
  await until('the socket', () => recorder.socket.readyState === recorder.socket.OPEN)
  recorder.socket.send(encodeFrame({ type: 'hello', version: 1 }))
  recorder.socket.send(encodeFrame({ type: 'sync-step1', stateVector: new Uint8Array([0]) }))
  await until('the document', () => recorder.frames.length >= 3)
  return recorder
}

it('4.1 while a delegation drafts, comments, amends and edits privately, nobody else is sent one byte of it', async () => {
  const house = await PrivateHouse.open()
  const { time } = house.house
  const others = await Promise.all([
    house.invite('delegation', 'JPN'),
    house.invite('delegation', 'G77'),
    house.invite('facilitator'),
    house.invite('secretariat'),
    house.invite('observer'),
  ])
  const kenya = await house.invite('delegation', 'KEN')
  const room = await house.house.join(house.house.actor('delegation', 'KEN'))
  const tabled = room.propose('said to all')
  await room.saved()
  const listeners = await Promise.all(others.map((token) => following(house.listen(token))))
  const intruders = others.map((token) => house.listen(token, '/drafts/KEN'))
  await until('all to be sent away', () => intruders.every(({ closed }) => closed !== null))
  const before = await allAnswers(house, others)
  time.advance(5_000)
  await Promise.all(listeners.map((listener) => until('a quiet room', () => listener.frames.length >= 4)))
  const frames = listeners.map((listener) => listener.frames.length)

  const space = await house.enter('KEN', room)
  const first = house.draft(space, room.od, { from: 3, to: 12 }, 'zanzibar')
  const second = house.draft(space, room.od, { host: tabled }, 'serengeti')
  await space.saved()
  space.type(first, ' kilimanjaro')
  const third = house.draft(space, room.od, { host: first }, 'naivasha')
  space.od.doc.transact(() => contentOf(space.od, first)?.delete(0, 3))
  await space.saved()
  const comment = {
    kind: 'comment-add',
    comment: 'c0000000000000000',
    on: first,
    thread: null,
    text: 'mombasa',
    space: 'KEN',
  }
  expect((await house.command(kenya, comment)).status).toBe(200)
  expect((await house.command(kenya, { kind: 'proposal-withdraw', proposal: third })).status).toBe(200)
  space.say({
    type: 'caret',
    caret: { anchor: { host: first, item: null }, head: { host: first, item: null } },
  })
  // In the room she is nowhere, as before: said again it is not told on.
  room.say({ type: 'caret', caret: null })
  time.advance(5_000)
  await until('the comment', () => space.od.record.has('comment/c0000000000000000'))

  // What anybody else may ask for is answered as before; and a change that is for all comes as the next frame.
  expect(await allAnswers(house, others)).toEqual(before)
  expect(listeners.map((listener) => listener.frames.length)).toEqual(frames)
  room.type(tabled, ' and more')
  await room.saved()
  await Promise.all(
    listeners.map((listener, i) => until('the next frame', () => listener.frames.length > frames[i]!)),
  )
  // In the order in which they were sent: had there been another one, it would have come before.
  expect(listeners.map((listener) => listener.frames.length)).toEqual(frames.map((count) => count + 1))
  for (const [i, { frames: intruded, closed }] of intruders.entries()) {
    expect(intruded, others[i]).toEqual([])
    expect(isPermanent(closed!)).toBe(true)
  }
  const secrets = [
    'zanzibar',
    'kilimanjaro',
    'serengeti',
    'naivasha',
    'mombasa',
    first,
    second,
    third,
    'c00000',
  ]
  for (const { bytes } of listeners) for (const secret of secrets) expect(bytes.includes(secret)).toBe(false)
  expect(space.od.proposals.size).toBe(3)
  expect(wording(space.od, first)).toBe('zibar kilimanjaro')
})

it('4.1 nobody else’s command reaches a private space, nor tells whether there is one', async () => {
  const house = await PrivateHouse.open()
  const kenya = await house.invite('delegation', 'KEN')
  const room = await house.house.join(house.house.actor('delegation', 'KEN'))
  const space = await house.enter('KEN', room)
  const draft = house.draft(space, room.od, {}, 'zanzibar')
  await space.saved()
  const others = [
    await house.invite('delegation', 'JPN'),
    await house.invite('facilitator'),
    await house.invite('observer'),
  ]
  const before = Y.encodeStateVector(space.od.doc)
  for (const token of others) {
    for (const participant of ['KEN', 'NOR']) {
      const add = { kind: 'comment-add', comment: 'c0000000000000001', on: draft, thread: null, text: 'x' }
      const commented = await house.command(token, { ...add, space: participant })
      const tabled = await house.command(token, { kind: 'drafts-table', space: participant, drafts: [draft] })
      for (const { status, json } of [commented, tabled]) {
        expect(status).toBe(409)
        expect(json).toMatchObject({ code: 'not-allowed', message: 'This private space is not yours.' })
      }
    }
    const withdrawn = await house.command(token, { kind: 'proposal-withdraw', proposal: draft })
    const unknown = 'q0000000000000000' as ProposalId
    const never = await house.command(token, { kind: 'proposal-withdraw', proposal: unknown })
    expect(withdrawn.text).toBe(never.text)
  }
  expect(Y.encodeStateVector(space.od.doc)).toEqual(before)
  const info = (token: string) => house.ask(token, '')
  expect((await info(kenya)).json).toMatchObject({ spaces: ['KEN'] })
  for (const token of others.slice(1)) expect((await info(token)).json).toMatchObject({ spaces: [] })
  expect((await house.house.store.documents()).map(({ id }) => id)).toEqual([house.house.document])
  expect(await house.house.store.verify()).toEqual([])
})

it('4.1 members of a group draft together in its space; 4.3 only who speaks for the group tables it', async () => {
  const house = await PrivateHouse.open()
  const kenya = await house.invite('delegation', 'KEN')
  const group = await house.invite('delegation', 'G77')
  const japan = await house.house.join(house.house.actor('delegation', 'JPN'))
  expect((await house.ask(kenya, '')).json).toMatchObject({ spaces: ['KEN', 'G77'] })
  const room = await house.house.join(house.house.actor('delegation', 'KEN'))
  const speaker = await house.house.join(house.house.actor('delegation', 'G77'))
  const member = await house.enter('G77', room)
  const spoken = await house.enter('G77', speaker)
  await expect(house.enter('G77', japan)).rejects.toThrow('unauthorised')
  const draft = house.draft(member, room.od, { by: 'G77' as ParticipantId }, 'for the group')
  await member.saved()
  await until('the draft', () => spoken.od.proposals.has(draft))
  spoken.type(draft, ' as a whole')
  await spoken.saved()
  const command = { kind: 'drafts-table', space: 'G77', drafts: [draft] }
  expect((await house.command(kenya, command)).json).toMatchObject({ code: 'not-allowed' })
  expect((await house.command(group, command)).status).toBe(200)
  await until('the proposal', () => japan.od.proposals.has(draft))
  expect(wording(japan.od, draft)).toBe('for the group as a whole')
  expect(japan.od.proposals.get(draft)?.get('head')).toMatchObject({ by: 'G77' })
  await until('the space to know', () => isTabled(member.od, draft))
})

it('1.1 whoever leaves a group is sent away from its space, and not let in again', async () => {
  const house = await PrivateHouse.open()
  const { time } = house.house
  const last = Date.UTC(2023, 11, 14)
  time.advance(last - 5_000 - time.now())
  const room = await house.house.join(house.house.actor('delegation', 'BTN'))
  const inside = await house.enter('LDCs', room)
  time.advance(2_000)
  expect(inside.socket.closed).toBeNull()
  time.advance(5_000)
  expect(inside.socket.closed).toBe('revoked')
  expect(room.socket.closed).toBeNull()
  await expect(house.enter('LDCs', room)).rejects.toThrow('unauthorised')
})

it('10.1 comments within a space are its own, and stay out of the room’s log', async () => {
  const house = await PrivateHouse.open()
  const kenya = await house.invite('delegation', 'KEN')
  const room = await house.house.join(house.house.actor('delegation', 'KEN'))
  const space = await house.enter('KEN', room)
  const comment = 'c0000000000000002' as CommentId
  const on = [...room.od.paragraphs.keys()][0]
  const add = { kind: 'comment-add', comment, on, thread: null, text: 'mombasa', space: 'KEN' }
  expect((await house.command(kenya, add)).status).toBe(200)
  await until('the comment', () => space.od.record.has(`comment/${comment}`))
  const rows = await house.house.store.rows(house.house.document, 0, 100)
  expect(JSON.stringify(rows)).not.toContain('mombasa')
  const resolve = { kind: 'comment-resolve', comment, resolved: true, space: 'KEN' }
  expect((await house.command(kenya, resolve)).status).toBe(200)
  expect((await house.command(kenya, { kind: 'comment-remove', comment, space: 'KEN' })).status).toBe(200)
  await until('it to be taken back', () =>
    JSON.stringify(space.od.record.get(`comment/${comment}`)).includes('removed'),
  )
})
