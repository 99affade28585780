import { randomBytes } from 'node:crypto'
import * as Y from 'yjs'
import { recordGet } from '#shared/document/records.ts'
import { newDocumentId } from '#shared/model/ids.ts'
import type { ParticipantId } from '#shared/model/ids.ts'
import { localUrl, readConfig } from '#server/config.ts'
import { issueLinks } from '#server/operate/links.ts'
import { openSqliteStore } from '#server/store/sqlite/sqlite.ts'
import { bigDocument } from '#test/kit/big-document.ts'
import { Random } from '#test/kit/random.ts'

// node test/bench/generate.ts [paragraphs] [proposals] [positions] [seed]: a negotiation at its largest, in DATA_DIR.

const [paragraphs = 450, proposals = 4_000, positions = 12, seed = 1] = process.argv.slice(2).map(Number)
const words = Math.round((paragraphs * 120_000) / 450)

const started = performance.now()
const od = bigDocument(new Random(seed), { paragraphs, proposals, positions, words })
const bytes = Y.encodeStateAsUpdate(od.doc)
console.log(
  `${paragraphs} paragraphs, ${words} words, ${proposals} proposals with ${positions} positions each: ${(bytes.length / 1e6).toFixed(1)} MB in ${((performance.now() - started) / 1000).toFixed(1)} s`,
)
const read = readConfig(process.env, true)
if (!read.ok) throw new Error(read.message)
const { config } = read
const store = await openSqliteStore(config.dataDir)
const id = newDocumentId(randomBytes)
const title = recordGet(od, 'title') ?? ''
await store.createDocument({ id, title, at: Date.now(), actor: 'server', bytes, client: od.doc.clientID })
const issuing = {
  store,
  random: randomBytes,
  now: Date.now(),
  publicUrl: config.publicUrl ?? localUrl(config.host, config.port),
  createdBy: 'operator',
} as const
const links = await issueLinks(issuing, id, ['KEN', 'EU'] as ParticipantId[])
for (const { role, participant, url } of links) console.log(`${role} ${participant ?? ''} ${url}`)
await store.close()
