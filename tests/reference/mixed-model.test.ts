import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { calibrate } from '#app/stats/calibration/calibrate.ts'
import { type NamedScores, scoresFrom } from '#app/stats/calibration/scores.ts'
import { crossedModel } from '#app/stats/variance-components/crossed.ts'
import type { Measurements, Part } from '#app/stats/variance-components/design.ts'

const checkout = fileURLToPath(new URL('../..', import.meta.url))
const data = resolve(checkout, process.env.ASSAY_REAL_DATA ?? '../shared/data')
const file = join(data, 'austrian_writing', 'ratings.csv')
const why = existsSync(file) ? '' : ` (skipped: there is no ${file}; set ASSAY_REAL_DATA)`

const numbers = z.record(z.string(), z.number())
const { crossed, g_study: study } = z
  .object({
    crossed: z.object({
      var_student: z.number(),
      var_rater: z.number(),
      var_resid: z.number(),
      logLik_REML: z.number(),
      fixef: numbers,
      rater_blup: numbers,
      rater_blup_se: numbers,
    }),
    g_study: z.object({
      student_item: z.number(),
      student_rater: z.number(),
      student: z.number(),
      rater_item: z.number(),
      rater: z.number(),
      resid: z.number(),
    }),
  })
  .parse(JSON.parse(readFileSync(new URL('./mixed-model.json', import.meta.url), 'utf8')))

function essays(): NamedScores {
  const rows = readFileSync(file, 'utf8').trim().split('\n').slice(1)
  return scoresFrom(
    rows.map((line) => {
      const [item = '', rater = '', dimension = '', score = ''] = line.split(',')
      return { item, rater, dimension, score: Number(score) }
    }),
    () => [0, 1, 2, 3],
  )
}

const measurementsOf = (scores: NamedScores): Measurements => ({
  ...scores,
  caseCount: scores.itemCount,
  dimensionCount: scores.dimensions.length,
  value: scores.level,
})

function fitted(scores: NamedScores, parts?: readonly Part[]) {
  const found = crossedModel(measurementsOf(scores), parts)
  if (!found.estimable) throw new Error(found.reason)
  return found
}

const near = (value: number) => expect.closeTo(value, 5)

describe.skipIf(why !== '')(`the mixed model of the Austrian essays${why}`, () => {
  it('as lme4 prints it: essays and raters', () => {
    const scores = essays()
    const { variances, means, severities, logLikelihood } = fitted(scores)
    expect(Math.abs(variances.case - crossed.var_student)).toBeLessThan(1e-5)
    expect(Math.abs(variances.rater - crossed.var_rater)).toBeLessThan(1e-5)
    expect(Math.abs(variances.residual - crossed.var_resid)).toBeLessThan(1e-5)
    expect(logLikelihood).toBeCloseTo(crossed.logLik_REML, 6)
    const { '(Intercept)': first = 0, ...others } = crossed.fixef
    for (const { dimension, mean } of means) {
      const name = scores.dimensions[dimension] as string
      expect(mean).toEqual(near(first + (others[`item${name}`] ?? 0)))
    }
    for (const { rater, points, se } of severities) {
      const name = scores.raters[rater] as string
      expect(points).toEqual(near(-(crossed.rater_blup[name] as number)))
      expect(se).toEqual(near(crossed.rater_blup_se[name] as number))
    }
    expect(severities).toHaveLength(7)
  })

  it('as lme4 prints it: with every interaction', () => {
    const { variances } = fitted(essays(), ['case', 'caseDimension', 'caseRater', 'rater', 'raterDimension'])
    const wanted = {
      case: study.student,
      caseDimension: study.student_item,
      caseRater: study.student_rater,
      rater: study.rater,
      raterDimension: study.rater_item,
      residual: study.resid,
    }
    for (const [part, value] of Object.entries(wanted))
      expect(Math.abs(variances[part as Part] - value)).toBeLessThan(1e-5)
  })

  it.each([
    ['mml', -0.9996],
    ['jml', -0.997],
  ] as const)('its predicted effects go with the severities of the many-facet model (%s)', (method, wanted) => {
    const scores = essays()
    const { severities } = fitted(scores)
    const { raters } = calibrate(scores, { method, model: 'rating-scale' })
    const pairs = severities.map(({ rater, points }) => {
      const severity = raters.find((one) => one.rater === rater)?.severity
      return [-points, severity?.estimable ? severity.logit : Number.NaN] as const
    })
    const places = Math.abs(wanted) > 0.999 ? 4 : 3
    expect(Math.abs(correlation(pairs) - wanted)).toBeLessThan(0.51 * 10 ** -places)
  })
})

function correlation(pairs: readonly (readonly [number, number])[]): number {
  const mean = (k: 0 | 1) => pairs.reduce((sum, pair) => sum + pair[k], 0) / pairs.length
  const [mx, my] = [mean(0), mean(1)]
  const sum = (of: (x: number, y: number) => number) => pairs.reduce((all, [x, y]) => all + of(x - mx, y - my), 0)
  return sum((x, y) => x * y) / Math.sqrt(sum((x) => x * x) * sum((_x, y) => y * y))
}
