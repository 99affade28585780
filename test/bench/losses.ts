import { BusyHistory } from '#test/kit/busy.ts'
import { paragraphHistory, takeAllBack, wordingHistory } from '#test/kit/taken-back.ts'

// node test/bench/losses.ts [wordings|paragraphs|busy] [histories] [first seed]: after how many random histories, all of
// whose decisions are taken back out of order, a bracket is not in its place. `busy`: people go on writing meanwhile.

const [kind = 'wordings', count = '1000', first = '200001'] = process.argv.slice(2)

/** Returns what was lost, to be read by a person; null when nothing was. */
function lossOf(seed: number): string | null {
  if (kind === 'busy') {
    const losses = new BusyHistory(seed).run()
    return losses.length > 0 ? JSON.stringify(losses, null, 1) : null
  }
  const made = kind === 'wordings' ? wordingHistory(seed) : paragraphHistory(seed)
  takeAllBack(made)
  const now = made.reads()
  return now === made.before ? null : `${made.before}\n---\n${now}`
}

const started = performance.now()
const lost: number[] = []
for (let seed = Number(first); seed < Number(first) + Number(count); seed++) {
  const loss = lossOf(seed)
  if (loss === null) continue
  lost.push(seed)
  console.log(`seed ${seed}\n${loss}\n`)
}
const seconds = ((performance.now() - started) / 1000).toFixed(0)
console.log(`${kind}: ${lost.length} of ${count} histories from seed ${first} lose a place; ${seconds} s`)
console.log(lost.join(' '))
