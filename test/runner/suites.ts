import { globSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT, run } from './command.ts'
import { readJournal } from './journal.ts'
import type { JournalLine } from './journal.ts'

export interface Tally {
  readonly passed: number
  readonly failed: number
}

const OUT = join(ROOT, 'test/.out')
const JOURNAL = join(OUT, 'journal.jsonl')

/** Every suite, counted test by test. What did not run, or did not end, counts as failed and is named. */
export async function runSuites(chromium: string): Promise<Tally> {
  rmSync(JOURNAL, { force: true })
  mkdirSync(OUT, { recursive: true })
  writeFileSync(JOURNAL, '')
  const ended = await run({
    program: 'vitest',
    arguments: ['run', '--allowOnly=false', '--reporter=./test/runner/reporter.ts'],
    minutes: 80,
    environment: { CHROMIUM_PATH: chromium, INFORMALS_JOURNAL: JOURNAL },
  })
  const files = globSync('{client,server,shared,test}/**/*.{test,spec}.{ts,tsx,mts,js}', { cwd: ROOT })
  const { passed, failed, problems } = tally(readJournal(JOURNAL), files)
  for (const problem of problems) console.error(problem)
  if (failed === 0 && ended !== 0) {
    console.error(`vitest ended with ${ended}.`)
    return { passed, failed: 1 }
  }
  return { passed, failed }
}

/**
 * What a journal says of these files. Each problem is a sentence, and counts as a failure: a failed test, which the
 * reporter has printed already, has none.
 */
export function tally(
  journal: readonly JournalLine[],
  files: readonly string[],
): Tally & { readonly problems: readonly string[] } {
  const begun = new Set<string>()
  const filesEnded = new Set<string>()
  const problems: string[] = []
  let [passed, failed] = [0, 0]
  for (const line of journal) {
    if (line.what === 'begun') begun.add(nameOf(line))
    if (line.what === 'file-ended') {
      filesEnded.add(line.file)
      if (line.problem !== '') problems.push(`${line.file} could not be run to its end.`)
    }
    if (line.what !== 'ended') continue
    begun.delete(nameOf(line))
    if (line.state === 'passed') passed++
    else if (line.state === 'failed') failed++
    else problems.push(`${nameOf(line)} was not run (${line.state}).`)
  }
  for (const name of begun) problems.push(`${name} had not finished.`)
  for (const file of files) if (!filesEnded.has(file)) problems.push(`${file} was not run to its end.`)
  if (!journal.some(({ what }) => what === 'run-ended')) problems.push('The run was cut off.')
  return { passed, failed: failed + problems.length, problems }
}

const nameOf = ({ file, test }: { readonly file: string; readonly test: string }): string =>
  `${file}: “${test}”`
