import { type NotEstimable, notEstimable } from '../estimate.ts'
import { type Corrected, chanceCorrected } from './chance-corrected.ts'
import type { Patterns } from './patterns.ts'
import { type UnitPattern, type Units, unitsOf, weightedRow } from './units.ts'
import type { Weights } from './weights.ts'

/**
 * Gwet's AC1 (identity weights) or AC2 (any weights) for several raters with missing ratings (Gwet 2008; 2014, chapter 5).
 * Chance agreement T/(q(q-1)) sum pi_k (1 - pi_k), T the sum of all weights.
 */
export function gwetAc(patterns: Patterns, weights: Weights): Corrected {
  const units = unitsOf(patterns, weights)
  const scale = total(weights) / (units.levels * (units.levels - 1))
  const expected = scale * units.shares.reduce((sum, share) => sum + share * (1 - share), 0)
  const chanceOf = ({ counts, ratings }: UnitPattern) =>
    scale * counts.reduce((sum, count, k) => sum + (count / ratings) * (1 - (units.shares[k] as number)), 0)
  return corrected(units, expected, chanceOf)
}

/** Brennan & Prediger's coefficient (1981), weighted (Gwet 2014, chapter 4): chance agreement T/q^2, known beforehand. */
export function brennanPrediger(patterns: Patterns, weights: Weights): Corrected {
  const units = unitsOf(patterns, weights)
  const expected = total(weights) / units.levels ** 2
  return corrected(units, expected, () => expected)
}

/**
 * Fleiss' kappa (1971), weighted and with missing ratings (Gwet 2014, chapter 5): chance agreement from the pooled level shares.
 */
export function fleissKappa(patterns: Patterns, weights: Weights): Corrected {
  const units = unitsOf(patterns, weights)
  const weighted = weightedRow(weights, units.shares)
  const expected = units.shares.reduce((sum, share, k) => sum + share * (weighted[k] as number), 0)
  const chanceOf = ({ counts, ratings }: UnitPattern) =>
    counts.reduce((sum, count, k) => sum + (count / ratings) * (weighted[k] as number), 0)
  return corrected(units, expected, chanceOf)
}

/** Weighted percent agreement of pairs, each item weighing 1, without correction for chance. */
export function percentWeighted(patterns: Patterns, weights: Weights): Corrected {
  const units = unitsOf(patterns, weights)
  if (units.pairableItems === 0) return notEstimable(NO_PAIR)
  return chanceCorrected(
    units.observed,
    units.observed,
    0,
    unitValues(units, 0, () => 0),
  )
}

export const NO_PAIR = 'no item has two or more ratings'

/** Reason why a chance-corrected coefficient of these items does not exist, if so. */
export function whyNoCoefficient(units: Units): NotEstimable | null {
  if (units.pairableItems === 0) return notEstimable(NO_PAIR)
  if (units.shares.filter((share) => share > 0).length < 2)
    return notEstimable('no variation: every score is the same level')
  return null
}

/** Linearised values of the items: (n/n')(pa_i - pe)/(1 - pe), 0 without a pair, less twice the part of the chance agreement. */
function corrected(units: Units, expected: number, chanceOf: (unit: UnitPattern) => number): Corrected {
  const reason = whyNoCoefficient(units)
  if (reason !== null) return reason
  const estimate = (units.observed - expected) / (1 - expected)
  const chance = (unit: UnitPattern) => (2 * (1 - estimate) * (chanceOf(unit) - expected)) / (1 - expected)
  return chanceCorrected(estimate, units.observed, expected, unitValues(units, expected, chance))
}

function* unitValues(units: Units, expected: number, chance: (unit: UnitPattern) => number) {
  for (const unit of units.patterns)
    yield { size: unit.size, value: agreementValue(units, unit, expected) - chance(unit) }
}

/** (n/n')(pa_i - pe)/(1 - pe), or 0 for an item with a single rating. */
export function agreementValue(units: Units, { agreement }: UnitPattern, expected: number): number {
  if (agreement === null) return 0
  return ((units.items / units.pairableItems) * (agreement - expected)) / (1 - expected)
}

function total(weights: Weights): number {
  return weights.matrix.reduce((sum, weight) => sum + weight, 0)
}
