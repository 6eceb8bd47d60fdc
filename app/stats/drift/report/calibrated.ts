import { calibrate } from '../../calibration/calibrate.ts'
import type { Calibration, Severity } from '../../calibration/calibration.ts'
import type { Scores } from '../../calibration/scores.ts'
import type { Estimated } from '../../estimate.ts'
import type { PartialCreditScale } from '../monitor/partial-credit.ts'
import { at, type DriftRatings } from './drift-ratings.ts'
import { baselineEntries, type Frozen, frozenByCalibration, plainlyFrozen } from './frozen.ts'

/** Beyond so many baseline ratings a calibration takes seconds and least squares knows the raters as well. */
const MOST_RATINGS = 60_000
/** Items that differ less than this in logits tell nothing apart. */
const LEAST_SPREAD = 0.1
/** Least variance of true severities assumed for raters whom the baseline does not know. */
const LEAST_VARIANCE = 0.01

/**
 * Freezes the raters as the many-facet model, fitted to all ratings of the baseline (live ones too), finds them. Where that fit
 * does not hold on to all raters and levels (few ratings, unlinked raters, a level nobody gave), by `plainlyFrozen`.
 */
export function calibratedFrozen(
  ratings: DriftRatings,
  version: number,
  first: number,
  last: number,
): Estimated<Frozen> {
  const scale = scaleOf(ratings, baselineEntries(ratings, version, first, last))
  return scale === null ? plainlyFrozen(ratings, version, first, last) : frozenByCalibration(scale.scale, scale.reading)
}

/** The scale of the dimension by calibration, and each rater's reading in score points; null where there is none to use. */
function scaleOf(ratings: DriftRatings, baseline: Uint32Array) {
  const scores = firstScores(ratings, baseline)
  if (scores.item.length > MOST_RATINGS) return null
  const { overall, components, raters, dimensions } = calibrate(scores)
  if (!overall.estimable || components.count !== 1 || (overall.itemSd ?? 0) < LEAST_SPREAD) return null
  const offsets = offsetsOf(dimensions[0])
  const severities = raters.map(({ severity }) => (severity.estimable ? severity : null))
  const known = severities.filter((severity) => severity !== null)
  const pool = poolSd(known)
  if (offsets === null || pool === null) return null
  const scale: PartialCreditScale = {
    lowestLevel: ratings.levels[0] as number,
    offsets,
    qualityMean: 0,
    qualitySd: overall.itemSd as number,
    qualityItems: new Set(scores.item).size,
    // a rater whom the baseline does not know: 0, give or take what raters differ
    severity: severities.map((severity) => severity?.shrunk.logit ?? 0),
    severityError: severities.map((severity) => (severity === null ? pool : shrunkError(severity, known.length))),
  }
  return { scale, reading: severities.map((severity) => severity?.points ?? 0) }
}

/** The first rating of each item by each rater. */
function firstScores(ratings: DriftRatings, baseline: Uint32Array): Scores {
  const seen = new Set<number>()
  const entries = baseline.filter((entry) => {
    const key = (ratings.item[entry] as number) * ratings.raterCount + (ratings.rater[entry] as number)
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
  const lowest = ratings.levels[0] as number
  return {
    levels: [ratings.levels],
    itemCount: ratings.itemCount,
    raterCount: ratings.raterCount,
    item: at(ratings.item, entries),
    rater: at(ratings.rater, entries),
    dimension: new Uint8Array(entries.length),
    level: Uint8Array.from(entries, (entry) => (ratings.score[entry] as number) - lowest),
  }
}

/** Cumulative thresholds, difficulty included; null where a level was not used. */
function offsetsOf(dimension: Calibration['dimensions'][number] | undefined): number[] | null {
  if (dimension === undefined || !dimension.difficulty.estimable) return null
  const offsets = [0]
  for (const threshold of dimension.thresholds) {
    if (!threshold.estimable) return null
    offsets.push((offsets.at(-1) as number) + dimension.difficulty.logit + threshold.logit)
  }
  return offsets
}

/** Standard deviation of true severities: what is left of their spread without their errors. Null without two raters. */
function poolSd(severities: readonly Severity[]): number | null {
  if (severities.length < 2) return null
  const mean = severities.reduce((sum, { logit }) => sum + logit, 0) / severities.length
  const squares = severities.reduce((sum, { logit }) => sum + (logit - mean) ** 2, 0)
  const error = severities.reduce((sum, { se }) => sum + se ** 2, 0) / severities.length
  return Math.sqrt(Math.max(LEAST_VARIANCE, squares / (severities.length - 1) - error))
}

/**
 * Standard error of a shrunk severity that knows that the spread it was drawn in by is itself an estimate from a few raters (Morris
 * 1983, "Parametric empirical Bayes inference"): a rater far out may have been drawn in too far.
 */
function shrunkError({ logit, se, shrunk }: Severity, raters: number): number {
  const drawnIn = 1 - (shrunk.se / se) ** 2
  return Math.sqrt(shrunk.se ** 2 + (2 / Math.max(1, raters - 3)) * (drawnIn * logit) ** 2)
}
