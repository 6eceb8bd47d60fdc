import type { Estimated } from '#app/stats/estimate.ts'
import type { Settled } from '../agreement/filter.ts'
import { stateOfRatings } from '../agreement/tasks.ts'
import type { Task } from '../computing/task.ts'
import { type CalibrationFigures, calibrationOf } from './figures.ts'
import { type SuspicionFigures, suspicionFigures } from './suspicion.ts'

export const CALIBRATION: Task<Settled, CalibrationFigures> = {
  run: calibrationOf,
  state: (read, { rubricVersionId }) => stateOfRatings(read, rubricVersionId),
  inThreadFrom: 100,
  takes: 'seconds',
}

export const SUSPICION: Task<Settled, Estimated<SuspicionFigures>> = {
  run: suspicionFigures,
  state: (read, { rubricVersionId }) => stateOfRatings(read, rubricVersionId),
  // two hundred simulated rounds are never quick but where there is next to nothing to simulate
  inThreadFrom: 30,
  takes: 'minutes',
}
