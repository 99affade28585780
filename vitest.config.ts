import { defineConfig } from 'vitest/config'

// Its own file: vite.config.ts must load in a production install, where vitest is absent.
export default defineConfig({
  test: {
    include: ['test/{unit,contract,property,integration,fault,e2e}/**/*.test.{ts,tsx}'],
    passWithNoTests: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
