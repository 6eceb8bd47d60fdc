import { type Weights, weightsOf } from '../agreement/weights.ts'
import { type Likeness, OUTCOMES, outcomeOf, type Thresholds } from './outcome.ts'

/** A response whose likeness is known, and where experts place it: the place in `OUTCOMES`. */
export type Placed = Likeness & { label: number; group: string }

/** Counts of experts' places (rows) and outcomes (columns), row by row, in the order of `OUTCOMES`. */
export type Confusion = Uint32Array

const K = OUTCOMES.length
const FLOORS = 24
const LEADS = 40

export const QUADRATIC: Weights = weightsOf('quadratic', [0, 1, 2, 3])

/** How often each outcome was given where experts said each. */
export function confusionOf(placed: readonly Placed[], outcome: (one: Placed) => number): Confusion {
  const counts = new Uint32Array(K * K)
  for (const one of placed) {
    const cell = one.label * K + outcome(one)
    counts[cell] = (counts[cell] as number) + 1
  }
  return counts
}

/**
 * The thresholds that agree best with experts: the largest quadratic kappa (Cohen 1968), of equal ones the largest exact
 * agreement, over a grid of quantiles of what was seen. Null where experts all say the same, or there is nothing.
 */
export function bestThresholds(placed: readonly Placed[]): Thresholds | null {
  if (new Set(placed.map(({ label }) => label)).size < 2) return null
  const floors = gridOf(placed.map(topOf), FLOORS)
  const leads = gridOf(placed.map(leadOf), LEADS)
  let best: { kappa: number; exact: number; thresholds: Thresholds } | null = null
  for (const floor of floors) {
    const under = byLabel(placed.filter((one) => topOf(one) < floor))
    const above = reached(
      placed.filter((one) => topOf(one) >= floor),
      leads,
    )
    for (let u = 0; u < leads.length; u++) {
      for (let l = 0; l <= u; l++) {
        const counts = confusionAt(under, above, l, u)
        const [kappa, exact] = [quadraticKappa(counts), exactOf(counts)]
        if (best && (kappa < best.kappa - 1e-12 || (kappa <= best.kappa + 1e-12 && exact <= best.exact))) continue
        best = { kappa, exact, thresholds: { floor, lower: leads[l] as number, upper: leads[u] as number } }
      }
    }
  }
  return best?.thresholds ?? null
}

const topOf = ({ high, borderline }: Placed): number => Math.max(high, borderline)
const leadOf = ({ high, borderline }: Placed): number => high - borderline

/** How many there are of each label. */
function byLabel(placed: readonly Placed[]): number[] {
  const counts = Array.from({ length: K }, () => 0)
  for (const { label } of placed) counts[label] = (counts[label] as number) + 1
  return counts
}

/** For each line, how many of each label lie at or above it; first, for all. */
const reached = (placed: readonly Placed[], lines: readonly number[]): number[][] => [
  byLabel(placed),
  ...lines.map((line) => byLabel(placed.filter((one) => leadOf(one) >= line))),
]

function confusionAt(under: readonly number[], above: readonly number[][], l: number, u: number): Confusion {
  const counts = new Uint32Array(K * K)
  const [all, lower, upper] = [above[0] as number[], above[l + 1] as number[], above[u + 1] as number[]]
  for (let label = 0; label < K; label++) {
    const row = label * K
    counts[row] = under[label] as number
    counts[row + 1] = (all[label] as number) - (lower[label] as number)
    counts[row + 2] = (lower[label] as number) - (upper[label] as number)
    counts[row + 3] = upper[label] as number
  }
  return counts
}

/** Quadratic kappa alone: `cohenKappa` gives its errors too, which a search over thousands does not need. */
function quadraticKappa(counts: Confusion): number {
  const [rows, columns] = [new Float64Array(K), new Float64Array(K)]
  let [n, observed, expected] = [0, 0, 0]
  for (let i = 0; i < K; i++) {
    for (let j = 0; j < K; j++) {
      const count = counts[i * K + j] as number
      n += count
      rows[i] = (rows[i] as number) + count
      columns[j] = (columns[j] as number) + count
      observed += (i - j) ** 2 * count
    }
  }
  for (let i = 0; i < K; i++)
    for (let j = 0; j < K; j++) expected += (i - j) ** 2 * (rows[i] as number) * (columns[j] as number)
  return expected === 0 ? 0 : 1 - (observed * n) / expected
}

/** The share on the diagonal. */
export function exactOf(counts: Confusion): number {
  let [same, all] = [0, 0]
  for (let i = 0; i < K; i++) {
    same += counts[i * K + i] as number
    for (let j = 0; j < K; j++) all += counts[i * K + j] as number
  }
  return all === 0 ? 0 : same / all
}

/** Different values at even steps of rank; the least of them catches everything. */
function gridOf(values: readonly number[], steps: number): number[] {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] as number
  return [...new Set(Array.from({ length: sorted.length === 0 ? 0 : steps }, (_, i) => at(i / (steps - 1))))]
}

/** The folds of cross-validation: whole groups, dealt by size so that folds are alike, in an order that groups alone decide. */
function foldsOf(placed: readonly Placed[], folds: number): number[] {
  const sizes = new Map<string, number>()
  for (const { group } of placed) sizes.set(group, (sizes.get(group) ?? 0) + 1)
  const order = [...sizes].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
  const load = Array.from({ length: folds }, () => 0)
  const foldOf = new Map<string, number>()
  for (const [group, n] of order) {
    const least = load.indexOf(Math.min(...load))
    load[least] = (load[least] as number) + n
    foldOf.set(group, least)
  }
  return placed.map(({ group }) => foldOf.get(group) as number)
}

export const FOLDS = 5

/**
 * How well thresholds chosen so agree with experts on responses that had no part in choosing them: `FOLDS`-fold
 * cross-validation, whole groups (cases) at a time. Null where thresholds cannot be chosen without one of the folds.
 */
export function crossValidated(placed: readonly Placed[]): Confusion | null {
  const folds = foldsOf(placed, FOLDS)
  const counts = new Uint32Array(K * K)
  for (let fold = 0; fold < FOLDS; fold++) {
    const held = placed.filter((_, i) => folds[i] === fold)
    if (held.length === 0) continue
    const thresholds = bestThresholds(placed.filter((_, i) => folds[i] !== fold))
    if (!thresholds) return null
    confusionOf(held, (one) => outcomeOf(one, thresholds)).forEach((n, cell) => {
      counts[cell] = (counts[cell] as number) + n
    })
  }
  return counts
}
