import type { Frame } from '../frame.ts'
import { mirror } from '../reduced.ts'
import type { MarginalSums } from './sums.ts'

/**
 * Expected information of the complete data (items' places known) given the scores, for raters, D x width level offsets and
 * log sd: positive definite, the metric of the EM gradient algorithm (Lange 1995).
 */
export function completeInformation(
  frame: Frame,
  { nodes, tables, atNode, atNodeOfCell }: MarginalSums,
  sd: number,
): Float64Array {
  const { scores, width } = frame
  const raters = scores.raterCount
  const dimensions = scores.levels.length
  const n = raters + dimensions * width + 1
  const count = nodes.theta.length
  const information = new Float64Array(n * n)
  for (let cell = 0; cell < raters * dimensions; cell++) {
    const rater = Math.floor(cell / dimensions)
    const place = raters + (cell % dimensions) * width
    for (let q = 0; q < count; q++) {
      const weight = atNodeOfCell[cell * count + q] as number
      if (weight === 0) continue
      const mean = tables.mean[cell * count + q] as number
      information[rater * n + rater] =
        (information[rater * n + rater] as number) + weight * (tables.variance[cell * count + q] as number)
      for (let k = 0; k < width; k++) {
        const row = (place + k) * n
        const wp = weight * (tables.probability[(cell * width + k) * count + q] as number)
        information[row + rater] = (information[row + rater] as number) + wp * (k - mean)
        information[row + place + k] = (information[row + place + k] as number) + wp
        for (let l = 0; l <= k; l++)
          information[row + place + l] =
            (information[row + place + l] as number) -
            wp * (tables.probability[(cell * width + l) * count + q] as number)
      }
    }
  }
  let spread = 0
  for (let q = 0; q < count; q++) spread += (atNode[q] as number) * 2 * ((nodes.theta[q] as number) / sd) ** 2
  information[n * n - 1] = spread
  mirror(information, n)
  return information
}
