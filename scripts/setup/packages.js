/** Brings node_modules to what package-lock.json says, once. Node's built-ins only: nothing else is there yet. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'

const STAMP = 'node_modules/.assay-installed'
const OLDEST_NODE = 20

/** Ends the program with a message unless this Node can run Assay. */
export function checkNode() {
  const major = Number(process.versions.node.split('.')[0])
  if (major >= OLDEST_NODE) return
  console.error(
    `Assay needs Node ${OLDEST_NODE} or newer; this is ${process.versions.node}. Install a newer one from nodejs.org.`,
  )
  process.exit(1)
}

/** Installs the packages unless the same lock file was installed before. */
export function installPackages() {
  const lock = createHash('sha256')
    .update(readFileSync('package-lock.json'))
    .update(`${process.versions.modules} ${process.platform} ${process.arch}`)
    .digest('hex')
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === lock) return
  console.log('Installing packages (once) ...')
  const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  if (npm.status !== 0) {
    console.error('`npm ci` failed; its message is above. Mend that, then run the same command again.')
    process.exit(1)
  }
  writeFileSync(STAMP, lock)
}
