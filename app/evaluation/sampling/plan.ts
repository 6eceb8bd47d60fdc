import { desc, eq } from 'drizzle-orm'
import { sha256 } from '#app/ambient.ts'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { samplings } from '#db/schema/pools.ts'
import type { Database } from '#db/store.server.ts'
import { checkAsked } from './asked.ts'
import type { SamplingAsked, SamplingPlan } from './planned.ts'
import { planFrom } from './planner.ts'
import { countTraffic } from './traffic.ts'

/** A plan as it was shown. `stamp` names it: it is another as soon as other traces wait or another sampling was done. */
export type StampedPlan = SamplingPlan & { stamp: string }

/**
 * Plans a sampling of the traces that wait now; nothing is changed.
 *
 * @throws Problem `invalid` with a message for each value that is out of bounds
 */
export async function planSampling(read: Database, scope: Scope, asked: SamplingAsked): Promise<StampedPlan> {
  demand(scope, 'pools.read')
  const plan = planFrom(await countTraffic(read, scope.project.id), checkAsked(asked))
  const [last] = await read
    .select({ id: samplings.id })
    .from(samplings)
    .where(eq(samplings.projectId, scope.project.id))
    .orderBy(desc(samplings.doneAt), desc(samplings.id))
    .limit(1)
  return { ...plan, stamp: sha256(JSON.stringify([plan, last?.id ?? null])).slice(0, 32) }
}
