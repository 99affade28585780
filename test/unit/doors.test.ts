import { EventEmitter } from 'node:events'
import type { Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import type { WebSocket } from 'ws'
import { PartialWatch } from '#server/http/sync/partial.ts'
import { Connections } from '#server/http/server.ts'
import { SocketCount } from '#server/http/sync/sockets.ts'
import { KeyedQueue } from '#server/http/keyed-queue.ts'
import { DEFAULT_LIMITS } from '#server/room/limits/limits.ts'
import { FakeTime } from '#test/kit/fake-time.ts'

function setUp() {
  const time = new FakeTime()
  const watch = new PartialWatch({
    monotonic: () => time.monotonic(),
    every: (ms, run) => {
      const again = (): void => void time.after(ms, () => (run(), again()))
      again()
      return () => {}
    },
  })
  const ws = new EventEmitter()
  const stream = { bytesRead: 0 }
  const late: number[] = []
  watch.watch(ws as WebSocket, stream, (bytes) => late.push(bytes))
  return { time, ws, stream, late }
}

describe('a message that comes by the byte', () => {
  it('has a deadline', () => {
    const { time, stream, late } = setUp()
    for (let i = 0; i < 10; i++) {
      stream.bytesRead += 1
      time.advance(5_000)
    }
    expect(late).toEqual([8])
  })

  it('has more time on a slow line, as long as it comes', () => {
    const { time, ws, stream, late } = setUp()
    for (let i = 0; i < 60; i++) {
      stream.bytesRead += 25_000
      time.advance(5_000)
    }
    expect(late).toEqual([])
    ws.emit('message')
    time.advance(600_000)
    expect(late).toEqual([])
  })

  it('has none while whole messages come', () => {
    const { time, ws, stream, late } = setUp()
    for (let i = 0; i < 60; i++) {
      stream.bytesRead += 100
      time.advance(2_000)
      ws.emit(i % 2 ? 'message' : 'pong', Buffer.alloc(94))
    }
    expect(late).toEqual([])
  })

  it('has its deadline however many pings come between its fragments', () => {
    const { time, ws, stream, late } = setUp()
    stream.bytesRead += 40
    for (let i = 0; i < 10; i++) {
      stream.bytesRead += 16
      ws.emit('ping', Buffer.alloc(10))
      time.advance(5_000)
    }
    expect(late).toEqual([40])
  })
})

const count = () => new SocketCount({ ...DEFAULT_LIMITS, socketsPerInvitation: 2, socketsPerAddress: 3 })

describe('sockets', () => {
  it('are counted by invitation and by address, and again when they have closed', () => {
    const sockets = count()
    const leave = [1, 2].map(() => sockets.enter({ invitation: 'a', address: 'hall' }))
    expect(sockets.enter({ invitation: 'a', address: 'home' })).toBeNull()
    expect(sockets.enter({ invitation: 'b', address: 'hall' })).not.toBeNull()
    expect(sockets.enter({ invitation: 'c', address: 'hall' })).toBeNull()
    leave[0]?.()
    expect(sockets.enter({ invitation: 'c', address: 'hall' })).not.toBeNull()
  })

  it('of strangers take nobody else’s place', () => {
    const sockets = count()
    const strangers = Array.from({ length: 70 }, () => sockets.enterStranger('hall'))
    expect(strangers.filter((leave) => leave === null)).toHaveLength(6)
    expect(sockets.enter({ invitation: 'a', address: 'hall' })).not.toBeNull()
    for (const leave of strangers) leave?.()
    expect(sockets.size).toBe(2)
  })
})

it('of too many connections from one address the one that is quiet longest is ended', () => {
  const connections = new Connections(2)
  const ended: string[] = []
  const socket = (name: string, remoteAddress = '192.0.2.1') =>
    Object.assign(new EventEmitter(), { remoteAddress, destroy: () => ended.push(name) }) as unknown as Socket
  const [first, second] = [socket('first'), socket('second')]
  connections.add(first)
  connections.add(second)
  connections.heard(first)
  connections.add(socket('third'))
  expect(ended).toEqual(['second'])
  connections.add(socket('from elsewhere', '192.0.2.2'))
  second.emit('close')
  connections.remove(first)
  connections.add(socket('fourth'))
  expect(ended).toEqual(['second'])
})

it('connections that have asked for nothing end before one whose request is still coming in, however old that is', () => {
  const connections = new Connections(3)
  const ended: string[] = []
  const socket = (name: string) => {
    const events = new EventEmitter()
    const destroy = () => {
      ended.push(name)
      events.emit('close')
    }
    return Object.assign(events, { remoteAddress: '192.0.2.1', destroy }) as unknown as Socket
  }
  const slow = socket('slow')
  connections.add(slow)
  connections.heard(slow)
  for (let i = 0; i < 5; i++) connections.add(socket(`half ${i}`))
  expect(ended).toEqual(['half 0', 'half 1', 'half 2'])
  // Where all are asking, the one that has been quiet longest makes room for who comes.
  const asking = [socket('a'), socket('b'), socket('c')]
  for (const one of asking) {
    connections.add(one)
    connections.heard(one)
  }
  expect(ended.slice(3)).toEqual(['half 3', 'half 4', 'slow'])
})

describe('turns', () => {
  it('let one do its work at a time of each key, in order, whether others fail', async () => {
    const turns = new KeyedQueue()
    const gate = Promise.withResolvers<void>()
    const order: string[] = []
    const first = turns.take('a', async () => {
      await gate.promise
      order.push('first')
      throw new Error('it failed')
    })
    const second = turns.take('a', async () => order.push('second'))
    await turns.take('b', async () => order.push('another'))
    expect(order).toEqual(['another'])
    gate.resolve()
    await expect(first).rejects.toThrow('it failed')
    await second
    expect(order).toEqual(['another', 'first', 'second'])
  })

  it('let only so many wait', async () => {
    const turns = new KeyedQueue()
    const gate = Promise.withResolvers<void>()
    const waiting = Array.from({ length: 2_000 }, () => turns.take('a', () => gate.promise))
    expect(await turns.take('a', async () => true)).toBeNull()
    expect(await turns.take('b', async () => true)).toBe(true)
    gate.resolve()
    await Promise.all(waiting)
    expect(await turns.take('a', async () => true)).toBe(true)
  })
})
