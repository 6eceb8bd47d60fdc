import { agreementOf } from '#app/stats/agreement/agreement.ts'
import { patternsOf } from '#app/stats/agreement/patterns.ts'
import { type AgreementPlan, type ExpectedAgreement, itemsForWidth } from '#app/stats/planning/agreement-width.ts'
import { allRows, rowsBy } from '../ratings-file/rating-rows.ts'
import { readRatings } from '../ratings-file/ratings-file.ts'
import { select, severalVersions } from '../ratings-file/selection.ts'
import type { AgreementPlanRequest } from './plan-options.ts'

/** Sizes for one dimension of the pilot, or for what was assumed, or why there are none. */
export interface PlannedDimension {
  readonly expected: ExpectedAgreement | null
  readonly plans: readonly (AgreementPlan | null)[]
  readonly reason: string | null
}

/** @throws BadFile where the pilot cannot be read, or holds no ratings */
export function planAgreement(request: AgreementPlanRequest): ReadonlyMap<string, PlannedDimension> {
  const expectations = request.file === null ? assumed(request) : pilot(request.file, request)
  return new Map(
    [...expectations].map(([name, expected]): [string, PlannedDimension] => {
      if (typeof expected === 'string') return [name, { expected: null, plans: [], reason: expected }]
      const plans = itemsForWidth(expected, request.width, request.raters, { seed: request.seed })
      return [name, { expected, plans, reason: null }]
    }),
  )
}

type Expectations = ReadonlyMap<string, ExpectedAgreement | string>

function assumed({ alpha, shares, metric }: AgreementPlanRequest): Expectations {
  return new Map([['assumed', { alpha: alpha ?? 0, shares: shares ?? [], metric }]])
}

/** Alpha and shares of each dimension of the pilot; those given on the command line go before. */
function pilot(path: string, { levels, alpha, shares, metric }: AgreementPlanRequest): Expectations {
  const file = readRatings(path, { levels, by: null })
  const { rows } = file
  const found = new Map<string, ExpectedAgreement | string>()
  rowsBy(rows.dimension, rows.dimensions.size, allRows(rows.count)).forEach((chosen, number) => {
    const name = rows.dimensions.name(number)
    const selection = select(file, chosen)
    const apart = severalVersions(selection)
    if (apart !== null) {
      found.set(name, `${apart}; plan from those under one`)
      return
    }
    const agreement = agreementOf(patternsOf(selection.ratings).patterns, { metric, draws: 39 })
    const known = alpha ?? (agreement.alpha.estimable ? agreement.alpha.estimate : null)
    if (known === null) found.set(name, agreement.alpha.estimable ? '' : agreement.alpha.reason)
    else if (known < 0)
      found.set(name, `alpha of the pilot is ${known.toFixed(3)}: agreement below chance is not planned for`)
    else if (known >= 1) found.set(name, 'the pilot shows no disagreement at all; assume some with --alpha')
    else found.set(name, { alpha: known, shares: shares ?? agreement.perLevel, metric })
  })
  return found
}
