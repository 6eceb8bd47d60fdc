import { type FitSums, fitSums } from './fit-statistics.ts'
import type { Frame } from './frame.ts'
import { levelProbabilities } from './steps.ts'

/** What a fit says of raters, items and dimensions beyond its parameters; NaN in the arrays marks what does not exist. */
export interface Readings {
  readonly raterFit: FitSums
  readonly itemFit: FitSums
  readonly dimensionFit: FitSums
  /** By cell (rater x dimension). */
  readonly cellFit: FitSums
  /** Sums over a rater's scores: expected score less that of the average rater; variance at the rater's own severity. */
  readonly points: Float64Array
  readonly pointsSlope: Float64Array
  readonly pointsScores: Float64Array
  /** Places of items in logits from the average rater of their component, and expected scores by that rater. */
  readonly measure: Float64Array
  readonly measureSe: Float64Array
  readonly fair: Float64Array
  readonly fairSe: Float64Array
}

export function emptyReadings({ scores }: Frame): Readings {
  const missing = () => new Float64Array(scores.itemCount).fill(Number.NaN)
  return {
    raterFit: fitSums(scores.raterCount),
    itemFit: fitSums(scores.itemCount),
    dimensionFit: fitSums(scores.levels.length),
    cellFit: fitSums(scores.raterCount * scores.levels.length),
    points: new Float64Array(scores.raterCount),
    pointsSlope: new Float64Array(scores.raterCount),
    pointsScores: new Float64Array(scores.raterCount),
    measure: missing(),
    measureSe: missing(),
    fair: missing(),
    fairSe: missing(),
  }
}

/** Mean severity of the raters of each component: that of its average rater. */
export function averageSeverity({ scores, components }: Frame, severity: Float64Array): Float64Array {
  const sums = new Float64Array(components.count)
  const raters = new Float64Array(components.count)
  for (let rater = 0; rater < scores.raterCount; rater++) {
    const component = components.ofRater[rater] as number
    if (component < 0) continue
    sums[component] = (sums[component] as number) + (severity[rater] as number)
    raters[component] = (raters[component] as number) + 1
  }
  return sums.map((sum, component) => sum / (raters[component] as number))
}

/** Expected level index, variance and fourth central moment of one score. */
export interface Moments {
  mean: number
  variance: number
  fourth: number
}

/** Moments at `eta` = theta - lambda on dimension d, into `out`; `p` is room for the probabilities. */
export function momentsAt(eta: number, b: Float64Array, frame: Frame, d: number, p: Float64Array, out: Moments): void {
  levelProbabilities(eta, b, frame.steps.used, d * frame.width, frame.width, p, 0)
  momentsOf(p, 0, frame.width, 1, out)
}

/** Moments of probabilities `p[offset + k stride]`; summed about the mean, so that they stay exact near the ends of the scale. */
export function momentsOf(p: Float64Array, offset: number, width: number, stride: number, out: Moments): void {
  let mean = 0
  for (let k = 0; k < width; k++) mean += k * (p[offset + k * stride] as number)
  let variance = 0
  let fourth = 0
  for (let k = 0; k < width; k++) {
    const square = (k - mean) * (k - mean)
    const weighted = (p[offset + k * stride] as number) * square
    variance += weighted
    fourth += weighted * square
  }
  out.mean = mean
  out.variance = variance
  out.fourth = fourth
}

/** Dimensions on which some level was seen, over which fair scores are averaged. */
export function seenDimensions({ steps }: Frame): number[] {
  return Array.from({ length: steps.dimensions }, (_, d) => d).filter((d) =>
    steps.used.subarray(d * steps.width, (d + 1) * steps.width).includes(1),
  )
}

/** The expected score of an item at eta by a rater, averaged over dimensions, in the rubric's levels; and its slope in eta. */
export function expectedScore(
  eta: number,
  b: Float64Array,
  frame: Frame,
  dimensions: readonly number[],
): { readonly score: number; readonly slope: number } {
  const p = new Float64Array(frame.width)
  const moments: Moments = { mean: 0, variance: 0, fourth: 0 }
  let score = 0
  let slope = 0
  for (const d of dimensions) {
    momentsAt(eta, b, frame, d, p, moments)
    score += (frame.scores.levels[d]?.[0] ?? 0) + moments.mean
    slope += moments.variance
  }
  return { score: score / dimensions.length, slope: slope / dimensions.length }
}
