import { analyticInterval, type Interval, type NotEstimable, notEstimable } from '../../estimate.ts'
import { varianceOf } from '../../inference/moments.ts'
import { type Random, seededRandom } from '../../random.ts'
import { absorbedDesign, normalEquations } from '../additive/absorbed.ts'
import { conjugateSolution } from '../additive/conjugate.ts'
import { independence, solveKept, solverOf } from '../additive/independent.ts'
import { designReasons } from './links.ts'
import { liveCells, liveSums } from './live.ts'
import { liveMeans, type Parts, partsOf } from './parts.ts'
import { attendanceOf, movesOf, type Readings, readingsOf } from './readings.ts'
import { type Group, groupsOf, NO_EFFECT } from './separable.ts'
import { additiveEntries, CAUSES, type TwoPeriods } from './two-periods.ts'

/** One term of the change: a cause, or several that this design cannot tell apart, with why. */
export interface Part extends Group {
  /** Score points. */
  readonly estimate: number
  readonly se: number
  readonly interval: Interval
}

/** The change of the mean live score, split into parts that add up to it. */
export interface Decomposition {
  readonly estimable: true
  readonly before: number
  readonly after: number
  readonly change: number
  readonly parts: readonly Part[]
  readonly readings: Readings
  readonly draws: number
}

export interface DecompositionOptions {
  /** Bootstrap draws, 200 by default: they give standard errors, not quantiles. */
  readonly draws?: number
  readonly seed?: number
}

const Z95 = 1.959963984540054
/** Up to so many unknowns elimination is quick. */
const FEW_UNKNOWNS = 150

/**
 * Splits the change of the mean live score between two periods into mix of segments, pool of raters, individual raters, panel
 * (rubric drift), rubric version, and model (what is left at a fixed mix). Least squares y = item + rater in period + version over
 * live items, anchors and bridges; the panel's move is the biweight location of the returning raters' moves. Intervals: +-1.96
 * standard deviations of draws with a weight Exp(1) for each item and, in the panel's move, for each returning rater.
 * Assay's own estimator; bias and coverage by simulation: docs/methods/drift.md.
 *
 * Causes that the design cannot tell apart come as one part that names them.
 */
export function decompose(
  ratings: TwoPeriods,
  { draws = 200, seed = 1 }: DecompositionOptions = {},
): Decomposition | NotEstimable {
  const cells = liveCells(ratings)
  for (const period of [0, 1])
    if (!cells.period.includes(period))
      return notEstimable(`the period ${period === 0 ? 'before' : 'after'} has no live ratings, so it has no mean`)
  const design = absorbedDesign(additiveEntries(ratings))
  const equations = normalEquations(design, null)
  const { kept, undetermined } = independence(equations)
  const attendance = attendanceOf(ratings, undetermined)
  const solution = solveKept(equations, kept)
  const equal = kept.length > FEW_UNKNOWNS ? solverOf(equations, kept) : null
  const solutions = Array.from({ length: draws }, drawnSolutions(seededRandom(seed)))
  const moveError = moveErrorOf(solutions.map((drawn) => movesOf(drawn.solution, attendance)))
  const readings = (from: Float64Array, weights: Float64Array) =>
    readingsOf(ratings, attendance, from, weights, moveError)

  const ones = new Float64Array(attendance.comparable.length).fill(1)
  const sums = liveSums(cells, null)
  const estimated = readings(solution, ones)
  const parts = partsOf(cells, sums, estimated)
  const drawn = solutions.map(({ solution: there, items, raters }) =>
    partsOf(cells, liveSums(cells, items), readings(there, raters)),
  )
  const telling = undetermined
    .map((direction) => {
      const moved = solution.map((value, c) => value + (direction[c] as number))
      return { direction, effect: difference(partsOf(cells, sums, readings(moved, ones)), parts) }
    })
    .filter(({ effect }) => CAUSES.some((cause) => Math.abs(effect[cause]) > NO_EFFECT))
  const means = liveMeans(cells, sums)
  const reasons = designReasons(
    ratings,
    telling.map(({ direction }) => direction),
  )
  const groups = groupsOf(
    telling.map(({ effect }) => effect),
    reasons,
    means,
    attendance,
  )
  return {
    estimable: true,
    before: means.before,
    after: means.after,
    change: means.after - means.before,
    parts: groups.map((group) => partOf(group, parts, drawn)),
    readings: estimated,
    draws,
  }

  function solvedWith(items: Float64Array): Float64Array {
    const quick = equal === null ? null : conjugateSolution(design, items, kept, solution, equal)
    return quick ?? solveKept(normalEquations(design, items), kept)
  }

  function drawnSolutions(random: Random) {
    return () => {
      const items = exponentials(random, ratings.itemCount)
      const raters = exponentials(random, attendance.comparable.length)
      return { items, raters, solution: solvedWith(items) }
    }
  }
}

function exponentials(random: Random, count: number): Float64Array {
  return new Float64Array(count).map(() => -Math.log(1 - random.uniform()))
}

/** Root mean square over raters of the bootstrap standard error of a rater's move. */
function moveErrorOf(moves: readonly (readonly number[])[]): number {
  const raters = moves[0]?.length ?? 0
  if (raters === 0 || moves.length < 2) return 0
  const variances = Array.from({ length: raters }, (_, r) => varianceOf(moves.map((draw) => draw[r] as number)))
  return Math.sqrt(variances.reduce((sum, variance) => sum + variance, 0) / raters)
}

function difference(a: Parts, b: Parts): Parts {
  return Object.fromEntries(CAUSES.map((cause) => [cause, a[cause] - b[cause]])) as Record<keyof Parts, number>
}

function partOf(group: Group, parts: Parts, drawn: readonly Parts[]): Part {
  const total = (from: Parts) => group.causes.reduce((sum, cause) => sum + from[cause], 0)
  const estimate = total(parts)
  const se = drawn.length < 2 ? 0 : Math.sqrt(varianceOf(drawn.map(total)))
  return { ...group, estimate, se, interval: analyticInterval(estimate - Z95 * se, estimate + Z95 * se, 'normal') }
}
