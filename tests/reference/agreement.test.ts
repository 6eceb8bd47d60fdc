import { describe, expect, it } from 'vitest'
import { agreementOf } from '#app/stats/agreement/agreement.ts'
import { alphaOf } from '#app/stats/agreement/alpha.ts'
import { METRICS } from '#app/stats/agreement/metric.ts'
import { type Patterns, patternsOf } from '#app/stats/agreement/patterns.ts'
import { pairableContributions, sumsLayout } from '#app/stats/agreement/sums.ts'
import { sumsOf } from '#app/stats/inference/contributions.ts'
import { drawValues } from '#app/stats/inference/draws.ts'
import { quantileOfSorted } from '#app/stats/inference/quantile.ts'
import { seededRandom } from '#app/stats/random.ts'
import { entry, ratingsOfGrid, reference } from './agreement-reference.ts'

type Example = (typeof reference.krippendorff)[number]

/** Letters of a nominal example become 1, 2, ...; codes stay as they are. */
function patternsOfExample({ units_by_raters: units, computed: { values } }: Example): Patterns {
  const coded = values.map((value, index) => (typeof value === 'number' ? value : index + 1))
  const code = (score: number | string | null) => (score === null ? null : (coded[values.indexOf(score)] as number))
  return patternsOf(
    ratingsOfGrid(
      units.map((row) => row.map(code)),
      coded,
    ),
  ).patterns
}

const metrics = reference.krippendorff.flatMap((example) =>
  METRICS.filter((metric) => metric in example.computed.alpha).map((metric) => ({ id: example.id, metric, example })),
)

describe("Krippendorff's alpha", () => {
  it.each(metrics)('$id, $metric', ({ metric, example }) => {
    const { alpha } = agreementOf(patternsOfExample(example), { metric, draws: 100 })
    const estimate = alpha.estimable ? alpha.estimate : Number.NaN
    expect(Math.abs(estimate - (example.computed.alpha[metric] as number))).toBeLessThan(1e-9)
    const published = example.published[metric]
    if (typeof published === 'number') expect(estimate).toBeCloseTo(published, 3)
  })

  it.each(reference.krippendorff)('$id: coincidences', (example) => {
    const { levels, coincidences } = sumsLayout(example.computed.values.length)
    const sums = sumsOf(pairableContributions(patternsOfExample(example)))
    const expected = example.computed.coincidence
    expect([...sums.subarray(0, levels)]).toEqual(example.computed.n_c)
    const upper = expected.flatMap((row, c) => row.slice(c + 1))
    upper.forEach((value, cell) => {
      expect(sums[coincidences + cell]).toBeCloseTo(value, 9)
    })
  })

  it('HK2007: cluster bootstrap, percentile interval and standard error', () => {
    const example = entry(reference.krippendorff, 'HK2007')
    const expected = example.computed.cluster_bootstrap_ordinal
    if (expected === undefined) throw new Error('the example lost its bootstrap')
    const patterns = patternsOfExample(example)
    const statistic = alphaOf('ordinal', patterns.levels)
    const [values] = drawValues(pairableContributions(patterns), [statistic], 40_000, seededRandom(1))
    const sorted = (values as Float64Array).sort()
    const mean = sorted.reduce((sum, value) => sum + value, 0) / sorted.length
    const variance = sorted.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (sorted.length - 1)
    expect(Math.abs(quantileOfSorted(sorted, 0.025) - expected.percentile_95[0])).toBeLessThan(expected.tolerance)
    expect(Math.abs(quantileOfSorted(sorted, 0.975) - expected.percentile_95[1])).toBeLessThan(expected.tolerance)
    expect(Math.abs(Math.sqrt(variance) - expected.se)).toBeLessThan(0.001)
  })
})

describe('percent agreement', () => {
  const data = {
    ANXIETY: ratingsOfGrid(entry(reference.icc, 'ANXIETY').ratings, [1, 2, 3, 4, 5, 6]),
    VIDEO: ratingsOfGrid(entry(reference.kendall_w, 'VIDEO').ratings, [1, 2, 3, 4, 5]),
    HK2007: ratingsOfGrid(entry(reference.gwet_cac, 'HK2007').units_by_raters, [0, 1, 2, 3]),
  }

  it.each(['ANXIETY', 'VIDEO', 'HK2007'] as const)('%s, pairwise', (id) => {
    const expected = entry(reference.percent_agreement, id).computed
    const { percentExact, percentAdjacent, pairableItems } = agreementOf(patternsOf(data[id]).patterns, { draws: 100 })
    expect(percentExact).toMatchObject({ estimate: expect.closeTo(expected.pairwise_exact, 9) })
    expect(percentAdjacent).toMatchObject({ estimate: expect.closeTo(expected.pairwise_adjacent, 9) })
    expect(pairableItems).toBe(expected.units)
  })
})
