import { setTimeout as delay } from 'node:timers/promises'
import { connect } from 'node:net'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { decodeServerFrame, encodeFrame } from '#shared/protocol/wire.ts'

// node test/bench/doors-load.ts KIND SECONDS URL DOCUMENT OBSERVER FACILITATOR: one kind of load, by one observer, a
// stranger, or (imports) a facilitator; the last two words are tokens. Prints how much it did.

const [kind = '', seconds = '0', url = '', document = '', observer = '', facilitator = ''] =
  process.argv.slice(2)
const end = Date.now() + Number(seconds) * 1000
const going = () => Date.now() < end
let done = 0

/** So many at the same time do it again and again; a failure is a pause. */
async function loop(parallel: number, act: (worker: number) => Promise<unknown>): Promise<void> {
  await Promise.all(
    Array.from({ length: parallel }, async (_, worker) => {
      while (going()) {
        await act(worker).then(
          () => done++,
          () => delay(20),
        )
      }
    }),
  )
}

const api = `${url}/api/documents/${document}`
const authorization = (token: string) => ({ authorization: `Bearer ${token}` })

async function ask(address: string, init: RequestInit = {}): Promise<void> {
  const response = await fetch(address, { redirect: 'manual', ...init, signal: AbortSignal.timeout(60_000) })
  await response.arrayBuffer()
}

/** An open socket of the observer's that has said hello. */
async function open(): Promise<WebSocket> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/sync/${document}?token=${observer}`)
  socket.on('error', () => {})
  await new Promise<void>((resolve, reject) => socket.once('open', resolve).once('close', reject))
  socket.send(encodeFrame({ type: 'hello', version: 1 }))
  return socket
}

/** Sends again and again, as fast as it goes, until the socket closes. */
async function pour(frame: Uint8Array): Promise<void> {
  const socket = await open()
  while (going() && socket.readyState === WebSocket.OPEN) {
    socket.send(frame)
    done++
    await delay(socket.bufferedAmount > 8e6 ? 20 : 0)
  }
  socket.terminate()
}

const JOIN = encodeFrame({ type: 'sync-step1', stateVector: new Uint8Array([0]) })

/** The document as it is sent to somebody who comes with nothing. */
async function wholeDocument(): Promise<Y.Doc> {
  const doc = new Y.Doc()
  const socket = await open()
  await new Promise<void>((resolve) => {
    socket.on('message', (data: Buffer) => {
      const frame = decodeServerFrame(new Uint8Array(data))
      if (frame?.type === 'sync-step2') Y.applyUpdate(doc, frame.update)
      if (frame?.type === 'sync-step1') resolve()
    })
    socket.send(JOIN)
  })
  socket.terminate()
  return doc
}

/** An update of at most so many bytes that holds nothing new. */
function knownUpdate(doc: Y.Doc, most: number): Uint8Array {
  const state = Y.decodeStateVector(Y.encodeStateVector(doc))
  for (let part = 1; ; part *= 0.7) {
    const from = new Map([...state].map(([client, clock]) => [client, Math.floor(clock * (1 - part))]))
    const update = Y.encodeStateAsUpdate(doc, Y.encodeStateVector(from))
    if (update.length <= most) return update
  }
}

/** Connections that never finish what they have begun. */
async function dribble(): Promise<void> {
  const port = Number(new URL(url).port)
  const sockets = Array.from({ length: 300 }, () => {
    const socket = connect(port, '127.0.0.1').on('error', () => {})
    socket.write('GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ')
    return socket
  })
  const web = await Promise.all(Array.from({ length: 100 }, () => open().catch(() => null)))
  // A masked binary frame of four megabytes, of which little ever comes.
  const begun = Buffer.from([0x82, 0xff, 0, 0, 0, 0, 0, 0x3f, 0xff, 0xff, 1, 2, 3, 4])
  const raw = web.flatMap((socket) =>
    socket ? [(socket as unknown as { _socket: (typeof sockets)[0] })._socket] : [],
  )
  for (const stream of raw) stream.write(begun)
  while (going()) {
    for (const stream of [...sockets, ...raw]) if (stream.writable) stream.write('a')
    done++
    await delay(50)
  }
}

const bomb = Buffer.from('1. We begin.\n\n' + 'A heading here\n\n'.repeat(400_000)).subarray(0, 4_999_999)

const LOADS: Readonly<Record<string, () => Promise<void>>> = {
  joins: () =>
    loop(8, async () => {
      const socket = await open()
      for (let i = 0; i < 200 && going() && socket.readyState === WebSocket.OPEN; i++) {
        socket.send(JOIN)
        await delay(2)
      }
      socket.terminate()
    }),
  bodies: () => {
    const list = JSON.stringify({
      key: 'a-key-of-a-stranger',
      command: Array.from({ length: 300_000 }, () => ({})),
    })
    const headers = { 'content-type': 'application/json' }
    return loop(8, (worker) =>
      worker % 2
        ? ask(`${url}/api/documents`, { method: 'POST', headers, body: `{"file":"${'A'.repeat(2e7)}"}` })
        : ask(`${api}/commands`, { method: 'POST', headers, body: list }),
    )
  },
  garbage: () => {
    const update = new Uint8Array(3.9e6).map((_, i) => (i * 7919) % 251)
    const frame = encodeFrame({ type: 'sync-update', update })
    return loop(4, () => pour(frame))
  },
  replays: async () => {
    const update = knownUpdate(await wholeDocument(), 1_000_000)
    await loop(4, () => pour(encodeFrame({ type: 'sync-update', update })))
  },
  dribble,
  links: () =>
    loop(16, async () => {
      const followed = await fetch(`${url}/i/${observer}`, { redirect: 'manual' })
      const cookie = (followed.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
      await ask(api, { headers: { cookie } })
      const socket = new WebSocket(`${url.replace('http', 'ws')}/sync/${document}`, { headers: { cookie } })
      socket.on('error', () => {})
      await new Promise<void>((resolve) => socket.once('open', resolve).once('close', () => resolve()))
      if (socket.readyState === WebSocket.OPEN) socket.send(JOIN)
      setTimeout(() => socket.terminate(), 500)
    }),
  reads: () => {
    const headers = authorization(observer)
    const asks = [
      () => ask(`${api}/export?format=json&view=all`, { headers }),
      () => ask(`${api}/export?format=text&view=all`, { headers }),
      () => ask(`${api}/texts/${1 + (done % 40)}`, { headers }),
      () => ask(`${api}/looked`, { method: 'PUT', headers }),
    ]
    return loop(16, (worker) => asks[worker % asks.length]!())
  },
  imports: () => {
    const headers = { ...authorization(facilitator), 'content-type': 'application/json' }
    const body = JSON.stringify({ from: document, file: bomb.toString('base64') })
    return loop(3, () => ask(`${url}/api/documents`, { method: 'POST', headers, body }))
  },
}

const load = LOADS[kind]
if (!load) throw new Error(`no load “${kind}”: one of ${Object.keys(LOADS).join(', ')}`)
setTimeout(() => process.exit(0), Number(seconds) * 1000 + 2_000).unref()
await load()
console.log(done)
process.exit(0)
