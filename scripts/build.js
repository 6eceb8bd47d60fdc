/** Builds the app and packs its assets ahead of time, so that serving them costs nothing. Node's built-ins only. */
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const SMALLEST = 512

const built = spawnSync(
  process.execPath,
  ['node_modules/@remix-run/dev/dist/cli.js', 'vite:build', '--logLevel', 'warn'],
  {
    stdio: 'inherit',
    env: { ...process.env, NODE_ENV: 'production' },
  },
)
if (built.status !== 0) process.exit(built.status ?? 1)

for (const entry of readdirSync('build/client', { recursive: true, encoding: 'utf8' })) {
  const path = join('build/client', entry)
  if (!/\.(js|css|svg|txt|json)$/.test(path) || statSync(path).size < SMALLEST) continue
  const content = readFileSync(path)
  writeFileSync(`${path}.br`, brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }))
  writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }))
}
