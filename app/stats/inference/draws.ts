import type { Random } from '../random.ts'
import { jackknifeError, studentised } from './bootstrap-t.ts'
import { type Contributions, itemCount, type Statistic, sumsOf } from './contributions.ts'
import { resampler } from './resampling.ts'

/**
 * Values of each statistic in `draws` resamples of the items, all statistics in the same resamples.
 *
 * @returns one array per statistic; NaN where it does not exist in a draw
 */
export function drawValues(
  contributions: Contributions,
  statistics: readonly Statistic[],
  draws: number,
  random: Random,
): Float64Array[] {
  const values = statistics.map(() => new Float64Array(draws))
  eachDraw(contributions, draws, random, (draw, sums, items) => {
    statistics.forEach((statistic, s) => {
      const column = values[s] as Float64Array
      column[draw] = statistic(sums, items)
    })
  })
  return values
}

/** Studentised deviations from the estimate on -ln(1 - x), a jackknife in each draw; NaN where there is none. */
export function drawDeviations(
  contributions: Contributions,
  statistic: Statistic,
  estimate: number,
  draws: number,
  random: Random,
): Float64Array {
  const deviations = new Float64Array(draws)
  eachDraw(contributions, draws, random, (draw, sums, items, sizes) => {
    const error = jackknifeError(contributions, sizes, sums, items, statistic)
    deviations[draw] = studentised(statistic(sums, items), error, estimate)
  })
  return deviations
}

function eachDraw(
  contributions: Contributions,
  draws: number,
  random: Random,
  visit: (draw: number, sums: Float64Array, items: number, sizes: Float64Array) => void,
): void {
  const resample = resampler(contributions.sizes)
  const items = itemCount(contributions)
  const sizes = new Float64Array(contributions.sizes.length)
  const sums = new Float64Array(contributions.width)
  for (let draw = 0; draw < draws; draw++) {
    resample(random, sizes)
    visit(draw, sumsOf(contributions, sizes, sums), items, sizes)
  }
}
