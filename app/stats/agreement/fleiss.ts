import { type Estimated, notEstimable } from '../estimate.ts'
import type { Patterns } from './patterns.ts'
import { unitsOf } from './units.ts'
import { weightsOf } from './weights.ts'

/** Fleiss' kappa as first published: equal numbers of ratings, an error under no agreement, and a kappa for each level. */
export interface FleissTest {
  readonly estimable: true
  readonly estimate: number
  readonly observed: number
  readonly expected: number
  /** Standard error under no agreement beyond chance, and z = kappa / error. */
  readonly nullError: number
  readonly z: number
  /** Kappa of each level against the others; null where the level is not used or always used. */
  readonly perLevel: readonly (number | null)[]
  readonly perLevelError: number
}

/**
 * Fleiss' kappa (1971) with the error of Fleiss, Nee & Landis (1979). Only where every item has the same number of ratings;
 * for other designs see `fleissKappa`.
 */
export function fleissTest(patterns: Patterns): Estimated<FleissTest> {
  const { patterns: units, items, shares, observed } = unitsOf(patterns, weightsOf('identity', patterns.levels))
  const each = units[0]?.ratings ?? 0
  if (each < 2) return notEstimable('no item has two or more ratings')
  if (units.some((unit) => unit.ratings !== each)) return notEstimable('needs the same number of ratings on every item')
  const expected = shares.reduce((sum, share) => sum + share ** 2, 0)
  if (expected > 1 - 1e-12) return notEstimable('no variation: every score is the same level')
  const spread = shares.reduce((sum, share) => sum + share * (1 - share), 0)
  const skew = shares.reduce((sum, share) => sum + share * (1 - share) * (1 - 2 * share), 0)
  const pairs = items * each * (each - 1)
  const estimate = (observed - expected) / (1 - expected)
  const nullError = (Math.sqrt(2) * Math.sqrt(spread ** 2 - skew)) / (spread * Math.sqrt(pairs))
  const perLevel = Array.from(shares, (share, k) => {
    if (share * (1 - share) < 1e-12) return null
    const mixed = units.reduce(
      (sum, { size, counts }) => sum + size * (counts[k] as number) * (each - (counts[k] as number)),
      0,
    )
    return 1 - mixed / (pairs * share * (1 - share))
  })
  return {
    estimable: true,
    estimate,
    observed,
    expected,
    nullError,
    z: estimate / nullError,
    perLevel,
    perLevelError: Math.sqrt(2 / pairs),
  }
}
