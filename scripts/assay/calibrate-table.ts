import { plural } from '#app/evaluation/figure.ts'
import type { Calibration } from '#app/stats/calibration/calibration.ts'
import type { FitStatistics } from '#app/stats/calibration/fit-statistics.ts'
import type { NamedScores } from '#app/stats/calibration/scores.ts'
import type { Estimated } from '#app/stats/estimate.ts'

/** Raters whose mean squares lie outside are named (Linacre 2002); with fewer scores a mean square says little. */
const ERRATIC = 1.5
const TOO_EVEN = 0.5
const ENOUGH_SCORES = 30

/** The calibration for people: raters from the most severe, dimensions, then what to know. */
export function calibrationTable(scores: NamedScores, calibration: Calibration): string {
  const { overall, raters, dimensions, separation, links } = calibration
  const size = [
    plural(scores.itemCount, 'item'),
    plural(scores.raterCount, 'rater'),
    plural(scores.item.length, 'score'),
  ]
  const title = `${size.join(', ')}; ${calibration.model}, ${calibration.method}`
  if (!overall.estimable) return `${title}\nNo calibration: ${overall.reason}.\n`
  const wide = Math.max(8, ...scores.raters.map((name) => name.length), ...scores.dimensions.map((name) => name.length))
  const severe = [...raters].sort((a, b) => logitOf(b) - logitOf(a))
  return [
    title,
    '',
    `${'rater'.padEnd(wide)}  scores   severity (logits)   points   infit  outfit`,
    ...severe.map(({ rater, scores: n, severity, fit }) => {
      const name = (scores.raters[rater] ?? '').padEnd(wide)
      if (!severity.estimable) return `${name}  ${count(n)}   – ${severity.reason}`
      const { logit, se, points } = severity
      return `${name}  ${count(n)}   ${signed(logit)} ± ${(1.96 * se).toFixed(2)}        ${signed(points)}   ${fitText(fit)}`
    }),
    '',
    `${'dimension'.padEnd(wide)}  scores   difficulty`,
    ...dimensions.map(({ dimension, scores: n, difficulty, fit }) => {
      const name = (scores.dimensions[dimension] ?? '').padEnd(wide)
      if (!difficulty.estimable) return `${name}  ${count(n)}   – ${difficulty.reason}`
      const { logit, se } = difficulty
      return `${name}  ${count(n)}   ${signed(logit)} ± ${(1.96 * se).toFixed(2)}                 ${fitText(fit)}`
    }),
    '',
    ...(separation.estimable
      ? [
          `Raters differ beyond error in ${(100 * separation.reliability).toFixed(0)} % of the variance of their severities (separation ${separation.separation.toFixed(2)}).`,
        ]
      : []),
    ...overall.remarks.map((remark) => `${remark[0]?.toUpperCase()}${remark.slice(1)}.`),
    ...links.map(({ rater, item }) => `Would join two groups: ${scores.raters[rater]} rates ${scores.items[item]}.`),
    'Points: expected score less that of the average rater on the same items; below 0 is severe. ±: 95 %.',
    'Fair scores of the items: --json.',
    '',
  ].join('\n')
}

function logitOf({ severity }: Calibration['raters'][number]): number {
  return severity.estimable ? severity.logit : Number.NEGATIVE_INFINITY
}

function count(n: number): string {
  return String(n).padStart(6)
}

function signed(value: number): string {
  return `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(2)}`
}

function fitText(fit: Estimated<FitStatistics>): string {
  if (!fit.estimable) return `– ${fit.reason}`
  const { infit, outfit, scores } = fit
  const word =
    scores < ENOUGH_SCORES
      ? ''
      : Math.max(infit, outfit) > ERRATIC
        ? '  erratic'
        : Math.min(infit, outfit) < TOO_EVEN
          ? '  too even'
          : ''
  return `${infit.toFixed(2).padStart(5)}   ${outfit.toFixed(2).padStart(5)}${word}`
}
