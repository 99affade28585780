import * as Y from 'yjs'
import { execute } from '#shared/document/commands/execute.ts'
import { Projection } from '#shared/document/composition/projection.ts'
import { BoardReader } from '#shared/document/composition/read-board.ts'
import { openDocument } from '#shared/document/schema.ts'
import type { Command } from '#shared/model/command.ts'
import type { ParagraphId, ParticipantId, PersonId, ProposalId } from '#shared/model/ids.ts'
import { newProposalId } from '#shared/model/ids.ts'
import type { Actor } from '#shared/model/participant.ts'
import { FACILITATORS } from '#shared/model/participant.ts'
import { asSeen } from '#test/kit/as-seen.ts'
import { bigDocument } from '#test/kit/big-document.ts'
import { Random } from '#test/kit/random.ts'

// node test/bench/commands.ts [paragraphs] [proposals] [positions]: what a command costs the server, and then everybody
// who follows: applying it, composing again what it touched, and reading the board.

const [paragraphs = 450, proposals = 4_000, positions = 12] = process.argv.slice(2).map(Number)
const TIMES = 100
const random = new Random(11)
const server = bigDocument(random, { paragraphs, proposals, positions, words: paragraphs * 266 })

const opening = performance.now()
const client = openDocument(new Y.Doc())
Y.applyUpdate(client.doc, Y.encodeStateAsUpdate(server.doc))
const applied = performance.now()
const projection = new Projection(client, 'all', 'KEN' as ParticipantId)
const reader = new BoardReader(projection)
reader.board()
const read = performance.now()
console.log(
  `${paragraphs} paragraphs, ${proposals} proposals, ${positions} positions on each. Opening: ${(applied - opening).toFixed(0)} ms to apply, ${(read - applied).toFixed(0)} ms to compose and read the board\n`,
)

let arrived: Uint8Array[] = []
server.doc.on('update', (update: Uint8Array) => arrived.push(update))

const chair: Actor = {
  person: 'chair' as PersonId,
  name: 'Chair',
  role: 'facilitator',
  participant: FACILITATORS,
}
const kenya: Actor = {
  person: 'kenya' as PersonId,
  name: 'Amina',
  role: 'delegation',
  participant: 'KEN' as ParticipantId,
}
const ids = [...server.proposals.keys()] as ProposalId[]
let next = 0
const one = (): ProposalId => ids[(next += 37) % ids.length]!

interface Measured {
  readonly server: number[]
  readonly client: number[]
  done: number
}

function measure(actor: Actor, make: (index: number) => Command, times = TIMES): Measured {
  const measured: Measured = { server: [], client: [], done: 0 }
  for (let i = 0; i < times; i++) {
    const command = make(i)
    arrived = []
    const start = performance.now()
    const result = server.doc.transact(() =>
      execute({ od: server, actor, now: Date.now(), sequence: i }, asSeen(server, command)),
    )
    measured.server.push(performance.now() - start)
    if (!result.ok) continue
    measured.done++
    const received = performance.now()
    for (const update of arrived) Y.applyUpdate(client.doc, update, 'remote')
    reader.board()
    measured.client.push(performance.now() - received)
  }
  return measured
}

function quantiles(values: number[]): string {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (part: number) => (sorted[Math.floor(sorted.length * part)] ?? Number.NaN).toFixed(2)
  return `${at(0.5)} / ${at(0.95)}`.padStart(16)
}

/** Paragraphs without brackets, which can be agreed; some, where there are few. */
const free = [...server.paragraphs.keys()] as ParagraphId[]
const decided: ProposalId[] = []
const rows: [string, Measured][] = [
  ['take a position', measure(kenya, () => ({ kind: 'position-take', on: one(), position: 'support' }))],
  [
    'accept',
    measure(chair, () => {
      const proposal = one()
      decided.push(proposal)
      return { kind: 'proposal-accept', proposal }
    }),
  ],
  ['undo', measure(chair, (i) => ({ kind: 'decision-undo', proposal: decided.at(-1 - i)! }))],
  ['not retain', measure(chair, () => ({ kind: 'proposal-not-retain', proposal: one() }))],
  [
    'reserve a paragraph',
    measure(kenya, (i) => ({
      kind: 'paragraph-propose',
      proposal: newProposalId((length) => random.bytes(length)),
      change: { kind: 'reservation', paragraph: projection.blocks()[i * 3 + 1]!.id as never },
    })),
  ],
  [
    'agree a paragraph',
    measure(chair, (i) => ({
      kind: 'paragraph-status',
      paragraph: free[i % free.length]!,
      status: 'agreed-ad-ref',
    })),
  ],
  ['issue a revision', measure(chair, () => ({ kind: 'revision-issue', note: '' }), 5)],
]

console.log(`${''.padEnd(22)}${'done'.padStart(6)}${'server ms'.padStart(16)}${'follower ms'.padStart(16)}`)
for (const [name, measured] of rows)
  console.log(
    `${name.padEnd(22)}${String(measured.done).padStart(6)}${quantiles(measured.server)}${quantiles(measured.client)}`,
  )
