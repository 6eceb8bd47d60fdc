import { accountOf, demand, type Scope } from '#app/auth/permissions.ts'
import { record } from '#app/evaluation/audit/record.ts'
import { sealCases } from '#app/evaluation/seal/seal-cases.ts'
import { samplings } from '#db/schema/pools.ts'
import type { Database } from '#db/store.server.ts'
import { drawTraces, type ToDraw } from './draw.ts'
import { makeCases } from './make-cases.ts'

/** What to draw, segment by segment. All of it is kept with the sampling, whatever else it says. */
export type ToSample = { seed: number; segments: readonly ToDraw[] }

export type SamplingTerms = {
  samplingId: string
  at: number
  /** Until when the holdout stays sealed. */
  until: number
  /** The rotation that this fills the holdout for. */
  rotationId?: string
  /** Told how many cases are made. */
  watch?: (made: number) => void
}

export type Sampled = { samplingId: string; active: string[]; holdout: string[] }

/**
 * Draws traces into the eval set within a transaction: makes cases of them, moves these into their pools and seals the
 * holdout. It draws what it is told, and fewer where there are not as many; whoever planned sees to it that the plan still holds.
 */
export async function sampleTraces(
  tx: Database,
  scope: Scope,
  plan: ToSample,
  { samplingId, at, until, rotationId, watch = () => {} }: SamplingTerms,
): Promise<Sampled> {
  demand(scope, 'pools.write')
  const projectId = scope.project.id
  await tx.insert(samplings).values({
    id: samplingId,
    projectId,
    seed: plan.seed,
    plan,
    doneBy: accountOf(scope),
    doneAt: at,
  })
  const drawn = await drawTraces(tx, projectId, plan)
  const making = { projectId, samplingId, at, ...(rotationId === undefined ? {} : { rotationId }) }
  const made = await makeCases(tx, drawn, making, watch)
  if (made.holdout.length > 0) await sealCases(tx, projectId, made.holdout, { until })
  await record(tx, {
    projectId,
    actor: { id: accountOf(scope), name: scope.user.name },
    action: 'cases.sampled',
    subject: 'sampling',
    subjectId: samplingId,
    detail: {
      cases: drawn.length,
      active: made.active.length,
      holdout: made.holdout.length,
      seed: plan.seed,
      ...(rotationId === undefined ? {} : { rotation: rotationId }),
    },
  })
  return { samplingId, ...made }
}
