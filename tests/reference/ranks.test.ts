import { describe, expect, it } from 'vitest'
import { allAgree } from '#app/stats/agreement/all-agree.ts'
import { completeBlock } from '#app/stats/agreement/complete-block.ts'
import { iccForms, satterthwaite } from '#app/stats/agreement/icc.ts'
import { kendallW } from '#app/stats/agreement/kendall-w.ts'
import { levelsBetween } from '#app/stats/agreement/levels.ts'
import { pairTables } from '#app/stats/agreement/pair-tables.ts'
import { patternsOf } from '#app/stats/agreement/patterns.ts'
import { type Correlation, spearman, tauB } from '#app/stats/agreement/rank-correlation.ts'
import type { Estimated } from '#app/stats/estimate.ts'
import { fisherUpperTail } from '#app/stats/inference/fisher.ts'
import { entry, ratingsOfGrid, reference } from './agreement-reference.ts'

function blockOf(units: readonly (readonly number[])[]) {
  const scores = units.flat()
  const block = completeBlock(ratingsOfGrid(units, levelsBetween(Math.min(...scores), Math.max(...scores))))
  if (!block.estimable) throw new Error(block.reason)
  return block
}

describe('intraclass correlation', () => {
  const forms = [
    ['icc1', 'ICC(1,1)'],
    ['icc2', 'ICC(2,1)'],
    ['icc3', 'ICC(3,1)'],
    ['icc1k', 'ICC(1,k)'],
    ['icc2k', 'ICC(2,k)'],
    ['icc3k', 'ICC(3,k)'],
  ] as const

  it.each(reference.icc)('$id', ({ ratings, computed }) => {
    const found = iccForms(blockOf(ratings))
    if (!found.estimable) throw new Error(found.reason)
    const { MSR, MSC, MSE, MSW } = computed.anova
    expect(found.meanSquares).toEqual({
      items: computed.anova.n,
      raters: computed.anova.k,
      rows: expect.closeTo(MSR, 9),
      columns: expect.closeTo(MSC, 9),
      error: expect.closeTo(MSE, 9),
      within: expect.closeTo(MSW, 9),
    })
    for (const [name, key] of forms) {
      const expected = computed[key]
      expect(found[name]).toMatchObject({
        estimate: expect.closeTo(expected.value, 9),
        f: expect.closeTo(expected.F, 9),
        p: expect.closeTo(expected.p, 9),
        interval: { low: expect.closeTo(expected.ci[0], 9), high: expect.closeTo(expected.ci[1], 9) },
      })
      if (expected.df1 !== undefined) expect(found[name]).toMatchObject({ df1: expected.df1, df2: expected.df2 })
    }
    const agreement = computed['ICC(2,1)']
    const { items: n, raters: k, columns, error } = found.meanSquares
    if (!found.icc2.estimable) throw new Error(found.icc2.reason)
    const df = satterthwaite(n, k, columns, error, found.icc2.estimate)
    expect(df).toBeCloseTo(agreement.df_v as number, 9)
    expect(fisherUpperTail(found.icc2.f, n - 1, df)).toBeCloseTo(agreement.p_df_v as number, 9)
  })
})

describe("Kendall's W", () => {
  it.each(reference.kendall_w)('$id, with and without correction for ties', (example) => {
    const block = blockOf(example.ratings)
    for (const [correct, expected] of [
      [true, example.ties_corrected],
      [false, example.uncorrected],
    ] as const)
      expect(kendallW(block, correct)).toEqual({
        estimable: true,
        estimate: expect.closeTo(expected.W, 9),
        chiSquare: expect.closeTo(expected.chisq, 9),
        df: expected.df,
        p: expect.closeTo(expected.p, 9),
      })
  })
})

describe('rank correlations', () => {
  const [iq, video] = reference.spearman

  it('WIKI-IQTV', () => {
    const units = iq.x.map((x, i) => [x, iq.y[i] as number])
    const [table] = pairTables(ratingsOfGrid(units, levelsBetween(0, 113)))
    if (table === undefined) throw new Error('no table')
    const [numerator, denominator] = iq.published_fraction
    expect(spearman(table)).toMatchObject({ estimate: expect.closeTo(numerator / denominator, 12), items: 10 })
    expect(tauB(table)).toMatchObject({ estimate: expect.closeTo(iq.computed.kendall_tau_b, 9) })
  })

  it('VIDEO: matrices with ties, a constant rater without correlation and out of the mean', () => {
    const tables = pairTables(ratingsOfGrid(entry(reference.kendall_w, 'VIDEO').ratings, [1, 2, 3, 4, 5]))
    const check = (measure: typeof spearman, matrix: (number | null)[][], mean: number) => {
      const estimates: number[] = []
      for (const table of tables) {
        const found: Estimated<Correlation> = measure(table)
        const expected = matrix[table.first]?.[table.second]
        if (found.estimable) estimates.push(found.estimate)
        expect(found.estimable ? found.estimate : null).toEqual(
          expected === null ? null : expect.closeTo(expected as number, 9),
        )
      }
      expect(estimates).toHaveLength(3)
      expect(estimates.reduce((sum, value) => sum + value, 0) / 3).toBeCloseTo(mean, 9)
    }
    check(spearman, video.computed.spearman, video.computed.mean_spearman_of_estimable)
    check(tauB, video.computed.kendall_tau_b, video.computed.mean_tau_b_of_estimable)
  })
})

describe('all raters agree, as irr counts it', () => {
  it.each([
    ['ANXIETY', entry(reference.icc, 'ANXIETY').ratings, levelsBetween(1, 6)],
    ['VIDEO', entry(reference.kendall_w, 'VIDEO').ratings, levelsBetween(1, 5)],
    ['HK2007', entry(reference.gwet_cac, 'HK2007').units_by_raters, levelsBetween(0, 3)],
  ] as const)('%s', (id, units, levels) => {
    const {
      all_raters_equal: equal,
      all_raters_within_1: within,
      units: items,
    } = entry(reference.percent_agreement, id).computed
    const { patterns } = patternsOf(ratingsOfGrid(units, levels))
    expect(allAgree(patterns)).toMatchObject({ estimate: expect.closeTo(equal, 9), items })
    expect(allAgree(patterns, 1)).toMatchObject({ estimate: expect.closeTo(within, 9), items })
  })
})
