import { now, sha256 } from '#app/ambient.ts'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { readPoolSettings } from '#app/evaluation/pools/settings.ts'
import type { Database } from '#db/store.server.ts'
import { planRotation } from './plan.ts'
import type { RotationPlan, RotationTerms } from './planned.ts'
import { readRotationState } from './state.ts'

/** A plan as it was shown. `stamp` names it: it is another as soon as the rotation would be another. */
export type StampedRotation = RotationPlan & { stamp: string; terms: RotationTerms; at: number }

/** What a rotation would do now; nothing is changed. */
export async function previewRotation(read: Database, scope: Scope): Promise<StampedRotation> {
  demand(scope, 'rotation.read')
  const { rotationDays, graduatingShare, activeRotations, holdoutShare } = await readPoolSettings(
    read,
    scope.project.id,
  )
  const terms = { rotationDays, graduatingShare, activeRotations, holdoutShare }
  const at = now()
  const plan = planRotation(await readRotationState(read, scope.project.id), terms, at)
  const stamp = sha256(JSON.stringify([plan, terms])).slice(0, 32)
  return { ...plan, stamp, terms, at }
}

/** How many cases a plan moves or brings in. */
export const movesIn = ({ graduating, retiring, segments }: RotationPlan): number =>
  graduating.length + retiring.length + segments.reduce((sum, { entering }) => sum + entering, 0)
