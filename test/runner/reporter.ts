import { appendFileSync } from 'node:fs'
import { relative } from 'node:path'
import type { UserConsoleLog } from 'vitest'
import type { Reporter, TestCase, TestModule } from 'vitest/node'
import type { JournalLine } from './journal.ts'

/** Where the journal is written; set by whoever starts the run. */
const JOURNAL = process.env['INFORMALS_JOURNAL']

/**
 * Writes the journal, and prints what failed at once: the end of a run that is cut off shows nothing. What passes is
 * printed a line a file.
 */
export default class JournalReporter implements Reporter {
  onTestModuleQueued(module: TestModule): void {
    write({ what: 'file', file: fileOf(module) })
  }

  onTestCaseReady(test: TestCase): void {
    write({ what: 'begun', file: fileOf(test.module), test: test.fullName })
  }

  onTestCaseResult(test: TestCase): void {
    const { state, errors } = test.result()
    const file = fileOf(test.module)
    write({ what: 'ended', file, test: test.fullName, state })
    if (state !== 'failed') return
    console.error(`✗ ${file}: ${test.fullName}`)
    for (const error of errors) console.error(indented(error.stack ?? error.message))
  }

  onUserConsoleLog({ content, type }: UserConsoleLog): void {
    process[type].write(content)
  }

  onTestModuleEnd(module: TestModule): void {
    const file = fileOf(module)
    const problem = module
      .errors()
      .map((error) => error.stack ?? error.message)
      .join('\n')
    write({ what: 'file-ended', file, state: module.state(), problem })
    if (problem !== '') console.error(`✗ ${file}\n${indented(problem)}`)
    const tests = [...module.children.allTests()]
    const passed = tests.filter((test) => test.result().state === 'passed').length
    const seconds = (module.diagnostic().duration / 1_000).toFixed(1)
    console.log(`  ${file}: ${passed} of ${tests.length} in ${seconds} s`)
  }

  onTestRunEnd(
    _modules: readonly TestModule[],
    errors: readonly { stack?: string; message: string }[],
  ): void {
    for (const error of errors) {
      const problem = error.stack ?? error.message
      write({ what: 'file-ended', file: 'outside of any test', state: 'failed', problem })
      console.error(`✗ outside of any test\n${indented(problem)}`)
    }
    write({ what: 'run-ended' })
  }
}

const fileOf = (module: TestModule): string => relative(process.cwd(), module.moduleId)

const indented = (text: string): string => text.replaceAll(/^/gm, '    ')

function write(line: JournalLine): void {
  if (JOURNAL) appendFileSync(JOURNAL, `${JSON.stringify(line)}\n`)
}
