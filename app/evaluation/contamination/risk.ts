/** How likely a case no longer measures what it did: the method is in docs/methods/contamination.md. */

/** What is counted of a case, each 0 or more. */
export type RiskInput = {
  /** Days in the active pool; 0 for a case that is sealed. */
  age: number
  /** System versions that answered it since it came into its pool. */
  runs: number
  /** System versions that were made since it came into its pool. */
  changes: number
  /** How often it was opened while it was sealed. */
  exposures: number
  /** The largest share of its text that a scan found in a file, 0 to 1. */
  found: number
}

export type RiskPart = keyof RiskInput

type Scale = {
  /** What it counts. */
  what: string
  /** The risk, 0 to 1, that it comes to when it grows without end. */
  most: number
  /** The amount at which it has come to half of that; null: the amount is a share already. */
  half: number | null
}

/** Two rotations of age are half of the way; five versions tried out on a case, or made after looking at it, are as well. */
export const SCALES: Record<RiskPart, Scale> = {
  found: { what: 'share of its text found in a scanned file', most: 1, half: null },
  runs: { what: 'system versions run against it since it entered its pool', most: 0.5, half: 5 },
  changes: { what: 'system versions made since it entered its pool', most: 0.4, half: 5 },
  age: { what: 'days in the active pool', most: 0.5, half: 180 },
  exposures: { what: 'openings while it was sealed', most: 0.3, half: 10 },
}

export const RISK_PARTS = Object.keys(SCALES) as RiskPart[]

/** The share of risk, 0 to 1, that one part comes to by itself: most × (1 − 2^(−amount / half)). */
export function partOf(part: RiskPart, amount: number): number {
  const { most, half } = SCALES[part]
  return most * (half === null ? Math.min(1, amount) : 1 - 2 ** (-amount / half))
}

/**
 * The contamination risk of a case, 0 to 100: 100 × (1 − Π (1 − part)), as if each part were a chance of its own (noisy or).
 * More of anything never makes it less.
 */
export function riskOf(input: RiskInput): number {
  const spared = RISK_PARTS.reduce((product, part) => product * (1 - partOf(part, input[part])), 1)
  return 100 * (1 - spared)
}
