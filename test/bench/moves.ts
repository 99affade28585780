import * as Y from 'yjs'
import { execute } from '#shared/document/commands/execute.ts'
import { CharacterMap } from '#test/prototype/moves/character-map.ts'
import { mirrorsOf, movesOf } from '#test/prototype/moves/derive.ts'
import type { Move } from '#test/prototype/moves/move.ts'
import { writeText } from '#shared/formats/text-write.ts'
import { Proposals } from '#shared/document/composition/proposals.ts'
import { renew } from '#shared/document/follow/renew.ts'
import { runsBetween } from '#shared/document/text/wording.ts'
import { forward } from '#shared/document/follow/forward.ts'
import { isOpen, isPlaced } from '#shared/document/open.ts'
import { recordGet } from '#shared/document/records.ts'
import { decisionOf, hostText } from '#shared/document/schema.ts'
import type { Command } from '#shared/model/command.ts'
import type { HostId, PersonId, ProposalId } from '#shared/model/ids.ts'
import type { Anchor } from '#shared/model/proposal.ts'
import type { Actor } from '#shared/model/participant.ts'
import { FACILITATORS } from '#shared/model/participant.ts'
import { asSeen } from '#test/kit/as-seen.ts'
import { bigDocument } from '#test/kit/big-document.ts'
import { Random } from '#test/kit/random.ts'

// node test/bench/moves.ts [paragraphs] [proposals] [decisions]: what it costs to know where everything stands, by the
// anchors that the commands keep, and by the map of moved characters.

const [paragraphs = 450, proposals = 4_000, decisions = 1_000] = process.argv.slice(2).map(Number)
const random = new Random(11)
const od = bigDocument(random, { paragraphs, proposals, words: paragraphs * 266 })
const placed = new Map(od.anchors.entries()) as Map<ProposalId, Anchor>
/** Milliseconds of processor time of this thread: other work runs beside. */
const now = (): number => {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}
const chair: Actor = {
  person: 'chair' as PersonId,
  name: 'Chair',
  role: 'facilitator',
  participant: FACILITATORS,
}
const ids = [...od.proposals.keys()] as ProposalId[]
const map = new CharacterMap(od)
const log: Move[] = []
const took = { accept: [] as number[], undo: [] as number[], append: [] as number[] }

function run(command: Command): boolean {
  const start = now()
  const done = od.doc.transact(() => execute({ od, actor: chair, now: 1, sequence: 1 }, asSeen(od, command)))
  took[command.kind === 'decision-undo' ? 'undo' : 'accept'].push(now() - start)
  return done.ok
}

function append(moves: readonly Move[]): void {
  const start = now()
  for (const move of moves) map.append(move)
  took.append.push(now() - start)
  log.push(...moves)
}

const taken: ProposalId[] = []
for (let tries = 0; taken.length < decisions && tries < decisions * 4; tries++) {
  const proposal = random.pick(ids)
  // One of ten is taken back.
  if (random.chance(0.1) && taken.length > 0) {
    const back = random.pick(taken)
    const was = decisionOf(od, back)
    if (!was || was.effect.kind !== 'merged') continue
    const { host } = was.effect
    const before = [
      recordGet(od, `renewed/${host}`)?.length ?? 0,
      recordGet(od, `returned/${host}`)?.length ?? 0,
    ] as const
    if (!run({ kind: 'decision-undo', proposal: back })) continue
    const renewed = (recordGet(od, `renewed/${host}`) ?? []).slice(before[0])
    const departed = (recordGet(od, `returned/${host}`) ?? []).slice(before[1])
    append(mirrorsOf(od, back, was, map.standing(back), [{ host, renewed, departed }]))
  } else if (isOpen(od, proposal) && run({ kind: 'proposal-accept', proposal })) {
    taken.push(proposal)
    append(movesOf(od, proposal, decisionOf(od, proposal)!.effect))
  }
}

const median = (values: readonly number[]): string =>
  [...values].sort((a, b) => a - b)[values.length >> 1]!.toFixed(3)
const worst = (values: readonly number[]): string => Math.max(...values).toFixed(1)

/** So many times. */
function timed(what: string, times: number, work: () => unknown): void {
  const all: number[] = []
  for (let i = 0; i < times; i++) {
    const start = now()
    work()
    all.push(now() - start)
  }
  all.sort((a, b) => a - b)
  console.log(
    `${what}: best ${all[0]!.toFixed(1)} ms, median ${all[all.length >> 1]!.toFixed(1)} ms of ${times}`,
  )
}

const standing = ids.filter((id) => isPlaced(od, id))
console.log(
  `${paragraphs} paragraphs, ${proposals} proposals, ${taken.length} accepted, ${standing.length} to be placed, ${log.length} moves\n`,
)
console.log(`an acceptance today: median ${median(took.accept)} ms, longest ${worst(took.accept)} ms`)
console.log(`one taken back today: median ${median(took.undo)} ms, longest ${worst(took.undo)} ms`)
console.log(`its moves appended: median ${median(took.append)} ms, longest ${worst(took.append)} ms\n`)
timed('the map from its log', 9, () => {
  const fresh = new CharacterMap(od)
  for (const move of log) fresh.append(move)
})
timed('where all stand, today (forward)', 9, () => {
  for (const id of standing) forward(od, od.anchors.get(id)!)
})
timed('where all stand, by the map', 9, () => {
  for (const id of standing) map.anchor(id, placed.get(id)!)
})
timed('all proposals read, today', 5, () => new Proposals(od))
timed('everything composed and written as text, today', 5, () => writeText(od))

const host = od.paragraphs.keys().next().value as HostId
const some = runsBetween(hostText(od, host)!, 0, 5)
timed('what a taking back rewrites of other records and anchors, today (renew)', 9, () => {
  od.doc.transact(() => renew(od, host, some, some))
})

const size = (value: unknown): string => `${(JSON.stringify(value).length / 1e6).toFixed(2)} MB`
const records = [...od.record.entries()].filter(([key]) => /^(decision|renewed|returned)\//u.test(key))
console.log(`\nthe log: ${size(log)} as JSON; today's decisions with what they noted: ${size(records)}`)
console.log(`the document: ${(Y.encodeStateAsUpdate(od.doc).length / 1e6).toFixed(2)} MB`)
globalThis.gc?.()
const heap = process.memoryUsage().heapUsed
const kept = new CharacterMap(od)
for (const move of log) kept.append(move)
globalThis.gc?.()
console.log(
  `the map in memory: ${((process.memoryUsage().heapUsed - heap) / 1e6).toFixed(2)} MB (${kept.size} moves)`,
)
