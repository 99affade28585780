import { globSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { z } from 'zod'
import { ROOT, run } from './command.ts'

export interface Tally {
  readonly passed: number
  readonly failed: number
}

const Report = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().optional(),
      assertionResults: z.array(z.object({ status: z.string(), fullName: z.string() })),
    }),
  ),
})
type Report = z.infer<typeof Report>

const OUT = join(ROOT, 'test/.out')
const REPORT = join(OUT, 'vitest.json')

/** Every suite, counted test by test. What did not run counts as failed: a skipped test proves nothing. */
export async function runSuites(chromium: string): Promise<Tally> {
  rmSync(REPORT, { force: true })
  mkdirSync(OUT, { recursive: true })
  const ended = await run({
    program: 'vitest',
    arguments: [
      'run',
      '--allowOnly=false',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${REPORT}`,
    ],
    minutes: 40,
    environment: { CHROMIUM_PATH: chromium },
  })
  const report = readReport()
  if (!report) {
    console.error(`vitest gave no report (${ended}).`)
    return { passed: 0, failed: 1 }
  }
  const problems = problemsOf(report)
  for (const problem of problems) console.error(problem)
  const statuses = report.testResults.flatMap((file) => file.assertionResults.map((test) => test.status))
  const passed = statuses.filter((status) => status === 'passed').length
  const failed = statuses.filter((status) => status === 'failed').length + problems.length
  return { passed, failed: failed === 0 && ended !== 0 ? 1 : failed }
}

function readReport(): Report | null {
  try {
    return Report.parse(JSON.parse(readFileSync(REPORT, 'utf8')))
  } catch {
    return null
  }
}

/** What a count of failed tests does not show. */
function problemsOf(report: Report): string[] {
  const ran = new Map(report.testResults.map((file) => [relative(ROOT, file.name), file]))
  const problems = globSync('{client,server,shared,test}/**/*.{test,spec}.{ts,tsx,mts,js}', { cwd: ROOT })
    .filter((file) => !ran.has(file))
    .map((file) => `${file} was not run.`)
  for (const [name, file] of ran) {
    const failed = file.assertionResults.some((test) => test.status === 'failed')
    if (file.status === 'failed' && !failed) problems.push(`${name} could not be run: ${file.message ?? ''}`)
    for (const test of file.assertionResults) {
      if (test.status !== 'passed' && test.status !== 'failed')
        problems.push(`${name}: “${test.fullName}” was not run (${test.status}).`)
    }
  }
  return problems
}
