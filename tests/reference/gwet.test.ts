import { describe, expect, it } from 'vitest'
import type { Corrected } from '#app/stats/agreement/chance-corrected.ts'
import { congerKappa } from '#app/stats/agreement/conger.ts'
import { brennanPrediger, fleissKappa, gwetAc, percentWeighted } from '#app/stats/agreement/gwet.ts'
import { krippendorffWeighted } from '#app/stats/agreement/krippendorff-weighted.ts'
import { patternsOf } from '#app/stats/agreement/patterns.ts'
import type { Ratings } from '#app/stats/agreement/ratings.ts'
import { WEIGHTS, type Weights, type WeightsName, weightsOf } from '#app/stats/agreement/weights.ts'
import { ratingsOfGrid, ratingsOfTable, reference } from './agreement-reference.ts'

type Coefficient = (ratings: Ratings, weights: Weights) => Corrected

const coefficients: Record<string, Coefficient> = {
  percent_agreement: (ratings, weights) => percentWeighted(patternsOf(ratings).patterns, weights),
  brennan_prediger: (ratings, weights) => brennanPrediger(patternsOf(ratings).patterns, weights),
  gwet_ac: (ratings, weights) => gwetAc(patternsOf(ratings).patterns, weights),
  gwet_ac1: (ratings, weights) => gwetAc(patternsOf(ratings).patterns, weights),
  fleiss: (ratings, weights) => fleissKappa(patternsOf(ratings).patterns, weights),
  conger: congerKappa,
  krippendorff_weighted: (ratings, weights) => krippendorffWeighted(patternsOf(ratings).patterns, weights),
}

function computed(name: string, ratings: Ratings, weights: Weights) {
  const found = coefficients[name]?.(ratings, weights)
  if (!found?.estimable) throw new Error(`${name}: ${found?.reason ?? 'no such coefficient'}`)
  return found
}

function weightsName(set: string): WeightsName {
  const found = WEIGHTS.find((known) => known === (set === 'unweighted' ? 'identity' : set))
  if (found === undefined) throw new Error(`no weights are called ${set}`)
  return found
}

const cases = reference.gwet_cac.flatMap((example) =>
  Object.entries(example.computed).flatMap(([set, family]) =>
    Object.entries(family).map(([name, expected]) => ({ id: example.id, set, name, expected, example })),
  ),
)

describe("Gwet's family", () => {
  it.each(cases)('$id, $set, $name', ({ set, name, expected, example }) => {
    const ratings = ratingsOfGrid(example.units_by_raters, example.levels)
    const found = computed(name, ratings, weightsOf(weightsName(set), example.levels))
    expect(found.observed).toBeCloseTo(expected.pa, 9)
    expect(found.expected).toBeCloseTo(expected.pe, 9)
    expect(found.estimate).toBeCloseTo(expected.coef, 9)
    expect(found.standardError).toBeCloseTo(expected.se, 9)
    expect(found.items).toBe(expected.n)
    expect(found.interval).toMatchObject({
      low: expect.closeTo(expected.ci?.[0] as number, 9),
      high: expect.closeTo(expected.ci?.[1] as number, 9),
    })
    expect(found.p / (expected.p_two_sided as number)).toBeCloseTo(1, 9)
  })

  it('RAW4 as printed by irrCAC, unweighted and weighted', () => {
    const [example] = reference.gwet_cac
    if (example === undefined) throw new Error('no example')
    const ratings = ratingsOfGrid(example.units_by_raters, example.levels)
    for (const [name, [coef, se]] of Object.entries(example.published_R_irrCAC_1_4_unweighted ?? {})) {
      const found = computed(
        name === 'krippendorff' ? 'krippendorff_weighted' : name,
        ratings,
        weightsOf('identity', example.levels),
      )
      expect(Math.abs(found.estimate - coef)).toBeLessThan(5.1e-6)
      // irrCAC 1.4 leaves the factor 1 - 1/N out of the error of alpha
      const printed = name === 'krippendorff' ? found.standardError / (1 - 1 / 40) : found.standardError
      expect(Math.abs(printed - se)).toBeLessThan(5.1e-6)
    }
    for (const [set, family] of Object.entries(example.r_irrCAC_1_0_weighted ?? {}))
      for (const [name, [coef, se]] of Object.entries(family)) {
        const weights = weightsOf(weightsName(set), example.levels)
        const found = computed(name === 'krippendorff' ? 'krippendorff_weighted' : name, ratings, weights)
        expect(Math.abs(found.estimate - (coef as number))).toBeLessThan(5.1e-6)
        if (se !== undefined) expect(Math.abs(found.standardError - se)).toBeLessThan(5.1e-6)
      }
  })

  const tables = reference.cohen_kappa.flatMap((example) =>
    Object.entries(example.computed_unit_level ?? {}).map(([name, expected]) => ({
      id: example.id,
      name,
      expected,
      table: example.table,
    })),
  )
  it.each(tables)('$id, a table of two raters, $name', ({ name, expected, table }) => {
    const ratings = ratingsOfTable(table)
    const found = computed(name, ratings, weightsOf('identity', ratings.levels))
    expect([found.observed, found.expected, found.estimate]).toEqual(
      [expected.pa, expected.pe, expected.coef].map((value) => expect.closeTo(value, 9)),
    )
    expect(found.standardError).toBeCloseTo(expected.se, 9)
  })

  it.each(Object.entries(reference.weights[0].computed))('weights: %s', (name, expected) => {
    const found = weightsOf(weightsName(name), reference.weights[0].levels)
    expect([...found.matrix]).toEqual(expected.flat().map((value) => expect.closeTo(value, 9)))
  })
})
