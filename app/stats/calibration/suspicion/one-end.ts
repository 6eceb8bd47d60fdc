import { normalQuantile } from '../../inference/normal.ts'
import { entriesByRater } from '../companions/others.ts'
import type { Frame } from '../frame.ts'
import type { MarginalFit } from '../marginal/marginal.ts'
import { cellOf, type Scores } from '../scores.ts'
import { levelOffsets, levelProbabilities } from '../steps.ts'
import { type CarelessRater, FEWEST_SCORES, RATE } from './careless.ts'
import type { HonestDeviations, NullModel } from './null-model.ts'

type End = 'lowest' | 'highest'

/** Severities of honest raters are looked at up to so many standard deviations, which are at least this, in logits. */
const REACH = 3.5
const POINTS = 29
const LEAST_SD = 0.5
/** Chances of an item by eta are kept on a grid. */
const GRID = { from: -25, step: 0.05, count: 1001 }
const LARGEST_Z = 8

/**
 * Raters who gave one end of the scale in everything they scored. Their severity has no finite value, so the fit and the simulated
 * pools are without them. What is asked of them is how likely an honest rater of this pool, who may be as severe or lenient as its
 * raters are, would give only that end to these items, as the others see them: the mean over N(0, severities' sd) of the product over
 * items of the chance, halo added. At a family-wise 5 % over all raters looked at (Bonferroni).
 *
 * @param scores all of them
 * @param judged how many raters are looked at otherwise
 */
export function oneEndedRaters(
  scores: Scores,
  { frame, fit }: Pick<NullModel, 'frame' | 'fit'>,
  { haloSd }: Pick<HonestDeviations, 'haloSd'>,
  judged: number,
  draws: number,
): CarelessRater[] {
  const found = entriesByRater(scores).flatMap((entries, rater) => {
    if (frame.perRater[rater] !== 0) return []
    const telling = entries.filter((entry) => frame.taking.dimensionOut[scores.dimension[entry] as number] === null)
    const end = telling.length < FEWEST_SCORES ? null : onlyEnd(scores, frame, telling)
    return end === null ? [] : [{ rater, end, entries: telling }]
  })
  if (found.length === 0) return []
  const raters = judged + found.length
  const chances = new ChancesOfEnd(frame, fit, haloSd)
  return found.map(({ rater, end, entries }) => {
    const chance = chanceOf(scores, frame, fit, chances, entries, end)
    const p = Math.min(1, Math.max(raters * chance, 1 / (1 + draws)))
    const z = (tail: number) => Math.min(LARGEST_Z, -normalQuantile(Math.max(tail, 1e-15)))
    const sign = { index: end, value: entries.length, z: z(chance), limit: z(RATE / raters) }
    return { estimable: true, rater, signs: [sign], p, isCareless: p <= RATE }
  })
}

/** The end of the scale in use that all of these scores are at or beyond; null where they are not. */
function onlyEnd({ dimension, level }: Scores, frame: Frame, entries: Uint32Array): End | null {
  const at = (end: End) =>
    entries.every((entry) => {
      const edge = edgeOf(frame, dimension[entry] as number, end)
      return end === 'lowest' ? (level[entry] as number) <= edge : (level[entry] as number) >= edge
    })
  return at('lowest') ? 'lowest' : at('highest') ? 'highest' : null
}

/** The lowest or highest level index that the others gave on a dimension. */
function edgeOf({ steps, width }: Frame, d: number, end: End): number {
  const used = steps.used.subarray(d * width, (d + 1) * width)
  return end === 'lowest' ? used.indexOf(1) : used.lastIndexOf(1)
}

function chanceOf(
  scores: Scores,
  frame: Frame,
  fit: MarginalFit,
  chances: ChancesOfEnd,
  entries: Uint32Array,
  end: End,
): number {
  const severities = severityNodes(frame, fit)
  const logs = new Float64Array(severities.length)
  const dimensionsOf = new Map<number, number[]>()
  for (const entry of entries) {
    const item = scores.item[entry] as number
    const known = dimensionsOf.get(item)
    if (known) known.push(scores.dimension[entry] as number)
    else dimensionsOf.set(item, [scores.dimension[entry] as number])
  }
  for (const [item, dimensions] of dimensionsOf) {
    const byEta = chances.of(dimensions, end)
    const posterior = posteriorOf(frame, fit, item)
    severities.forEach(({ lambda }, m) => {
      let chance = 0
      posterior.forEach((weight, q) => {
        if (weight < 1e-9) return
        chance += weight * (byEta[gridAt((fit.sums.nodes.theta[q] as number) - lambda)] as number)
      })
      logs[m] = (logs[m] as number) + Math.log(chance)
    })
  }
  return severities.reduce((sum, { weight }, m) => sum + weight * Math.exp(logs[m] as number), 0)
}

const gridAt = (eta: number): number => Math.min(GRID.count - 1, Math.max(0, Math.round((eta - GRID.from) / GRID.step)))

/** Severities that honest raters of the pool could have, with their weights. */
function severityNodes({ perRater }: Frame, { severity }: MarginalFit): { lambda: number; weight: number }[] {
  const known = severity.filter((_, rater) => perRater[rater] !== 0)
  const mean = known.reduce((sum, lambda) => sum + lambda, 0) / known.length
  const squares = known.reduce((sum, lambda) => sum + (lambda - mean) ** 2, 0)
  const sd = Math.max(LEAST_SD, Math.sqrt(squares / Math.max(1, known.length - 1)))
  return normalNodes(POINTS, REACH).map(({ z, weight }) => ({ lambda: mean + sd * z, weight }))
}

/** Equal nodes of a standard normal distribution with weights that sum to 1. */
function normalNodes(points: number, reach: number): { z: number; weight: number }[] {
  const zs = Array.from({ length: points }, (_, m) => reach * ((2 * m) / (points - 1) - 1))
  const total = zs.reduce((sum, z) => sum + Math.exp((-z * z) / 2), 0)
  return zs.map((z) => ({ z, weight: Math.exp((-z * z) / 2) / total }))
}

/** Where an item lies, by node, as those see it who take part in the fit; the pool's own spread where none of them scored it. */
function posteriorOf({ scores, entries }: Frame, { sums: { nodes, tables } }: MarginalFit, item: number): Float64Array {
  const count = nodes.theta.length
  const log = nodes.logWeight.slice()
  for (let at = entries.starts[item] as number; at < (entries.starts[item + 1] as number); at++) {
    const entry = entries.order[at] as number
    const row = cellOf(scores, entry) * count
    for (let q = 0; q < count; q++)
      log[q] =
        (log[q] as number) +
        (scores.level[entry] as number) * (nodes.theta[q] as number) -
        (tables.logSum[row + q] as number)
  }
  const top = log.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY)
  const weights = log.map((value) => Math.exp(value - top))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return weights.map((weight) => weight / total)
}

/** Chance that all of an item's scores are at one end, by eta = theta - lambda, averaged over the rater's impression of the item. */
class ChancesOfEnd {
  readonly #frame: Frame
  readonly #offsets: Float64Array
  readonly #haloSd: number
  readonly #kept = new Map<string, Float64Array>()

  constructor(frame: Frame, fit: MarginalFit, haloSd: number) {
    this.#frame = frame
    this.#offsets = levelOffsets(frame.steps, fit.steps)
    this.#haloSd = haloSd
  }

  of(dimensions: readonly number[], end: End): Float64Array {
    const key = `${end} ${dimensions.join(' ')}`
    const known = this.#kept.get(key)
    if (known) return known
    const { steps, width } = this.#frame
    const p = new Float64Array(width)
    const plain = Float64Array.from({ length: GRID.count }, (_, i) =>
      dimensions.reduce((product, d) => {
        levelProbabilities(GRID.from + i * GRID.step, this.#offsets, steps.used, d * width, width, p, 0)
        return product * (p[edgeOf(this.#frame, d, end)] as number)
      }, 1),
    )
    const halo = normalNodes(13, 3)
    const made = plain.map((_, i) =>
      halo.reduce(
        (sum, { z, weight }) => sum + weight * (plain[gridAt(GRID.from + i * GRID.step + z * this.#haloSd)] as number),
        0,
      ),
    )
    this.#kept.set(key, made)
    return made
  }
}
