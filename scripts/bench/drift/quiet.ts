import { anchorRaters, anchorSeries } from '#app/stats/drift/report/anchor-series.ts'
import { calibratedFrozen } from '#app/stats/drift/report/calibrated.ts'
import { chartLimits, meanErrors, panelChart } from '#app/stats/drift/report/chart.ts'
import { type DriftRatings, kindNumber } from '#app/stats/drift/report/drift-ratings.ts'
import { type FrozenOf, plainlyFrozen } from '#app/stats/drift/report/frozen.ts'
import { type Random, seededRandom } from '#app/stats/random.ts'
import { drawNormal } from './scores.ts'

/** A project in which nothing changes: anchors with few ratings in the baseline, scores that no fitted model made. */
export interface QuietDesign {
  readonly anchors: number
  readonly raters: number
  /** Ratings of each anchor in the baseline, and in each later period. */
  readonly baseline: number
  readonly ratings: number
  readonly periods: number
}

export const PROJECT: QuietDesign = { anchors: 40, raters: 8, baseline: 3, ratings: 2, periods: 8 }

/** Quality N(2.6, .8), reading of a rater N(0, .3), noise N(0, .6), rounded to levels 1 to 4. */
export function drawQuiet(random: Random, { anchors, raters, baseline, ratings, periods }: QuietDesign): DriftRatings {
  const qualities = Array.from({ length: anchors }, () => 2.6 + drawNormal(random, 0.8))
  const readings = Array.from({ length: raters }, () => drawNormal(random, 0.3))
  const rows: { item: number; rater: number; period: number; score: number }[] = []
  for (let period = 0; period <= periods; period++)
    for (const [item, quality] of qualities.entries()) {
      const first = Math.floor(random.uniform() * raters)
      for (let r = 0; r < (period === 0 ? baseline : ratings); r++) {
        const rater = (first + r) % raters
        const value = quality + (readings[rater] as number) + drawNormal(random, 0.6)
        rows.push({ item, rater, period, score: Math.min(4, Math.max(1, Math.round(value))) })
      }
    }
  const column = (of: (row: (typeof rows)[number]) => number) => Uint32Array.from(rows, of)
  return {
    levels: [1, 2, 3, 4],
    itemCount: anchors,
    raterCount: raters,
    periodCount: periods + 1,
    versionCount: 1,
    segmentCount: 1,
    item: column(({ item }) => item),
    rater: column(({ rater }) => rater),
    period: column(({ period }) => period),
    version: column(() => 0),
    segment: column(() => 0),
    kind: new Uint8Array(rows.length).fill(kindNumber('anchor')),
    score: Float64Array.from(rows, ({ score }) => score),
  }
}

/** False alarms in 100 periods: of the panel's chart, and of all raters' charts together. */
export type QuietStudy = { panel: number; raters: number }

export function studyQuiet(
  design: QuietDesign,
  knowledge: 'calibrated' | 'points',
  panels: number,
  seed: number,
): QuietStudy {
  const frozen: FrozenOf = knowledge === 'calibrated' ? calibratedFrozen : plainlyFrozen
  const seriesOf = (panel: number) => {
    const ratings = drawQuiet(seededRandom(seed * 1_000_000 + panel), design)
    const found = anchorSeries(ratings, 0, { frozen, chart: { charts: anchorRaters(ratings) } })
    if (!found.estimable || !found.series.estimable) throw new Error('a quiet panel has a series')
    return { series: found.series, raterCharts: found.raterCharts }
  }
  // limits from the mean errors of some panels, since simulating them for each would take an hour
  const some = Array.from({ length: 30 }, (_, panel) => seriesOf(900_000 + panel).series)
  const limits = chartLimits(meanErrors(some), { histories: 4000, periods: design.periods })
  let [watched, panel, raters] = [0, 0, 0]
  for (let p = 0; p < panels; p++) {
    const { series, raterCharts } = seriesOf(p)
    panel += panelChart(series, limits).ratio.alarms.length
    raters += new Set(raterCharts.flatMap((one) => one.ratio.alarms.map((index) => one.series.periods[index]))).size
    watched += design.periods
  }
  return { panel: (100 * panel) / watched, raters: (100 * raters) / watched }
}
