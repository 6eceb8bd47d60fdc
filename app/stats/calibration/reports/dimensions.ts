import { type Estimated, type NotEstimable, notEstimable } from '../../estimate.ts'
import type { DimensionCalibration, Threshold } from '../calibration.ts'
import { fitStatistics } from '../fit-statistics.ts'
import type { Frame } from '../frame.ts'
import type { Solution } from '../solution.ts'

/** Difficulty, thresholds and fit of every dimension. */
export function dimensionsOf(frame: Frame, solution: Estimated<Solution>): DimensionCalibration[] {
  const { scores, taking, width, steps, perLevel } = frame
  return scores.levels.map((levels, d) => {
    const out = taking.dimensionOut[d] ?? null
    const why = out !== null ? notEstimable(out) : solution.estimable ? null : solution
    const thresholdInto = (level: number, k: number): Threshold | NotEstimable => {
      if (why !== null || !solution.estimable) return why ?? notEstimable('there is no fit')
      const unused = [k, k - 1].find((at) => steps.used[d * width + at] !== 1)
      if (unused !== undefined)
        return notEstimable(`nobody gave the level ${level - k + unused}, so this threshold has no finite value`)
      return { estimable: true, ...solution.threshold(d, k) }
    }
    return {
      dimension: d,
      scores: perLevel.subarray(d * width, (d + 1) * width).reduce((sum, n) => sum + n, 0),
      difficulty: why ?? (solution.estimable ? { estimable: true, ...solution.difficulty(d) } : solution),
      thresholds: levels.slice(1).map((level, index) => thresholdInto(level, index + 1)),
      fit: why ?? (solution.estimable ? fitStatistics(solution.readings.dimensionFit, d) : solution),
    }
  })
}
