import { type DriftRatings, kindNumber } from '#app/stats/drift/report/drift-ratings.ts'
import type { Random } from '#app/stats/random.ts'
import { drawNormal, drawScore, QUALITY_SD, SEVERITY_SD } from './scores.ts'

/** A project whose panel does not change, as far as one has few ratings: anchors rated by some of its raters in each period. */
export interface QuietDesign {
  readonly anchors: number
  readonly raters: number
  /** Ratings of each anchor in the baseline, and in each later period. */
  readonly baseline: number
  readonly ratings: number
  readonly periods: number
  readonly scores: Scores
  /** Of four raters two give 7 and 4 times as many ratings as the others. */
  readonly unequal?: boolean
  /** Chance of a rater to be away in a later period. */
  readonly away?: number
  /** The first rater takes so many points off every score from a period on. */
  readonly drift?: { readonly from: number; readonly by: number }
}

/**
 * Rounded: quality N(2.6, .8), reading of a rater N(0, .3), noise N(0, .6), rounded to levels 1 to 4; skewed: quality N(3.5, .8), so
 * that most scores are 4; model: by the partial credit model of `scores.ts`.
 */
export type Scores = 'rounded' | 'skewed' | 'model'

export const PROJECT: QuietDesign = { anchors: 40, raters: 8, baseline: 3, ratings: 2, periods: 8, scores: 'rounded' }

/** Points that a logit is worth on the scale of `scores.ts`, about the middle. */
const POINTS_PER_LOGIT = 0.41

interface Row {
  readonly item: number
  readonly rater: number
  readonly period: number
  readonly score: number
}

export function drawQuiet(random: Random, design: QuietDesign): DriftRatings {
  const { anchors, raters, baseline, ratings, periods, scores, drift } = design
  const qualities = Array.from({ length: anchors }, () => drawQuality(random, scores))
  const readings = Array.from({ length: raters }, () => drawNormal(random, scores === 'model' ? SEVERITY_SD : 0.3))
  const rows: Row[] = []
  for (let period = 0; period <= periods; period++) {
    const here = present(random, design, period)
    for (const [item, quality] of qualities.entries())
      for (const rater of chosen(random, here, design, period === 0 ? baseline : ratings)) {
        const off = drift !== undefined && rater === 0 && period >= drift.from ? drift.by : 0
        const reading = readings[rater] as number
        const score =
          scores === 'model'
            ? drawScore(random, quality - reading - off / POINTS_PER_LOGIT)
            : rounded(quality + reading - off + drawNormal(random, 0.6))
        rows.push({ item, rater, period, score })
      }
  }
  return columnsOf(rows, design)
}

const rounded = (value: number): number => Math.min(4, Math.max(1, Math.round(value)))

function drawQuality(random: Random, scores: Scores): number {
  if (scores === 'model') return drawNormal(random, QUALITY_SD)
  return (scores === 'skewed' ? 3.5 : 2.6) + drawNormal(random, 0.8)
}

function present(random: Random, { raters, away }: QuietDesign, period: number): number[] {
  const all = Array.from({ length: raters }, (_, rater) => rater)
  return period === 0 || away === undefined ? all : all.filter(() => random.uniform() >= away)
}

/** The raters of one anchor: neighbours from a drawn place on, or drawn by how much they rate. */
function chosen(random: Random, here: readonly number[], { unequal }: QuietDesign, wanted: number): number[] {
  const count = Math.min(wanted, here.length)
  if (unequal !== true) {
    const first = Math.floor(random.uniform() * here.length)
    return Array.from({ length: count }, (_, place) => here[(first + place) % here.length] as number)
  }
  const left = here.map((rater) => ({ rater, weight: [7, 4, 1, 1][rater % 4] as number }))
  return Array.from({ length: count }, () => {
    let u = random.uniform() * left.reduce((sum, { weight }) => sum + weight, 0)
    const found = left.findIndex(({ weight }) => {
      u -= weight
      return u < 0
    })
    const [taken] = left.splice(found < 0 ? left.length - 1 : found, 1)
    return (taken as (typeof left)[number]).rater
  })
}

function columnsOf(rows: readonly Row[], { anchors, raters, periods }: QuietDesign): DriftRatings {
  const column = (of: (row: Row) => number) => Uint32Array.from(rows, of)
  return {
    levels: [1, 2, 3, 4],
    itemCount: anchors,
    raterCount: raters,
    periodCount: periods + 1,
    versionCount: 1,
    segmentCount: 1,
    item: column(({ item }) => item),
    rater: column(({ rater }) => rater),
    period: column(({ period }) => period),
    version: column(() => 0),
    segment: column(() => 0),
    kind: new Uint8Array(rows.length).fill(kindNumber('anchor')),
    score: Float64Array.from(rows, ({ score }) => score),
  }
}
