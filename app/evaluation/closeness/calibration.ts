import { and, desc, eq } from 'drizzle-orm'
import { z } from 'zod'
import { newId, now } from '#app/ambient.ts'
import { accountOf, demand, type Scope } from '#app/auth/permissions.ts'
import { record } from '#app/evaluation/audit/record.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { OUTCOMES, type Thresholds } from '#app/stats/closeness/outcome.ts'
import { bestThresholds, crossValidated } from '#app/stats/closeness/thresholds.ts'
import { closenessThresholds } from '#db/schema/references.ts'
import type { Database, Store } from '#db/store.server.ts'
import { placedByExperts } from './experts.ts'
import type { Measure } from './pairs.ts'

/** Until experts say otherwise. They are a convention, and the page says so. */
export const CONVENTION: Thresholds = { floor: 0.2, lower: 0, upper: 0.05 }

/** Fewer responses than these tell thresholds from luck in no way. */
export const RESPONSES_LEAST = 40

const calibration = z.object({
  thresholds: z.object({ floor: z.number(), lower: z.number(), upper: z.number() }),
  responses: z.number(),
  ratings: z.number(),
  /** Experts' places (rows) against outcomes by thresholds chosen without them (columns), from below to high. */
  confusion: z.array(z.number()).length(OUTCOMES.length ** 2),
})

export type Calibration = z.output<typeof calibration> & { at: number }

/** The newest calibration of a measure; null: none yet. */
export async function newestCalibration(
  db: Database,
  projectId: string,
  measure: Measure,
): Promise<Calibration | null> {
  const [row] = await db
    .select()
    .from(closenessThresholds)
    .where(and(eq(closenessThresholds.projectId, projectId), eq(closenessThresholds.measure, measure)))
    .orderBy(desc(closenessThresholds.setAt), desc(closenessThresholds.id))
    .limit(1)
  return row ? { ...calibration.parse(row.calibration), at: row.setAt } : null
}

/**
 * Chooses the thresholds of a measure that agree best with experts' own answers, and says how well they agree on responses
 * that had no part in it. Former thresholds stay on record.
 *
 * @throws Problem `conflict` (`too-few`) with too few responses, or where experts all say the same
 */
export async function calibrateCloseness(store: Store, scope: Scope, measure: Measure): Promise<Calibration> {
  demand(scope, 'closeness.write')
  const { placed, ratings } = await placedByExperts(store.read, scope.project.id, measure)
  if (placed.length < RESPONSES_LEAST) {
    throw new Problem(
      'conflict',
      `Experts said of ${placed.length} scored responses which reference is closest, and it takes ${RESPONSES_LEAST}. Have more rated in rounds that show the references.`,
      { code: 'too-few' },
    )
  }
  const thresholds = bestThresholds(placed)
  const confusion = crossValidated(placed)
  if (!thresholds || !confusion) {
    throw new Problem('conflict', 'Experts say the same of nearly all responses: there is nothing to tell apart.', {
      code: 'too-few',
    })
  }
  const made = { thresholds, responses: placed.length, ratings, confusion: [...confusion] }
  const at = now()
  await store.write(async (tx) => {
    await tx.insert(closenessThresholds).values({
      id: newId(),
      projectId: scope.project.id,
      measure,
      calibration: made,
      setBy: accountOf(scope),
      setAt: at,
    })
    await record(tx, {
      projectId: scope.project.id,
      actor: scope.user,
      action: 'closeness.calibrated',
      subject: 'project',
      subjectId: scope.project.id,
      detail: { measure, responses: placed.length, ...thresholds },
    })
  })
  return { ...made, at }
}
