import { analyticInterval, type Estimate, type Estimated, notEstimable } from '../estimate.ts'
import { normalCdf, normalQuantile } from '../inference/normal.ts'
import type { PairTable } from './pair-tables.ts'
import { weightedRow } from './units.ts'
import type { Weights } from './weights.ts'

export interface CohenKappa extends Estimate {
  readonly observed: number
  readonly expected: number
  /** Standard error for intervals, and the one under "no agreement beyond chance" for tests. */
  readonly standardError: number
  readonly nullError: number
  /** Two-sided p of no agreement beyond chance, from the null error. */
  readonly p: number
}

/**
 * Cohen's kappa of two raters on the items both rated, plain or weighted (Cohen 1960, 1968), with the large-sample errors of
 * Fleiss, Cohen & Everitt (1969) and a normal interval whose upper end is cut at 1. The number of levels is the rubric's.
 */
export function cohenKappa(table: Pick<PairTable, 'items' | 'counts'>, weights: Weights): Estimated<CohenKappa> {
  if (table.items === 0) return notEstimable('the two raters have no item in common')
  const { size, matrix } = weights
  const cell = (a: number, b: number) => (table.counts[a * size + b] as number) / table.items
  const weight = (a: number, b: number) => matrix[a * size + b] as number
  const levels = Array.from({ length: size }, (_, k) => k)
  const first = levels.map((a) => levels.reduce((sum, b) => sum + cell(a, b), 0))
  const second = levels.map((b) => levels.reduce((sum, a) => sum + cell(a, b), 0))
  const firstWeighted = weightedRow(weights, second)
  const secondWeighted = weightedRow(weights, first)
  const over = (term: (a: number, b: number) => number) =>
    levels.reduce((sum, a) => sum + levels.reduce((row, b) => row + term(a, b), 0), 0)

  const chance = (a: number, b: number) => (first[a] as number) * (second[b] as number)
  const observed = over((a, b) => weight(a, b) * cell(a, b))
  const expected = over((a, b) => weight(a, b) * chance(a, b))
  if (expected > 1 - 1e-12) return notEstimable('no variation: both raters give every item the same level')

  const estimate = (observed - expected) / (1 - expected)
  const marginal = (a: number, b: number) => (firstWeighted[a] as number) + (secondWeighted[b] as number)
  const error = (variance: number) => Math.sqrt(Math.max(0, variance) / table.items) / (1 - expected)
  const standardError = error(
    over((a, b) => cell(a, b) * (weight(a, b) - marginal(a, b) * (1 - estimate)) ** 2) -
      (estimate - expected * (1 - estimate)) ** 2,
  )
  const nullError = error(over((a, b) => chance(a, b) * (weight(a, b) - marginal(a, b)) ** 2) - expected ** 2)
  const reach = normalQuantile(0.975) * standardError
  return {
    estimable: true,
    estimate,
    observed,
    expected,
    standardError,
    nullError,
    p: nullError > 0 ? 2 * normalCdf(-Math.abs(estimate / nullError)) : 1,
    items: table.items,
    interval:
      standardError < 1e-12
        ? notEstimable('all items look the same, so their spread says nothing about the error')
        : analyticInterval(estimate - reach, Math.min(1, estimate + reach), 'normal'),
  }
}

/** Light's kappa (1971): the mean of Cohen's kappas of all pairs of raters. Pairs without a kappa are left out and counted. */
export function lightKappa(
  tables: readonly PairTable[],
  weights: Weights,
): Estimated<{
  readonly estimable: true
  readonly estimate: number
  readonly pairs: number
  readonly leftOut: number
}> {
  const estimates = tables
    .map((table) => cohenKappa(table, weights))
    .flatMap((kappa) => (kappa.estimable ? [kappa.estimate] : []))
  if (estimates.length === 0) return notEstimable('no pair of raters has a kappa')
  const sum = estimates.reduce((total, estimate) => total + estimate, 0)
  return {
    estimable: true,
    estimate: sum / estimates.length,
    pairs: estimates.length,
    leftOut: tables.length - estimates.length,
  }
}
