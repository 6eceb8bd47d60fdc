/** How a project fills and turns its pools. */
import { eq } from 'drizzle-orm'
import { now } from '#app/ambient.ts'
import { accountOf, demand, type Scope } from '#app/auth/permissions.ts'
import { record } from '#app/evaluation/audit/record.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { poolSettings } from '#db/schema/pools.ts'
import type { Database, Store } from '#db/store.server.ts'

export type PoolSettings = {
  /** The least share of a sampling that every category gets, 0 to 1. */
  floorShare: number
  /** The share of each segment that is sealed, 0 to 1. */
  holdoutShare: number
  rotationDays: number
  /** The share of the holdout that graduates at a rotation, 0 to 1. */
  graduatingShare: number
  /** How long a case stays active before it retires, in rotations. */
  activeRotations: number
}

/** What a project goes by until somebody says otherwise. */
export const POOL_DEFAULTS: PoolSettings = {
  floorShare: 0.15,
  holdoutShare: 0.3,
  rotationDays: 90,
  graduatingShare: 0.34,
  activeRotations: 4,
}

type Limits = { from: number; to: number; whole: boolean; says: string }

/** What each setting may be. */
const LIMITS: Record<keyof PoolSettings, Limits> = {
  floorShare: { from: 0, to: 0.5, whole: false, says: 'Enter a share from 0 to 50 %.' },
  holdoutShare: { from: 0, to: 0.9, whole: false, says: 'Enter a share from 0 to 90 %.' },
  rotationDays: { from: 7, to: 730, whole: true, says: 'Enter a whole number of days from 7 to 730.' },
  graduatingShare: { from: 0.01, to: 1, whole: false, says: 'Enter a share from 1 to 100 %.' },
  activeRotations: { from: 1, to: 40, whole: true, says: 'Enter a whole number of rotations from 1 to 40.' },
}

const NAMES = Object.keys(LIMITS) as (keyof PoolSettings)[]

/** The project's settings, or the defaults where it has none of its own. */
export async function readPoolSettings(read: Database, projectId: string): Promise<PoolSettings> {
  const [row] = await read.select().from(poolSettings).where(eq(poolSettings.projectId, projectId))
  const { floorShare, holdoutShare, rotationDays, graduatingShare, activeRotations } = row ?? POOL_DEFAULTS
  return { floorShare, holdoutShare, rotationDays, graduatingShare, activeRotations }
}

/**
 * Changes the project's settings; what is sealed or planned already stays as it is.
 *
 * @throws Problem `invalid` with a message for each value that is out of bounds
 */
export async function savePoolSettings(store: Store, scope: Scope, values: PoolSettings): Promise<void> {
  demand(scope, 'pools.write')
  const wrong = NAMES.filter((name) => !within(LIMITS[name], values[name]))
  if (wrong.length > 0) {
    const fields = Object.fromEntries(wrong.map((name) => [name, LIMITS[name].says]))
    throw new Problem('invalid', 'The settings were not saved. Mend what is marked below.', { fields })
  }
  await store.write(async (tx) => {
    const before = await readPoolSettings(tx, scope.project.id)
    const changed = NAMES.filter((name) => before[name] !== values[name])
    if (changed.length === 0) return
    const set = { ...values, updatedAt: now() }
    await tx
      .insert(poolSettings)
      .values({ projectId: scope.project.id, ...set })
      .onConflictDoUpdate({ target: poolSettings.projectId, set })
    await record(tx, {
      projectId: scope.project.id,
      actor: { id: accountOf(scope), name: scope.user.name },
      action: 'pool-settings.changed',
      subject: 'project',
      subjectId: scope.project.id,
      detail: Object.fromEntries(changed.map((name) => [name, { from: before[name], to: values[name] }])),
    })
  })
}

const within = ({ from, to, whole }: Limits, value: number): boolean =>
  value >= from && value <= to && (!whole || Number.isInteger(value))
