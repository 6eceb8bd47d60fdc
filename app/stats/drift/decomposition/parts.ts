import type { LiveCells, LiveSums } from './live.ts'
import type { Readings } from './readings.ts'
import type { Cause } from './two-periods.ts'

/** What each cause contributes to the change of the mean, in score points. */
export type Parts = Readonly<Record<Cause, number>>

/** Weight and score of all live ratings of a period, and per segment. */
interface PeriodTotals {
  weight: number
  score: number
  readonly segmentWeight: Float64Array
  readonly segmentScore: Float64Array
}

const cellsOf = (cells: LiveCells, period: 0 | 1): number[] =>
  Array.from(cells.period.keys()).filter((c) => cells.period[c] === period)

/** @param adjustment what is taken off the scores of a cell */
function totalsOf(cells: LiveCells, sums: LiveSums, period: 0 | 1, adjustment: (cell: number) => number): PeriodTotals {
  const totals = {
    weight: 0,
    score: 0,
    segmentWeight: new Float64Array(cells.segmentCount),
    segmentScore: new Float64Array(cells.segmentCount),
  }
  for (const c of cellsOf(cells, period)) {
    const segment = cells.segment[c] as number
    const weight = sums.weight[c] as number
    const score = (sums.score[c] as number) - weight * adjustment(c)
    totals.weight += weight
    totals.score += score
    totals.segmentWeight[segment] = (totals.segmentWeight[segment] as number) + weight
    totals.segmentScore[segment] = (totals.segmentScore[segment] as number) + score
  }
  return totals
}

/** Live means of both periods and the segments that only one of them has. */
export interface LiveMeans {
  readonly before: number
  readonly after: number
  readonly onlyInOne: readonly number[]
}

export function liveMeans(cells: LiveCells, sums: LiveSums): LiveMeans {
  const [before, after] = [totalsOf(cells, sums, 0, () => 0), totalsOf(cells, sums, 1, () => 0)]
  const segments = Array.from(before.segmentWeight.keys())
  return {
    before: before.score / before.weight,
    after: after.score / after.weight,
    onlyInOne: segments.filter((s) => (before.segmentWeight[s] === 0) !== (after.segmentWeight[s] === 0)),
  }
}

/**
 * The six parts of the change of the live mean; their sum is the change, exactly. With shares of raters q, segments w and versions
 * n, and z the scores without readings: mix = sum (w1 - w0)(z0 + z1)/2 and model = sum (w0 + w1)(z1 - z0)/2 over segments; pool =
 * sum (q1 - q0) frozen, individual = sum q1 moved, panel, and version = sum (n1 - n0) V. A segment that only one period has gives
 * all it does to mix: there the two cannot be told apart.
 */
export function partsOf(cells: LiveCells, sums: LiveSums, readings: Readings): Parts {
  const { frozen, moved, panel, versions } = readings
  const lasting = (c: number) =>
    (frozen[cells.rater[c] as number] as number) + (versions[cells.version[c] as number] as number)
  const before = totalsOf(cells, sums, 0, lasting)
  const after = totalsOf(cells, sums, 1, (c) => lasting(c) + panel + (moved[cells.rater[c] as number] as number))
  const mean = (period: 0 | 1, of: (cell: number) => number) => {
    const weight = period === 0 ? before.weight : after.weight
    return cellsOf(cells, period).reduce((sum, c) => sum + (sums.weight[c] as number) * of(c), 0) / weight
  }
  const frozenOf = (c: number) => frozen[cells.rater[c] as number] as number
  const versionOf = (c: number) => versions[cells.version[c] as number] as number
  return {
    ...mixAndModel(before, after),
    pool: mean(1, frozenOf) - mean(0, frozenOf),
    individual: mean(1, (c) => moved[cells.rater[c] as number] as number),
    panel,
    version: mean(1, versionOf) - mean(0, versionOf),
  }
}

function mixAndModel(before: PeriodTotals, after: PeriodTotals): Pick<Parts, 'mix' | 'model'> {
  let mix = 0
  let model = 0
  before.segmentWeight.forEach((weight, s) => {
    const w0 = weight / before.weight
    const w1 = (after.segmentWeight[s] as number) / after.weight
    const q0 = (before.segmentScore[s] as number) / before.weight
    const q1 = (after.segmentScore[s] as number) / after.weight
    if (w0 === 0 || w1 === 0) {
      mix += q1 - q0
      return
    }
    mix += ((w1 - w0) * (q0 / w0 + q1 / w1)) / 2
    model += ((w0 + w1) * (q1 / w1 - q0 / w0)) / 2
  })
  return { mix, model }
}
