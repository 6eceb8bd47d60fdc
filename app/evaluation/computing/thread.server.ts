import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { Task } from './task.ts'
import type { Answer, Question } from './worker.ts'

const MEMORY = { maxOldGenerationSizeMb: 2_048, maxYoungGenerationSizeMb: 16 }
const IDLE_MS = 2 * 60_000
const BUILT = 'build/programs/computing.js'
const SOURCE = 'app/evaluation/computing/worker.ts'

type Kind = Task<unknown, unknown>['takes']
type Waiting = { resolve: (value: unknown) => void; reject: (error: Error) => void }
type Thread = { worker: Worker; waiting: Map<number, Waiting>; idle: NodeJS.Timeout }

/** By kind and database. */
const threads = new Map<string, Thread>()
let asked = 0

/**
 * Has the thread of a kind do a task on the database at `url`; starts the thread when it is not running, and lets it go after two
 * idle minutes. Rejects when the task or the thread fails.
 */
export function inThread(kind: Kind, url: string, question: Question): Promise<unknown> {
  const key = `${kind} ${url}`
  const thread = threads.get(key) ?? start(key, url)
  const id = ++asked
  thread.idle.refresh()
  return new Promise((resolve, reject) => {
    thread.waiting.set(id, { resolve, reject })
    thread.worker.ref()
    thread.worker.postMessage({ id, ...question })
  })
}

/** The built thread; in development, and where there is no build, the sources by tsx, which is slow to begin. */
export function threadAt(built: string, url: string): Worker {
  const workerData = { url }
  if (existsSync(built)) return new Worker(built, { workerData, execArgv: [], resourceLimits: MEMORY })
  const source = JSON.stringify(pathToFileURL(resolve(SOURCE)).href)
  // Node 20 does not hand a loader given by --import to the first module of a thread.
  const load = `import('tsx/esm/api').then((tsx) => { tsx.register(); return import(${source}) })`
  return new Worker(load, { workerData, execArgv: [], resourceLimits: MEMORY, eval: true })
}

function start(key: string, url: string): Thread {
  const built = process.env.NODE_ENV === 'production' ? resolve(BUILT) : ''
  const worker = threadAt(built, url)
  const waiting = new Map<number, Waiting>()
  const idle = setInterval(() => letGo(key, thread), IDLE_MS).unref()
  const thread: Thread = { worker, waiting, idle }
  threads.set(key, thread)
  worker.on('message', (answer: Answer) => {
    const one = waiting.get(answer.id)
    waiting.delete(answer.id)
    if (waiting.size === 0) worker.unref()
    if ('error' in answer) one?.reject(new Error(answer.error))
    else one?.resolve(answer.value)
  })
  worker.on('error', (error: Error) => giveUp(key, thread, error))
  worker.on('exit', (code) => giveUp(key, thread, new Error(`the computing thread ended with ${code}`)))
  return thread
}

function giveUp(key: string, thread: Thread, error: Error): void {
  if (threads.get(key) === thread) threads.delete(key)
  clearInterval(thread.idle)
  for (const { reject } of thread.waiting.values()) reject(error)
  thread.waiting.clear()
}

function letGo(key: string, thread: Thread): void {
  if (thread.waiting.size > 0) return
  threads.delete(key)
  clearInterval(thread.idle)
  void thread.worker.terminate()
}
