import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig } from '@playwright/test'

const root = fileURLToPath(new URL('..', import.meta.url))

// Read again in each worker; what the first reading decided is handed down in the environment, and cleared away at its end.
if (process.env.ASSAY_E2E_DIR === undefined) {
  const folder = mkdtempSync(join(tmpdir(), 'assay-e2e-'))
  process.env.ASSAY_E2E_DIR = folder
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
}
process.env.ASSAY_E2E_PORT ??= '4173'
// What a test seals, the server has to open.
process.env.ASSAY_SEAL_KEY ??= Buffer.alloc(32, 9).toString('base64')
process.env.DATABASE_URL ??= `file:${join(process.env.ASSAY_E2E_DIR, 'assay.sqlite')}`
const port = process.env.ASSAY_E2E_PORT
const baseURL = `http://localhost:${port}`

/** Browser tests against the production build, with the demo workspace in a database of their own. */
export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  outputDir: join(root, 'test-results'),
  timeout: 90_000,
  expect: { timeout: 10_000 },
  workers: 2,
  // A second look where a machine is slow; what needs it is named as flaky in the report.
  retries: process.env.CI ? 1 : 0,
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list'], ['json']],
  use: {
    baseURL,
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    trace: 'retain-on-failure',
    launchOptions: {
      ...(process.env.CHROMIUM ? { executablePath: process.env.CHROMIUM } : {}),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-dev-shm-usage',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
  webServer: {
    command: 'node tests/e2e/support/server.js',
    cwd: root,
    url: `${baseURL}/health/ready`,
    timeout: 60_000,
    stdout: 'ignore',
    stderr: 'pipe',
    env: {
      PORT: port,
      APP_URL: baseURL,
      DATABASE_URL: process.env.DATABASE_URL,
      DATA_DIR: process.env.ASSAY_E2E_DIR,
      LOG_LEVEL: 'error',
      NODE_ENV: 'production',
    },
  },
})
