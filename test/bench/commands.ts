import { bigDocument } from '#test/kit/big-document.ts'
import { Random } from '#test/kit/random.ts'
import type { Step } from './bench-room.ts'
import { BenchRoom } from './bench-room.ts'
import { kindsIn } from './kinds.ts'
import { quantile } from './pieces.ts'

// node test/bench/commands.ts [paragraphs] [proposals] [positions] [kind]: what each kind of command and of update costs the
// thread of the server, and then everybody who follows. All times are milliseconds of processor time; `held` is the longest
// turn of the event loop by the clock. `kind`: only those whose name contains it. SHOW=1 prints refusals.

const [paragraphs = 450, proposals = 4_000, positions = 12] = process.argv.slice(2, 5).map(Number)
const only = process.argv[5] ?? ''
const random = new Random(11)
const clock = { ahead: 0 }
const made = bigDocument(random, { paragraphs, proposals, positions, words: paragraphs * 266 })
const room = await BenchRoom.open(made, random, () => clock.ahead)
const { applied, read, loaded } = room.opening
console.log(
  `${paragraphs} paragraphs, ${proposals} proposals, ${positions} positions on each. Opening: the server loads it in ${loaded.whole.toFixed(0)} ms, the longest turn ${loaded.piece.toFixed(1)} (held ${loaded.held.toFixed(1)}); a client applies it in ${applied.toFixed(0)} ms, composes and reads it in ${read.toFixed(0)} ms\n`,
)

const columns = (cells: readonly string[]) => cells.map((cell) => cell.padStart(10)).join('')
const title = ['done', 'whole', 'p95', 'turn', 'p95', 'longest', 'held', 'follower', 'p95']
console.log(`${''.padEnd(28)}${columns(title)}`)
for (const { name, times, run } of kindsIn(room, random, clock)) {
  if (!name.includes(only)) continue
  const steps: Step[] = []
  for (let i = 0; i < times; i++) steps.push(await run(i))
  const done = steps.filter((step) => step.done)
  const of = (what: (step: Step) => number) => (part: number) => quantile(done.map(what), part)
  const [whole, turn] = [of(({ server }) => server.whole), of(({ server }) => server.piece)]
  const [held, follower] = [of(({ server }) => server.held), of((step) => step.follower)]
  const cells = [
    whole(0.5),
    whole(0.95),
    turn(0.5),
    turn(0.95),
    turn(1),
    held(0.95),
    follower(0.5),
    follower(0.95),
  ]
  console.log(`${name.padEnd(28)}${columns([`${done.length}/${times}`, ...cells])}`)
}
await room.close()
