import { biweightLocation } from './biweight.ts'
import { readingColumn, type TwoPeriods, versionColumn } from './two-periods.ts'

/** How raters and versions read: all in score points, positive = gives more. */
export interface Readings {
  /** Each rater as frozen before the change, 0 for the mean of the raters of the period before. */
  readonly frozen: Float64Array
  /** What a returning rater moved beyond the panel; 0 for the others. */
  readonly moved: Float64Array
  /** What the panel as a whole moved. */
  readonly panel: number
  /** Each version against version 0. */
  readonly versions: Float64Array
}

/** Who was there when, and which returning raters the panel's move is read from. */
export interface Attendance {
  /** Raters with any rating in the period before, and in the period after. */
  readonly before: readonly boolean[]
  readonly after: readonly boolean[]
  /** Returning raters whose own moves the design can compare with each other: the largest such group, if one is largest. */
  readonly comparable: readonly number[]
}

/**
 * @param undetermined directions along which the design does not determine the unknowns: raters whose moves differ along one of
 *   them cannot be compared with each other
 */
export function attendanceOf(ratings: TwoPeriods, undetermined: readonly Float64Array[]): Attendance {
  const before = new Array<boolean>(ratings.raterCount).fill(false)
  const after = new Array<boolean>(ratings.raterCount).fill(false)
  ratings.rater.forEach((rater, entry) => {
    const there = ratings.period[entry] === 0 ? before : after
    there[rater] = true
  })
  const groups = new Map<string, number[]>()
  before.forEach((was, rater) => {
    if (!was || !after[rater]) return
    const shifts = undetermined.map((direction) => moveOf(direction, rater).toFixed(6).replace('-0.000000', '0.000000'))
    const key = shifts.join(' ')
    groups.set(key, [...(groups.get(key) ?? []), rater])
  })
  const [largest = [], next = []] = [...groups.values()].sort((a, b) => b.length - a.length)
  // with two groups of one size none of them is the panel
  return { before, after, comparable: largest.length > next.length ? largest : [] }
}

const at = (solution: Float64Array, rater: number, period: number): number =>
  solution[readingColumn(rater, period)] as number

const moveOf = (solution: Float64Array, rater: number): number => at(solution, rater, 1) - at(solution, rater, 0)

/** Moves of the comparable returning raters, in their order. */
export function movesOf(solution: Float64Array, { comparable }: Attendance): number[] {
  return comparable.map((rater) => moveOf(solution, rater))
}

/**
 * Reads the unknowns of the additive model as frozen readings, the panel's move (the biweight location of the returning raters'
 * moves, so that two who changed do not count as the panel) and each returning rater's own move.
 *
 * @param weights of the comparable raters in the panel's move
 * @param moveError standard error of one rater's move, the least scale of the location
 */
export function readingsOf(
  ratings: TwoPeriods,
  { before, after, comparable }: Attendance,
  solution: Float64Array,
  weights: ArrayLike<number>,
  moveError: number,
): Readings {
  const moves = comparable.map((rater) => moveOf(solution, rater))
  const panel = moves.length === 0 ? 0 : biweightLocation(moves, weights, moveError)
  const readings = before.map((was, rater) => (was ? at(solution, rater, 0) : at(solution, rater, 1) - panel))
  const present = before.filter((was) => was).length
  const centre = before.reduce((sum, was, rater) => sum + (was ? (readings[rater] as number) : 0), 0) / present
  const returning = before.map((was, rater) => was && after[rater] === true)
  return {
    frozen: Float64Array.from(readings, (reading) => reading - centre),
    moved: Float64Array.from(returning, (back, rater) => (back ? moveOf(solution, rater) - panel : 0)),
    panel,
    versions: Float64Array.from({ length: ratings.versionCount }, (_, version) =>
      version === 0 ? 0 : (solution[versionColumn(ratings.raterCount, version)] as number),
    ),
  }
}
