import type { TwoPeriods } from './two-periods.ts'

/** Live ratings grouped into cells of equal period, segment, rater and version: all that the parts need of them. */
export interface LiveCells {
  readonly segmentCount: number
  readonly period: readonly number[]
  readonly segment: readonly number[]
  readonly rater: readonly number[]
  readonly version: readonly number[]
  /** Item, cell and score of each live rating. */
  readonly item: Uint32Array
  readonly cell: Uint32Array
  readonly score: Float64Array
}

export function liveCells(ratings: TwoPeriods): LiveCells {
  const entries = Array.from(ratings.live.keys()).filter((entry) => ratings.live[entry] === 1)
  const numbers = new Map<number, number>()
  const cells = { period: [] as number[], segment: [] as number[], rater: [] as number[], version: [] as number[] }
  const cell = Uint32Array.from(entries, (entry) => {
    const [period, segment] = [ratings.period[entry] as number, ratings.segment[entry] as number]
    const [rater, version] = [ratings.rater[entry] as number, ratings.version[entry] as number]
    const key =
      ((period * ratings.segmentCount + segment) * ratings.raterCount + rater) * ratings.versionCount + version
    const known = numbers.get(key)
    if (known !== undefined) return known
    const number = numbers.size
    numbers.set(key, number)
    cells.period.push(period)
    cells.segment.push(segment)
    cells.rater.push(rater)
    cells.version.push(version)
    return number
  })
  return {
    segmentCount: ratings.segmentCount,
    ...cells,
    item: Uint32Array.from(entries, (entry) => ratings.item[entry] as number),
    cell,
    score: Float64Array.from(entries, (entry) => ratings.score[entry] as number),
  }
}

/** Weight and weighted score of each cell. */
export interface LiveSums {
  readonly weight: Float64Array
  readonly score: Float64Array
}

/** @param weights of the items, 1 each where null */
export function liveSums({ item, cell, score, period }: LiveCells, weights: Float64Array | null): LiveSums {
  const sums = { weight: new Float64Array(period.length), score: new Float64Array(period.length) }
  for (let entry = 0; entry < item.length; entry++) {
    const weight = weights === null ? 1 : (weights[item[entry] as number] as number)
    const c = cell[entry] as number
    sums.weight[c] = (sums.weight[c] as number) + weight
    sums.score[c] = (sums.score[c] as number) + weight * (score[entry] as number)
  }
  return sums
}
