import { now } from '#app/ambient.ts'
import type { Database } from '#db/store.server.ts'
import { urlOf } from '#db/url-of.server.ts'
import { elsewhere } from './elsewhere.server.ts'
import type { Task } from './task.ts'
import { type Asked, type Result, type TaskName, taskOf } from './tasks.ts'
import { type Behind, type Within, within } from './within.ts'

const MOST_KEPT = 100

/** While ratings come in, a result computed elsewhere is good for twenty times as long as it took, and a minute at most. */
const GOOD_FOR = 20
const GOOD_MS = 60_000

type Kept = {
  promise: Promise<unknown>
  /** What it was computed from: of the task's `state`. */
  state: string
  ratings: number
  /** When it was begun; how long it took, in milliseconds: null while it runs. */
  at: number
  took: number | null
  elsewhere: boolean
}

/** The newest result of each question, the longest unused first. A promise, so that two who ask at once wait for one computing. */
const kept = new Map<string, Kept>()

/**
 * The result of a task: kept from last time where nothing has changed since, computed otherwise, off the request's thread when
 * it is long. Results are shared: never change one.
 */
export async function computed<Name extends TaskName>(
  read: Database,
  name: Name,
  asked: Asked<Name>,
): Promise<Result<Name>> {
  const { known } = await started(read, name, asked, false)
  return known.promise as Promise<Result<Name>>
}

/**
 * As `computed`, but says so where the result takes longer than `ms` from now; the computing goes on, and asking again later
 * finds it. A result that took long is not thrown away for every rating that is made: for a while the last one is given, with what
 * is not in it.
 */
export async function computedWithin<Name extends TaskName>(
  ms: number,
  read: Database,
  name: Name,
  asked: Asked<Name>,
): Promise<Within<Result<Name>>> {
  const { known, behind } = await started(read, name, asked, true)
  const found = await within(ms, known.promise as Promise<Result<Name>>)
  return found.ready && behind ? { ...found, behind } : found
}

/** The result of a task as it is now, computed where it belongs, and not kept: for what chance has a part in. */
export async function computedOnce<Name extends TaskName>(
  read: Database,
  name: Name,
  asked: Asked<Name>,
): Promise<Result<Name>> {
  const task = taskOf(name)
  const { ratings } = await task.state(read, asked)
  return start(read, name, task, asked, { state: '', ratings }).promise as Promise<Result<Name>>
}

/** The promise is wrapped, since one that is returned from an async function would be waited for. */
async function started(
  read: Database,
  name: TaskName,
  asked: unknown,
  mayBeBehind: boolean,
): Promise<{ known: Kept; behind: Behind | null }> {
  const task = taskOf(name)
  const found = await task.state(read, asked)
  const state = JSON.stringify(found)
  const key = JSON.stringify([name, asked])
  const last = kept.get(key)
  const usable = last !== undefined && (last.state === state || (mayBeBehind && isGood(last)))
  const known = usable ? last : start(read, name, task, asked, { state, ratings: found.ratings })
  kept.delete(key)
  kept.set(key, known)
  // A failure is not kept; whoever waits for the promise hears of it.
  known.promise.catch(() => kept.get(key) === known && kept.delete(key))
  for (const oldest of kept.keys()) {
    if (kept.size <= MOST_KEPT) break
    kept.delete(oldest)
  }
  const behind = known.state === state ? null : { at: known.at, ratings: Math.max(0, found.ratings - known.ratings) }
  return { known, behind }
}

/** Computing elsewhere goes on to its end before the next begins, however many ratings come in meanwhile. */
function isGood({ elsewhere: long, at, took }: Kept): boolean {
  return long && (took === null || now() - at < Math.min(GOOD_MS, GOOD_FOR * took))
}

function start(
  read: Database,
  name: TaskName,
  task: Task<unknown, unknown>,
  asked: unknown,
  { state, ratings }: Pick<Kept, 'state' | 'ratings'>,
): Kept {
  const url = urlOf(read)
  const here = ratings < task.elsewhereFrom || url === null
  const promise = here ? task.run(read, asked) : elsewhere(task.takes, url, { name, asked })
  const made: Kept = { promise, state, ratings, at: now(), took: null, elsewhere: !here }
  const done = () => {
    made.took = now() - made.at
  }
  promise.then(done, done)
  return made
}
