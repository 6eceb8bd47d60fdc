import type { CrossedModel } from '../variance-components/crossed.ts'
import type { Ratings } from './ratings.ts'

/** Ends of a ratio's slope: by how much it changes with the variance of items, and with that of the residual. */
export type Slope = readonly [item: number, residual: number]

/**
 * How much wider the error of a function of the item and residual variances is than normal scores would make it: the variance by
 * items, G' (sum_i s_i s_i') G with s_i the gradient of item i's likelihood and G the inverse of the information (Huber 1967; White
 * 1982), less the variance by the information alone, G; 0 where that is larger. Raters are held at their predicted severities.
 * Where two thirds of the scores are one end level, the scores of an item have tails that the normal likelihood does not know of.
 *
 * @param residual what is left of a score's variance beside the item's
 */
export function widening(ratings: Ratings, model: CrossedModel, residual: number, slope: Slope): number {
  const item = model.variances.case
  const { gradients, information, items } = itemGradients(ratings, model, item, residual)
  const [a, b, c] = information
  const determinant = a * c - b * b
  if (!(determinant > 0) || items < 2) return 0
  const toItem = (c * slope[0] - b * slope[1]) / determinant
  const toResidual = (a * slope[1] - b * slope[0]) / determinant
  const [aa, ab, bb] = gradients
  const byItems = ((toItem ** 2 * aa + 2 * toItem * toResidual * ab + toResidual ** 2 * bb) * items) / (items - 1)
  const byModel = slope[0] * toItem + slope[1] * toResidual
  return Math.max(0, byItems - byModel)
}

type Symmetric = [aa: number, ab: number, bb: number]

/**
 * Of l_i = -1/2 ((n - 1) ln v + ln t + within_i / v + between_i / t) with n scores, v the residual and t = v + n times the item
 * variance: the sum of squared gradients over items, and the information.
 */
function itemGradients(ratings: Ratings, model: CrossedModel, item: number, residual: number) {
  const { scores, sums, squares } = byItem(ratings, model)
  const gradients: Symmetric = [0, 0, 0]
  const information: Symmetric = [0, 0, 0]
  let items = 0
  scores.forEach((n, i) => {
    if (n === 0) return
    items++
    const between = (sums[i] as number) ** 2 / n
    const within = (squares[i] as number) - between
    const total = residual + n * item
    const ofTotal = (between / total - 1) / (2 * total)
    const toItem = n * ofTotal
    const toResidual = ofTotal + (within / residual - (n - 1)) / (2 * residual)
    gradients[0] += toItem ** 2
    gradients[1] += toItem * toResidual
    gradients[2] += toResidual ** 2
    information[0] += n ** 2 / (2 * total ** 2)
    information[1] += n / (2 * total ** 2)
    information[2] += ((n - 1) / residual ** 2 + 1 / total ** 2) / 2
  })
  return { gradients, information, items }
}

/** Number, sum and sum of squares of an item's scores less their mean and the severity of who gave them. */
function byItem({ itemCount, raterCount, item, rater, level }: Ratings, { means, severities }: CrossedModel) {
  const shift = new Float64Array(raterCount).fill(means[0]?.mean ?? 0)
  for (const { rater: who, points } of severities) shift[who] = (shift[who] as number) - points
  const [scores, sums, squares] = [0, 1, 2].map(() => new Float64Array(itemCount)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ]
  for (let entry = 0; entry < item.length; entry++) {
    const i = item[entry] as number
    const left = (level[entry] as number) - (shift[rater[entry] as number] as number)
    scores[i] = (scores[i] as number) + 1
    sums[i] = (sums[i] as number) + left
    squares[i] = (squares[i] as number) + left * left
  }
  return { scores, sums, squares }
}
