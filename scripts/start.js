/**
 * `npm start`: installs, builds, migrates, seeds the demo workspace, serves; skips what is done. `npm start -- --empty`
 * leaves the demo out. Node's built-ins only, since it runs before anything is installed.
 */
import { spawn, spawnSync } from 'node:child_process'
import { buildApp } from './setup/build.js'
import { checkNode, installPackages } from './setup/packages.js'

const flags = process.argv.slice(2)
const unknown = flags.find((flag) => flag !== '--empty')
if (unknown) {
  console.error(`npm start does not know ${unknown}. It takes --empty: no demo workspace, a set-up page instead.`)
  process.exit(2)
}

checkNode()
installPackages()
buildApp()

/** @type {NodeJS.ProcessEnv} */
const production = { ...process.env, NODE_ENV: 'production' }
const prepared = spawnSync(process.execPath, ['build/programs/prepare.js', ...flags], {
  stdio: 'inherit',
  env: production,
})
if (prepared.status !== 0) process.exit(prepared.status ?? 1)

// With no limit Node lets garbage grow to several times of what is in use. Threads that compute have limits of their own.
const limit = /max-old-space-size/.test(process.env.NODE_OPTIONS ?? '') ? [] : ['--max-old-space-size=1024']
const server = spawn(process.execPath, [...limit, 'build/programs/server.js'], { stdio: 'inherit', env: production })
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.on(signal, () => server.kill(signal))
server.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)))
