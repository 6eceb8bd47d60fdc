import { baselineReadings } from '#app/stats/drift/monitor/baseline-readings.ts'
import { changePoint } from '#app/stats/drift/monitor/change-point.ts'
import type { AnchorModel } from '#app/stats/drift/monitor/expectation.ts'
import { simulatedLimit } from '#app/stats/drift/monitor/limit.ts'
import { cusumMonitor, ewmaMonitor, type MonitorOf, windowedRatio } from '#app/stats/drift/monitor/monitors.ts'
import { partialCreditModel } from '#app/stats/drift/monitor/partial-credit.ts'
import { pointsModel } from '#app/stats/drift/monitor/points-model.ts'
import { type ResidualSeries, residualSeries } from '#app/stats/drift/monitor/residual-series.ts'
import { watch } from '#app/stats/drift/monitor/watch.ts'
import { seededRandom } from '#app/stats/random.ts'
import { type AnchorDesign, type DrawnAnchors, drawAnchors } from './anchors.ts'

/** What a chart did over simulated panels. */
export interface Detection {
  /** Share of panels whose drift was found in the drifted periods. */
  readonly power: number
  /** False alarms in 100 quiet periods. */
  readonly falseAlarms: number
}

export type Charts = 'ratio' | 'ewma' | 'cusum'

export interface DetectionStudy {
  readonly charts: Readonly<Record<Charts, Detection>>
  /** Share of alarmed panels whose change point's range holds the true place. */
  readonly changePointCoverage: number
}

const MONITORS: Record<Charts, MonitorOf> = {
  ratio: windowedRatio(2),
  ewma: ewmaMonitor(0.2),
  cusum: cusumMonitor(0.125),
}

/** With severities frozen by a calibration, or read off the baseline in points. */
export type Knowledge = 'calibrated' | 'points'

function modelOf({ anchors, scale }: DrawnAnchors, knowledge: Knowledge): AnchorModel {
  if (knowledge === 'calibrated') return partialCreditModel(anchors, scale)
  const entries = Array.from(anchors.period.keys()).filter((entry) => anchors.period[entry] === 0)
  const readings = baselineReadings({
    itemCount: anchors.itemCount,
    raterCount: anchors.raterCount,
    item: Uint32Array.from(entries, (entry) => anchors.item[entry] as number),
    rater: Uint32Array.from(entries, (entry) => anchors.rater[entry] as number),
    score: Float64Array.from(entries, (entry) => anchors.score[entry] as number),
  })
  if (!readings.estimable) throw new Error(readings.reason)
  return pointsModel(anchors, readings)
}

/** Simulates panels from the scores up: draws the ratings, freezes the baseline, watches the residuals. */
export function studyDetection(
  design: AnchorDesign,
  knowledge: Knowledge,
  panels: number,
  seed: number,
): DetectionStudy {
  const limits = limitsFor(design, knowledge, seed)
  const found = { ratio: 0, ewma: 0, cusum: 0 }
  const alarms = { ratio: 0, ewma: 0, cusum: 0 }
  let [places, held] = [0, 0]
  for (let panel = 0; panel < panels; panel++) {
    const drawn = drawAnchors(seededRandom(seed * 1_000_000 + panel), design)
    const series = residualSeries(drawn.anchors, modelOf(drawn, knowledge))
    for (const chart of ['ratio', 'ewma', 'cusum'] as const) {
      const watched = watch(MONITORS[chart], series, limits[chart])
      alarms[chart] += watched.alarms.filter((t) => t < design.quietPeriods).length
      if (!watched.alarms.some((t) => t >= design.quietPeriods)) continue
      found[chart]++
      if (chart !== 'ratio') continue
      places++
      if (holdsPlace(series, design)) held++
    }
  }
  const detection = (chart: Charts) => ({
    power: found[chart] / panels,
    falseAlarms: (100 * alarms[chart]) / (panels * design.quietPeriods),
  })
  return {
    charts: { ratio: detection('ratio'), ewma: detection('ewma'), cusum: detection('cusum') },
    changePointCoverage: held / places,
  }
}

function holdsPlace(
  { means, errorVariance, baselineVariance }: ResidualSeries,
  { quietPeriods }: AnchorDesign,
): boolean {
  const point = changePoint([0, ...means], [baselineVariance, ...errorVariance])
  const first = quietPeriods + 1 // the baseline comes first
  return point.estimable && point.low <= first && first <= point.high
}

/** Limits from the mean errors of some panels; they hardly differ from panel to panel. */
function limitsFor(design: AnchorDesign, knowledge: Knowledge, seed: number): Record<Charts, number> {
  const errors = Array.from({ length: 30 }, (_, panel) => {
    const drawn = drawAnchors(seededRandom(seed * 1_000_000 + 900_000 + panel), design)
    const series = residualSeries(drawn.anchors, modelOf(drawn, knowledge))
    const own = series.errorVariance.reduce((sum, variance) => sum + variance, 0) / series.errorVariance.length
    return { errorVariance: own, baselineVariance: series.baselineVariance }
  })
  const mean = (of: (error: (typeof errors)[number]) => number) =>
    errors.reduce((sum, error) => sum + of(error), 0) / errors.length
  const typical = {
    errorVariance: mean(({ errorVariance }) => errorVariance),
    baselineVariance: mean(({ baselineVariance }) => baselineVariance),
  }
  const options = { histories: 4000, periods: design.quietPeriods + design.driftedPeriods, seed }
  return {
    ratio: simulatedLimit(MONITORS.ratio, typical, options),
    ewma: simulatedLimit(MONITORS.ewma, typical, options),
    cusum: simulatedLimit(MONITORS.cusum, typical, options),
  }
}
