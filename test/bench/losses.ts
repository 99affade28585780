import type { Decide } from '#test/kit/taken-back.ts'
import { paragraphHistory, takeAllBack, wordingHistory } from '#test/kit/taken-back.ts'
import { decided } from '#test/kit/negotiated.ts'
import { MappedRoom } from '#test/kit/mapped.ts'
import type { Room } from '#test/kit/drafting.ts'

// node test/bench/losses.ts [present|map] [wordings|paragraphs] [histories] [first seed]: in how many random histories,
// all of whose decisions are taken back out of order, the document does not read as before.

const [mode = 'present', kind = 'wordings', count = '1000', first = '200001'] = process.argv.slice(2)
const history = kind === 'wordings' ? wordingHistory : paragraphHistory

const mapped = new WeakMap<Room, MappedRoom>()
const inMap: Decide = (room, command) => {
  const known = mapped.get(room) ?? new MappedRoom(room)
  mapped.set(room, known)
  return known.decide(command)
}
const decide = mode === 'map' ? inMap : decided

const started = performance.now()
const lost: number[] = []
let outOfOrder = 0
for (let seed = Number(first); seed < Number(first) + Number(count); seed++) {
  try {
    const made = history(seed, decide)
    outOfOrder += takeAllBack(made, decide)
    if (made.reads() !== made.before) {
      lost.push(seed)
      if (process.env['SHOW']) console.log(`${made.before}\n---\n${made.reads()}`)
    }
  } catch (error) {
    console.log(`seed ${seed}`, error)
    if (lost.push(seed) > 5) break
  }
}
console.log(
  `${mode}, ${kind}: ${lost.length} of ${count} histories from seed ${first} do not read as before; ${outOfOrder} decisions taken back out of order; ${((performance.now() - started) / 1000).toFixed(0)} s`,
)
console.log(lost.join(' '))
