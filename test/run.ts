import { availableParallelism } from 'node:os'
import { findChromium } from './runner/chromium.ts'
import type { Command } from './runner/command.ts'
import { run } from './runner/command.ts'
import { endLeftovers } from './runner/leftovers.ts'
import { runSuites } from './runner/suites.ts'
import type { Tally } from './runner/suites.ts'

// `npm test`: every check, then every test unless a check failed; the last line is always the total.

const check = (program: string, ...words: readonly string[]): Command => ({
  program,
  arguments: words,
  minutes: 20,
})

/** The longest first, so that none of them is left to run alone. */
const CHECKS: readonly Command[] = [
  check('prettier', '--check', '--log-level', 'warn', '.'),
  check('vite', 'build', '--logLevel', 'warn'),
  check('oxlint'),
  check('knip'),
  check('tsc', '-p', 'test'),
  check('tsc', '-p', 'client'),
  check('tsc', '-p', 'server'),
  check('tsc', '-p', 'shared'),
]

async function runAll(): Promise<Tally> {
  const [major] = process.versions.node.split('.').map(Number)
  if (major === undefined || major < 24)
    return fail(0, `Node 24 is needed, and npm ci installs it; this is ${process.version}.`)
  const chromium = await findChromium()
  if ('missing' in chromium) return fail(0, chromium.missing)
  const checks = await runChecks()
  if (checks.failed > 0) return fail(checks.passed, 'The tests were not run.', checks.failed)
  const suites = await runSuites(chromium.path)
  const left = await endLeftovers()
  for (const process of left) console.error(`The tests left a process behind: ${process}`)
  return { passed: checks.passed + suites.passed, failed: suites.failed + left.length }
}

/** As many beside each other as there are processors. */
async function runChecks(): Promise<Tally> {
  let [passed, failed] = [0, 0]
  const waiting = [...CHECKS]
  const runNext = async (): Promise<void> => {
    const command = waiting.shift()
    if (command === undefined) return
    const name = [command.program, ...command.arguments].join(' ')
    const code = await run(command)
    console.log(`· ${name}${code === 0 ? '' : ` failed (${code})`}`)
    if (code === 0) passed++
    else failed++
    return runNext()
  }
  await Promise.all(Array.from({ length: availableParallelism() }, runNext))
  return { passed, failed }
}

function fail(passed: number, why: string, failed = 1): Tally {
  console.error(why)
  return { passed, failed }
}

const { passed, failed } = await runAll()
process.exitCode = failed === 0 ? 0 : 1
console.log(`${passed} passed, ${failed} failed`)
