import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { agreementOf } from '#app/stats/agreement/agreement.ts'
import { allAgree } from '#app/stats/agreement/all-agree.ts'
import type { Corrected } from '#app/stats/agreement/chance-corrected.ts'
import { cohenKappa, lightKappa } from '#app/stats/agreement/cohen.ts'
import { completeBlock } from '#app/stats/agreement/complete-block.ts'
import { congerKappa } from '#app/stats/agreement/conger.ts'
import { fleissTest } from '#app/stats/agreement/fleiss.ts'
import { brennanPrediger, fleissKappa, gwetAc } from '#app/stats/agreement/gwet.ts'
import { iccForms, satterthwaite } from '#app/stats/agreement/icc.ts'
import { kendallW } from '#app/stats/agreement/kendall-w.ts'
import { krippendorffWeighted } from '#app/stats/agreement/krippendorff-weighted.ts'
import { levelsBetween } from '#app/stats/agreement/levels.ts'
import { distancesOf, METRICS } from '#app/stats/agreement/metric.ts'
import { pairTables } from '#app/stats/agreement/pair-tables.ts'
import { patternsFrom, patternsOf } from '#app/stats/agreement/patterns.ts'
import { pairableContributions, sumsLayout, upperCell } from '#app/stats/agreement/sums.ts'
import { weightsOf } from '#app/stats/agreement/weights.ts'
import type { Estimated } from '#app/stats/estimate.ts'
import { sumsOf } from '#app/stats/inference/contributions.ts'
import { fisherUpperTail } from '#app/stats/inference/fisher.ts'
import { entry, ratingsOfGrid, ratingsOfTable, reference } from './agreement-reference.ts'

/** The digits that papers and packages printed, and the parts of the computed values that stand in no other test. */

const printed = z
  .object({
    krippendorff: z.array(
      z.object({
        id: z.string(),
        computed: z.object({
          n_pairable: z.number(),
          Do: z.record(z.string(), z.number()),
          De: z.record(z.string(), z.number()),
        }),
      }),
    ),
    gwet_cac: z.array(
      z.object({
        id: z.string(),
        computed: z.record(
          z.string(),
          z.object({ krippendorff_weighted: z.looseObject({ se_irrcac_1_4: z.number().optional() }) }),
        ),
      }),
    ),
    icc: z.array(z.object({ id: z.string(), published: z.record(z.string(), z.unknown()) })),
    kendall_w: z.array(z.object({ id: z.string(), published: z.record(z.string(), z.number()) })),
    percent_agreement: z.array(z.object({ id: z.string(), published: z.record(z.string(), z.number()).optional() })),
    cohen_kappa: z.array(
      z.object({ id: z.string(), published: z.record(z.string(), z.union([z.number(), z.array(z.number())])) }),
    ),
  })
  .parse(JSON.parse(readFileSync(new URL('./agreement.json', import.meta.url), 'utf8')))

/** Within half a unit of the last printed digit; trailing zeros are not kept by JSON, so `places` may be more than are seen. */
function shows(value: number, digits: number, places = placesOf(digits)): void {
  expect(Math.abs(value - digits)).toBeLessThanOrEqual(0.5000001 * 10 ** -places)
}

const placesOf = (digits: number): number => (String(digits).split('.')[1] ?? '').length

function known<T extends { readonly estimable: true }>(found: Estimated<T> | undefined): T {
  if (!found?.estimable) throw new Error(found?.reason ?? 'nothing')
  return found
}

function blockOf(units: readonly (readonly number[])[]) {
  const scores = units.flat()
  return known(completeBlock(ratingsOfGrid(units, levelsBetween(Math.min(...scores), Math.max(...scores)))))
}

describe("Krippendorff's alpha", () => {
  const cases = printed.krippendorff.flatMap(({ id, computed }) =>
    METRICS.filter((metric) => metric in computed.Do).map((metric) => ({ id, metric, computed })),
  )
  it.each(cases)('$id, $metric: observed and expected disagreement', ({ id, metric, computed }) => {
    const example = entry(reference.krippendorff, id)
    const { values } = example.computed
    const coded = values.map((value, index) => (typeof value === 'number' ? value : index + 1))
    const units = example.units_by_raters.map((row) =>
      row.map((score) => (score === null ? null : (coded[values.indexOf(score)] as number))),
    )
    const sums = sumsOf(pairableContributions(patternsOf(ratingsOfGrid(units, coded)).patterns))
    const width = coded.length
    const squared = new Float64Array((width * (width - 1)) / 2)
    distancesOf(metric, coded)(sums, squared)
    const { coincidences } = sumsLayout(width)
    const n = sums.subarray(0, width).reduce((sum, count) => sum + count, 0)
    let [observed, expected] = [0, 0]
    for (let c = 0; c < width; c++)
      for (let k = c + 1; k < width; k++) {
        const cell = upperCell(width, c, k)
        observed += (2 * (squared[cell] as number) * (sums[coincidences + cell] as number)) / n
        expected += (2 * (squared[cell] as number) * (sums[c] as number) * (sums[k] as number)) / (n * (n - 1))
      }
    expect(n).toBe(computed.n_pairable)
    expect(observed).toBeCloseTo(computed.Do[metric] as number, 8)
    expect(expected).toBeCloseTo(computed.De[metric] as number, 8)
  })

  it.each(['K2011-C', 'K2011-A', 'K2011-B', 'HK2007'])('%s as printed', (id) => {
    const example = entry(reference.krippendorff, id)
    for (const metric of METRICS) {
      const digits = example.published[metric]
      if (typeof digits === 'number') shows(example.computed.alpha[metric] as number, digits)
    }
  })

  it.each(printed.gwet_cac)("$id: irrCAC 1.4's error, without the factor 1 - 1/N", ({ id, computed }) => {
    const example = entry(reference.gwet_cac, id)
    const ratings = ratingsOfGrid(example.units_by_raters, example.levels)
    const { patterns } = patternsOf(ratings)
    const pairable = Array.from(patterns.items, (size, p) => {
      const count = patterns.counts
        .subarray(p * example.levels.length, (p + 1) * example.levels.length)
        .reduce((sum, value) => sum + value, 0)
      return count < 2 ? 0 : size * count
    }).reduce((sum, value) => sum + value, 0)
    for (const [set, { krippendorff_weighted: expected }] of Object.entries(computed)) {
      if (expected.se_irrcac_1_4 === undefined) continue
      const weights = weightsOf(set === 'unweighted' ? 'identity' : (set as 'linear'), example.levels)
      const { standardError } = known(krippendorffWeighted(patterns, weights))
      expect(standardError / (1 - 1 / pairable)).toBeCloseTo(expected.se_irrcac_1_4, 9)
    }
  })
})

describe("Cohen's kappa and what irrCAC prints beside it", () => {
  it('GWET-3x3: the table functions, whose variances divide by n', () => {
    const { published } = entry(printed.cohen_kappa, 'GWET-3x3')
    const ratings = ratingsOfTable(entry(reference.cohen_kappa, 'GWET-3x3').table)
    const { patterns } = patternsOf(ratings)
    const weights = weightsOf('identity', ratings.levels)
    const byTable: Record<string, Corrected> = {
      scott: fleissKappa(patterns, weights),
      ac1: gwetAc(patterns, weights),
      bp: brennanPrediger(patterns, weights),
    }
    for (const [name, found] of Object.entries(byTable)) {
      const [estimate, error] = published[name] as number[]
      shows(known(found).estimate, estimate as number, name === 'bp' ? 7 : undefined)
      shows(known(found).standardError * Math.sqrt(99 / 100), error as number)
    }
    shows(known(krippendorffWeighted(patterns, weights)).estimate, (published.krippendorff as number[])[0] as number)
  })

  it.each([
    ['PARADOX-2x2', 'identity'],
    ['ANXIETY12', 'identity'],
    ['ANXIETY12', 'linear'],
    ['ANXIETY12', 'quadratic'],
  ] as const)('%s, %s', (id, name) => {
    const { published } = entry(printed.cohen_kappa, id)
    const ratings = ratingsOfTable(entry(reference.cohen_kappa, id).table)
    const [table] = pairTables(ratings)
    const found = known(cohenKappa(table ?? { items: 0, counts: new Uint32Array(0) }, weightsOf(name, ratings.levels)))
    const key = { identity: 'unweighted', linear: 'equal(linear)', quadratic: 'squared' }[name]
    const digits = published[key] ?? published.kappa
    shows(found.estimate, digits as number)
    if (typeof published.po === 'number') shows(found.observed, published.po)
    if (typeof published.pe === 'number') shows(found.expected, published.pe)
  })
})

describe("Fleiss' kappa", () => {
  it('FLEISS1971 as printed', () => {
    const { units_by_raters: units = [], published } = entry(reference.fleiss, 'FLEISS1971')
    const ratings = ratingsOfGrid(units, [1, 2, 3, 4, 5])
    const { patterns } = patternsOf(ratings)
    const found = known(fleissTest(patterns))
    shows(found.estimate, published.fleiss as number, 2)
    shows(found.z, published.z as number)
    ;(published.kappa_j as number[]).forEach((digits, k) => {
      shows(found.perLevel[k] as number, digits, 3)
    })
    const weights = weightsOf('identity', ratings.levels)
    shows(known(congerKappa(ratings, weights)).estimate, published.conger_exact as number)
    shows(known(lightKappa(pairTables(ratings), weights)).estimate, published.light as number)
  })

  it('WIKI-FLEISS as printed', () => {
    const { counts = [], published } = entry(reference.fleiss, 'WIKI-FLEISS')
    const rows = counts.map((row) => ({ counts: row, items: 1 }))
    shows(known(fleissTest(patternsFrom(rows, [1, 2, 3, 4, 5]))).estimate, published.fleiss as number)
  })
})

describe('intraclass correlation', () => {
  it('SF1979 as printed', () => {
    const { published } = entry(printed.icc, 'SF1979')
    const forms = known(iccForms(blockOf(entry(reference.icc, 'SF1979').ratings)))
    const of = {
      'ICC(1,1)': 'icc1',
      'ICC(2,1)': 'icc2',
      'ICC(3,1)': 'icc3',
      'ICC(1,k)': 'icc1k',
      'ICC(2,k)': 'icc2k',
    } as const
    for (const [name, form] of [...Object.entries(of), ['ICC(3,k)', 'icc3k'] as const])
      shows(known(forms[form]).estimate, published[name] as number, 2)
  })

  it('ANXIETY as printed, with the degrees of freedom of Satterthwaite', () => {
    const { published } = entry(printed.icc, 'ANXIETY')
    const forms = known(iccForms(blockOf(entry(reference.icc, 'ANXIETY').ratings)))
    const { items: n, raters: k, columns, error } = forms.meanSquares
    const icc = known(forms.icc2)
    shows(icc.estimate, published['ICC(2,1)'] as number)
    const df = satterthwaite(n, k, columns, error, icc.estimate)
    shows(df, published['ICC(2,1) F df2'] as number)
    shows(fisherUpperTail(icc.f, n - 1, df), published['ICC(2,1) p'] as number)
    const [low, high] = published['ICC(2,1) ci'] as [number, number]
    const interval = known(icc.interval)
    shows(interval.low, low)
    shows(interval.high, high)
  })
})

describe("Kendall's W and shares of items on which all agree", () => {
  it.each(printed.kendall_w)('$id: W as printed', ({ id, published }) => {
    const block = blockOf(entry(reference.kendall_w, id).ratings)
    const corrected = known(kendallW(block))
    shows(corrected.estimate, published.Wt as number, id === 'ANXIETY' ? 2 : 3)
    shows(corrected.chiSquare, published.chisq as number)
    shows(corrected.p, published.p as number)
    const plain = known(kendallW(block, false))
    if (published.W_uncorrected !== undefined) shows(plain.estimate, published.W_uncorrected)
    if (published.chisq_uncorrected !== undefined) shows(plain.chiSquare, published.chisq_uncorrected)
    if (published.p_uncorrected !== undefined) shows(plain.p, published.p_uncorrected)
  })

  it.each(printed.percent_agreement.filter(({ published }) => published !== undefined))(
    '$id as irr prints it',
    (one) => {
      const units =
        one.id === 'VIDEO' ? entry(reference.kendall_w, 'VIDEO').ratings : entry(reference.icc, 'ANXIETY').ratings
      const { patterns } = patternsOf(ratingsOfGrid(units, levelsBetween(1, 6)))
      shows(100 * known(allAgree(patterns)).estimate, one.published?.all_raters_equal_percent as number)
      shows(100 * known(allAgree(patterns, 1)).estimate, one.published?.all_raters_within_1_percent as number)
      expect(agreementOf(patterns, { draws: 39 }).percentExact.estimable).toBe(true)
    },
  )
})
