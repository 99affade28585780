/**
 * What admission costs beside what it guards: `node test/bench/admission.ts`. One run prints microseconds per update for
 * both and their ratio, on a document of 450 paragraphs and 4,000 proposals.
 */
import * as Y from 'yjs'
import { admit } from '#shared/document/admit/admit.ts'
import type { AdmissionContext } from '#shared/document/admit/verdict.ts'
import { addParagraph, addProposal, contentOf, openDocument } from '#shared/document/schema.ts'
import type { OutcomeDocument } from '#shared/document/schema.ts'
import { newParagraphId, newProposalId } from '#shared/model/ids.ts'
import type { ParagraphId, ParticipantId, PersonId, ProposalId } from '#shared/model/ids.ts'
import { Random } from '../kit/random.ts'

const PARAGRAPHS = 450
const PROPOSALS = 4_000
const UPDATES = 20_000

const random = new Random(7)
const bytes = (length: number) => random.bytes(length)
const KENYA = 'KEN' as ParticipantId

function bigDocument(): { od: OutcomeDocument; own: ProposalId[] } {
  const od = openDocument(new Y.Doc())
  const paragraphs: ParagraphId[] = []
  const own: ProposalId[] = []
  od.doc.transact(() => {
    for (let i = 0; i < PARAGRAPHS; i++) {
      const id = newParagraphId(bytes)
      paragraphs.push(id)
      const order = `a${String(i).padStart(4, '0')}`
      addParagraph(
        od,
        { id, kind: 'paragraph', order, label: { number: i + 1, suffix: 0 } },
        'words and '.repeat(150),
      )
    }
    for (let i = 0; i < PROPOSALS; i++) {
      const paragraph = random.pick(paragraphs)
      const by = i % 4 === 0 ? KENYA : ('JPN' as ParticipantId)
      const id = newProposalId(bytes)
      const head = { kind: 'text', by, person: 'A', createdAt: 1, paragraph, quote: '' } as const
      addProposal(od, id, head, { kind: 'point', host: paragraph, paragraph, at: null }, 'the proposed words')
      if (by === KENYA) own.push(id)
    }
  })
  return { od, own }
}

/** Keystrokes of one delegation in its own proposals: runs of insertions, some deletions. */
function keystrokes(od: OutcomeDocument, own: readonly ProposalId[]): Uint8Array[] {
  const updates: Uint8Array[] = []
  od.doc.on('update', (update: Uint8Array) => updates.push(update))
  let text = contentOf(od, random.pick(own))!
  let at = 0
  for (let i = 0; i < UPDATES; i++) {
    if (i % 12 === 0) {
      text = contentOf(od, random.pick(own))!
      at = random.int(text.length + 1)
    }
    if (random.chance(0.15) && at > 0) text.delete(--at, 1)
    else text.insert(at++, 'k')
  }
  return updates
}

const { od: server, own } = bigDocument()
const client = openDocument(new Y.Doc())
Y.applyUpdate(client.doc, Y.encodeStateAsUpdate(server.doc))
const updates = keystrokes(client, own)

const owners = new Map<number, PersonId | 'server'>([[server.doc.clientID, 'server']])
const person = 'kamau' as PersonId
const context: AdmissionContext = {
  actor: { person, name: 'Kamau', role: 'delegation', participant: KENYA },
  ownerOf: (id) => owners.get(id),
  now: 1,
}

const admitting: number[] = []
const applying: number[] = []
for (const update of updates) {
  const start = performance.now()
  const verdict = admit(server, update, context)
  const middle = performance.now()
  if (!verdict.ok || verdict.empty) throw new Error(JSON.stringify(verdict))
  for (const id of verdict.claimed) owners.set(id, person)
  Y.applyUpdate(server.doc, update)
  applying.push(performance.now() - middle)
  admitting.push(middle - start)
}

const timed = (run: () => void): string => {
  const start = performance.now()
  run()
  return (performance.now() - start).toFixed(1)
}
/** The median says what it costs; what lies far above it is the garbage collector and other people's work. */
const quantile = (times: number[], part: number): number =>
  1000 * (times.toSorted((a, b) => a - b)[Math.floor(times.length * part)] ?? 0)
const spread = (times: number[]): string =>
  `${quantile(times, 0.5).toFixed(1)} µs, 95 %: ${quantile(times, 0.95).toFixed(1)} µs`
console.log(`keystrokes      ${updates.length}, ${PARAGRAPHS} paragraphs, ${PROPOSALS} proposals`)
console.log(`admit, median   ${spread(admitting)}`)
console.log(`apply, median   ${spread(applying)}`)
console.log(`admit / apply   ${(quantile(admitting, 0.5) / quantile(applying, 0.5)).toFixed(2)}`)
const merged = Y.mergeUpdates(updates)
const nothing = Y.encodeStateAsUpdate(client.doc, Y.encodeStateVector(server.doc))
console.log(
  `all keystrokes sent again (${merged.length} bytes): admit ${timed(() => admit(server, merged, context))} ms`,
)
console.log(
  `all deletions sent again (${nothing.length} bytes): admit ${timed(() => admit(server, nothing, context))} ms`,
)
