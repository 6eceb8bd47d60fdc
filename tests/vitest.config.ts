import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('..', import.meta.url))

// Sealed text needs a key; what a test seals, no other has to open.
const SEAL_KEY = `${'A'.repeat(42)}8=`

const common = { root, environment: 'node' as const, testTimeout: 60_000, hookTimeout: 120_000 }

/** Unit tests beside their files; integration tests once on each engine. */
export default defineConfig({
  root,
  test: {
    reporters: ['default'],
    // Half of an integration test is waiting for the other engine, the disk or a worker: a small machine has room for two.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        test: {
          ...common,
          name: 'unit',
          include: [
            'app/**/*.test.ts',
            'app/**/*.test.tsx',
            'db/**/*.test.ts',
            'scripts/**/*.test.ts',
            'tests/reference/**/*.test.ts',
          ],
        },
      },
      {
        test: {
          ...common,
          name: 'sqlite',
          include: ['tests/integration/**/*.test.ts', 'tests/faults/**/*.test.ts'],
          env: { DATABASE_URL: 'file::memory:', LOG_LEVEL: 'silent', ASSAY_SEAL_KEY: SEAL_KEY },
        },
      },
      {
        test: {
          ...common,
          name: 'postgres',
          include: ['tests/integration/**/*.test.ts'],
          globalSetup: ['tests/support/postgres.ts'],
          env: {
            DATABASE_URL: process.env.TEST_POSTGRES_URL ?? 'postgres://assay:assay@127.0.0.1:54329/assay_test',
            LOG_LEVEL: 'silent',
            ASSAY_SEAL_KEY: SEAL_KEY,
          },
        },
      },
    ],
  },
})
