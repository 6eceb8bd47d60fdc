/** Builds the app unless what it is built from is unchanged. Node's built-ins only. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const STAMP = 'build/.built-from'
const FILES = [
  'package-lock.json',
  'remix.config.js',
  'vite.config.ts',
  'tsconfig.json',
  'scripts/build.js',
  'scripts/programs.config.js',
  'scripts/prepare.ts',
  'scripts/server.ts',
  'scripts/dotenv.ts',
]
const FOLDERS = ['app', 'db', 'public', 'scripts/server']

/** A fingerprint of the sources: names and contents, so that a fresh clone with the same content needs no build. */
function fingerprint() {
  const hash = createHash('sha256')
  const files = FOLDERS.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((entry) => join(folder, entry))
      .filter((path) => statSync(path).isFile()),
  )
  for (const path of [...FILES, ...files.sort()]) hash.update(path).update('\0').update(readFileSync(path)).update('\0')
  return hash.digest('hex')
}

export function buildApp() {
  const now = fingerprint()
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === now) return
  console.log('Building ...')
  const built = spawnSync(process.execPath, ['scripts/build.js'], { stdio: 'inherit' })
  if (built.status !== 0) {
    console.error('The build failed; its message is above.')
    process.exit(1)
  }
  writeFileSync(STAMP, now)
}
