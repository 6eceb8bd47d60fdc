import { COEFFICIENTS } from '#app/stats/agreement/coefficients.ts'
import type { Estimate } from '#app/stats/estimate.ts'
import type { AgreementReport, Figures } from './agreement-report.ts'

/** The report as one JSON object: the shape is documented in docs/methods/agreement.md, and other programs read it. */
export function agreementJson({ request, dimensions }: AgreementReport): string {
  const { file, level, weights, raters, boot, seed, by } = request
  const report = {
    file,
    level,
    ...(weights === null ? {} : { weights }),
    ...(raters === 'fixed' ? {} : { raters }),
    draws: boot,
    seed,
    dimensions: Object.fromEntries(
      [...dimensions].map(([name, { groups, ...figures }]) => [
        name,
        {
          ...figuresJson(figures),
          ...(by === null
            ? {}
            : { by: { [by]: Object.fromEntries([...groups].map(([value, group]) => [value, figuresJson(group)])) } }),
        },
      ]),
    ),
  }
  return `${JSON.stringify(report, null, 2)}\n`
}

function figuresJson({ items, raters, ratings, missing, levels, coefficients, reading }: Figures) {
  const found: Record<string, ReturnType<typeof estimateJson>> = {}
  const none: Record<string, string> = {}
  for (const name of COEFFICIENTS) {
    const coefficient = coefficients[name]
    if (coefficient.estimable) found[name] = estimateJson(coefficient)
    else none[name] = coefficient.reason
  }
  return {
    items,
    raters,
    ratings,
    missing,
    levels,
    coefficients: found,
    notEstimable: none,
    reading: { band: reading.band, sentence: reading.sentence, next: reading.next },
  }
}

function estimateJson({ estimate, interval, items, test }: Estimate) {
  const tested = test === undefined ? {} : { test }
  return interval.estimable
    ? {
        estimate,
        low: interval.low,
        high: interval.high,
        items,
        method: interval.method,
        rough: interval.rough,
        ...tested,
      }
    : { estimate, low: null, high: null, items, noInterval: interval.reason, ...tested }
}
