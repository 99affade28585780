import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { slowness } from './test/runner/speed.ts'

const slow = slowness()
// Tests start the command line a hundred times, and threads in their own processes: what these load is compiled once.
// Node reads this when a process starts, so it is set before the workers do.
process.env['NODE_COMPILE_CACHE'] = join(import.meta.dirname, 'test/.out/compiled')
// What waits for a condition ends as soon as it holds: a long limit costs time only where a test fails.
const waiting = { timeout: 30_000 * slow, interval: 25 }

// Its own file: vite.config.ts must load in a production install, where vitest is absent.
export default defineConfig({
  test: {
    passWithNoTests: false,
    // Each wait ends by itself after its half minute; this one is for histories on a machine that grew busy meanwhile.
    testTimeout: 600_000 * slow,
    hookTimeout: 600_000 * slow,
    expect: { poll: waiting },
    env: { INFORMALS_SLOWNESS: String(slow) },
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          include: ['test/{unit,contract,property,integration,fault}/**/*.test.{ts,tsx}'],
          // One for each processor: the browser's tests run beside them, but often wait, and end first.
          maxWorkers: '100%',
          // The files of a worker share its modules: to load them for each file took longer than most files run.
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/kit/build.ts'],
          // Several browsers at once would starve each other.
          maxWorkers: 1,
          isolate: false,
          // Projects that differ in workers may not share a group. `npm test` runs each project by itself.
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
