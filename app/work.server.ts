import { forgetOldPlaces } from './auth/known-places.server.ts'
import { deleteExpiredSessions } from './auth/session.server.ts'
import { forgetOldFailures } from './auth/throttle.server.ts'
import { env } from './env.server.ts'
import { prepareAtStart } from './evaluation/agreement/prepare.server.ts'
import { startJobs, stopJobs } from './evaluation/jobs/start.ts'
import { returnExpiredLeases } from './evaluation/queue/lease.ts'
import { checkSealKeys } from './evaluation/seal/check-keys.ts'
import { log } from './log.server.ts'
import { store } from './store.server.ts'

const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000

const timers: NodeJS.Timeout[] = []

function every(ms: number, name: string, fn: () => Promise<unknown>): void {
  const timer = setInterval(() => {
    fn().catch((error: unknown) => log().error({ err: error }, `${name} failed`))
  }, ms)
  timer.unref()
  timers.push(timer)
}

/** Refuses to serve what cannot be opened. @throws Problem where the key of sealed cases is not the one they need */
export async function checkStart(): Promise<void> {
  const { unfinished } = await checkSealKeys(store())
  if (unfinished) log().warn('a change of the seal key is not finished: run `assay seal rotate-key` again')
}

/** Starts what the server does without being asked. */
export function startWork(): void {
  startJobs(store(), env().dataDir)
  void prepareAtStart(store().read)
  every(MINUTE_MS, 'returning items whose lease ran out', () => returnExpiredLeases(store()))
  every(HOUR_MS, 'deleting expired sessions', deleteExpiredSessions)
  every(HOUR_MS, 'forgetting old sign-in failures', () => forgetOldFailures(store()))
  every(HOUR_MS, 'forgetting places not signed in from any more', () => forgetOldPlaces(store()))
}

/** Stops it and closes the database; what is running finishes first. */
export async function stopWork(): Promise<void> {
  for (const timer of timers.splice(0)) clearInterval(timer)
  await stopJobs()
  await store().close()
}
