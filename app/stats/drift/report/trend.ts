import { analyticInterval, type Estimate, type NotEstimable, notEstimable } from '../../estimate.ts'
import { meanOf, varianceOf } from '../../inference/moments.ts'
import { type DriftRatings, kindNumber } from './drift-ratings.ts'

/** The live items of one period. */
export interface PeriodMean {
  readonly period: number
  readonly items: number
  readonly ratings: number
  /** Versions in use: a trend that crosses versions without a bridge is to be drawn broken. */
  readonly versions: readonly number[]
  /** Mean over items of their mean scores. */
  readonly mean: number
  /** The same at the baseline's mix of segments, with a 95 % interval over items. */
  readonly atBaselineMix: Estimate | NotEstimable
}

const Z95 = 1.959963984540054

/** Live means period by period, as they are and standardised to the baseline's mix (direct standardisation); empty periods left out. */
export function trend(ratings: DriftRatings): PeriodMean[] {
  const [baseline, ...later] = Array.from({ length: ratings.periodCount }, (_, period) => livePeriod(ratings, period))
  if (baseline === undefined) return []
  const mix = baseline.segments.map((scores) => scores.length / baseline.items)
  return [baseline, ...later].flatMap(({ segments, ...period }) => {
    if (period.items === 0) return []
    return [{ ...period, mean: meanOf(segments.flat()), atBaselineMix: standardised(segments, mix) }]
  })
}

function livePeriod({ item, period, segment, version, kind, score, segmentCount }: DriftRatings, wanted: number) {
  const sums = new Map<number, { sum: number; count: number; segment: number }>()
  const versions = new Set<number>()
  item.forEach((i, entry) => {
    if (period[entry] !== wanted || kind[entry] !== kindNumber('live')) return
    const known = sums.get(i) ?? { sum: 0, count: 0, segment: segment[entry] as number }
    sums.set(i, { ...known, sum: known.sum + (score[entry] as number), count: known.count + 1 })
    versions.add(version[entry] as number)
  })
  const segments = Array.from({ length: segmentCount }, () => [] as number[])
  let ratings = 0
  for (const { sum, count, segment: s } of sums.values()) {
    segments[s]?.push(sum / count)
    ratings += count
  }
  return { period: wanted, items: sums.size, ratings, versions: [...versions].sort((a, b) => a - b), segments }
}

function standardised(segments: readonly (readonly number[])[], mix: readonly number[]): Estimate | NotEstimable {
  const items = segments.reduce((sum, scores) => sum + scores.length, 0)
  if (mix.some((share) => Number.isNaN(share))) return notEstimable('the baseline has no live items, so it has no mix')
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
