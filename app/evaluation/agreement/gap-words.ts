/** Why two coefficients of the same scores differ, in sentences. */
import { hundredths, listed, percent, within } from '../figure.ts'
import type { DimensionFigures } from './figures.ts'

/** From this gap between AC2 and alpha on, the page says where it comes from. */
const LEAST_GAP = 0.1

/**
 * Why AC2 stands well above alpha where it does: scores that gather on few levels. Null where the two are close, or rest on
 * too few items to have intervals.
 */
export function gapOf(dimensions: readonly DimensionFigures[]): string | null {
  const gaps = dimensions
    .flatMap((one) =>
      one.alpha.estimable && one.alpha.interval.estimable && one.ac2.estimable
        ? [{ ...one, gap: one.ac2.estimate - one.alpha.estimate }]
        : [],
    )
    .filter(({ gap }) => gap >= LEAST_GAP)
    .sort((a, b) => b.gap - a.gap)
  const [widest, ...others] = gaps
  if (!widest) return null
  const { dimension, gap, perLevel, ratings } = widest
  const also = others.map((one) => `${within(one.dimension.name)} (${hundredths(one.gap)})`)
  return [
    `AC2 stands ${hundredths(gap)} above alpha on ${within(dimension.name)} because ${gathered(dimension.levels, perLevel, ratings)}: chance agreement is high, and alpha asks more of the rest.`,
    ...(also.length > 0 ? [`The same holds, less so, for ${listed(also)}.`] : []),
  ].join(' ')
}

function gathered(levels: readonly number[], perLevel: readonly number[], ratings: number): string {
  const most = levels
    .map((level, k) => ({ level, share: (perLevel[k] ?? 0) / ratings }))
    .sort((a, b) => b.share - a.share)
  const [first, second] = most
  if (!first || !second) return ''
  if (first.share >= 0.5) return `${percent(first.share)} of its scores are a ${first.level}`
  const [low, high] = [first.level, second.level].sort((a, b) => a - b)
  return `${percent(first.share + second.share)} of its scores are a ${low} or a ${high}`
}
