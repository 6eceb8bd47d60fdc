import { describe, expect, it } from 'vitest'
import { cohenKappa, lightKappa } from '#app/stats/agreement/cohen.ts'
import { congerKappa } from '#app/stats/agreement/conger.ts'
import { fleissTest } from '#app/stats/agreement/fleiss.ts'
import { brennanPrediger, fleissKappa, gwetAc } from '#app/stats/agreement/gwet.ts'
import { krippendorffWeighted } from '#app/stats/agreement/krippendorff-weighted.ts'
import { pairTables } from '#app/stats/agreement/pair-tables.ts'
import { type Patterns, patternsFrom, patternsOf } from '#app/stats/agreement/patterns.ts'
import { type Weights, weightsFromDisagreement, weightsOf } from '#app/stats/agreement/weights.ts'
import { entry, ratingsOfGrid, ratingsOfTable, reference } from './agreement-reference.ts'

type Example = (typeof reference.cohen_kappa)[number]

function weightsOfSet(set: string, { table, disagreement_weights: disagreement }: Example): Weights {
  if (set === 'weighted' && disagreement !== undefined) return weightsFromDisagreement(disagreement)
  const levels = table.map((_row, level) => level + 1)
  return weightsOf(set === 'linear' || set === 'quadratic' ? set : 'identity', levels)
}

const kappas = reference.cohen_kappa.flatMap((example) =>
  Object.entries(example.computed).map(([set, expected]) => ({ id: example.id, set, expected, example })),
)

function kappaOf(example: Example, set: string) {
  const [table] = pairTables(ratingsOfTable(example.table))
  const found = table && cohenKappa(table, weightsOfSet(set, example))
  if (!found?.estimable) throw new Error(found?.reason ?? 'no table')
  return found
}

describe("Cohen's kappa", () => {
  it.each(kappas)('$id, $set', ({ set, expected, example }) => {
    const found = kappaOf(example, set)
    expect(found.estimate).toBeCloseTo(expected.kappa, 9)
    expect(found.observed).toBeCloseTo(expected.po, 9)
    expect(found.expected).toBeCloseTo(expected.pe, 9)
    expect(found.standardError).toBeCloseTo(expected.se, 9)
    expect(found.nullError).toBeCloseTo(expected.se0, 9)
    expect(found.items).toBe(expected.n)
  })

  it('the printed digits of Cohen, vcd, irr and irrCAC', () => {
    const of = (id: string, set = 'unweighted') => kappaOf(entry(reference.cohen_kappa, id), set)
    expect(of('GWET-3x3')).toMatchObject({
      estimate: expect.closeTo(0.7964094, 7),
      standardError: expect.closeTo(0.05891072, 8),
    })
    expect(of('SEXUALFUN-4x4')).toMatchObject({
      estimate: expect.closeTo(0.1293, 4),
      standardError: expect.closeTo(0.0686, 4),
    })
    expect(of('SEXUALFUN-4x4', 'linear')).toMatchObject({
      estimate: expect.closeTo(0.2374, 4),
      standardError: expect.closeTo(0.0783, 4),
    })
    expect(of('VISION-4x4').estimate).toBeCloseTo(0.595, 3)
    expect(of('PARADOX-2x2').estimate).toBeCloseTo(0.022, 3)
    expect(of('ANXIETY12').estimate).toBeCloseTo(0.119, 2)
    expect(of('ANXIETY12', 'linear').estimate).toBeCloseTo(0.189, 3)
    const squared = of('ANXIETY12', 'quadratic')
    expect(squared.estimate / squared.nullError).toBeCloseTo(1.34, 2)
    expect(of('COHEN1968').estimate).toBeCloseTo(0.492, 3)
    expect(of('COHEN1968', 'weighted').estimate).toBeCloseTo(0.348, 3)
  })
})

describe("Fleiss' kappa", () => {
  const patternsOfExample = (example: (typeof reference.fleiss)[number]): Patterns =>
    example.counts === undefined
      ? patternsOf(ratingsOfGrid(example.units_by_raters ?? [], [1, 2, 3, 4, 5])).patterns
      : patternsFrom(
          example.counts.map((counts) => ({ counts, items: 1 })),
          [1, 2, 3, 4, 5],
        )

  it.each(reference.fleiss)('$id: test and kappa of each level', (example) => {
    const expected = example.computed.fleiss
    const found = fleissTest(patternsOfExample(example))
    expect(found).toEqual({
      estimable: true,
      estimate: expect.closeTo(expected.kappa, 9),
      observed: expect.closeTo(expected.Pbar, 9),
      expected: expect.closeTo(expected.Pe, 9),
      nullError: expect.closeTo(expected.se, 9),
      z: expect.closeTo(expected.z, 8),
      perLevel: expected.kappa_j.map((value) => expect.closeTo(value, 9)),
      perLevelError: expect.closeTo(expected.se_j, 9),
    })
  })

  it.each(reference.fleiss)('$id: errors by items, and the coefficients beside it', (example) => {
    const patterns = patternsOfExample(example)
    const weights = weightsOf('identity', patterns.levels)
    expect(fleissKappa(patterns, weights)).toMatchObject({
      standardError: expect.closeTo(example.computed.fleiss_unit_se, 9),
    })
    const beside = [
      [brennanPrediger(patterns, weights), example.computed.brennan_prediger],
      [gwetAc(patterns, weights), example.computed.gwet_ac],
      [krippendorffWeighted(patterns, weights), example.computed.krippendorff_weighted],
    ] as const
    for (const [found, expected] of beside)
      if (expected !== undefined)
        expect(found).toMatchObject({
          estimate: expect.closeTo(expected.coef, 9),
          standardError: expect.closeTo(expected.se, 9),
          p: expect.closeTo(expected.p_two_sided as number, 9),
          interval: {
            low: expect.closeTo(expected.ci?.[0] as number, 9),
            high: expect.closeTo(expected.ci?.[1] as number, 9),
          },
        })
  })

  it('FLEISS1971: Conger, Light and nominal alpha', () => {
    const { units_by_raters: units = [], computed } = entry(reference.fleiss, 'FLEISS1971')
    const ratings = ratingsOfGrid(units, [1, 2, 3, 4, 5])
    const weights = weightsOf('identity', ratings.levels)
    expect(congerKappa(ratings, weights)).toMatchObject({
      observed: expect.closeTo(computed.conger?.pa as number, 9),
      expected: expect.closeTo(computed.conger?.pe as number, 9),
      estimate: expect.closeTo(computed.conger?.coef as number, 9),
    })
    expect(lightKappa(pairTables(ratings), weights)).toMatchObject({
      estimate: expect.closeTo(computed.light as number, 9),
      pairs: 15,
    })
    expect(krippendorffWeighted(patternsOf(ratings).patterns, weights)).toMatchObject({
      estimate: expect.closeTo(computed.krippendorff_nominal as number, 9),
    })
  })
})
