import { setImmediate } from 'node:timers/promises'
import { and, asc, eq, gt, isNull } from 'drizzle-orm'
import { sha256 } from '#app/ambient.ts'
import { traces } from '#db/schema/traces.ts'
import type { Database } from '#db/store.server.ts'
import type { Segment } from './planned.ts'

/** How many traces of a segment become cases of which pool, and how many interactions each stands for. */
export type ToDraw = Segment & { active: number; holdout: number; weight: number | null }

/** A trace that was drawn; `id` is the trace's. */
export type Drawn = { id: string; key: string; pool: 'active' | 'holdout'; weight: number | null }

const CHUNK = 5_000

type Candidate = { id: string; key: string; place: string }

/**
 * Draws traces that wait. Within a segment they stand in the order of a hash of seed and key, so that the same seed and
 * traces give the same cases on any engine, whatever was imported first: the first go to the holdout, the next are active.
 */
export async function drawTraces(
  tx: Database,
  projectId: string,
  { seed, segments }: { seed: number; segments: readonly ToDraw[] },
): Promise<Drawn[]> {
  const wanted = segments.filter(({ active, holdout }) => active + holdout > 0)
  const candidates = new Map(wanted.map((segment) => [nameOf(segment), [] as Candidate[]]))
  await eachWaiting(tx, projectId, ({ id, key, category, userSegment }) => {
    const own = candidates.get(nameOf({ category, userSegment }))
    own?.push({ id, key, place: placeOf(seed, key) })
  })
  return wanted.flatMap((segment) => {
    const { active, holdout, weight } = segment
    const own = candidates.get(nameOf(segment)) ?? []
    own.sort((a, b) => (a.place < b.place ? -1 : a.place > b.place ? 1 : 0))
    return own
      .slice(0, holdout + active)
      .map(({ id, key }, i) => ({ id, key, pool: i < holdout ? ('holdout' as const) : ('active' as const), weight }))
  })
}

const placeOf = (seed: number, key: string): string => sha256(`${seed} ${key}`)

const nameOf = ({ category, userSegment }: { category: string | null; userSegment: string | null }): string =>
  JSON.stringify([category, userSegment])

type Waiting = { id: string; key: string; category: string | null; userSegment: string | null }

async function eachWaiting(tx: Database, projectId: string, take: (trace: Waiting) => void): Promise<void> {
  let last = ''
  for (;;) {
    const chunk = await tx
      .select({ id: traces.id, key: traces.key, category: traces.category, userSegment: traces.userSegment })
      .from(traces)
      .where(
        and(
          eq(traces.projectId, projectId),
          eq(traces.state, 'waiting'),
          isNull(traces.duplicateOfId),
          gt(traces.id, last),
        ),
      )
      .orderBy(asc(traces.id))
      .limit(CHUNK)
    for (const trace of chunk) take(trace)
    if (chunk.length < CHUNK) return
    last = chunk.at(-1)?.id ?? ''
    await setImmediate()
  }
}
