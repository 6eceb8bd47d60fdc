import { type Estimated, notEstimable } from '../estimate.ts'
import { type Design, designOf, type Measurements, PARTS, type Part } from './design.ts'
import { type Equations, type Likelihood, likelihoodOf, type Ratios } from './deviance.ts'
import { minimise } from './minimise.ts'

/** How far a rater's scores lie from those of the average rater; above 0 is severe. */
export interface MixedSeverity {
  readonly rater: number
  /** Minus the predicted effect (BLUP), drawn towards 0, in levels; with the square root of its conditional variance. */
  readonly points: number
  readonly se: number
}

/** The crossed mixed model of scores. Variances are 0 for parts that were left out, and may be 0 for others. */
export interface CrossedModel {
  readonly estimable: true
  readonly variances: Readonly<Record<Part | 'residual', number>>
  /** Mean of each dimension with a score, by dimension number. */
  readonly means: readonly { readonly dimension: number; readonly mean: number }[]
  readonly severities: readonly MixedSeverity[]
  readonly logLikelihood: number
  readonly cases: number
  readonly raters: number
  readonly scores: number
  /** Where the ratios of standard deviations settled: what the likelihood can be looked at around. */
  readonly ratios: Ratios
}

/**
 * Fits value = mean of the dimension + case + rater + case x dimension + rater x dimension + case x rater + residual by restricted
 * maximum likelihood (Patterson & Thompson 1971), all but the means random and normal. The designs may have any holes.
 *
 * @param parts random parts besides the residual; 'case' and 'rater' by default
 */
export function crossedModel(
  measurements: Measurements,
  parts: readonly Part[] = ['case', 'rater'],
): Estimated<CrossedModel> {
  return crossedFit(designOf(measurements), parts).model
}

/** The fitted model with the likelihood it comes from; for several models of one design. */
export function crossedFit(
  design: Design,
  parts: readonly Part[],
): { readonly model: Estimated<CrossedModel>; readonly likelihood: Likelihood | null } {
  const reason = whyNot(design)
  if (reason !== null) return { model: notEstimable(reason), likelihood: null }
  const used = PARTS.filter((part) => parts.includes(part))
  const likelihood = likelihoodOf(design, used)
  const ratiosAt = (place: ArrayLike<number>): Ratios =>
    Object.fromEntries(used.map((part, i) => [part, Math.abs(place[i] as number)]))
  const { place, settled } = minimise(
    (at) => likelihood.deviance(ratiosAt(at)),
    used.map(() => 0.7),
  )
  const model = settled ? described(design, likelihood, ratiosAt(place), used) : notEstimable(UNSETTLED)
  return { model, likelihood }
}

const UNSETTLED = 'the variance components did not settle: the design holds too little to tell them apart'
const NO_ERROR = 'items and raters account for every score, so no error is left to estimate'

function whyNot(design: Design): string | null {
  const { cases, raters, measurements, order, starts } = design
  if (cases < 2) return 'needs two or more items'
  if (raters < 2) return 'needs two or more raters'
  const { rater, value } = measurements
  const several = (_start: number, i: number) =>
    order
      .subarray(starts[i], starts[i + 1])
      .some((entry) => rater[entry] !== rater[order[starts[i] as number] as number])
  if (!starts.some(several)) return 'no item has two or more ratings'
  for (let entry = 1; entry < value.length; entry++) if (value[entry] !== value[0]) return null
  return 'no variation: every score is the same level'
}

function described(
  design: Design,
  likelihood: Likelihood,
  ratios: Ratios,
  used: readonly Part[],
): Estimated<CrossedModel> {
  const equations = likelihood.equationsAt(ratios)
  if (equations === null) return notEstimable(NO_ERROR)
  const { residual, columns: laidOut } = equations
  const { effects, means } = laidOut
  const { measurements, raters, columnOf, dimensionColumnOf } = design
  const residualVariance = residual / (measurements.value.length - means)
  if (!(residualVariance > 1e-12)) return notEstimable(NO_ERROR)
  const solution = backwards(equations)
  const errors = ratios.rater === undefined ? new Float64Array(0) : conditionalVariances(equations, raters)
  const variance = (part: Part) => (used.includes(part) ? (ratios[part] as number) ** 2 * residualVariance : 0)
  const columns = (of: Int32Array) => [...of.keys()].filter((number) => (of[number] as number) >= 0)
  return {
    estimable: true,
    variances: {
      case: variance('case'),
      caseDimension: variance('caseDimension'),
      caseRater: variance('caseRater'),
      rater: variance('rater'),
      raterDimension: variance('raterDimension'),
      residual: residualVariance,
    },
    means: columns(dimensionColumnOf).map((dimension) => ({
      dimension,
      mean: solution[effects + (dimensionColumnOf[dimension] as number)] as number,
    })),
    severities:
      ratios.rater === undefined
        ? []
        : columns(columnOf).map((rater) => {
            const column = columnOf[rater] as number
            const scale = ratios.rater as number
            return {
              rater,
              points: -scale * (solution[column] as number),
              se: scale * Math.sqrt(residualVariance * (errors[column] as number)),
            }
          }),
    logLikelihood: likelihood.deviance(ratios) / -2,
    cases: design.cases,
    raters,
    scores: measurements.value.length,
    ratios,
  }
}

/** Effects and means that solve the equations, from the factor whose last row holds the values. */
function backwards({ factored, columns: { size } }: Equations): Float64Array {
  const n = size - 1
  const solution = Float64Array.from({ length: n }, (_, i) => factored[n * size + i] as number)
  for (let i = n - 1; i >= 0; i--) {
    let sum = solution[i] as number
    for (let k = i + 1; k < n; k++) sum -= (factored[k * size + i] as number) * (solution[k] as number)
    solution[i] = sum / (factored[i * size + i] as number)
  }
  return solution
}

/** Diagonal of the inverse of the random part, for the first `count` effects: the means are taken as known (as lme4 does). */
function conditionalVariances({ factored, columns: { size, effects } }: Equations, count: number): Float64Array {
  const column = new Float64Array(effects)
  return Float64Array.from({ length: count }, (_, j) => {
    // row j of the inverse of the factor's transpose: L x = e_j, then the squares of x add up
    column.fill(0)
    let total = 0
    for (let i = j; i < effects; i++) {
      let sum = i === j ? 1 : 0
      for (let k = j; k < i; k++) sum -= (factored[i * size + k] as number) * (column[k] as number)
      column[i] = sum / (factored[i * size + i] as number)
      total += (column[i] as number) ** 2
    }
    return total
  })
}

/**
 * Reliability of the mean of m raters' scores on one dimension: the share of its variance that is the case's (and, where the model
 * has it, the case's on this dimension); what belongs to raters and the residual is divided by m.
 */
export function reliabilityOf({ variances: v }: Pick<CrossedModel, 'variances'>, raters: number): number {
  const truth = v.case + v.caseDimension
  const error = v.rater + v.raterDimension + v.caseRater + v.residual
  return truth / (truth + error / raters)
}
