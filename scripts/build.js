/** Builds the app and packs its assets ahead of time, so that serving them costs nothing. Node's built-ins only. */
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const SMALLEST = 512

/**
 * Runs one of the builders; ends with its status when it fails.
 * @param {string[]} args
 */
function run(...args) {
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...process.env, NODE_ENV: 'production' }
  const ran = spawnSync(process.execPath, [...args, '--logLevel', 'warn'], { stdio: 'inherit', env })
  if (ran.status !== 0) process.exit(ran.status ?? 1)
}

run('node_modules/@remix-run/dev/dist/cli.js', 'vite:build')
run('node_modules/vite/bin/vite.js', 'build', '--config', 'scripts/programs.config.js')

for (const entry of readdirSync('build/client', { recursive: true, encoding: 'utf8' })) {
  const path = join('build/client', entry)
  if (!/\.(js|css|svg|txt|json)$/.test(path) || statSync(path).size < SMALLEST) continue
  const content = readFileSync(path)
  writeFileSync(`${path}.br`, brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }))
  writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }))
}
