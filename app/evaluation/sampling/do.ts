import { and, eq } from 'drizzle-orm'
import { now } from '#app/ambient.ts'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { sealedUntil } from '#app/evaluation/pools/next-rotation.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { holdUntilCommit } from '#db/lock.server.ts'
import { samplings } from '#db/schema/pools.ts'
import type { Database } from '#db/store.server.ts'
import { planSampling, type StampedPlan } from './plan.ts'
import type { SamplingAsked } from './planned.ts'
import { sampleTraces } from './sample.ts'

/** A sampling as it was shown and agreed to. `id`: the one it is to be known by, so that asking twice makes one. */
export type AgreedSampling = { id: string; asked: SamplingAsked; stamp: string }

/** Held by whatever draws traces or turns pools, until it commits: what it planned from stays as it is. */
export const POOLS_TURN = 737_561

/**
 * The plan that was agreed to, where it still holds.
 *
 * @throws Problem `conflict` with the code `plan-outdated` where other traces wait now, or `nothing-waits`
 */
export async function planStillRight(read: Database, scope: Scope, agreed: AgreedSampling): Promise<StampedPlan> {
  const plan = await planSampling(read, scope, agreed.asked)
  if (plan.stamp !== agreed.stamp) {
    throw new Problem(
      'conflict',
      'Nothing was sampled: the traces that wait are others than when this was planned. Look at the new plan, then do that.',
      { code: 'plan-outdated' },
    )
  }
  if (plan.drawn > 0) return plan
  throw new Problem('conflict', 'Nothing was sampled: no trace with a category and a user segment waits.', {
    code: 'nothing-waits',
  })
}

export type SamplingDone = { samplingId: string; active: number; holdout: number }

/** Does a sampling within a transaction, all or nothing. One that was done already is not done again. */
export async function doSampling(
  tx: Database,
  scope: Scope,
  agreed: AgreedSampling,
  watch: (progress: { done: number; total: number }) => void = () => {},
): Promise<SamplingDone> {
  demand(scope, 'pools.write')
  await holdUntilCommit(tx, POOLS_TURN)
  const [known] = await tx
    .select({ plan: samplings.plan })
    .from(samplings)
    .where(and(eq(samplings.id, agreed.id), eq(samplings.projectId, scope.project.id)))
  if (known) {
    const { active, holdout } = known.plan as { active: number; holdout: number }
    return { samplingId: agreed.id, active, holdout }
  }
  const { stamp: _, ...plan } = await planStillRight(tx, scope, agreed)
  const at = now()
  const { active, holdout } = await sampleTraces(
    tx,
    scope,
    { ...plan, seed: agreed.asked.seed },
    {
      samplingId: agreed.id,
      at,
      until: await sealedUntil(tx, scope.project.id, at),
      watch: (made) => watch({ done: made, total: plan.drawn }),
    },
  )
  return { samplingId: agreed.id, active: active.length, holdout: holdout.length }
}
