/** Scores given under an old and a new version of a rubric, as counts per level. */
export interface LevelCounts {
  /** Consecutive integers in rising order. */
  readonly levels: readonly number[]
  /** How many scores are on each level; smoothed counts need not be whole. */
  readonly old: readonly number[]
  readonly new: readonly number[]
}

/** What each old level is worth on the new version; may lie up to half a level outside the scale. */
export interface Equated {
  readonly level: number
  /** Percentile rank of the old level, 0 to 100. */
  readonly percentileRank: number
  /** Upper and lower inverse; they differ only where the new version leaves a level unused. */
  readonly upper: number
  readonly lower: number
  readonly equivalent: number
}

/** Equivalents = slope x level + intercept. */
export interface LinearEquating {
  readonly slope: number
  readonly intercept: number
  readonly equivalents: readonly number[]
}

/**
 * Equipercentile equating of levels (Kolen & Brennan 2014, "Test Equating, Scaling, and Linking", 2.5): the mean of both inverses
 * of the new distribution at the percentile rank of the old level.
 */
export function equipercentile({ levels, old, new: now }: LevelCounts): Equated[] {
  const before = cumulative(old)
  const after = cumulative(now)
  return levels.map((level, k) => {
    const rank = ((before[k] as number) + (before[k + 1] as number)) / 2
    const upper = upperInverse(levels, after, rank)
    const lower = lowerInverse(levels, after, rank)
    return { level, percentileRank: 100 * rank, upper, lower, equivalent: (upper + lower) / 2 }
  })
}

/** Distribution function before the first level (0), then at each level, closed at exactly 1. */
function cumulative(counts: readonly number[]): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0)
  const sums = [0]
  for (const count of counts) sums.push((sums.at(-1) as number) + count)
  return sums.map((sum) => sum / total)
}

/** Ranks that differ by rounding only are the same rank. */
const TIE = 1e-12

function upperInverse(levels: readonly number[], after: readonly number[], rank: number): number {
  const found = levels.findIndex((_, k) => (after[k + 1] as number) > rank + TIE)
  const k = found === -1 ? levels.length - 1 : found
  const below = after[k] as number
  const step = (after[k + 1] as number) - below
  const part = step > 0 ? (rank - below) / step : 1
  return (levels[k] as number) - 0.5 + part
}

function lowerInverse(levels: readonly number[], after: readonly number[], rank: number): number {
  // y counts the levels whose distribution function is below the rank; before the first level it is 0
  const below = after.findLastIndex((share) => share < rank - TIE)
  const k = Math.max(below, 0)
  const step = (after[k + 1] as number) - (after[k] as number)
  const part = step > 0 ? (rank - (after[k] as number)) / step : 0
  return (levels[0] as number) - 0.5 + k + part
}

/** Linear equating: same mean and standard deviation. Slope 1 (mean equating) where either version has no spread. */
export function linearEquating(counts: LevelCounts): LinearEquating {
  const before = spreadOf(counts.levels, counts.old)
  const after = spreadOf(counts.levels, counts.new)
  const slope = before.sd > 0 && after.sd > 0 ? after.sd / before.sd : 1
  return line(counts.levels, slope, after.mean - slope * before.mean)
}

/** Mean equating: only the mean is moved. */
export function meanEquating(counts: LevelCounts): LinearEquating {
  return line(counts.levels, 1, spreadOf(counts.levels, counts.new).mean - spreadOf(counts.levels, counts.old).mean)
}

function line(levels: readonly number[], slope: number, intercept: number): LinearEquating {
  return { slope, intercept, equivalents: levels.map((level) => slope * level + intercept) }
}

/** Mean and standard deviation (divisor n) of counted scores. */
export function spreadOf(levels: readonly number[], counts: readonly number[]): { mean: number; sd: number } {
  const total = counts.reduce((sum, count) => sum + count, 0)
  const mean = counts.reduce((sum, count, k) => sum + count * (levels[k] as number), 0) / total
  const variance = counts.reduce((sum, count, k) => sum + count * ((levels[k] as number) - mean) ** 2, 0) / total
  return { mean, sd: Math.sqrt(variance) }
}
