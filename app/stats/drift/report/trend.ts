import { analyticInterval, type Estimate, type Interval, type NotEstimable, notEstimable } from '../../estimate.ts'
import { meanOf, varianceOf } from '../../inference/moments.ts'
import { type DriftRatings, isLive } from './drift-ratings.ts'

/** The live items of one period. */
export interface PeriodMean {
  readonly period: number
  readonly items: number
  readonly ratings: number
  /** Versions in use: a trend that crosses versions without a bridge is to be drawn broken. */
  readonly versions: readonly number[]
  /** Mean over items of their mean scores. */
  readonly mean: number
  /** Its 95 % interval over items. */
  readonly interval: Interval | NotEstimable
  /** The same at the mix of segments of the first period with live items, with a 95 % interval over items. */
  readonly atBaselineMix: Estimate | NotEstimable
}

const Z95 = 1.959963984540054

/**
 * Live means period by period, as they are and standardised to the mix of the first period that has any (direct
 * standardisation); empty periods left out.
 */
export function trend(ratings: DriftRatings): PeriodMean[] {
  const periods = livePeriods(ratings, null)
  return meansOf(periods, mixOf(periods[0]))
}

/** The same for each rubric version by itself, for scores are not pooled across versions; all at one mix. */
export function trendByVersion(ratings: DriftRatings): { readonly version: number; readonly periods: PeriodMean[] }[] {
  const mix = mixOf(livePeriods(ratings, null)[0])
  return Array.from({ length: ratings.versionCount }, (_, version) => ({
    version,
    periods: meansOf(livePeriods(ratings, version), mix),
  }))
}

type LivePeriod = ReturnType<typeof livePeriod>

function livePeriods(ratings: DriftRatings, version: number | null): LivePeriod[] {
  const all = Array.from({ length: ratings.periodCount }, (_, period) => livePeriod(ratings, period, version))
  return all.filter(({ items }) => items > 0)
}

const mixOf = (first: LivePeriod | undefined): number[] =>
  first === undefined ? [] : first.segments.map((scores) => scores.length / first.items)

const meansOf = (periods: readonly LivePeriod[], mix: readonly number[]): PeriodMean[] =>
  periods.map(({ segments, ...period }) => ({
    ...period,
    mean: meanOf(segments.flat()),
    interval: overItems(segments.flat()),
    atBaselineMix: standardised(segments, mix),
  }))

/** Live items of a period, their mean scores by segment; under one version, or under all where null. */
function livePeriod(ratings: DriftRatings, wanted: number, only: number | null = null) {
  const { item, period, segment, version, score, segmentCount } = ratings
  const sums = new Map<number, { sum: number; count: number; segment: number }>()
  const versions = new Set<number>()
  item.forEach((i, entry) => {
    if (period[entry] !== wanted || !isLive(ratings, entry) || (only !== null && version[entry] !== only)) return
    const known = sums.get(i) ?? { sum: 0, count: 0, segment: segment[entry] as number }
    sums.set(i, { ...known, sum: known.sum + (score[entry] as number), count: known.count + 1 })
    versions.add(version[entry] as number)
  })
  const segments = Array.from({ length: segmentCount }, () => [] as number[])
  let ratingCount = 0
  for (const { sum, count, segment: s } of sums.values()) {
    segments[s]?.push(sum / count)
    ratingCount += count
  }
  const sorted = [...versions].sort((a, b) => a - b)
  return { period: wanted, items: sums.size, ratings: ratingCount, versions: sorted, segments }
}

function overItems(scores: readonly number[]): Interval | NotEstimable {
  if (scores.length < 2) return notEstimable('a single item has no spread')
  const reach = Z95 * Math.sqrt(varianceOf(scores) / scores.length)
  return analyticInterval(meanOf(scores) - reach, meanOf(scores) + reach, 'normal')
}

function standardised(segments: readonly (readonly number[])[], mix: readonly number[]): Estimate | NotEstimable {
  const items = segments.reduce((sum, scores) => sum + scores.length, 0)
  if (segments.some((scores, s) => (mix[s] as number) > 0 && scores.length === 0))
    return notEstimable('a segment of the baseline has no live items in this period')
  const estimate = segments.reduce(
    (sum, scores, s) => sum + ((mix[s] as number) > 0 ? (mix[s] as number) * meanOf(scores) : 0),
    0,
  )
  if (segments.some((scores, s) => (mix[s] as number) > 0 && scores.length < 2))
    return { estimable: true, estimate, items, interval: notEstimable('a segment has a single item in this period') }
  const variance = segments.reduce((sum, scores, s) => {
    const share = mix[s] as number
    return sum + (share > 0 ? (share ** 2 * varianceOf(scores)) / scores.length : 0)
  }, 0)
  const reach = Z95 * Math.sqrt(variance)
  return { estimable: true, estimate, items, interval: analyticInterval(estimate - reach, estimate + reach, 'normal') }
}
