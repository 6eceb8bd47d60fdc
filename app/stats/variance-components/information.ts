import { factor, inverse } from '../calibration/cholesky.ts'
import { type Estimated, notEstimable } from '../estimate.ts'
import type { CrossedModel } from './crossed.ts'
import { PARTS, type Part } from './design.ts'
import type { Likelihood } from './deviance.ts'

/** Covariance of the estimated variances of the parts that are not at 0, and of the residual. */
export interface ComponentCovariance {
  readonly estimable: true
  readonly parts: readonly (Part | 'residual')[]
  readonly covariance: Float64Array
}

/** A part this small beside the residual is at the edge of what there can be: it is taken as 0 and without error. */
const AT_ZERO = 1e-3
const STEP = 1e-2

/** From the curvature of the restricted likelihood at its top, by second differences. */
export function componentCovariance(
  { devianceAt }: Likelihood,
  { variances, ratios }: CrossedModel,
): Estimated<ComponentCovariance> {
  const used = PARTS.filter((part) => ratios[part] !== undefined)
  const inside = used.filter((part) => variances[part] > AT_ZERO * variances.residual)
  const parts: (Part | 'residual')[] = [...inside, 'residual']
  const n = parts.length
  const at = (values: readonly number[]): number => {
    const residual = values[n - 1] as number
    const there: Partial<Record<Part, number>> = {}
    for (const part of used) there[part] = 0
    inside.forEach((part, i) => {
      there[part] = Math.sqrt(Math.max(0, values[i] as number) / residual)
    })
    return devianceAt(there, residual)
  }
  const top = parts.map((part) => variances[part])
  const steps = top.map((value) => STEP * value)
  const moved = (...changes: readonly (readonly [number, number])[]) => {
    const values = [...top]
    for (const [i, direction] of changes) values[i] = (values[i] as number) + direction * (steps[i] as number)
    return at(values)
  }
  const information = new Float64Array(n * n)
  const here = at(top)
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      const second =
        i === j
          ? (moved([i, 1]) - 2 * here + moved([i, -1])) / (steps[i] as number) ** 2
          : (moved([i, 1], [j, 1]) - moved([i, 1], [j, -1]) - moved([i, -1], [j, 1]) + moved([i, -1], [j, -1])) /
            (4 * (steps[i] as number) * (steps[j] as number))
      information[i * n + j] = second / 2
      information[j * n + i] = second / 2
    }
  if (!factor(information, n)) return notEstimable('the likelihood is flat, so it says nothing about the error')
  return { estimable: true, parts, covariance: inverse(information, n) }
}
