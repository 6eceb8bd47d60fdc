import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { calibrate } from '#app/stats/calibration/calibrate.ts'
import type { Calibration } from '#app/stats/calibration/calibration.ts'
import { type NamedScores, scoresFrom } from '#app/stats/calibration/scores.ts'
import { type JointReference, type MarginalReference, reference } from './raters-reference.ts'

const checkout = fileURLToPath(new URL('../..', import.meta.url))
const data = resolve(checkout, process.env.ASSAY_REAL_DATA ?? '../shared/data')
const file = join(data, 'austrian_writing', 'ratings.csv')
const why = existsSync(file) ? '' : ` (skipped: there is no ${file}; set ASSAY_REAL_DATA)`

const printed = z.object({
  deviance: z.number(),
  variance: z.number(),
  raters: z.record(z.string(), z.number()),
  items: z.record(z.string(), z.number()),
})
const tam = z
  .object({ 'rating-scale': printed, 'partial-credit': printed })
  .parse(JSON.parse(readFileSync(new URL('./tam.json', import.meta.url), 'utf8')))

/** 135 pupils' essays, 7 raters, 5 criteria of four levels (data.ratings1 of the R package sirt). */
function essays(): NamedScores {
  const rows = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [item = '', rater = '', dimension = '', score = ''] = line.split(',')
      return { item, rater, dimension, score: Number(score) }
    })
  return scoresFrom(rows, () => reference.mfrm.levels)
}

/** The numbers of a calibration under the names of raters.json, so that one comparison says what is off. */
function numbersOf({ raters, items, dimensions, separation, overall }: Calibration, scores: NamedScores) {
  const numbers = new Map<string, number>()
  for (const { rater, scores: n, severity, fit } of raters) {
    const name = `raters ${scores.raters[rater]}`
    numbers.set(`${name} n`, n)
    if (severity.estimable)
      for (const key of ['logit', 'se', 'points'] as const) numbers.set(`${name} ${key}`, severity[key])
    if (fit.estimable) for (const key of FIT) numbers.set(`${name} ${key}`, fit[key])
  }
  for (const { dimension, difficulty, thresholds, fit } of dimensions) {
    const name = `items ${scores.dimensions[dimension]}`
    if (difficulty.estimable) for (const key of ['logit', 'se'] as const) numbers.set(`${name} ${key}`, difficulty[key])
    if (fit.estimable) for (const key of FIT) numbers.set(`${name} ${key}`, fit[key])
    thresholds.forEach((threshold, k) => {
      if (threshold.estimable) numbers.set(`${name} step ${k}`, threshold.logit)
    })
  }
  for (const { item, fair, rawMean } of items) {
    if (fair.estimable) {
      numbers.set(`measure ${scores.items[item]}`, fair.measure)
      numbers.set(`fair ${scores.items[item]}`, fair.score)
    }
    if (rawMean !== null) numbers.set(`raw ${scores.items[item]}`, rawMean)
  }
  if (separation.estimable)
    for (const key of ['sd', 'rmse', 'separation', 'reliability', 'strata', 'chiSquare', 'df'] as const)
      numbers.set(`separation ${key}`, separation[key])
  if (overall.estimable) {
    numbers.set('logLikelihood', overall.logLikelihood)
    if (overall.itemSd !== null) numbers.set('variance', overall.itemSd ** 2)
  }
  return numbers
}

const FIT = ['infit', 'infitZ', 'outfit', 'outfitZ'] as const

function expectedSteps(expected: JointReference | MarginalReference): [string, number][] {
  const { steps } = expected
  return Object.keys(expected.items).flatMap((name) =>
    (Array.isArray(steps) ? steps : (steps[name] ?? [])).map((value, k): [string, number] => [
      `items ${name} step ${k}`,
      value,
    ]),
  )
}

function expectedJoint(expected: JointReference): [string, number][] {
  const { rater_separation: separation } = expected
  return [
    ...Object.entries(expected.raters).flatMap(([name, rater]): [string, number][] => [
      [`raters ${name} n`, rater.n],
      [`raters ${name} logit`, rater.measure],
      [`raters ${name} se`, rater.se],
      [`raters ${name} points`, rater.points],
      ...fitNumbers(`raters ${name}`, rater),
    ]),
    ...Object.entries(expected.items).flatMap(([name, item]): [string, number][] => [
      [`items ${name} logit`, item.measure],
      [`items ${name} se`, item.se],
      ...fitNumbers(`items ${name}`, item),
    ]),
    ...expectedSteps(expected),
    ...named('measure', { ...expected.person_measures, ...expected.extreme_person_measures }),
    ...named('fair', expected.fair_scores),
    ...named('raw', expected.raw_means),
    ['separation sd', separation.sd],
    ['separation rmse', separation.rmse],
    ['separation separation', separation.separation],
    ['separation reliability', separation.reliability],
    ['separation strata', separation.strata],
    ['separation chiSquare', separation.chisq_fixed],
    ['separation df', separation.df],
    ['logLikelihood', expected.loglik],
  ]
}

function expectedMarginal(expected: MarginalReference): [string, number][] {
  const placed = (name: string, values: MarginalReference['raters']) =>
    Object.entries(values).flatMap(([key, { measure, se }]): [string, number][] => [
      [`${name} ${key} logit`, measure],
      [`${name} ${key} se`, se],
    ])
  return [
    ...placed('raters', expected.raters),
    ...placed('items', expected.items),
    ...expectedSteps(expected),
    ...named('measure', expected.eap),
    ['logLikelihood', expected.deviance / -2],
    ['variance', expected.variance],
  ]
}

function fitNumbers(name: string, value: JointReference['items'][string]): [string, number][] {
  return [
    [`${name} infit`, value.infit],
    [`${name} infitZ`, value.infit_z],
    [`${name} outfit`, value.outfit],
    [`${name} outfitZ`, value.outfit_z],
  ]
}

function named(prefix: string, values: Record<string, number>): [string, number][] {
  return Object.entries(values).map(([name, value]) => [`${prefix} ${name}`, value])
}

describe.skipIf(why !== '')(`the essays of the Austrian writing survey${why}`, () => {
  it.each(['rating-scale', 'partial-credit'] as const)('%s, joint method', (model) => {
    const scores = essays()
    const numbers = numbersOf(calibrate(scores, { model, method: 'jml' }), scores)
    const off = expectedJoint(reference.mfrm[model].jml).filter(
      ([name, value]) => !(Math.abs((numbers.get(name) ?? Number.NaN) - value) < 1e-6),
    )
    expect(off).toEqual([])
  })

  it.each(['rating-scale', 'partial-credit'] as const)('%s, marginal method', (model) => {
    const scores = essays()
    const numbers = numbersOf(calibrate(scores, { model }), scores)
    const off = expectedMarginal(reference.mfrm[model].mml).filter(
      ([name, value]) => !(Math.abs((numbers.get(name) ?? Number.NaN) - value) < (name.endsWith(' se') ? 1e-5 : 1e-6)),
    )
    expect(off).toEqual([])
  })

  it.each(['rating-scale', 'partial-credit'] as const)('%s, as TAM prints it', (model) => {
    const scores = essays()
    const numbers = numbersOf(calibrate(scores, { model }), scores)
    const expected = tam[model]
    const raters = Object.entries(expected.raters)
    raters.forEach(([name, value], i) => {
      const last = i === raters.length - 1
      expect(Math.abs((numbers.get(`raters ${name} logit`) ?? Number.NaN) - value)).toBeLessThan(last ? 1.1e-4 : 2e-5)
    })
    for (const [name, value] of Object.entries(expected.items))
      expect(Math.abs((numbers.get(`items ${name} logit`) ?? Number.NaN) - value)).toBeLessThan(2e-5)
    expect(-2 * (numbers.get('logLikelihood') ?? Number.NaN)).toBeCloseTo(expected.deviance, 6)
    expect(Math.abs((numbers.get('variance') ?? Number.NaN) - expected.variance)).toBeLessThan(1e-5)
  })
})
