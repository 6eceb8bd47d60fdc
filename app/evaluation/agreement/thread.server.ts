import { resolve } from 'node:path'
import { Worker } from 'node:worker_threads'
import { env } from '#app/env.server.ts'
import type { Answered, Asked, Task } from './worker.ts'

const IDLE_MS = 10 * 60_000

type Waiting = { resolve: (value: unknown) => void; reject: (error: Error) => void }

let worker: Worker | null = null
let idle: NodeJS.Timeout | undefined
let asked = 0
const waiting = new Map<number, Waiting>()

/**
 * Has the computing thread do a task; starts it when it is not running, and lets it go after ten idle minutes. Rejects when
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

function start(): Worker {
  // From the sources, by tsx, as the server itself: the build holds no second entry.
  const started = new Worker(resolve('app/evaluation/agreement/worker.ts'), {
    execArgv: ['--import', 'tsx'],
    workerData: { url: env().databaseUrl },
  })
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
