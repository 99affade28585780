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

/** A project of vitest.config.ts, and the tests that are its own. */
interface Suite {
  readonly project: string
  readonly files: string
}

const SUITES: readonly Suite[] = [
  { project: 'node', files: '{client,server,shared,test/!(e2e)}/**/*.{test,spec}.{ts,tsx,mts,js}' },
  { project: 'browser', files: 'test/e2e/**/*.{test,spec}.{ts,tsx,mts,js}' },
]

/**
 * Every suite, counted test by test. What did not run, or did not end, counts as failed and is named. The suites run
 * beside each other: while a test waits for a page or a process, another one computes.
 */
export async function runSuites(chromium: string): Promise<Tally> {
  mkdirSync(OUT, { recursive: true })
  const tallies = await Promise.all(SUITES.map((suite) => runSuite(suite, chromium)))
  return {
    passed: tallies.reduce((sum, { passed }) => sum + passed, 0),
    failed: tallies.reduce((sum, { failed }) => sum + failed, 0),
  }
}

async function runSuite(suite: Suite, chromium: string): Promise<Tally> {
  const journal = join(OUT, `journal-${suite.project}.jsonl`)
  rmSync(journal, { force: true })
  writeFileSync(journal, '')
  const ended = await run({
    program: 'vitest',
    arguments: [
      'run',
      '--project',
      suite.project,
      '--allowOnly=false',
      '--reporter=./test/runner/reporter.ts',
    ],
    minutes: 80,
    environment: { CHROMIUM_PATH: chromium, INFORMALS_JOURNAL: journal },
  })
  const { passed, failed, problems } = tally(readJournal(journal), globSync(suite.files, { cwd: ROOT }))
  for (const problem of problems) console.error(problem)
  if (failed === 0 && ended !== 0) {
    console.error(`vitest --project ${suite.project} ended with ${ended}.`)
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
