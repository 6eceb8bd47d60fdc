/** The thread that computes agreement over many ratings, with a connection of its own. Started by computing.server.ts. */
import { parentPort, workerData } from 'node:worker_threads'
import { openStore } from '#db/store.server.ts'
import { breakdownOf } from './breakdown.ts'
import { figuresOf } from './figures.ts'
import type { Settled } from './filter.ts'

export type Task = { filter: Settled; dimensionId: string | null }
export type Asked = Task & { id: number }
export type Answered = { id: number } & ({ value: unknown } | { error: string })

const store = openStore((workerData as { url: string }).url)

parentPort?.on('message', async ({ id, filter, dimensionId }: Asked) => {
  const answer = (answered: Answered) => parentPort?.postMessage(answered)
  try {
    const value =
      dimensionId === null ? await figuresOf(store.read, filter) : await breakdownOf(store.read, filter, dimensionId)
    answer({ id, value })
  } catch (error) {
    answer({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
})
