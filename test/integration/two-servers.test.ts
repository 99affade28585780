import { expect, it } from 'vitest'
import type { ProposalId } from '#shared/model/ids.ts'
import { HeadlessClient } from '#test/kit/client.ts'
import { importPlain, linkFor } from '#test/kit/http.ts'
import { temporaryFolder } from '#test/kit/places.ts'
import { proposeInsertion, typeInto, wording } from '#test/kit/proposing.ts'
import { Random } from '#test/kit/random.ts'
import { informals, startServer } from '#test/kit/server.ts'

it('two servers started on one data directory by mistake lose and spoil nothing', async () => {
  const folder = temporaryFolder()
  const imported = await importPlain(folder, 3)
  const { document } = imported
  const servers = [await startServer(folder), await startServer(folder)]
  const random = new Random(9)
  const writers = await Promise.all(
    ['KEN', 'JPN'].map(async (code, i) => {
      const client = new HeadlessClient(linkFor(imported, 'delegation', code).token)
      await client.connect(servers[i]!.url, document)
      const ids: ProposalId[] = []
      client.change(() =>
        ids.push(proposeInsertion(client.od, client.actor!, i, '', (n) => random.bytes(n), 1)),
      )
      return { client, id: ids[0]! }
    }),
  )
  for (let round = 0; round < 40; round++) {
    for (const { client, id } of writers) client.change(() => typeInto(client.od, id, `${round} `))
    await writers[round % 2]!.client.saved()
  }
  await Promise.all(writers.map(({ client }) => client.saved()))
  const fresh = new HeadlessClient(linkFor(imported, 'observer').token)
  const third = await startServer(folder)
  await fresh.connect(third.url, document)
  const expected = Array.from({ length: 40 }, (_, round) => `${round} `).join('')
  for (const { id } of writers) expect(wording(fresh.od, id)).toBe(expected)
  for (const { client } of writers) expect(client.refusal).toBeNull()
  for (const { client } of [...writers, { client: fresh }]) client.close()
  for (const server of [...servers, third]) expect(await server.stop()).toBe(0)
  expect(await informals(folder, ['verify'])).toMatchObject({ code: 0, stderr: '' })
})
