import { eq } from 'drizzle-orm'
import { newId, randomInt } from '#app/ambient.ts'
import { accountOf, demand, type Scope } from '#app/auth/permissions.ts'
import { record } from '#app/evaluation/audit/record.ts'
import { moveCases } from '#app/evaluation/pools/move.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { LARGEST_SEED } from '#app/evaluation/sampling/asked.ts'
import { POOLS_TURN } from '#app/evaluation/sampling/do.ts'
import { sampleTraces } from '#app/evaluation/sampling/sample.ts'
import { countTraffic } from '#app/evaluation/sampling/traffic.ts'
import { wipeAfterSealing } from '#app/evaluation/seal/wipe.ts'
import { holdUntilCommit } from '#db/lock.server.ts'
import { rotations } from '#db/schema/pools.ts'
import type { Database, Store } from '#db/store.server.ts'
import { DAY } from './plan.ts'
import type { PlannedSegment } from './planned.ts'
import { movesIn, previewRotation, type StampedRotation } from './preview.ts'

/** What is kept of a plan with the rotation: counts and terms; which cases moved is in their histories. */
export type KeptPlan = Pick<StampedRotation, 'terms' | 'segments' | 'early'> & { seed: number }

/**
 * Does the rotation that was planned, all of it or nothing. What graduates is active from then on and stays sealed until
 * somebody opens it or a day is over, so that it can be undone.
 *
 * @param stamp of the plan that was shown; null takes the plan of the moment
 * @returns the id of the rotation
 * @throws Problem `conflict` where the plan is another by now, or nothing would move
 */
export async function rotatePools(
  store: Store,
  scope: Scope,
  { stamp, seed = randomInt(LARGEST_SEED) }: { stamp: string | null; seed?: number },
): Promise<string> {
  demand(scope, 'rotation.write')
  const id = newId()
  await store.write(async (tx) => {
    await holdUntilCommit(tx, POOLS_TURN)
    const plan = await previewRotation(tx, scope)
    if (stamp !== null && stamp !== plan.stamp) {
      throw new Problem(
        'conflict',
        'Nothing was rotated: the pools, the traffic or the settings changed since this plan was made. Look at it again.',
        { code: 'plan-changed' },
      )
    }
    if (movesIn(plan) === 0) {
      throw new Problem('conflict', 'Nothing would move: no case is sealed, none is old, and no traffic is waiting.')
    }
    await turn(tx, scope, id, plan, seed)
  })
  await wipeAfterSealing(store)
  return id
}

async function turn(tx: Database, scope: Scope, id: string, plan: StampedRotation, seed: number): Promise<void> {
  const projectId = scope.project.id
  const { at, terms, segments, early, graduating, retiring } = plan
  const kept: KeptPlan = { terms, segments, early, seed }
  await tx.insert(rotations).values({ id, projectId, plan: kept, doneBy: accountOf(scope), doneAt: at })
  const ids = (cases: readonly { id: string }[]) => cases.map((one) => one.id)
  await moveCases(tx, projectId, ids(graduating), { to: 'active', at, rotationId: id })
  await moveCases(tx, projectId, ids(retiring), { to: 'retired', at, rotationId: id })
  const entering = segments.some((one) => one.entering > 0) ? await refill(tx, scope, id, plan, seed) : 0
  await record(tx, {
    projectId,
    actor: scope.user,
    action: 'pools.rotated',
    subject: 'rotation',
    subjectId: id,
    detail: { graduated: graduating.length, retired: retiring.length, entered: entering },
  })
}

/** New traffic into the holdout, sealed until the next rotation. */
async function refill(
  tx: Database,
  scope: Scope,
  rotationId: string,
  { at, terms, segments }: StampedRotation,
  seed: number,
): Promise<number> {
  const samplingId = newId()
  const traffic = await countTraffic(tx, scope.project.id)
  const trafficOf = new Map(traffic.segments.map((one) => [nameOf(one), one.traffic]))
  const drawn = segments.filter(({ entering }) => entering > 0)
  const wanted = drawn.map((one) => ({
    category: one.category,
    userSegment: one.userSegment,
    active: 0,
    holdout: one.entering,
    weight: (trafficOf.get(nameOf(one)) ?? one.entering) / one.entering,
  }))
  const until = at + terms.rotationDays * DAY
  const { holdout } = await sampleTraces(tx, scope, { seed, segments: wanted }, { samplingId, at, until, rotationId })
  await tx.update(rotations).set({ samplingId }).where(eq(rotations.id, rotationId))
  return holdout.length
}

const nameOf = ({ category, userSegment }: Pick<PlannedSegment, 'category' | 'userSegment'>): string =>
  JSON.stringify([category, userSegment])
