import { findChromium } from './runner/chromium.ts'
import type { Command } from './runner/command.ts'
import { run } from './runner/command.ts'
import { endLeftovers } from './runner/leftovers.ts'
import { runSuites } from './runner/suites.ts'

// `npm test`: every check in order, up to the first that fails; the last line is always the total.

const check = (program: string, ...words: readonly string[]): Command => ({
  program,
  arguments: words,
  minutes: 20,
})

const CHECKS: readonly Command[] = [
  check('prettier', '--check', '--log-level', 'warn', '.'),
  check('oxlint'),
  check('tsc', '-p', 'shared'),
  check('tsc', '-p', 'server'),
  check('tsc', '-p', 'client'),
  check('tsc', '-p', 'test'),
  check('knip'),
  check('vite', 'build', '--logLevel', 'warn'),
]

async function runAll(): Promise<{ passed: number; failed: number }> {
  const [major] = process.versions.node.split('.').map(Number)
  if (major === undefined || major < 24)
    return fail(0, `Node 24 is needed, and npm ci installs it; this is ${process.version}.`)
  const chromium = await findChromium()
  if ('missing' in chromium) return fail(0, chromium.missing)
  let passed = 0
  for (const command of CHECKS) {
    const name = [command.program, ...command.arguments].join(' ')
    console.log(`· ${name}`)
    const code = await run(command)
    if (code !== 0) return fail(passed, `${name} failed (${code}); what comes after it was not run.`)
    passed++
  }
  const suites = await runSuites(chromium.path)
  const left = await endLeftovers()
  for (const process of left) console.error(`The tests left a process behind: ${process}`)
  return { passed: passed + suites.passed, failed: suites.failed + left.length }
}

function fail(passed: number, why: string): { passed: number; failed: number } {
  console.error(why)
  return { passed, failed: 1 }
}

const { passed, failed } = await runAll()
process.exitCode = failed === 0 ? 0 : 1
console.log(`${passed} passed, ${failed} failed`)
