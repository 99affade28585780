import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, expect, it } from 'vitest'
import { addProposal, isTabled, paragraphsInOrder } from '#shared/document/schema.ts'
import type { ParticipantId, ProposalId } from '#shared/model/ids.ts'
import { newProposalId } from '#shared/model/ids.ts'
import { HeadlessClient } from '#test/kit/client.ts'
import { ask, importPlain, linkFor } from '#test/kit/http.ts'
import { seconds } from '#test/kit/patience.ts'
import { temporaryFolder } from '#test/kit/places.ts'
import { wording } from '#test/kit/proposing.ts'
import { Random } from '#test/kit/random.ts'
import { informals, startServer } from '#test/kit/server.ts'
import { until } from '#test/kit/until.ts'

const KILLS = Number(process.env['INFORMALS_KILLS'] ?? 10)
const SEED = Number(process.env['INFORMALS_SEED'] ?? 4_404)

const clients: HeadlessClient[] = []
afterEach(() => {
  for (const client of clients.splice(0)) client.close()
})

async function enter(token: string, url: string, place: string): Promise<HeadlessClient> {
  const client = new HeadlessClient(token)
  clients.push(client)
  await client.connect(url, place)
  return client
}

it(
  `4.4 a draft is tabled once and never lost, through ${KILLS} kills at any moment of it`,
  { timeout: seconds(300) },
  async () => {
    const random = new Random(SEED)
    const folder = temporaryFolder()
    const imported = await importPlain(folder, 2)
    const { document } = imported
    const { token } = linkFor(imported, 'delegation', 'KEN')
    const observer = linkFor(imported, 'observer').token
    const drafts: { id: ProposalId; words: string }[] = []
    let server = await startServer(folder)
    for (let kill = 0; kill < KILLS; kill++) {
      const room = await enter(token, server.url, document)
      const space = await enter(token, server.url, `${document}/drafts/KEN`)
      const paragraph = paragraphsInOrder(room.od)[0]!.id
      const draft = { id: newProposalId((n) => random.bytes(n)), words: `words${kill}` }
      drafts.push(draft)
      const by = 'KEN' as ParticipantId
      const head = { kind: 'text', by, paragraph, quote: '' } as const
      const anchor = { kind: 'point', host: paragraph, paragraph, at: null } as const
      space.change(() =>
        space.od.doc.transact(() => addProposal(space.od, draft.id, head, anchor, draft.words)),
      )
      await space.saved()

      const command = { kind: 'drafts-table', space: 'KEN', drafts: [draft.id] }
      const body = { key: `key-of-tabling-${kill}`, command }
      const place = `/api/documents/${document}/commands`
      const asked = ask(server.url + place, { token, body }).catch(() => null)
      // Half of the kills come on the heels of the room's commit, when the space may not know yet.
      if (random.chance(0.5)) await until('the room to have it', () => room.od.proposals.has(draft.id))
      else await delay(random.int(40))
      await server.kill()
      await asked

      server = await startServer(folder)
      expect((await ask(server.url + place, { token, body })).status).toBe(200)
      const fresh = await enter(observer, server.url, document)
      const back = await enter(token, server.url, `${document}/drafts/KEN`)
      for (const { id, words } of drafts) {
        expect(wording(fresh.od, id)).toBe(words)
        expect(isTabled(back.od, id)).toBe(true)
      }
      for (const client of clients.splice(0)) client.close()
    }
    expect(await server.stop()).toBe(0)
    const verified = await informals(folder, ['verify'])
    expect(verified.stderr + verified.stdout).toMatch(/^All sound/)
  },
)
