/** What computes from many ratings, in a thread or a process, with a connection of its own. Started by elsewhere.server.ts. */
import { parentPort, workerData } from 'node:worker_threads'
import { openStore } from '#db/store.server.ts'
import { keepRatingsInForce } from '../ratings/in-force/kept.ts'
import { lowerPriority } from './priority.ts'
import { type TaskName, taskOf } from './tasks.ts'

export type Question = { name: TaskName; asked: unknown }
export type Answer = { id: number } & ({ value: unknown } | { error: string })

lowerPriority(parentPort ? 'this thread' : 'all threads')

const store = openStore(parentPort ? (workerData as { url: string }).url : (process.env.DATABASE_URL ?? ''))
const tell = (answer: Answer) => (parentPort ? parentPort.postMessage(answer) : process.send?.(answer))

/** Until the answers of a page have gone out. */
const PAUSE_MS = 1_000
let waiting = false
let told = false

/** Spares the next process the reading. */
function keepLater(): void {
  if (waiting) return
  waiting = true
  setTimeout(() => {
    waiting = false
    keepRatingsInForce(store.read).catch(tellOnce)
  }, PAUSE_MS)
}

async function tellOnce(error: unknown): Promise<void> {
  if (told) return
  told = true
  // what computes begins sooner without the log it hardly ever needs
  const { log } = await import('#app/log.server.ts')
  log().warn({ err: error }, 'ratings cannot be kept in DATA_DIR/cache: after each start they are read anew')
}

async function work({ id, name, asked }: Question & { id: number }): Promise<void> {
  try {
    tell({ id, value: await taskOf(name).run(store.read, asked) })
  } catch (error) {
    tell({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
  keepLater()
}

if (parentPort) parentPort.on('message', work)
else process.on('message', (message) => work(message as Question & { id: number }))
process.on('disconnect', () => process.exit(0))
