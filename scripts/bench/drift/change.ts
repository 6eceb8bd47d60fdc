import { CAUSES, type Cause, type TwoPeriods } from '#app/stats/drift/decomposition/two-periods.ts'
import type { Random } from '#app/stats/random.ts'
import { drawNormal, drawScore, meanScore, QUALITY_SD } from './scores.ts'

/**
 * A made-up project in two periods in which chosen causes change: 16 raters, of whom 12 rate before, 8 return and 4 are new; live
 * items of 4 segments rated by 2; anchors rated by 3 in each period under the version in force; bridge items rated under both
 * versions by 2 raters in the period after.
 */
export interface ChangeDesign {
  readonly liveItems: number
  readonly anchors: number
  readonly ratingsPerAnchor: number
  readonly bridgeItems: number
}

export const USUAL: ChangeDesign = { liveItems: 400, anchors: 40, ratingsPerAnchor: 3, bridgeItems: 40 }

const RATERS = 16
const BEFORE = Array.from({ length: 12 }, (_, r) => r)
const AFTER = Array.from({ length: 12 }, (_, r) => r + 4)
const SEVERITY = [-0.9, -0.4, -0.1, 0.1, -0.7, -0.35, -0.15, 0, 0.1, 0.3, 0.45, 0.75, 0.4, 0.2, 0.5, -0.1]
const SEGMENT = [1, 0.4, -0.4, -1]
const SHARES = {
  before: [0.4, 0.3, 0.2, 0.1],
  after: [0.22, 0.26, 0.27, 0.25],
}
/** Logits. */
const MOVED = { raters: [6, 9], by: 1.2, panel: 0.5, version: 0.6, model: 0.5 }

type Causes = ReadonlySet<Cause>

const raterSeverity = (rater: number, period: 0 | 1, causes: Causes): number =>
  (SEVERITY[rater] as number) +
  (period === 1 && causes.has('panel') ? MOVED.panel : 0) +
  (period === 1 && causes.has('individual') && MOVED.raters.includes(rater) ? MOVED.by : 0)

const sharesOf = (period: 0 | 1, causes: Causes) => (period === 1 && causes.has('mix') ? SHARES.after : SHARES.before)
const ratersOf = (period: 0 | 1, causes: Causes) => (period === 1 && causes.has('pool') ? AFTER : BEFORE)
const versionShift = (version: number) => version * MOVED.version
const modelShift = (period: 0 | 1, causes: Causes) => (period === 1 && causes.has('model') ? MOVED.model : 0)

/** Expected live mean of the period after when only these causes have changed. */
function expectedMean(causes: Causes): number {
  const raters = ratersOf(1, causes)
  let mean = 0
  sharesOf(1, causes).forEach((share, segment) => {
    for (const rater of raters) {
      const eta =
        (SEGMENT[segment] as number) +
        modelShift(1, causes) -
        raterSeverity(rater, 1, causes) -
        versionShift(causes.has('version') ? 1 : 0)
      mean += (share / raters.length) * meanScore(eta)
    }
  })
  return mean
}

/** What each cause truly contributes: its Shapley value, the mean over all orders in which the causes could come. */
export function trueParts(causes: readonly Cause[]): Record<Cause, number> {
  const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1))
  const parts = { mix: 0, pool: 0, individual: 0, panel: 0, version: 0, model: 0 }
  const means = Array.from({ length: 2 ** causes.length }, (_, subset) =>
    expectedMean(new Set(causes.filter((_cause, bit) => (subset >> bit) & 1))),
  )
  causes.forEach((cause, bit) => {
    means.forEach((mean, subset) => {
      if ((subset >> bit) & 1) return
      const before = causes.filter((_cause, other) => (subset >> other) & 1).length
      const weight = (factorial(before) * factorial(causes.length - before - 1)) / factorial(causes.length)
      parts[cause] += weight * ((means[subset + 2 ** bit] as number) - mean)
    })
  })
  return parts
}

/** Draws the ratings of such a project. */
export function drawChange(random: Random, changed: readonly Cause[], design: ChangeDesign): TwoPeriods {
  const causes: Causes = new Set(changed)
  const rows: {
    item: number
    rater: number
    segment: number
    version: number
    period: 0 | 1
    live: 0 | 1
    score: number
  }[] = []
  let items = 0
  const some = (raters: readonly number[], count: number) => {
    const left = [...raters]
    return Array.from({ length: count }, () => left.splice(Math.floor(random.uniform() * left.length), 1)[0] as number)
  }
  const drawItem = (shares: readonly number[]) => {
    let u = random.uniform()
    const found = shares.findIndex((share) => {
      u -= share
      return u < 0
    })
    const segment = found < 0 ? shares.length - 1 : found
    return { item: items++, segment, quality: (SEGMENT[segment] as number) + drawNormal(random, QUALITY_SD) }
  }
  const rate = (
    { item, segment, quality }: ReturnType<typeof drawItem>,
    rater: number,
    period: 0 | 1,
    version: number,
    live: 0 | 1,
  ) => {
    const eta = quality - raterSeverity(rater, period, causes) - versionShift(version)
    rows.push({ item, rater, segment, version, period, live, score: drawScore(random, eta) })
  }
  const inForce = (period: 0 | 1) => (period === 1 && causes.has('version') ? 1 : 0)
  for (const period of [0, 1] as const)
    for (let i = 0; i < design.liveItems; i++) {
      const drawn = drawItem(sharesOf(period, causes))
      const item = { ...drawn, quality: drawn.quality + modelShift(period, causes) }
      for (const rater of some(ratersOf(period, causes), 2)) rate(item, rater, period, inForce(period), 1)
    }
  for (let i = 0; i < design.anchors; i++) {
    const item = drawItem(SHARES.before)
    for (const period of [0, 1] as const)
      for (const rater of some(ratersOf(period, causes), design.ratingsPerAnchor))
        rate(item, rater, period, inForce(period), 0)
  }
  if (causes.has('version'))
    for (let i = 0; i < design.bridgeItems; i++) {
      const item = drawItem(SHARES.before)
      for (const rater of some(ratersOf(1, causes), 2)) for (const version of [0, 1]) rate(item, rater, 1, version, 0)
    }
  return {
    itemCount: items,
    raterCount: RATERS,
    segmentCount: SEGMENT.length,
    versionCount: causes.has('version') ? 2 : 1,
    item: Uint32Array.from(rows, (row) => row.item),
    rater: Uint32Array.from(rows, (row) => row.rater),
    segment: Uint32Array.from(rows, (row) => row.segment),
    version: Uint32Array.from(rows, (row) => row.version),
    period: Uint8Array.from(rows, (row) => row.period),
    live: Uint8Array.from(rows, (row) => row.live),
    score: Float64Array.from(rows, (row) => row.score),
  }
}

export { CAUSES }
