import { writeText } from '#shared/formats/text-write.ts'
import type { Command } from '#shared/model/command.ts'
import type { Decide } from '#test/kit/taken-back.ts'
import { paragraphHistory, wordingHistory } from '#test/kit/taken-back.ts'
import { decided } from '#test/kit/negotiated.ts'
import { MappedRoom } from '#test/kit/mapped.ts'

// node test/bench/agreement.ts [wordings|paragraphs] [histories] [first seed]: while decisions are taken, one after the
// other, how often the document reads otherwise with the map than with what the commands do to anchors.

const [kind = 'wordings', count = '300', first = '200001'] = process.argv.slice(2)
const history = kind === 'wordings' ? wordingHistory : paragraphHistory
let steps = 0
const apart: string[] = []

for (let seed = Number(first); seed < Number(first) + Number(count); seed++) {
  const present: { command: Command; text: string }[] = []
  history(seed, (room, command) => {
    const result = decided(room, command)
    present.push({ command, text: result.ok ? writeText(room.od) : result.code })
    return result
  })
  let mapped: MappedRoom | null = null
  let index = 0
  let left = false
  const inMap: Decide = (room, command) => {
    mapped ??= new MappedRoom(room)
    const result = mapped.decide(command)
    const text = result.ok ? writeText(room.od) : result.code
    const known = present[index++]
    if (left) return result
    steps++
    if (known?.text !== text) {
      left = true
      apart.push(
        `seed ${seed} step ${index} ${JSON.stringify(command)}\n  present ${known?.text}\n  map     ${text}`,
      )
    }
    return result
  }
  history(seed, inMap)
}
console.log(`${kind}: ${apart.length} of ${count} histories come apart, in ${steps} decisions`)
for (const line of apart.slice(0, Number(process.env['SHOW'] ?? 0))) console.log(line)
