import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, expect, it } from 'vitest'
import { paragraphsInOrder } from '#shared/document/schema.ts'
import type { ProposalId } from '#shared/model/ids.ts'
import { writeText } from '#shared/formats/text/write-text.ts'
import { HeadlessClient } from '#test/kit/client.ts'
import { seconds } from '#test/kit/patience.ts'
import { temporaryFolder } from '#test/kit/places.ts'
import { proposeInsertion, typeInto, wording } from '#test/kit/proposing.ts'
import { Random } from '#test/kit/random.ts'
import { informals, informalsJson, startServer } from '#test/kit/server.ts'
import { until } from '#test/kit/until.ts'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

const KILLS = Number(process.env['INFORMALS_KILLS'] ?? 12)
const SEED = Number(process.env['INFORMALS_SEED'] ?? 20_310)
const DELEGATIONS = ['KEN', 'JPN', 'EU', 'G77', 'NOR']

interface Imported {
  document: string
  links: { role: string; participant: string | null; token: string }[]
}

/** One delegation at work: what it typed, and what the server said was saved. */
interface Writer {
  readonly token: string
  client: HeadlessClient
  proposal: ProposalId
  readonly saved: string[]
  typed: number
}

const clients: HeadlessClient[] = []
afterEach(() => {
  for (const client of clients.splice(0)) client.close()
})

function newClient(token: string): HeadlessClient {
  const client = new HeadlessClient(token)
  clients.push(client)
  return client
}

it(
  `keeps everything that was acknowledged through ${KILLS} kills at any moment`,
  { timeout: seconds(600) },
  async () => {
    const random = new Random(SEED)
    const folder = temporaryFolder()
    const draft = join(folder, 'draft.txt')
    writeFileSync(draft, Array.from({ length: 6 }, (_, i) => `${i + 1}. We reaffirm our aim.\n`).join('\n'))
    const { document, links } = await informalsJson<Imported>(folder, [
      'import',
      draft,
      ...DELEGATIONS.flatMap((code) => ['--participant', code]),
    ])
    const observer = links.find((link) => link.role === 'observer')!.token
    // Snapshots often, so that kills fall into their making too.
    const settings = { SNAPSHOT_EVERY: '40' }
    let server = await startServer(folder, settings)

    const writers: Writer[] = []
    for (const link of links.filter((candidate) => candidate.role === 'delegation')) {
      const client = newClient(link.token)
      await client.connect(server.url, document)
      const bytes = (n: number) => random.bytes(n)
      let proposal: ProposalId | null = null
      client.change(() => {
        proposal = proposeInsertion(client.od, client.actor!, writers.length, '', bytes)
      })
      await client.saved()
      writers.push({ token: link.token, client, proposal: proposal!, saved: [], typed: 0 })
    }

    let lossless = 0
    for (let kill = 0; kill < KILLS; kill++) {
      const before = writers.map((writer) => writer.saved.length)
      await typeUntilKilled(writers, random, () => server.kill())
      server = await startServer(folder, settings)

      // Before anybody comes back with a memory of it: what does the server itself still know?
      const fresh = newClient(observer)
      await fresh.connect(server.url, document)
      for (const writer of writers) expectKept(wording(fresh.od, writer.proposal), writer.saved)
      fresh.close()
      lossless += writers.filter((writer, i) => writer.saved.length > before[i]!).length

      // Some come back with what they had, some with an empty machine.
      for (const writer of writers) {
        if (random.chance(0.4)) {
          writer.client.close()
          writer.client = newClient(writer.token)
        }
        await writer.client.connect(server.url, document)
        expect(writer.client.refusal).toBeNull()
      }
    }
    expect(lossless).toBeGreaterThan(KILLS)

    await Promise.all(writers.map((writer) => writer.client.saved()))
    const fresh = newClient(observer)
    await fresh.connect(server.url, document)
    for (const writer of writers) expectKept(wording(fresh.od, writer.proposal), writer.saved)
    await until('all screens to be equal', () =>
      writers.every((writer) => writeText(writer.client.od) === writeText(fresh.od)),
    )
    expect(paragraphsInOrder(fresh.od)).toHaveLength(6)
    expect(await server.stop()).toBe(0)
    const verified = await informals(folder, ['verify'])
    expect(verified.stderr + verified.stdout).toMatch(/^All sound/)
    expect(verified.code).toBe(0)
  },
)

/**
 * Everybody types words of their own, each once, at a pace of their own, until the server is gone. Half of the kills
 * come at a random time; the others on the heels of an acknowledgement, when one that was given too early shows.
 */
async function typeUntilKilled(writers: readonly Writer[], random: Random, kill: () => Promise<void>) {
  const killing = Promise.withResolvers<void>()
  const server = { gone: false, savesLeft: random.chance(0.5) ? 1 + random.int(60) : Infinity }
  const end = () => {
    if (server.gone) return
    server.gone = true
    kill().then(killing.resolve, killing.reject)
  }
  if (server.savesLeft === Infinity) setTimeout(end, 30 + random.int(400))
  const pauses = writers.map(() => random.int(12))
  await Promise.all(
    writers.map(async (writer, i) => {
      while (!server.gone) {
        const word = `w${i}x${writer.typed++}`
        const { client, proposal, saved } = writer
        const onSaved = () => {
          saved.push(word)
          if (--server.savesLeft <= 0) end()
        }
        client.change(() => typeInto(client.od, proposal, `${word} `), onSaved)
        await delay(pauses[i])
      }
    }),
  )
  await killing.promise
  await until('the connections to break', () => writers.every((writer) => !writer.client.open))
}

function expectKept(text: string, words: readonly string[]): void {
  const counts = new Map<string, number>()
  for (const word of text.split(' ')) counts.set(word, (counts.get(word) ?? 0) + 1)
  const wrong = words.filter((word) => counts.get(word) !== 1)
  expect(wrong).toEqual([])
}
