import { defineConfig } from 'vitest/config'

const shared = {
  pool: 'forks',
  testTimeout: 90_000,
  hookTimeout: 120_000,
  setupFiles: ['test/property-seed.ts'],
}

export default defineConfig({
  test: {
    // The suites start processes and databases of their own, which two at a time fill a small machine with.
    maxWorkers: 2,
    projects: [
      { test: { ...shared, name: 'unit', include: ['test/unit/**/*.test.ts'] } },
      {
        test: {
          ...shared,
          name: 'database',
          include: ['test/**/*.test.ts'],
          exclude: ['test/unit/**', 'test/chaos/**', '**/node_modules/**'],
          globalSetup: ['test/databases/global-setup.ts'],
        },
      },
      // Servers and disks of their own, which are crashed and filled.
      { test: { ...shared, name: 'chaos', include: ['test/chaos/**/*.test.ts'] } },
    ],
  },
})
