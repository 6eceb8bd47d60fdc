/** What tests need of the system: a browser and a PostgreSQL. Node's built-ins only. */
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = process.getuid?.() === 0

/** @param {string} name @returns {string | undefined} */
function onPath(name) {
  return (process.env.PATH ?? '')
    .split(':')
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path))
}

/** @param {string[]} packages @returns {boolean} whether the system's packages could be installed */
function install(packages) {
  const apt = onPath('apt-get')
  if (!root || !apt) return false
  console.log(`Installing ${packages.join(', ')} from the system's packages ...`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const run = (/** @type {string[]} */ args) =>
    spawnSync(apt, args, { stdio: ['ignore', 'ignore', 'inherit'], env }).status === 0
  return run(['update', '-qq']) && run(['install', '-y', '-qq', '--no-install-recommends', ...packages])
}

const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const findBrowser = () => process.env.CHROMIUM ?? BROWSERS.map(onPath).find(Boolean)

/**
 * Where Chromium is: the system's, else from the system's packages, else Playwright's own (undefined means that Playwright
 * looks for it itself).
 * @returns {{ path: string | undefined, ready: boolean }}
 */
export function provideBrowser() {
  const found = findBrowser() ?? (install(['chromium', 'fonts-liberation']) ? findBrowser() : undefined)
  if (found) return { path: found, ready: true }
  const own = spawnSync('npx', ['playwright', 'install', 'chromium'], { stdio: 'inherit' })
  return { path: undefined, ready: own.status === 0 }
}

/** @returns {string | undefined} the folder of initdb and pg_ctl */
function postgresPrograms() {
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : []
  const folders = versions.map((version) => join(debian, version, 'bin'))
  const direct = onPath('initdb')
  if (direct) folders.push(join(direct, '..'))
  return folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'pg_ctl')))
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.on('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

/**
 * A PostgreSQL of its own in a temporary folder, or the one that TEST_POSTGRES_URL names. Null where none can be had.
 * @returns {Promise<{ url: string, stop: () => void } | null>}
 */
export async function providePostgres() {
  const given = process.env.TEST_POSTGRES_URL
  if (given) return { url: given, stop: () => {} }
  const programs = postgresPrograms() ?? (install(['postgresql']) ? postgresPrograms() : undefined)
  if (!programs) return null
  const folder = mkdtempSync(join(tmpdir(), 'assay-postgres-'))
  // PostgreSQL refuses to run as root.
  const as = root ? ['runuser', '-u', 'postgres', '--'] : []
  if (root) {
    chmodSync(folder, 0o755)
    spawnSync('chown', ['postgres', folder])
  }
  const run = (/** @type {string} */ program, /** @type {string[]} */ args) => {
    const [command, ...rest] = [...as, join(programs, program), ...args]
    return spawnSync(command ?? program, rest, { cwd: folder, encoding: 'utf8' })
  }
  const data = join(folder, 'data')
  const port = await freePort()
  const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${folder} -c fsync=off -c max_connections=200`
  const made = run('initdb', ['-D', data, '-A', 'trust', '-U', 'assay', '-E', 'UTF8', '--no-sync'])
  const started =
    made.status === 0 ? run('pg_ctl', ['-D', data, '-o', options, '-l', join(folder, 'log'), '-w', 'start']) : made
  if (started.status !== 0) {
    console.error(`PostgreSQL did not start: ${started.stderr || started.stdout}`)
    rmSync(folder, { recursive: true, force: true })
    return null
  }
  return {
    url: `postgres://assay@127.0.0.1:${port}/postgres`,
    stop: () => {
      run('pg_ctl', ['-D', data, '-m', 'immediate', '-w', 'stop'])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
