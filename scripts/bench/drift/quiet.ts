import { type AnchorSeries, anchorRaters, anchorSeries } from '#app/stats/drift/report/anchor-series.ts'
import { calibratedFrozen } from '#app/stats/drift/report/calibrated.ts'
import { familiarLimits, meanErrors, panelChart, ratioLimit } from '#app/stats/drift/report/chart.ts'
import { plainlyFrozen } from '#app/stats/drift/report/frozen.ts'
import { seededRandom } from '#app/stats/random.ts'
import { drawQuiet, type QuietDesign } from './quiet-design.ts'

/** Raters frozen by a calibration, or by least squares. */
export type Knowledge = 'calibrated' | 'points'

/** Periods with a false alarm, in 100. */
export type QuietStudy = {
  /** Of the panel's chart. */
  panel: number
  /** Of any rater's chart. */
  charts: number
  /** Of any rater's chart, or of a rater who stands out in the period by itself. */
  raters: number
  /** Of any sort. */
  any: number
}

/** How often each alarm is false in a project of one dimension in which nothing changes. */
export function studyQuiet(design: QuietDesign, knowledge: Knowledge, panels: number, seed: number): QuietStudy {
  const some = Array.from({ length: 30 }, (_, panel) => watched(design, knowledge, seed * 1_000_000 + 900_000 + panel))
  // limits from the mean errors of some panels, since simulating them for each would take an hour
  const errors = meanErrors(some.map(({ series }) => series))
  const history = { histories: 4000, periods: design.periods }
  const limits = { ratio: ratioLimit(errors, history), ...familiarLimits(errors, history) }
  const alarms = { panel: 0, charts: 0, raters: 0, any: 0 }
  for (let p = 0; p < panels; p++) {
    const { series, found } = watched(design, knowledge, seed * 1_000_000 + p)
    const panel = panelChart(series, limits).ratio.alarms.map((index) => series.periods[index] as number)
    const charts = chartAlarms(found).map(({ period }) => period)
    const raters = [...charts, ...singleAlarms(found).map(({ period }) => period)]
    alarms.panel += new Set(panel).size
    alarms.charts += new Set(charts).size
    alarms.raters += new Set(raters).size
    alarms.any += new Set([...panel, ...raters]).size
  }
  const per100 = (count: number) => (100 * count) / (panels * design.periods)
  return {
    panel: per100(alarms.panel),
    charts: per100(alarms.charts),
    raters: per100(alarms.raters),
    any: per100(alarms.any),
  }
}

/** Share of panels in which the rater who changed is found within 2 and within 3 periods by his or her chart. */
export type RaterPower = { two: number; three: number }

const QUIET_PERIODS = 5

/** The first rater takes `by` points off after five quiet periods. */
export function studyRaterPower(
  design: QuietDesign,
  by: number,
  knowledge: Knowledge,
  panels: number,
  seed: number,
): RaterPower {
  const drifting = { ...design, periods: QUIET_PERIODS + 3, drift: { from: QUIET_PERIODS + 1, by } }
  const found = { two: 0, three: 0 }
  for (let p = 0; p < panels; p++) {
    const alarms = chartAlarms(watched(drifting, knowledge, seed * 1_000_000 + p).found)
    const after = alarms.filter(({ rater, period }) => rater === 0 && period > QUIET_PERIODS)
    if (after.some(({ period }) => period <= QUIET_PERIODS + 2)) found.two++
    if (after.length > 0) found.three++
  }
  return { two: found.two / panels, three: found.three / panels }
}

function watched(design: QuietDesign, knowledge: Knowledge, seed: number) {
  const ratings = drawQuiet(seededRandom(seed), design)
  const frozen = knowledge === 'calibrated' ? calibratedFrozen : plainlyFrozen
  const found = anchorSeries(ratings, 0, { frozen, chart: { charts: anchorRaters(ratings) } })
  if (!found.estimable || !found.series.estimable) throw new Error('a quiet panel has a series')
  return { found, series: found.series }
}

const chartAlarms = ({ raterCharts }: AnchorSeries) =>
  raterCharts.flatMap(({ rater, series, ratio }) =>
    ratio.alarms.map((index) => ({ rater, period: series.periods[index] as number })),
  )

const singleAlarms = ({ periods }: AnchorSeries) =>
  periods.flatMap(({ period, raters }) => raters.filter(({ alarm }) => alarm).map(({ rater }) => ({ rater, period })))
