import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { NEEDS, REFUSAL_CODES } from '#shared/model/command.ts'

const told = readFileSync(join(import.meta.dirname, '../../PROTOCOL.md'), 'utf8')
const commands = told.slice(told.indexOf('\n## Commands'))

/** The names at the start of the rows of the tables under "Commands". */
const inFirstColumn = [...commands.matchAll(/^\| (`.*?) +\|/gm)].flatMap((row) =>
  [...row[1]!.matchAll(/`([a-z-]+)`/g)].map((name) => name[1]!),
)

it('PROTOCOL.md tells of every command and every code of a refusal, and of nothing else', () => {
  expect(inFirstColumn.toSorted()).toEqual([...Object.keys(NEEDS), ...REFUSAL_CODES].toSorted())
})
