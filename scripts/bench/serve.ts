/** The production server, and the bare one it is held against, each in a process of its own. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'

export type Served = { port: number; pid: number; stop: () => Promise<void> }

const PATIENCE_MS = 30_000

async function freePort(): Promise<number> {
  const probe = createServer()
  probe.listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (typeof address !== 'object' || !address) throw new Error('no port is free')
  return address.port
}

async function answers(port: number, path: string): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}${path}`)).ok
  } catch {
    return false
  }
}

async function up(child: ChildProcess, port: number, path: string): Promise<Served> {
  const until = performance.now() + PATIENCE_MS
  while (!(await answers(port, path))) {
    if (child.exitCode !== null || performance.now() > until) {
      child.kill()
      throw new Error('The server does not start. Is there a build? `npm run build` makes one.')
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  const stop = async () => {
    const exited = once(child, 'exit')
    child.kill('SIGTERM')
    await exited
  }
  return { port, pid: child.pid ?? 0, stop }
}

/** Serves the build over the database, as `npm start` does; `dataDir` is where it keeps files, if not where it always does. */
export async function serveAssay(databaseUrl: string, dataDir?: string): Promise<Served> {
  const port = await freePort()
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    NODE_ENV: 'production',
    PORT: String(port),
    HOST: '127.0.0.1',
    APP_URL: `http://127.0.0.1:${port}`,
    DATABASE_URL: databaseUrl,
    ...(dataDir === undefined ? {} : { DATA_DIR: dataDir }),
    LOG_LEVEL: 'warn',
  }
  const child = spawn(process.execPath, ['--max-old-space-size=1024', 'build/programs/server.js'], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  return up(child, port, '/health/live')
}

const BARE = `
  const body = Buffer.alloc(Number(process.argv[2]), 120)
  require('node:http').createServer((request, response) => {
    request.resume()
    request.on('end', () => {
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': body.length })
      response.end(body)
    })
  }).listen(Number(process.argv[1]), '127.0.0.1')`

/** A server that does nothing but read the request and answer so many bytes. */
export async function serveBare(bytes: number): Promise<Served> {
  const port = await freePort()
  const child = spawn(process.execPath, ['-e', BARE, String(port), String(bytes)], { stdio: 'ignore' })
  return up(child, port, '/')
}

/** Resident memory of a process, in megabytes. */
export function residentMb(pid: number): number {
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024
}
