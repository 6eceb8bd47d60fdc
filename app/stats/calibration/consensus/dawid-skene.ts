import { levelCounts, sharesOf, type Votes } from './votes.ts'

/** How many ratings of their own a rater's row of the confusion matrix is thought to have had beforehand. */
export interface Smoothing {
  readonly right: number
  readonly wrong: number
}

export interface DawidSkeneOptions {
  /** none: maximum likelihood. By default smoothed where raters have fewer than 20 scores a level. */
  readonly smoothing?: Smoothing | 'none'
  /** Stop after so many rounds even if not settled. */
  readonly rounds?: number
}

/** Latent levels of items and confusion of raters. */
export interface DawidSkene {
  /** Share of each level among items. */
  readonly prevalence: Float64Array
  /** Raters x levels x levels in rows: chance that the rater says l where the truth is j, at (rater K + j) K + l. */
  readonly confusion: Float64Array
  /** Items x levels in rows: chance that the item's true level is each; rows of items without a score are the prevalence. */
  readonly posterior: Float64Array
  readonly logLikelihood: number
  readonly rounds: number
  readonly settled: boolean
  readonly smoothing: Smoothing | 'none'
}

const SETTLED = 1e-13
const MOST_ROUNDS = 2000
const FEWEST_SCORES = 20
const DEFAULT_SMOOTHING: Smoothing = { right: 1, wrong: 0.1 }

/**
 * Dawid & Skene (1979) by EM, from vote shares: items have one true level each, raters a confusion matrix. The order of levels is
 * not used: for ordered scores with few ratings prefer the one-coin form or fair scores.
 */
export function dawidSkene(votes: Votes, options: DawidSkeneOptions = {}): DawidSkene {
  const { levels, itemCount } = votes
  const width = levels.length
  const counts = levelCounts(votes)
  const smoothing = options.smoothing ?? (hasFew(votes) ? DEFAULT_SMOOTHING : 'none')
  const scored = Uint8Array.from({ length: itemCount }, (_, item) => (sharesOf(counts, item, width) === null ? 0 : 1))
  let posterior = new Float64Array(itemCount * width)
  for (let item = 0; item < itemCount; item++) posterior.set(sharesOf(counts, item, width) ?? [], item * width)
  let before = Number.NEGATIVE_INFINITY
  for (let rounds = 1; ; rounds++) {
    const prevalence = prevalenceOf(posterior, scored, width)
    const confusion = confusionOf(votes, posterior, smoothing)
    const expected = expectedLevels(votes, prevalence, confusion)
    posterior = expected.posterior
    const penalised = expected.logLikelihood + logPrior(confusion, width, smoothing)
    const settled = Math.abs(penalised - before) <= SETTLED * Math.abs(penalised)
    if (settled || rounds >= (options.rounds ?? MOST_ROUNDS))
      return { prevalence, confusion, posterior, logLikelihood: expected.logLikelihood, rounds, settled, smoothing }
    before = penalised
  }
}

function hasFew({ rater, raterCount, levels }: Votes): boolean {
  const perRater = new Float64Array(raterCount)
  for (let entry = 0; entry < rater.length; entry++) {
    const r = rater[entry] as number
    perRater[r] = (perRater[r] as number) + 1
  }
  return perRater.some((count) => count < FEWEST_SCORES * levels.length)
}

export function prevalenceOf(posterior: Float64Array, scored: Uint8Array, width: number): Float64Array {
  const sums = new Float64Array(width)
  let items = 0
  scored.forEach((has, item) => {
    if (has === 0) return
    items++
    for (let j = 0; j < width; j++) sums[j] = (sums[j] as number) + (posterior[item * width + j] as number)
  })
  // nothing scored: nothing is known of the levels
  return sums.map((sum) => (items === 0 ? 1 / width : sum / items))
}

function confusionOf(
  { levels, raterCount, item, rater, level }: Votes,
  posterior: Float64Array,
  smoothing: Smoothing | 'none',
) {
  const width = levels.length
  const confusion = new Float64Array(raterCount * width * width)
  if (smoothing !== 'none')
    for (let cell = 0; cell < confusion.length; cell++) {
      const [j, l] = [Math.floor(cell / width) % width, cell % width]
      confusion[cell] = j === l ? smoothing.right : smoothing.wrong
    }
  for (let entry = 0; entry < item.length; entry++) {
    for (let j = 0; j < width; j++) {
      const cell = ((rater[entry] as number) * width + j) * width + (level[entry] as number)
      confusion[cell] = (confusion[cell] as number) + (posterior[(item[entry] as number) * width + j] as number)
    }
  }
  for (let row = 0; row < raterCount * width; row++) {
    let total = 0
    for (let l = 0; l < width; l++) total += confusion[row * width + l] as number
    if (total === 0) continue
    for (let l = 0; l < width; l++) confusion[row * width + l] = (confusion[row * width + l] as number) / total
  }
  return confusion
}

function expectedLevels(
  { levels, itemCount, item, rater, level }: Votes,
  prevalence: Float64Array,
  confusion: Float64Array,
) {
  const width = levels.length
  const logs = new Float64Array(itemCount * width)
  const ofLevels = prevalence.map(Math.log)
  for (let i = 0; i < itemCount; i++) logs.set(ofLevels, i * width)
  // a rater's matrix is small, and looked into once a score
  const ofConfusion = confusion.map(Math.log)
  for (let entry = 0; entry < item.length; entry++) {
    const row = (item[entry] as number) * width
    const column = (rater[entry] as number) * width * width + (level[entry] as number)
    for (let j = 0; j < width; j++)
      logs[row + j] = (logs[row + j] as number) + (ofConfusion[column + j * width] as number)
  }
  return normalised(logs, width)
}

/** Rows of logs as chances that sum to 1, and the sum of the logs of the rows' sums. */
export function normalised(
  logs: Float64Array,
  width: number,
): { posterior: Float64Array<ArrayBuffer>; logLikelihood: number } {
  const posterior = new Float64Array(logs.length)
  let logLikelihood = 0
  for (let row = 0; row < logs.length; row += width) {
    let top = Number.NEGATIVE_INFINITY
    for (let j = 0; j < width; j++) top = Math.max(top, logs[row + j] as number)
    let sum = 0
    for (let j = 0; j < width; j++) {
      const weight = Math.exp((logs[row + j] as number) - top)
      posterior[row + j] = weight
      sum += weight
    }
    for (let j = 0; j < width; j++) posterior[row + j] = (posterior[row + j] as number) / sum
    logLikelihood += top + Math.log(sum)
  }
  return { posterior, logLikelihood }
}

function logPrior(confusion: Float64Array, width: number, smoothing: Smoothing | 'none'): number {
  if (smoothing === 'none') return 0
  let sum = 0
  confusion.forEach((chance, cell) => {
    const isRight = Math.floor(cell / width) % width === cell % width
    sum += (isRight ? smoothing.right : smoothing.wrong) * Math.log(chance)
  })
  return sum
}
