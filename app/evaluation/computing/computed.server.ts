import type { Database } from '#db/store.server.ts'
import { urlOf } from '#db/url-of.server.ts'
import type { Task } from './task.ts'
import { type Asked, type Result, type TaskName, taskOf } from './tasks.ts'
import { inThread } from './thread.server.ts'
import { type Within, within } from './within.ts'

const MOST_KEPT = 100

/** The newest results, the longest unused first. A promise is kept, so that two who ask at once wait for one computing. */
const kept = new Map<string, Promise<unknown>>()

/**
 * The result of a task: kept from last time where nothing has changed since, computed otherwise, off the request's thread when
 * it is long. Results are shared: never change one.
 */
export async function computed<Name extends TaskName>(
  read: Database,
  name: Name,
  asked: Asked<Name>,
): Promise<Result<Name>> {
  const found = await started(read, name, asked)
  return found.promise as Promise<Result<Name>>
}

/**
 * As `computed`, but says so where the result takes longer than `ms` from now; the computing goes on, and asking again later
 * finds it.
 */
export async function computedWithin<Name extends TaskName>(
  ms: number,
  read: Database,
  name: Name,
  asked: Asked<Name>,
): Promise<Within<Result<Name>>> {
  const { promise } = await started(read, name, asked)
  return within(ms, promise as Promise<Result<Name>>)
}

/** The promise is wrapped, since one that is returned from an async function would be waited for. */
async function started(read: Database, name: TaskName, asked: unknown): Promise<{ promise: Promise<unknown> }> {
  const task = taskOf(name)
  const state = await task.state(read, asked)
  const key = JSON.stringify([name, asked, state])
  const promise = kept.get(key) ?? start(read, name, task, asked, state.ratings)
  kept.delete(key)
  kept.set(key, promise)
  // A failure is not kept; whoever waits for the promise hears of it.
  promise.catch(() => kept.get(key) === promise && kept.delete(key))
  for (const oldest of kept.keys()) {
    if (kept.size <= MOST_KEPT) break
    kept.delete(oldest)
  }
  return { promise }
}

function start(
  read: Database,
  name: TaskName,
  task: Task<unknown, unknown>,
  asked: unknown,
  ratings: number,
): Promise<unknown> {
  const url = urlOf(read)
  const here = ratings < task.inThreadFrom || url === null
  return here ? task.run(read, asked) : inThread(task.takes, url, { name, asked })
}
