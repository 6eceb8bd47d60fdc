import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { Answer, Question } from './worker.ts'

/** Where tasks are done: a thread or a process. `hold(false)` lets this process end although the other is there. */
export type Place = {
  ask: (question: Question & { id: number }) => void
  onAnswer: (take: (answer: Answer) => void) => void
  onEnd: (take: (error: Error) => void) => void
  hold: (on: boolean) => void
  end: () => void
}

export const MOST_MEMORY_MB = 2_048
const MEMORY = { maxOldGenerationSizeMb: MOST_MEMORY_MB, maxYoungGenerationSizeMb: 16 }
export const SOURCE = 'app/evaluation/computing/worker.ts'

/** The bundled program that computes; null in development, and where there is no build. */
export function builtProgram(): string | null {
  const built = resolve('build/programs/computing.js')
  return process.env.NODE_ENV === 'production' && existsSync(built) ? built : null
}

/** A thread that computes: the built one, or the sources by tsx, which is slow to begin. */
export function threadAt(url: string): Place {
  const worker = started(url)
  return {
    ask: (question) => worker.postMessage(question),
    onAnswer: (take) => worker.on('message', take),
    onEnd: (take) => {
      worker.on('error', take)
      worker.on('exit', (code) => take(new Error(`the computing thread ended with ${code}`)))
    },
    hold: (on) => (on ? worker.ref() : worker.unref()),
    end: () => void worker.terminate(),
  }
}

function started(url: string): Worker {
  const workerData = { url }
  const built = builtProgram()
  if (built) return new Worker(built, { workerData, execArgv: [], resourceLimits: MEMORY })
  const source = JSON.stringify(pathToFileURL(resolve(SOURCE)).href)
  // Node 20 does not hand a loader given by --import to the first module of a thread.
  const load = `import('tsx/esm/api').then((tsx) => { tsx.register(); return import(${source}) })`
  return new Worker(load, { workerData, execArgv: [], resourceLimits: MEMORY, eval: true })
}
