import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')

/** The numbers of the rules that hold. */
function rules(): string[] {
  const spec = readFileSync(join(ROOT, 'SPEC.md'), 'utf8')
  return [...spec.matchAll(/^- \*\*(\d+\.\d+)\*\*/gm)].map((rule) => rule[1]!)
}

/** The numbers at the start of the titles of tests: `it('3.4 becoming a co-sponsor …')`. */
function cited(): Set<string> {
  const files = readdirSync(join(ROOT, 'test'), { recursive: true, encoding: 'utf8' })
  const numbers = files
    .filter((file) => file.endsWith('.test.ts'))
    .flatMap((file) => {
      const text = readFileSync(join(ROOT, 'test', file), 'utf8')
      const titles = text.matchAll(
        /\b(?:it|test|describe)(?:\.each\([\s\S]*?\))?\(\s*['"`]((?:\d+\.\d+[ ,–-]*)+)/g,
      )
      return [...titles].flatMap((title) => title[1]!.match(/\d+\.\d+/g) ?? [])
    })
  return new Set(numbers)
}

test('every rule of SPEC.md is shown by a test that cites it, and no test cites a rule that is not there', () => {
  const known = new Set(rules())
  const shown = cited()
  expect([...known].filter((rule) => !shown.has(rule))).toEqual([])
  expect([...shown].filter((rule) => !known.has(rule))).toEqual([])
})
