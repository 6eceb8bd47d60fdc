import { decompose } from '#app/stats/drift/decomposition/decompose.ts'
import type { Cause } from '#app/stats/drift/decomposition/two-periods.ts'
import { seededRandom } from '#app/stats/random.ts'
import { type ChangeDesign, drawChange, trueParts } from './change.ts'

/** How the estimate of one cause does over simulated projects. */
export interface CauseStudy {
  readonly cause: Cause
  readonly truth: number
  readonly bias: number
  readonly sd: number
  readonly coverage: number
}

/** Bias, spread and coverage of each cause when these causes change; and the largest distance of the parts' sum from the change. */
export function studySplit(
  causes: readonly Cause[],
  design: ChangeDesign,
  projects: number,
  seed: number,
): { causes: CauseStudy[]; largestGap: number } {
  const truth = trueParts(causes)
  const found = new Map<Cause, { estimate: number; covered: boolean }[]>()
  let largestGap = 0
  for (let project = 0; project < projects; project++) {
    const split = decompose(drawChange(seededRandom(seed * 1_000_000 + project), causes, design), { seed: project })
    if (!split.estimable) throw new Error(split.reason)
    const sum = split.parts.reduce((total, part) => total + part.estimate, 0)
    largestGap = Math.max(largestGap, Math.abs(sum - split.change))
    for (const { causes: some, estimate, interval } of split.parts) {
      const [cause] = some
      if (cause === undefined || some.length > 1 || !interval.estimable) throw new Error(`${some.join()} merged`)
      const covered = interval.low <= truth[cause] && truth[cause] <= interval.high
      const known = found.get(cause)
      if (known === undefined) found.set(cause, [{ estimate, covered }])
      else known.push({ estimate, covered })
    }
  }
  return {
    largestGap,
    causes: [...found].map(([cause, estimates]) => {
      const mean = estimates.reduce((sum, { estimate }) => sum + estimate, 0) / projects
      const squares = estimates.reduce((sum, { estimate }) => sum + (estimate - mean) ** 2, 0)
      return {
        cause,
        truth: truth[cause],
        bias: mean - truth[cause],
        sd: Math.sqrt(squares / (projects - 1)),
        coverage: estimates.filter(({ covered }) => covered).length / projects,
      }
    }),
  }
}
