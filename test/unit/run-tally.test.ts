import { expect, it } from 'vitest'
import type { JournalLine } from '#test/runner/journal.ts'
import { tally } from '#test/runner/suites.ts'

const file = 'test/unit/a.test.ts'
const begun = (test: string): JournalLine => ({ what: 'begun', file, test })
const ended = (test: string, state: 'passed' | 'failed' | 'skipped'): JournalLine => ({
  what: 'ended',
  file,
  test,
  state,
})
const fileEnded = (problem = ''): JournalLine => ({ what: 'file-ended', file, state: 'passed', problem })
const END: JournalLine = { what: 'run-ended' }

it('counts what passed and what failed', () => {
  const journal = [begun('x'), ended('x', 'passed'), begun('y'), ended('y', 'failed'), fileEnded(), END]
  expect(tally(journal, [file])).toEqual({ passed: 1, failed: 1, problems: [] })
})

it('names the tests and files that a run which was cut off had not finished', () => {
  const { passed, failed, problems } = tally([begun('x'), ended('x', 'passed'), begun('y')], [file])
  expect(passed).toBe(1)
  expect(problems).toEqual([
    `${file}: “y” had not finished.`,
    `${file} was not run to its end.`,
    'The run was cut off.',
  ])
  expect(failed).toBe(3)
})

it('counts a skipped test, a file that could not be run, and a file that was left out as failures', () => {
  const other = 'test/unit/b.test.ts'
  const journal = [begun('x'), ended('x', 'skipped'), fileEnded('it has a syntax error'), END]
  expect(tally(journal, [file, other]).problems).toEqual([
    `${file}: “x” was not run (skipped).`,
    `${file} could not be run to its end.`,
    `${other} was not run to its end.`,
  ])
})
