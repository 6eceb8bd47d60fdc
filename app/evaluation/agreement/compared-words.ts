/** Two figures on the same responses, in rows and in sentences. */
import type { Comparison } from '#app/stats/agreement/comparison.ts'
import type { Estimated } from '#app/stats/estimate.ts'
import type { PairedDifference } from '#app/stats/inference/paired-bootstrap.ts'
import { hundredths, percent, plural, within } from '../figure.ts'

export type ComparedRow = {
  name: string
  first: string
  second: string
  difference: string
  interval: string
  p: string
}

export function comparedRows({ alpha, ac2, exact }: Comparison): ComparedRow[] {
  return [
    row('Krippendorff’s alpha, ordinal', alpha, hundredths),
    row('Gwet’s AC2, quadratic weights', ac2, hundredths),
    row('Exact agreement', exact, percent),
  ]
}

function row(name: string, found: Estimated<PairedDifference>, spell: (value: number) => string): ComparedRow {
  if (!found.estimable) return { name, first: '–', second: '–', difference: '–', interval: found.reason, p: '–' }
  const { first, second, estimate, interval, p } = found
  return {
    name,
    first: spell(first),
    second: spell(second),
    difference: spell(estimate),
    interval: interval.estimable
      ? `${spell(interval.low)} to ${spell(interval.high)}${interval.rough ? ', rough' : ''}`
      : interval.reason,
    p: interval.estimable ? chance(p) : '–',
  }
}

const chance = (p: number): string => (p < 0.001 ? 'below .001' : p.toFixed(3).replace(/^0/, ''))

/** What the comparison says, and what it does not. */
export function comparedSentences(
  { alpha, items, leftOut }: Comparison,
  { first, second }: { first: string; second: string },
): string[] {
  const [one, other] = [within(first), within(second)]
  const rests = `Both have two ratings or more of ${plural(items, 'response')}${aside(leftOut)}.`
  if (!alpha.estimable) return [`Alpha cannot be compared: ${alpha.reason}.`, rests]
  const figures = `alpha is ${hundredths(alpha.first)} on ${one} and ${hundredths(alpha.second)} on ${other}`
  const { interval } = alpha
  if (!interval.estimable) return [`On the same responses ${figures}. No test: ${interval.reason}.`, rests]
  const span = `95 % interval of the difference ${hundredths(interval.low)} to ${hundredths(interval.high)}`
  if (interval.low <= 0 && interval.high >= 0)
    return [
      `On the same responses ${figures}, but they do not say which is higher: the ${span} has 0 in it.`,
      'That is not to say that the two agree alike: a wide interval means that there is too little to tell.',
      rests,
    ]
  const higher = alpha.estimate > 0 ? one : other
  return [`On the same responses ${figures}: raters agree more on ${higher} (${span}, p ${pOf(alpha.p)}).`, rests]
}

const pOf = (p: number): string => (p < 0.001 ? 'below .001' : `= ${chance(p)}`)

function aside([first, second]: readonly [number, number]): string {
  const left = first + second
  return left === 0
    ? ''
    : `; ${plural(left, 'other')} with ratings on one side only ${left === 1 ? 'is' : 'are'} left out`
}
