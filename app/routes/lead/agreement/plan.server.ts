/** What the plan form holds, read and checked, and what follows from it. */
import type { DimensionFigures } from '#app/evaluation/agreement/figures.ts'
import { hundredths, inWords, plural, whole, within } from '#app/evaluation/figure.ts'
import { roundUp } from '#app/stats/agreement/reading.ts'
import type { AgreementPlan } from '#app/stats/planning/agreement-width.ts'

export const RATERS_AN_ITEM = [2, 3, 4, 5, 6]

/** A number within bounds, or what is wrong with what was written. */
function numberFrom(text: string, least: number, most: number, example: string) {
  const value = text.trim() === '' ? Number.NaN : Number(text.replace(',', '.'))
  const sound = value >= least && value <= most
  return { value, fault: sound ? null : `Write a number from ${least} to ${most}, for example ${example}.` }
}

export type PlanFields = {
  alpha: string
  width: string
  faults: { alpha: string | null; width: string | null }
}

/** Alpha and width as asked for; what is missing is taken from the dimension. */
export function readPlan(params: URLSearchParams, pilot: DimensionFigures | undefined) {
  const known = pilot?.alpha.estimable ? Math.min(0.98, Math.max(0, pilot.alpha.estimate)) : 0.7
  const alphaText = params.get('alpha') || known.toFixed(2)
  const widthText = params.get('width') || '0.1'
  const alpha = numberFrom(alphaText, 0, 0.98, '0.7')
  const width = numberFrom(widthText, 0.02, 1, '0.1')
  const fields: PlanFields = { alpha: alphaText, width: widthText, faults: { alpha: alpha.fault, width: width.fault } }
  return { fields, alpha: alpha.value, width: width.value, sound: alpha.fault === null && width.fault === null }
}

/** Shares of the levels as they were given; all alike where nobody gave any or only one was. */
export function sharesOf(pilot: DimensionFigures | undefined): { shares: number[]; assumed: boolean } {
  const counts = pilot ? [...pilot.perLevel] : [1, 1, 1, 1]
  const assumed = counts.filter((count) => count > 0).length < 2
  return { shares: assumed ? counts.map(() => 1) : counts, assumed: assumed || pilot === undefined }
}

export type PlanRow = { raters: number; items: string; ratings: string; fewest: boolean }

export function planRows(plans: readonly (AgreementPlan | null)[]): PlanRow[] {
  const fewest = Math.min(...plans.map((plan) => plan?.ratings ?? Number.POSITIVE_INFINITY))
  return plans.map((plan, i) => ({
    raters: RATERS_AN_ITEM[i] as number,
    items: plan ? whole(roundUp(plan.items)) : 'more than 20,000',
    ratings: plan ? whole(roundUp(plan.items) * plan.raters) : '–',
    fewest: plan !== null && plan.ratings === fewest,
  }))
}

export function planSentence(plans: readonly (AgreementPlan | null)[], alpha: number, width: number): string {
  const at = `At an alpha of ${hundredths(alpha)}, a 95 % interval ${hundredths(width)} wide`
  const possible = plans.filter((plan) => plan !== null)
  const [cheapest] = [...possible].sort((a, b) => a.ratings - b.ratings)
  if (!cheapest) return `${at} takes more than 20,000 items: ask for a wider one.`
  return `${at} takes fewest ratings with ${inWords(cheapest.raters)} raters an item: about ${plural(roundUp(cheapest.items), 'item')}.`
}

/** The interval there is now. */
export function nowSentence(pilot: DimensionFigures | undefined): string | null {
  if (!pilot?.alpha.estimable) return null
  const { estimate, interval, items } = pilot.alpha
  const name = within(pilot.dimension.name)
  return interval.estimable
    ? `Now, on ${name}, alpha is ${hundredths(estimate)} with an interval ${hundredths(interval.high - interval.low)} wide, from ${plural(items, 'item')}.`
    : `Now, on ${name}, alpha is ${hundredths(estimate)}, without an interval: ${interval.reason}.`
}
