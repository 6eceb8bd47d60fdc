import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type EmptyServer = { url: string; token: string; stop: () => Promise<void> }

const PATIENCE_MS = 60_000

/** What the program prints until the pattern is met, as its match. */
function met(program: ChildProcess, pattern: RegExp): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    let said = ''
    const give = (why: string) => reject(new Error(`${why}. It said: ${said}`))
    const timer = setTimeout(() => give(`no ${pattern} within ${PATIENCE_MS} ms`), PATIENCE_MS)
    const look = (chunk: Buffer) => {
      said += chunk
      const found = pattern.exec(said)
      if (!found) return
      clearTimeout(timer)
      resolve(found)
    }
    program.stdout?.on('data', look)
    program.stderr?.on('data', look)
    program.on('exit', (code) => give(`ended with ${code}`))
  })
}

/** A server on an empty database of its own, as after `npm start -- --empty`, and the token that was printed. */
export async function startEmpty(port: number): Promise<EmptyServer> {
  const folder = mkdtempSync(join(tmpdir(), 'assay-empty-'))
  const url = `http://localhost:${port}`
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    PORT: String(port),
    APP_URL: url,
    DATA_DIR: folder,
    DATABASE_URL: `file:${join(folder, 'assay.sqlite')}`,
    LOG_LEVEL: 'error',
    NODE_ENV: 'production',
  }
  const run = (...args: string[]) => spawn(process.execPath, args, { env })
  const [, token = ''] = await met(run('build/programs/prepare.js', '--empty'), /set-up\?token=([\w-]+)/)
  const server = run('build/programs/server.js')
  await met(server, /Assay is at/)
  return {
    url,
    token,
    stop: async () => {
      const ended = new Promise((resolve) => server.on('exit', resolve))
      server.kill('SIGTERM')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
