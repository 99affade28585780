import { defineConfig } from 'vitest/config'

// Its own file: vite.config.ts must load in a production install, where vitest is absent.
export default defineConfig({
  test: {
    passWithNoTests: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          include: ['test/{unit,contract,property,integration,fault}/**/*.test.{ts,tsx}'],
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/kit/build.ts'],
          // Several browsers at once would starve each other; after the others, for the same reason.
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
