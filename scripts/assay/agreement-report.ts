import { COEFFICIENTS, type CoefficientName, coefficientsOf } from '#app/stats/agreement/coefficients.ts'
import { type Reading, readingOf } from '#app/stats/agreement/reading.ts'
import { type Estimated, type NotEstimable, notEstimable } from '#app/stats/estimate.ts'
import type { AgreementRequest } from './agreement-options.ts'
import { allRows, rowsBy } from './ratings-file/rating-rows.ts'
import type { RatingsFile } from './ratings-file/ratings-file.ts'
import { select, severalVersions } from './ratings-file/selection.ts'

/** The figures of one dimension, or of one group of it, and what they rest on. */
export interface Figures {
  readonly items: number
  readonly raters: number
  readonly ratings: number
  readonly missing: number
  readonly levels: readonly number[]
  readonly coefficients: Readonly<Record<CoefficientName, Estimated>>
  readonly reading: Reading
}

export interface DimensionFigures extends Figures {
  /** Figures by the value of the column asked for, in order of appearance. */
  readonly groups: ReadonlyMap<string, Figures>
}

export interface AgreementReport {
  readonly request: AgreementRequest
  readonly dimensions: ReadonlyMap<string, DimensionFigures>
}

/** Computes what was asked for, dimension by dimension in order of appearance. */
export function agreementReport(request: AgreementRequest, file: RatingsFile): AgreementReport {
  const { rows } = file
  const dimensions = new Map<string, DimensionFigures>()
  rowsBy(rows.dimension, rows.dimensions.size, allRows(rows.count)).forEach((chosen, number) => {
    const groups = new Map<string, Figures>()
    if (request.by !== null)
      rowsBy(rows.group, rows.groups.size, chosen).forEach((part, group) => {
        if (part.length > 0) groups.set(rows.groups.name(group) || '(none)', figuresOf(request, file, part))
      })
    dimensions.set(rows.dimensions.name(number), { ...figuresOf(request, file, chosen), groups })
  })
  return { request, dimensions }
}

function figuresOf(request: AgreementRequest, file: RatingsFile, rows: Uint32Array): Figures {
  const selection = select(file, rows)
  const { ratings, missing } = selection
  const apart = severalVersions(selection)
  const coefficients =
    apart === null
      ? coefficientsOf(ratings, optionsOf(request))
      : noneOf(notEstimable(`${apart}; use --by rubric_version`))
  return {
    items: ratings.itemCount,
    raters: ratings.raterCount,
    ratings: ratings.item.length,
    missing,
    levels: file.levels,
    coefficients,
    reading: readingOf(coefficients.alpha),
  }
}

function optionsOf({ level, weights, raters, boot, seed }: AgreementRequest) {
  const options = { metric: level, draws: boot, seed, ratersRandom: raters === 'random' }
  return weights === null ? options : { ...options, weights }
}

const noneOf = (reason: NotEstimable) =>
  Object.fromEntries(COEFFICIENTS.map((name) => [name, reason])) as Record<CoefficientName, Estimated>
