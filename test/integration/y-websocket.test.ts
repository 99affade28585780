import { expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { writeText } from '#shared/formats/text/write-text.ts'
import { openDocument } from '#shared/document/schema.ts'
import { HeadlessClient } from '#test/kit/client.ts'
import { importPlain, linkFor } from '#test/kit/http.ts'
import { temporaryFolder } from '#test/kit/places.ts'
import { proposeInsertion, typeInto, typeIntoBase } from '#test/kit/proposing.ts'
import { Random } from '#test/kit/random.ts'
import { informals, startServer } from '#test/kit/server.ts'
import { until } from '#test/kit/until.ts'

function provider(url: string, document: string, token: string, doc: Y.Doc): WebsocketProvider {
  return new WebsocketProvider(`${url.replace('http', 'ws')}/sync`, document, doc, {
    params: { token },
    WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
    disableBc: true,
  })
}

it('a stock client follows a document live, over a restart too', async () => {
  const folder = temporaryFolder()
  const imported = await importPlain(folder, 3)
  let server = await startServer(folder)
  const { port } = server
  const od = openDocument(new Y.Doc())
  const { document } = imported
  const stock = provider(server.url, document, linkFor(imported, 'observer').token, od.doc)
  const writer = new HeadlessClient(linkFor(imported, 'delegation', 'KEN').token)
  await writer.connect(server.url, document)
  await until('the document', () => stock.synced)
  const random = new Random(1)
  const made: ReturnType<typeof proposeInsertion>[] = []
  writer.change(() =>
    made.push(proposeInsertion(writer.od, writer.actor!, 0, ' and', (n) => random.bytes(n))),
  )
  for (const word of [' so', ' on']) writer.change(() => typeInto(writer.od, made[0]!, word))
  await writer.saved()
  await until('the words', () => writeText(od).includes('[and so on – KEN]'))
  expect(writeText(od)).toBe(writeText(writer.od))

  await server.stop()
  await until('the disconnection', () => !stock.wsconnected)
  server = await startServer(folder, { PORT: String(port) })
  await writer.connect(server.url, document)
  writer.change(() => typeInto(writer.od, made[0]!, ' forth'))
  await until('the words', () => writeText(od).includes('[and so on forth – KEN]'))
  stock.destroy()
  writer.close()
})

it('a stock client may write what its token allows, and is stopped for good when it forges', async () => {
  const folder = temporaryFolder()
  const imported = await importPlain(folder, 3)
  const server = await startServer(folder)
  const { document } = imported
  const od = openDocument(new Y.Doc())
  const stock = provider(server.url, document, linkFor(imported, 'delegation', 'KEN').token, od.doc)
  await until('the document', () => stock.synced)
  const random = new Random(2)
  const actor = { person: 'x', name: '', role: 'delegation', participant: 'KEN' } as unknown as Parameters<
    typeof proposeInsertion
  >[1]
  proposeInsertion(od, actor, 0, ' honestly', (n) => random.bytes(n))
  const text = async () => (await informals(folder, ['export', document])).stdout
  await until('the words', async () => (await text()).includes('honestly'))
  const closed = new Promise<number>((resolve) => stock.on('closed', ({ code }) => resolve(code)))
  typeIntoBase(od, 0, 'Forged. ')
  expect(await closed).toBe(4409)
  expect(stock.shouldConnect).toBe(false)
  expect(await text()).not.toContain('Forged')
  stock.destroy()
})
