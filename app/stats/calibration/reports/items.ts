import { type Estimated, notEstimable } from '../../estimate.ts'
import type { ItemCalibration } from '../calibration.ts'
import { fitStatistics } from '../fit-statistics.ts'
import type { Frame } from '../frame.ts'
import type { Solution } from '../solution.ts'

/** Fair score, raw mean and fit of every item. */
export function itemsOf(frame: Frame, solution: Estimated<Solution>): ItemCalibration[] {
  const { scores, components } = frame
  const count = new Uint32Array(scores.itemCount)
  const total = new Float64Array(scores.itemCount)
  for (let entry = 0; entry < scores.item.length; entry++) {
    const item = scores.item[entry] as number
    const lowest = scores.levels[scores.dimension[entry] as number]?.[0] ?? 0
    count[item] = (count[item] as number) + 1
    total[item] = (total[item] as number) + lowest + (scores.level[entry] as number)
  }
  return Array.from({ length: scores.itemCount }, (_, item) => {
    const n = count[item] as number
    const rest = {
      item,
      scores: n,
      rawMean: n === 0 ? null : (total[item] as number) / n,
      component: components.ofItem[item] as number,
    }
    if (!solution.estimable) return { ...rest, fair: solution, fit: solution }
    const { fair, fairSe, measure, measureSe, itemFit } = solution.readings
    if (Number.isNaN(fair[item] as number)) {
      const why = notEstimable(n === 0 ? 'has no score' : 'none of its scores can be compared with other items')
      return { ...rest, fair: why, fit: why }
    }
    return {
      ...rest,
      fair: {
        estimable: true,
        score: fair[item] as number,
        se: fairSe[item] as number,
        measure: measure[item] as number,
        measureSe: measureSe[item] as number,
      },
      fit: fitStatistics(itemFit, item),
    }
  })
}
