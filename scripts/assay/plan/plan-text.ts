import type { PlannedDimension } from './plan-agreement.ts'
import type { PlannedDrift } from './plan-drift.ts'
import type { AgreementPlanRequest, DriftPlanRequest } from './plan-options.ts'

/** Sizes for people: a table a dimension, the cheapest marked. */
export function agreementPlanText(
  { width, raters }: AgreementPlanRequest,
  found: ReadonlyMap<string, PlannedDimension>,
): string {
  return [...found]
    .map(([name, { expected, plans, reason }]) => {
      if (expected === null) return `${name}: ${reason}\n`
      const fewest = Math.min(...plans.map((plan) => plan?.ratings ?? Number.POSITIVE_INFINITY))
      const lines = plans.map((plan, index) => {
        const label = `  ${`${raters[index]}`.padStart(2)} raters an item:`
        if (plan === null) return `${label} more than 20000 items`
        return `${label} ${`${plan.items}`.padStart(5)} items, ${`${plan.ratings}`.padStart(6)} ratings${plan.ratings === fewest ? '   fewest ratings' : ''}`
      })
      return `${name}: alpha ${expected.alpha.toFixed(3)} with a 95 % interval ${width} wide takes\n${lines.join('\n')}\n`
    })
    .join('\n')
}

export function agreementPlanJson(request: AgreementPlanRequest, found: ReadonlyMap<string, PlannedDimension>): string {
  const { file, width, seed } = request
  const dimensions = Object.fromEntries(
    [...found].map(([name, { expected, plans, reason }]) => [
      name,
      expected === null
        ? { notEstimable: reason }
        : {
            alpha: expected.alpha,
            shares: expected.shares,
            level: expected.metric,
            plans: plans.map((plan, index) => plan ?? { raters: request.raters[index], items: null }),
          },
    ]),
  )
  return `${JSON.stringify({ plan: 'agreement', file, width, seed, dimensions }, null, 2)}\n`
}

export function driftPlanText(request: DriftPlanRequest, found: ReadonlyMap<string, PlannedDrift>): string {
  const { shift, within, rate, dimensions } = request
  const alarms = `${rate * 100} false alarm${rate === 0.01 ? '' : 's'} in 100 periods${dimensions > 1 ? ` over ${dimensions} dimensions` : ''}`
  return [...found]
    .map(([name, { ratings, power, reason }]) => {
      if (ratings === null || power === null) return `${name}: ${reason}\n`
      return `${name}: ${ratings} anchor ratings a period find a drift of ${shift} points within ${within} period${within === 1 ? '' : 's'} with a chance of ${(100 * power).toFixed(0)} %, at ${alarms}.\n`
    })
    .join('')
}

export function driftPlanJson(request: DriftPlanRequest, found: ReadonlyMap<string, PlannedDrift>): string {
  const { file, shift, within, rate, dimensions: watched, seed } = request
  const dimensions = Object.fromEntries(
    [...found].map(([name, { known, ratings, power, reason }]) => [
      name,
      ratings === null ? { assumed: known, notEstimable: reason } : { assumed: known, ratings, power },
    ]),
  )
  const asked = { plan: 'drift', file, shift, within, falseAlarmsPer100: rate * 100, watched, seed }
  return `${JSON.stringify({ ...asked, dimensions }, null, 2)}\n`
}
