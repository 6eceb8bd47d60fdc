import type { Frame } from '../frame.ts'
import { mirror } from '../reduced.ts'
import { levelOffsets, levelProbabilities } from '../steps.ts'

/** Parameters of the joint model: item measures, severities, steps. */
export interface JointParameters {
  readonly theta: Float64Array
  readonly severity: Float64Array
  readonly steps: Float64Array
}

export interface JointSums {
  readonly logLikelihood: number
  /** Gradient and information of raters and level offsets after the items are eliminated (empty when not asked for). */
  readonly gradient: Float64Array
  readonly information: Float64Array
}

/**
 * Log-likelihood and, if asked, gradient and information for raters and level offsets with the items eliminated:
 * I_ff - sum over items of c c' / V, c being the item's row of the information and V its own.
 */
export function jointSums(frame: Frame, at: JointParameters, derivatives: boolean): JointSums {
  const { scores, steps, entries, width } = frame
  const raters = scores.raterCount
  const n = raters + steps.dimensions * width
  const b = levelOffsets(steps, at.steps)
  const gradient = new Float64Array(derivatives ? n : 0)
  const information = new Float64Array(derivatives ? n * n : 0)
  const p = new Float64Array(width)
  const row = new Float64Array(n)
  const touched = new Uint32Array(n)
  const touchedBy = new Uint32Array(n)
  let logLikelihood = 0
  for (let item = 0; item < scores.itemCount; item++) {
    const [from, to] = [entries.starts[item] as number, entries.starts[item + 1] as number]
    let touchedCount = 0
    let own = 0
    let variance = 0
    const touch = (place: number, value: number): void => {
      if (touchedBy[place] === item + 1) {
        row[place] = (row[place] as number) + value
        return
      }
      touchedBy[place] = item + 1
      touched[touchedCount++] = place
      row[place] = value
    }
    for (let position = from; position < to; position++) {
      const entry = entries.order[position] as number
      const rater = scores.rater[entry] as number
      const x = scores.level[entry] as number
      const first = (scores.dimension[entry] as number) * width
      const eta = (at.theta[item] as number) - (at.severity[rater] as number)
      levelProbabilities(eta, b, steps.used, first, width, p, 0)
      logLikelihood += Math.log(p[x] as number)
      if (!derivatives) continue
      let mean = 0
      let square = 0
      for (let k = 0; k < width; k++) {
        mean += k * (p[k] as number)
        square += k * k * (p[k] as number)
      }
      const v = square - mean * mean
      own += x - mean
      variance += v
      gradient[rater] = (gradient[rater] as number) - (x - mean)
      information[rater * n + rater] = (information[rater * n + rater] as number) + v
      touch(rater, -v)
      for (let k = 0; k < width; k++) {
        const place = raters + first + k
        const pk = p[k] as number
        const cross = pk * (k - mean)
        gradient[place] = (gradient[place] as number) + pk - (k === x ? 1 : 0)
        touch(place, -cross)
        information[place * n + rater] = (information[place * n + rater] as number) + cross
        information[place * n + place] = (information[place * n + place] as number) + pk
        for (let l = 0; l <= k; l++) {
          const cell = place * n + raters + first + l
          information[cell] = (information[cell] as number) - pk * (p[l] as number)
        }
      }
    }
    if (!derivatives || variance === 0) continue
    for (let i = 0; i < touchedCount; i++) {
      const a = touched[i] as number
      const ca = (row[a] as number) / variance
      gradient[a] = (gradient[a] as number) - ca * own
      for (let j = 0; j < touchedCount; j++) {
        const c = touched[j] as number
        if (c <= a) information[a * n + c] = (information[a * n + c] as number) - ca * (row[c] as number)
      }
    }
  }
  if (derivatives) mirror(information, n)
  return { logLikelihood, gradient, information }
}

/** The items' part of a Newton step, given that of raters and level offsets: (gradient - c' step) / V. */
export function jointStep(
  { scores, steps, entries, width }: Frame,
  at: JointParameters,
  severity: Float64Array,
  offsets: Float64Array,
): Float64Array {
  const b = levelOffsets(steps, at.steps)
  const p = new Float64Array(width)
  return Float64Array.from({ length: scores.itemCount }, (_, item) => {
    let own = 0
    let variance = 0
    for (let position = entries.starts[item] as number; position < (entries.starts[item + 1] as number); position++) {
      const entry = entries.order[position] as number
      const rater = scores.rater[entry] as number
      const first = (scores.dimension[entry] as number) * width
      levelProbabilities((at.theta[item] as number) - (at.severity[rater] as number), b, steps.used, first, width, p, 0)
      let mean = 0
      let square = 0
      for (let k = 0; k < width; k++) {
        mean += k * (p[k] as number)
        square += k * k * (p[k] as number)
      }
      const v = square - mean * mean
      variance += v
      own += (scores.level[entry] as number) - mean + v * (severity[rater] as number)
      for (let k = 0; k < width; k++) own += (p[k] as number) * (k - mean) * (offsets[first + k] as number)
    }
    return variance === 0 ? 0 : own / variance
  })
}
