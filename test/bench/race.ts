import * as Y from 'yjs'
import { rebaseUnsent } from '#client/net/unsent/rebase-unsent.ts'
import { Ledger } from '#client/net/unsent/ledger.ts'
import { keepOwnDeletions } from '#client/net/unsent/own-deletions.ts'
import { Projection } from '#shared/document/composition/projection.ts'
import { BoardReader } from '#shared/document/composition/read-board.ts'
import { baseTextOf, openDocument, paragraphsInOrder } from '#shared/document/schema.ts'
import { recordSet } from '#shared/document/records.ts'
import { FACILITATORS } from '#shared/model/participant.ts'
import type { Actor } from '#shared/model/participant.ts'
import type { PersonId } from '#shared/model/ids.ts'
import { bigDocument } from '#test/kit/big-document.ts'
import { Random } from '#test/kit/random.ts'

// node test/bench/race.ts [paragraphs] [proposals] [positions]: how long a refused submit keeps the window of its author.

const [paragraphs = 450, proposals = 4_000, positions = 12] = process.argv.slice(2).map(Number)
const actor: Actor = {
  person: 'chair' as PersonId,
  name: 'Orsolya',
  role: 'facilitator',
  participant: FACILITATORS,
}

const newDoc = () => keepOwnDeletions(new Y.Doc())

const timed = <T>(name: string, run: () => T): T => {
  const start = process.cpuUsage()
  const result = run()
  console.log(`${name}: ${Math.round(process.cpuUsage(start).user / 1_000)} ms of CPU`)
  return result
}

const source = bigDocument(new Random(1), { paragraphs, proposals, positions })
const [agreed, other] = paragraphsInOrder(source).filter(({ kind }) => kind === 'paragraph')
if (!agreed || !other) throw new Error('a document without paragraphs')
for (let time = 1; time <= 3; time++) {
  const od = openDocument(keepOwnDeletions(new Y.Doc()))
  Y.applyUpdate(od.doc, Y.encodeStateAsUpdate(source.doc))
  const ledger = new Ledger()
  ledger.addDocument(od.doc)
  const shown = new Projection(od, 'all', FACILITATORS)
  shown.blocks()
  baseTextOf(od, agreed.id)?.insert(3, 'too late ')
  baseTextOf(od, other.id)?.insert(3, 'in time ')
  const before = Y.encodeStateVector(source.doc)
  recordSet(source, `status/${agreed.id}`, {
    status: 'agreed',
    by: FACILITATORS,
    person: '',
    at: time,
    pending: [],
    placement: false,
    earlier: [],
  })
  const news = Y.encodeStateAsUpdate(source.doc, before)
  Y.applyUpdate(od.doc, news)
  ledger.add(news)
  console.log(`\nrefusal ${time}, ${(Y.encodeStateAsUpdate(od.doc).length / 1e6).toFixed(1)} MB`)
  const on = timed('the document without what is put aside', () =>
    rebaseUnsent(od, ledger, newDoc, { actor, elsewhere: false, now: 1 }),
  )
  if (on?.rejected.length !== 1) throw new Error(`${on?.rejected.length} put aside`)
  const projection = timed('composed', () => {
    const made = new Projection(on.od, 'all', FACILITATORS)
    for (const block of made.blocks()) made.composed(block)
    return made
  })
  timed('the board', () => new BoardReader(projection).board())
}
