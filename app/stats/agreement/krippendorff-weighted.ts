import { type Corrected, chanceCorrected, withStandardError } from './chance-corrected.ts'
import { whyNoCoefficient } from './gwet.ts'
import type { Patterns } from './patterns.ts'
import { unitsOf, weightedRow } from './units.ts'
import type { Weights } from './weights.ts'

/**
 * Krippendorff's alpha with fixed agreement weights and its analytic standard error (Gwet 2014, chapter 5; Gwet 2011, "On the
 * Krippendorff's alpha coefficient"). Quadratic weights give interval alpha exactly, identity nominal alpha; there are no
 * weights for ordinal alpha. The factor 1 - 1/N of the coefficient (N pairable ratings) is applied to the error too.
 */
export function krippendorffWeighted(patterns: Patterns, weights: Weights): Corrected {
  const units = unitsOf(pairable(patterns), weights)
  const reason = whyNoCoefficient(units)
  if (reason !== null) return reason
  const { items, ratings } = units
  const perItem = ratings / items
  const shares = new Float64Array(units.levels)
  let agreement = 0
  const parts = units.patterns.map((unit) => {
    unit.counts.forEach((count, k) => {
      shares[k] = (shares[k] as number) + (unit.size * count) / ratings
    })
    const part = ((unit.agreement as number) * unit.ratings) / perItem
    agreement += (unit.size * part) / items
    return part
  })
  const weighted = weightedRow(weights, shares)
  const expected = shares.reduce((sum, share, k) => sum + share * (weighted[k] as number), 0)
  const raw = (agreement - expected) / (1 - expected)
  const values = units.patterns.map((unit, u) => {
    const excess = (unit.ratings - perItem) / perItem
    const chance = unit.counts.reduce((sum, count, k) => sum + (count * (weighted[k] as number)) / perItem, 0)
    const pairs = ((parts[u] as number) - agreement * excess - expected) / (1 - expected)
    return {
      size: unit.size,
      value: pairs - (2 * (1 - raw) * (chance - expected * excess - expected)) / (1 - expected),
    }
  })
  const factor = 1 - 1 / ratings
  const observed = factor * agreement + 1 / ratings
  const { standardError } = chanceCorrected(raw, agreement, expected, values)
  return withStandardError((observed - expected) / (1 - expected), observed, expected, factor * standardError, items)
}

/** The patterns with two ratings or more. */
function pairable({ levels, counts, items }: Patterns): Patterns {
  const width = levels.length
  const kept = Array.from(items, (_size, p) => p).filter(
    (p) => counts.subarray(p * width, (p + 1) * width).reduce((sum, count) => sum + count, 0) >= 2,
  )
  return {
    levels,
    counts: Uint32Array.from(kept.flatMap((p) => [...counts.subarray(p * width, (p + 1) * width)])),
    items: Float64Array.from(kept, (p) => items[p] as number),
  }
}
