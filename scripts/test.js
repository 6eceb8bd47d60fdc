/**
 * `npm test`: installs what it needs and runs everything: types, lint, unit tests, both database engines, a real browser.
 * Its last line counts what passed. Node's built-ins only, since it runs before anything is installed.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildApp } from './setup/build.js'
import { checkNode, installPackages } from './setup/packages.js'
import { provideBrowser, providePostgres } from './setup/system.js'

const total = { passed: 0, failed: 0, skipped: 0 }

/** @param {string} title @param {string[]} command @param {Record<string, string | undefined>} [env] @returns {boolean} */
function run(title, command, env = {}) {
  console.log(`\n== ${title}`)
  const began = Date.now()
  const [program, ...args] = command
  const done = spawnSync(process.execPath, [`node_modules/${program}`, ...args], {
    stdio: 'inherit',
    env: { ...process.env, ...env },
  })
  console.log(`   ${title}: ${done.status === 0 ? 'ok' : 'FAILED'} in ${Math.round((Date.now() - began) / 1000)} s`)
  return done.status === 0
}

/** @param {boolean} ok */
function count(ok) {
  if (ok) total.passed += 1
  else total.failed += 1
}

/**
 * Adds a runner's own counts; a runner that ended badly without naming a failed test counts as one.
 * @template R
 * @param {boolean} ok @param {string} file @param {(report: R) => { passed: number, failed: number, skipped: number }} read
 */
function countReport(ok, file, read) {
  const counts = existsSync(file)
    ? read(/** @type {R} */ (JSON.parse(readFileSync(file, 'utf8'))))
    : { passed: 0, failed: 0, skipped: 0 }
  total.passed += counts.passed
  total.failed += counts.failed
  total.skipped += counts.skipped
  if (!ok && counts.failed === 0) total.failed += 1
}

checkNode()
installPackages()
const browser = provideBrowser()
const postgres = await providePostgres()
const reports = mkdtempSync(join(tmpdir(), 'assay-test-'))

try {
  count(run('Types', ['typescript/bin/tsc', '--noEmit']))
  count(run('Lint', ['@biomejs/biome/bin/biome', 'check', '--error-on-warnings']))
  count(run('Structure', ['tsx/dist/cli.mjs', 'scripts/structure.ts']))

  const projects = ['--project=unit', '--project=sqlite', ...(postgres ? ['--project=postgres'] : [])]
  if (!postgres) {
    console.log('\nPostgreSQL: none here and none could be installed. Its tests are skipped.')
    total.skipped += 1
  }
  const vitest = join(reports, 'vitest.json')
  const unit = run(
    'Unit and integration',
    [
      'vitest/vitest.mjs',
      'run',
      '--config',
      'tests/vitest.config.ts',
      ...projects,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${vitest}`,
    ],
    { TEST_POSTGRES_URL: postgres?.url },
  )
  countReport(unit, vitest, (/** @type {Record<string, number>} */ report) => ({
    passed: report.numPassedTests ?? 0,
    failed: report.numFailedTests ?? 0,
    skipped: (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0),
  }))

  buildApp()
  if (browser.ready) {
    const playwright = join(reports, 'playwright.json')
    const ends = run('In the browser', ['@playwright/test/cli.js', 'test', '--config', 'tests/playwright.config.ts'], {
      CHROMIUM: browser.path,
      PLAYWRIGHT_JSON_OUTPUT_NAME: playwright,
    })
    countReport(ends, playwright, (/** @type {{ stats: Record<string, number> }} */ { stats }) => ({
      passed: (stats.expected ?? 0) + (stats.flaky ?? 0),
      failed: stats.unexpected ?? 0,
      skipped: stats.skipped ?? 0,
    }))
  } else {
    console.error('\nNo Chromium here, and none could be installed: the browser tests cannot run.')
    total.failed += 1
  }
} finally {
  postgres?.stop()
  rmSync(reports, { recursive: true, force: true })
}

console.log(`\n${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`)
process.exit(total.failed === 0 ? 0 : 1)
