import type { Calibration } from '#app/stats/calibration/calibration.ts'
import type { FitStatistics } from '#app/stats/calibration/fit-statistics.ts'
import type { NamedScores } from '#app/stats/calibration/scores.ts'
import type { Estimated } from '#app/stats/estimate.ts'
import type { CalibrateRequest } from './calibrate-options.ts'

/** The calibration as one JSON object: the shape is documented in docs/methods/calibration.md, and other programs read it. */
export function calibrationJson(request: CalibrateRequest, scores: NamedScores, calibration: Calibration): string {
  const { overall, components, links, separation, interactions } = calibration
  const report = {
    file: request.file,
    model: request.model,
    method: request.method,
    ...(overall.estimable
      ? {
          ratings: overall.scores,
          logLikelihood: overall.logLikelihood,
          itemSd: overall.itemSd,
          remarks: overall.remarks,
        }
      : { notEstimable: { calibration: overall.reason } }),
    components: components.count,
    links: links.map(({ rater, item, component }) => ({
      component: component + 1,
      rater: scores.raters[rater],
      item: scores.items[item],
    })),
    raters: calibration.raters.map(({ rater, scores: n, allScores, component, severity, fit }) => ({
      rater: scores.raters[rater],
      n,
      allScores,
      component: component + 1,
      ...(severity.estimable ? { severity: without(severity) } : {}),
      ...fitJson(fit),
      ...reasons({ severity, fit }),
    })),
    items: calibration.items.map(({ item, scores: n, rawMean, component, fair, fit }) => ({
      item: scores.items[item],
      n,
      raw: rawMean,
      component: component + 1,
      ...(fair.estimable ? { fair: fair.score, se: fair.se, measure: fair.measure, measureSe: fair.measureSe } : {}),
      ...fitJson(fit),
      ...reasons({ fair, fit }),
    })),
    dimensions: calibration.dimensions.map(({ dimension, scores: n, difficulty, thresholds, fit }) => ({
      dimension: scores.dimensions[dimension],
      n,
      ...(difficulty.estimable ? { difficulty: { logit: difficulty.logit, se: difficulty.se } } : {}),
      thresholds: thresholds.map((threshold, index) => ({
        level: scores.levels[dimension]?.[index + 1],
        ...(threshold.estimable ? without(threshold) : { notEstimable: threshold.reason }),
      })),
      ...fitJson(fit),
      ...reasons({ difficulty, fit }),
    })),
    separation: separation.estimable ? without(separation) : { notEstimable: separation.reason },
    interactions: interactions.map(({ rater, dimension, scores: n, ...values }) => ({
      rater: scores.raters[rater],
      dimension: scores.dimensions[dimension],
      n,
      ...values,
    })),
  }
  return `${JSON.stringify(report, null, 2)}\n`
}

function without<T extends { readonly estimable: true }>({ estimable: _, ...values }: T): Omit<T, 'estimable'> {
  return values
}

function fitJson(fit: Estimated<FitStatistics>) {
  if (!fit.estimable) return {}
  const { infit, infitZ, outfit, outfitZ } = fit
  return { infit, infitZ, outfit, outfitZ }
}

/** Why quantities are missing, by their name; nothing when none is. */
function reasons(quantities: Readonly<Record<string, Estimated<{ readonly estimable: true }>>>) {
  const missing = Object.entries(quantities).flatMap(([name, quantity]) =>
    quantity.estimable ? [] : [[name, quantity.reason] as const],
  )
  return missing.length === 0 ? {} : { notEstimable: Object.fromEntries(missing) }
}
