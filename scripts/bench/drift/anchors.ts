import type { AnchorRatings } from '#app/stats/drift/anchors/anchor-ratings.ts'
import type { PartialCreditScale } from '#app/stats/drift/monitor/partial-credit.ts'
import type { Random } from '#app/stats/random.ts'
import { drawNormal, drawScore, QUALITY_SD, SEVERITY_SD, THRESHOLDS } from './scores.ts'

/** A made-up set of anchors, re-rated every period by the same panel, whose severity shifts from one period on. */
export interface AnchorDesign {
  readonly anchors: number
  /** Ratings of each anchor in a later period; in the baseline every rater rates every anchor. */
  readonly ratings: number
  readonly raters: number
  /** Anchors are the half of the candidates nearest mid-scale by a pilot with this error (logits); null: drawn at random. */
  readonly screenedBy: number | null
  readonly quietPeriods: number
  readonly driftedPeriods: number
  /** Logits by which the whole panel gets more severe; .6 moves the mean of random anchors by .25 points. */
  readonly shift: number
  /** Error of the frozen severities, logits. */
  readonly severityError: number
}

export const FORTY: AnchorDesign = {
  anchors: 40,
  ratings: 1,
  raters: 10,
  screenedBy: null,
  quietPeriods: 20,
  driftedPeriods: 2,
  shift: 0.6,
  severityError: 0.15,
}

const OFFSETS = [0, ...THRESHOLDS.map((_, k) => THRESHOLDS.slice(0, k + 1).reduce<number>((sum, t) => sum + t, 0))]

export interface DrawnAnchors {
  readonly anchors: AnchorRatings
  /** What is known of the scale and the raters before the first period. */
  readonly scale: PartialCreditScale
}

export function drawAnchors(random: Random, design: AnchorDesign): DrawnAnchors {
  const qualities = drawQualities(random, design)
  const severities = Float64Array.from({ length: design.raters }, () => drawNormal(random, SEVERITY_SD))
  const periods = 1 + design.quietPeriods + design.driftedPeriods
  const rows: { item: number; rater: number; period: number; score: number }[] = []
  const rate = (item: number, rater: number, period: number) => {
    const shift = period > design.quietPeriods ? design.shift : 0
    const eta = (qualities[item] as number) - (severities[rater] as number) - shift
    rows.push({ item, rater, period, score: drawScore(random, eta) })
  }
  for (let item = 0; item < design.anchors; item++)
    for (let rater = 0; rater < design.raters; rater++) rate(item, rater, 0)
  for (let period = 1; period < periods; period++) {
    // every rater has the same number of anchors, which ones is drawn
    const order = shuffled(random, design.anchors)
    for (let r = 0; r < design.ratings; r++)
      order.forEach((item, place) => {
        rate(item, (place + r) % design.raters, period)
      })
  }
  return {
    anchors: {
      itemCount: design.anchors,
      raterCount: design.raters,
      periodCount: periods,
      item: Uint32Array.from(rows, (row) => row.item),
      rater: Uint32Array.from(rows, (row) => row.rater),
      period: Uint32Array.from(rows, (row) => row.period),
      score: Float64Array.from(rows, (row) => row.score),
    },
    scale: {
      lowestLevel: 1,
      offsets: OFFSETS,
      qualityMean: 0,
      qualitySd: QUALITY_SD,
      qualityItems: Number.POSITIVE_INFINITY,
      severity: severities.map((severity) => severity + drawNormal(random, design.severityError)),
      severityError: severities.map(() => design.severityError),
    },
  }
}

function drawQualities(random: Random, { anchors, screenedBy }: AnchorDesign): number[] {
  if (screenedBy === null) return Array.from({ length: anchors }, () => drawNormal(random, QUALITY_SD))
  return Array.from({ length: 2 * anchors }, () => drawNormal(random, QUALITY_SD))
    .map((quality) => ({ quality, pilot: Math.abs(quality + drawNormal(random, screenedBy)) }))
    .sort((a, b) => a.pilot - b.pilot)
    .slice(0, anchors)
    .map(({ quality }) => quality)
}

function shuffled(random: Random, count: number): number[] {
  const order = Array.from({ length: count }, (_, i) => i)
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(random.uniform() * (i + 1))
    const kept = order[i] as number
    order[i] = order[j] as number
    order[j] = kept
  }
  return order
}
