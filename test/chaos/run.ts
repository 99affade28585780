import { findChromium } from '../runner/chromium.ts'
import { run } from '../runner/command.ts'

// `npm run test:chaos -- SEED STEPS HISTORIES`: so many random histories of so many steps, from this seed on.

const [seed = '1', steps = '40', histories = '1'] = process.argv.slice(2)
const chromium = await findChromium()
if ('missing' in chromium) {
  console.error(chromium.missing)
  process.exit(1)
}
const code = await run({
  program: 'vitest',
  arguments: ['run', '--project=browser', '--reporter=./test/runner/reporter.ts', 'test/e2e/chaos.test.ts'],
  minutes: 24 * 60,
  environment: {
    CHROMIUM_PATH: chromium.path,
    INFORMALS_CHAOS_SEED: seed,
    INFORMALS_CHAOS_STEPS: steps,
    INFORMALS_CHAOS_HISTORIES: histories,
  },
})
process.exitCode = code === 0 ? 0 : 1
