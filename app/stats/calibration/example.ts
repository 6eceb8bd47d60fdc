import type { Random } from '../random.ts'
import type { Scores } from './scores.ts'
import { drawNormal, drawScores, type Generator } from './simulate.ts'

/** A design and a truth for simulations: every item scored on every dimension by some raters drawn at random. */
export interface ExampleOptions {
  readonly items: number
  readonly raters: number
  readonly dimensions: number
  /** Raters an item. */
  readonly overlap: number
  readonly itemSd?: number
  readonly raterSd?: number
  readonly haloSd?: number
  readonly profileSd?: number
  /** Of a rater's severity on one dimension about their own, in logits; of the log of how sharply a rater tells levels apart. */
  readonly leaningSd?: number
  readonly sharpnessSd?: number
}

export interface Example {
  readonly scores: Scores
  readonly truth: Generator
}

/** Thresholds of the simulated dimensions: four levels, well apart. */
const THRESHOLDS = [-2, 0, 2]

/**
 * Draws scores on levels 1 to 4 from the partial credit model with thresholds -2, 0, 2: items N(0, 1.5) logits, severities N(0,
 * .5) about their mean, unless told otherwise.
 */
export function drawExample(random: Random, options: ExampleOptions): Example {
  const {
    items,
    raters,
    dimensions,
    overlap,
    itemSd = 1.5,
    raterSd = 0.5,
    haloSd = 0,
    profileSd = 0,
    leaningSd = 0,
    sharpnessSd = 0,
  } = options
  const width = THRESHOLDS.length + 1
  const theta = Float64Array.from({ length: items }, () => itemSd * drawNormal(random))
  const drawn = Float64Array.from({ length: raters }, () => raterSd * drawNormal(random))
  const mean = drawn.reduce((sum, value) => sum + value, 0) / raters
  const offsets = Float64Array.from({ length: dimensions * width }, (_, row) =>
    THRESHOLDS.slice(0, row % width).reduce((sum, value) => sum + value, 0),
  )
  const size = items * overlap * dimensions
  const design = {
    levels: Array.from({ length: dimensions }, () => [1, 2, 3, 4]),
    itemCount: items,
    raterCount: raters,
    item: new Uint32Array(size),
    rater: new Uint32Array(size),
    dimension: new Uint8Array(size),
    level: new Uint8Array(size),
  }
  const pool = Uint32Array.from({ length: raters }, (_, rater) => rater)
  let entry = 0
  for (let item = 0; item < items; item++) {
    for (let place = 0; place < overlap; place++) {
      const other = place + Math.floor(random.uniform() * (raters - place))
      const rater = pool[other] as number
      pool[other] = pool[place] as number
      pool[place] = rater
      for (let dimension = 0; dimension < dimensions; dimension++) {
        design.item[entry] = item
        design.rater[entry] = rater
        design.dimension[entry] = dimension
        entry++
      }
    }
  }
  const truth = {
    theta,
    severity: drawn.map((value) => value - mean),
    offsets,
    used: new Uint8Array(dimensions * width).fill(1),
    width,
    haloSd,
    profileSd,
    // drawn where they differ only, so that other examples stay as they are
    sharpness: Float64Array.from({ length: raters }, () =>
      sharpnessSd > 0 ? Math.exp(sharpnessSd * drawNormal(random)) : 1,
    ),
    leaning: Float64Array.from({ length: raters * dimensions }, () =>
      leaningSd > 0 ? leaningSd * drawNormal(random) : 0,
    ),
  }
  return { scores: drawScores(random, design, truth), truth }
}
