import { COMPARISON, DIMENSION, FIGURES, PLAN } from '../agreement/tasks.ts'
import { ANCHOR_DRAW } from '../anchors/tasks.ts'
import { CALIBRATED_ITEMS, CALIBRATED_PAGE, CALIBRATION, SUSPICION, VARIANCE } from '../calibration/tasks.ts'
import { SCAN } from '../contamination/scan.ts'
import { CONTAMINATION } from '../contamination/tasks.ts'
import { ANCHOR_PLAN, DRIFT } from '../drift/tasks.ts'
import { NEAR_DUPLICATES } from '../traces/duplicates/near.ts'
import type { Task } from './task.ts'

/** Everything that is computed from ratings, by name. */
export const TASKS = {
  agreement: FIGURES,
  dimension: DIMENSION,
  comparison: COMPARISON,
  plan: PLAN,
  calibration: CALIBRATION,
  'calibrated page': CALIBRATED_PAGE,
  'calibrated items': CALIBRATED_ITEMS,
  suspicion: SUSPICION,
  variance: VARIANCE,
  drift: DRIFT,
  'anchor plan': ANCHOR_PLAN,
  'anchor draw': ANCHOR_DRAW,
  nearDuplicates: NEAR_DUPLICATES,
  contamination: CONTAMINATION,
  scan: SCAN,
} satisfies Record<string, Task<never, unknown>>

export type TaskName = keyof typeof TASKS
export type Asked<Name extends TaskName> = Parameters<(typeof TASKS)[Name]['run']>[1]
export type Result<Name extends TaskName> = Awaited<ReturnType<(typeof TASKS)[Name]['run']>>

/** The task of a name, with the tie between what it is asked and what it answers forgotten. */
export const taskOf = (name: TaskName): Task<unknown, unknown> => TASKS[name] as unknown as Task<unknown, unknown>
