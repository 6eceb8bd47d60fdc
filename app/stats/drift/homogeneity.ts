import { type NotEstimable, notEstimable } from '../estimate.ts'
import { chiSquareUpperTail } from '../inference/chi-square.ts'
import { solveLinear } from './linear.ts'

/** A chi-square test. */
export interface ChiSquareTest {
  readonly estimable: true
  readonly chiSquare: number
  readonly df: number
  readonly p: number
}

/** A square table of pairs of levels: row the level before, column the level after. */
export type LevelTable = readonly (readonly number[])[]

const NO_MOVE = 'no score changed its level'

const found = (chiSquare: number, df: number): ChiSquareTest => ({
  estimable: true,
  chiSquare,
  df,
  p: chiSquareUpperTail(chiSquare, df),
})

const at = (table: LevelTable, row: number, column: number): number => table[row]?.[column] ?? 0

/**
 * Do both margins of the table have the same distribution of levels? Stuart 1955 and Maxwell 1970: d' S^-1 d with one level
 * dropped. Levels that no move connects are tested apart and added up (one dropped in each group), so that an unused level, or
 * one that never changes, costs no degree of freedom. Valid for simple random anchors only: with anchors drawn by their earlier
 * level use `stratifiedDifference`.
 */
export function stuartMaxwell(table: LevelTable): ChiSquareTest | NotEstimable {
  const groups = connectedLevels(table).map((group) => group.slice(0, -1))
  const df = groups.reduce((sum, kept) => sum + kept.length, 0)
  if (df === 0) return notEstimable(NO_MOVE)
  return found(
    groups.reduce((sum, kept) => sum + quadraticForm(table, kept), 0),
    df,
  )
}

function quadraticForm(table: LevelTable, kept: readonly number[]): number {
  const before = (k: number) => (table[k] ?? []).reduce((sum, count) => sum + count, 0)
  const after = (k: number) => table.reduce((sum, row) => sum + (row[k] ?? 0), 0)
  const difference = Float64Array.from(kept, (k) => before(k) - after(k))
  const covariance = Float64Array.from(
    kept.flatMap((k) =>
      kept.map((l) => (k === l ? before(k) + after(k) - 2 * at(table, k, k) : -(at(table, k, l) + at(table, l, k)))),
    ),
  )
  return solveLinear(covariance, difference.slice()).reduce(
    (sum, value, i) => sum + value * (difference[i] as number),
    0,
  )
}

/** Groups of levels between which scores moved. */
function connectedLevels(table: LevelTable): number[][] {
  const groupOf = table.map((_, k) => k)
  for (let k = 0; k < table.length; k++)
    for (let l = k + 1; l < table.length; l++) {
      if (at(table, k, l) + at(table, l, k) === 0) continue
      const [from, to] = [groupOf[l], groupOf[k]]
      groupOf.forEach((group, m) => {
        if (group === from) groupOf[m] = to as number
      })
    }
  return table.map((_, g) => table.map((_row, k) => k).filter((k) => groupOf[k] === g))
}

/** Is the table symmetric: do moves from k to l balance moves from l to k? Bowker 1948; pairs of levels without a move are left out. */
export function bowker(table: LevelTable): ChiSquareTest | NotEstimable {
  let chiSquare = 0
  let df = 0
  for (let k = 0; k < table.length; k++)
    for (let l = k + 1; l < table.length; l++) {
      const there = at(table, k, l)
      const back = at(table, l, k)
      if (there + back === 0) continue
      chiSquare += (there - back) ** 2 / (there + back)
      df++
    }
  return df === 0 ? notEstimable(NO_MOVE) : found(chiSquare, df)
}
