import { normalised, prevalenceOf } from './dawid-skene.ts'
import { levelCounts, sharesOf, type Votes } from './votes.ts'

/** Latent levels of items, and one number a rater. */
export interface OneCoin {
  readonly prevalence: Float64Array
  /** Mean distance, in levels, of each rater's scores from the true level. */
  readonly meanDistance: Float64Array
  /** Items x levels in rows: chance that the item's true level is each. */
  readonly posterior: Float64Array
  readonly logLikelihood: number
  readonly rounds: number
  readonly settled: boolean
}

const SETTLED = 1e-11
const MOST_ROUNDS = 2000
/** Ratings at the pool's mean distance that every rater is thought to have given beforehand, so that nobody is perfect by chance. */
const PRIOR_RATINGS = 1

/**
 * The one-coin form of Dawid & Skene for ordered levels: a rater says l where the truth is j with a chance proportional to
 * rho^|l - j|, one rho a rater, by EM from vote shares. Each rater's rho solves: expected distance = observed distance. Few
 * parameters, so usable where confusion matrices are not.
 */
export function oneCoin(votes: Votes): OneCoin {
  const { levels, itemCount, raterCount } = votes
  const width = levels.length
  const counts = levelCounts(votes)
  const scored = Uint8Array.from({ length: itemCount }, (_, item) => (sharesOf(counts, item, width) === null ? 0 : 1))
  let posterior = new Float64Array(itemCount * width)
  for (let item = 0; item < itemCount; item++) posterior.set(sharesOf(counts, item, width) ?? [], item * width)
  let before = Number.NEGATIVE_INFINITY
  for (let rounds = 1; ; rounds++) {
    const prevalence = prevalenceOf(posterior, scored, width)
    const { logRho, meanDistance } = sharpnessOf(votes, posterior, raterCount)
    const expected = expectedLevels(votes, prevalence, logRho)
    posterior = expected.posterior
    const settled = Math.abs(expected.logLikelihood - before) <= SETTLED * Math.abs(expected.logLikelihood)
    if (settled || rounds >= MOST_ROUNDS)
      return { prevalence, meanDistance, posterior, logLikelihood: expected.logLikelihood, rounds, settled }
    before = expected.logLikelihood
  }
}

/** Each rater's log rho and expected distance under it. */
function sharpnessOf({ levels, item, rater, level }: Votes, posterior: Float64Array, raterCount: number) {
  const width = levels.length
  const truth = new Float64Array(raterCount * width)
  const distance = new Float64Array(raterCount)
  let total = 0
  for (let entry = 0; entry < item.length; entry++) {
    const r = rater[entry] as number
    for (let j = 0; j < width; j++) {
      const weight = posterior[(item[entry] as number) * width + j] as number
      truth[r * width + j] = (truth[r * width + j] as number) + weight
      const away = weight * Math.abs((level[entry] as number) - j)
      distance[r] = (distance[r] as number) + away
      total += away
    }
  }
  const pooled = new Float64Array(width)
  truth.forEach((weight, cell) => {
    pooled[cell % width] = (pooled[cell % width] as number) + weight
  })
  const logRho = new Float64Array(raterCount)
  const meanDistance = new Float64Array(raterCount)
  for (let r = 0; r < raterCount; r++) {
    const weights = pooled.map(
      (sum, j) => (truth[r * width + j] as number) + (PRIOR_RATINGS * sum) / Math.max(1, item.length),
    )
    const target = (distance[r] as number) + (PRIOR_RATINGS * total) / Math.max(1, item.length)
    logRho[r] = solveLogRho(weights, target)
    const ratings = weights.reduce((sum, weight) => sum + weight, 0)
    meanDistance[r] = ratings === 0 ? 0 : expectedDistance(weights, logRho[r] as number) / ratings
  }
  return { logRho, meanDistance }
}

/** Bounds of log rho: from nearly perfect to as if levels were drawn by lot. */
const SHARPEST = -30
const BY_LOT = 0

function solveLogRho(weights: Float64Array, target: number): number {
  if (expectedDistance(weights, BY_LOT) <= target) return BY_LOT
  let [low, high] = [SHARPEST, BY_LOT]
  while (high - low > 1e-13) {
    const middle = (low + high) / 2
    if (expectedDistance(weights, middle) < target) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** Sum over true levels of weight times mean distance of what is said. */
function expectedDistance(weights: Float64Array, logRho: number): number {
  const width = weights.length
  let sum = 0
  for (let j = 0; j < width; j++) {
    let [total, away] = [0, 0]
    for (let l = 0; l < width; l++) {
      const chance = Math.exp(logRho * Math.abs(l - j))
      total += chance
      away += chance * Math.abs(l - j)
    }
    sum += ((weights[j] as number) * away) / total
  }
  return sum
}

function expectedLevels(
  { levels, itemCount, item, rater, level }: Votes,
  prevalence: Float64Array,
  logRho: Float64Array,
) {
  const width = levels.length
  const logs = new Float64Array(itemCount * width)
  for (let i = 0; i < itemCount; i++) logs.set(prevalence.map(Math.log), i * width)
  const logSum = new Float64Array(logRho.length * width)
  logRho.forEach((log, r) => {
    for (let j = 0; j < width; j++) {
      let total = 0
      for (let l = 0; l < width; l++) total += Math.exp(log * Math.abs(l - j))
      logSum[r * width + j] = Math.log(total)
    }
  })
  for (let entry = 0; entry < item.length; entry++) {
    const r = rater[entry] as number
    for (let j = 0; j < width; j++) {
      const cell = (item[entry] as number) * width + j
      const away = Math.abs((level[entry] as number) - j)
      logs[cell] = (logs[cell] as number) + (logRho[r] as number) * away - (logSum[r * width + j] as number)
    }
  }
  return normalised(logs, width)
}
