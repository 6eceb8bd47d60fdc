/** The thread that computes from many ratings, with a connection of its own. Started by thread.server.ts. */
import { constants, setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import { openStore } from '#db/store.server.ts'
import { type TaskName, taskOf } from './tasks.ts'

export type Question = { name: TaskName; asked: unknown }
export type Answer = { id: number } & ({ value: unknown } | { error: string })

// On Linux this lowers the calling thread alone: those who rate go first. Elsewhere it would lower the whole process.
if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_LOW)

const store = openStore((workerData as { url: string }).url)

parentPort?.on('message', async ({ id, name, asked }: Question & { id: number }) => {
  const answer = (answered: Answer) => parentPort?.postMessage(answered)
  try {
    answer({ id, value: await taskOf(name).run(store.read, asked) })
  } catch (error) {
    answer({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
})
