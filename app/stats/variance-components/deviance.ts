import { factor } from '../calibration/cholesky.ts'
import { type Columns, columnsOf } from './columns.ts'
import type { Design, Part } from './design.ts'
import { productsByCase, productsByNumber, type WithinCase } from './products.ts'

/** Standard deviation of each random part divided by that of the residual; parts that are not there are not in the model. */
export type Ratios = Readonly<Partial<Record<Part, number>>>

/**
 * The normal equations of the mixed model at given ratios, cases absorbed, as one matrix over [random effects of raters | means
 * of dimensions | values]. Bates, Mächler, Bolker & Walker (2015), "Fitting linear mixed-effects models using lme4", section 3.
 */
export interface Equations {
  /** Cholesky factor of that matrix, `size` x `size` in rows; its last pivot squared is the weighted residual sum of squares. */
  readonly factored: Float64Array
  readonly columns: Columns
  readonly residual: number
  /** Log determinants of the random and of the fixed part. */
  readonly logRandom: number
  readonly logFixed: number
}

/** A mixed model whose parts are settled and whose ratios are not. */
export interface Likelihood {
  /** Null where raters and cases account for every value. */
  readonly equationsAt: (ratios: Ratios) => Equations | null
  /** -2 times the restricted log-likelihood (Patterson & Thompson 1971) with the best residual variance; Infinity without any. */
  readonly deviance: (ratios: Ratios) => number
  /** The same at a given residual variance. */
  readonly devianceAt: (ratios: Ratios, residualVariance: number) => number
}

/** @param parts random parts besides the residual */
export function likelihoodOf(design: Design, parts: readonly Part[]): Likelihood {
  const columns = columnsOf(design, parts.includes('rater'), parts.includes('raterDimension'))
  const byCase = parts.includes('caseDimension') || parts.includes('caseRater')
  const products = (byCase ? productsByCase : productsByNumber)(design, columns)
  const free = design.measurements.value.length - columns.means

  const equationsAt = (ratios: Ratios): Equations | null => {
    const { matrix, logCases } = products(withinCase(ratios))
    scale(matrix, columns, ratios)
    const { size, effects, means } = columns
    if (!factor(matrix, size)) return null
    const pivots = (from: number, to: number) => {
      let log = 0
      for (let i = from; i < to; i++) log += 2 * Math.log(matrix[i * size + i] as number)
      return log
    }
    return {
      factored: matrix,
      columns,
      residual: (matrix[size * size - 1] as number) ** 2,
      logRandom: logCases + pivots(0, effects),
      logFixed: pivots(effects, effects + means),
    }
  }
  return {
    equationsAt,
    deviance: (ratios) => {
      const found = equationsAt(ratios)
      if (found === null) return Number.POSITIVE_INFINITY
      return found.logRandom + found.logFixed + free * (1 + Math.log((2 * Math.PI * found.residual) / free))
    },
    devianceAt: (ratios, variance) => {
      const found = equationsAt(ratios)
      if (found === null) return Number.POSITIVE_INFINITY
      return found.logRandom + found.logFixed + free * Math.log(2 * Math.PI * variance) + found.residual / variance
    },
  }
}

const withinCase = (ratios: Ratios): WithinCase => ({
  case: (ratios.case ?? 0) ** 2,
  caseDimension: (ratios.caseDimension ?? 0) ** 2,
  caseRater: (ratios.caseRater ?? 0) ** 2,
})

/** Raters' columns times their ratios, and 1 on their diagonal. */
function scale(matrix: Float64Array, { size, raters, effects }: Columns, ratios: Ratios): void {
  const times = (i: number) => {
    if (i >= effects) return 1
    return Math.abs((i < raters ? ratios.rater : ratios.raterDimension) ?? 0)
  }
  for (let i = 0; i < size; i++) {
    const own = times(i)
    for (let j = 0; j <= i; j++) matrix[i * size + j] = (matrix[i * size + j] as number) * own * times(j)
    if (i < effects) matrix[i * size + i] = (matrix[i * size + i] as number) + 1
  }
}
