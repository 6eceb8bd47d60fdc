import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { env } from '#app/env.server.ts'
import type { Answered, Asked, Task } from './worker.ts'

const IDLE_MS = 2 * 60_000

type Waiting = { resolve: (value: unknown) => void; reject: (error: Error) => void }

let worker: Worker | null = null
let idle: NodeJS.Timeout | undefined
let asked = 0
const waiting = new Map<number, Waiting>()

/**
 * Has the computing thread do a task; starts it when it is not running, and lets it go after two idle minutes. Rejects when
 * the thread fails.
 */
export function inThread(task: Task): Promise<unknown> {
  worker ??= start()
  const id = ++asked
  clearTimeout(idle)
  idle = setTimeout(stop, IDLE_MS).unref()
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject })
    worker?.ref()
    worker?.postMessage({ id, ...task } satisfies Asked)
  })
}

const BUILT = 'build/threads/agreement.js'
const SOURCE = 'app/evaluation/agreement/worker.ts'

/** The built thread; in development, and where there is no build, the sources by tsx, which is slow to begin. */
export function threadAt(built: string, url: string): Worker {
  const workerData = { url }
  if (existsSync(built)) return new Worker(built, { workerData, execArgv: [] })
  const source = JSON.stringify(pathToFileURL(resolve(SOURCE)).href)
  // Node 20 does not hand a loader given by --import to the first module of a thread.
  const load = `import('tsx/esm/api').then((tsx) => { tsx.register(); return import(${source}) })`
  return new Worker(load, { workerData, execArgv: [], eval: true })
}

function start(): Worker {
  const built = process.env.NODE_ENV === 'production' ? resolve(BUILT) : ''
  const started = threadAt(built, env().databaseUrl)
  started.on('message', (answer: Answered) => {
    const one = waiting.get(answer.id)
    waiting.delete(answer.id)
    if (waiting.size === 0) started.unref()
    if ('error' in answer) one?.reject(new Error(answer.error))
    else one?.resolve(answer.value)
  })
  started.on('error', (error: Error) => giveUp(started, error))
  started.on('exit', (code) => giveUp(started, new Error(`the computing thread ended with ${code}`)))
  return started
}

function giveUp(ended: Worker, error: Error): void {
  if (worker !== ended) return
  worker = null
  for (const { reject } of waiting.values()) reject(error)
  waiting.clear()
}

function stop(): void {
  if (waiting.size > 0) return
  const ended = worker
  worker = null
  void ended?.terminate()
}
