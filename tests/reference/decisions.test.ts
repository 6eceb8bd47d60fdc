import { describe, expect, it } from 'vitest'
import { equivalence, intervalOf, pooledDifference, welchDifference } from '#app/stats/inference/equivalence.ts'
import { type Adjustment, adjustedP } from '#app/stats/inference/multiplicity.ts'
import { runSequential, stepsOf, waldExpectedItems, waldTest } from '#app/stats/inference/sequential.ts'
import { operatingPoint } from '#app/stats/inference/sequential-exact.ts'
import { reference } from './drift-reference.ts'

const near = (value: number) => expect.closeTo(value, 9)

describe('two one-sided tests', () => {
  const variants = reference.tost.examples.flatMap(({ id, computed, ...example }) => [
    { id, kind: 'equal variances', differenceOf: pooledDifference, expected: computed.equal_variances, ...example },
    { id, kind: 'Welch', differenceOf: welchDifference, expected: computed.welch, ...example },
  ])
  it.each(variants)('$id, $kind', ({ a, b, margin, alpha, differenceOf, expected }) => {
    const difference = differenceOf(a, b)
    if ('estimable' in difference) throw new Error(difference.reason)
    expect(difference).toMatchObject({
      difference: near(expected.difference),
      se: near(expected.se),
      df: near(expected.df),
    })
    expect(intervalOf(difference, 0.9)).toEqual(expected.ci90.map(near))
    expect(intervalOf(difference)).toEqual(expected.ci95.map(near))
    expect(equivalence(difference, margin, alpha)).toMatchObject({
      tLower: near(expected.t_lower),
      pLower: near(expected.p_lower),
      tUpper: near(expected.t_upper),
      pUpper: near(expected.p_upper),
      p: near(expected.p),
      pDifference: near(expected.p_difference),
      equivalent: expected.equivalent,
    })
  })
})

const ADJUSTMENTS: readonly (readonly [
  Adjustment,
  'holm' | 'benjamini_hochberg' | 'benjamini_yekutieli' | 'bonferroni',
])[] = [
  ['holm', 'holm'],
  ['benjamini-hochberg', 'benjamini_hochberg'],
  ['benjamini-yekutieli', 'benjamini_yekutieli'],
  ['bonferroni', 'bonferroni'],
]

describe('adjusted p-values', () => {
  const cases = reference.multiplicity.flatMap((example) => ADJUSTMENTS.map(([name, key]) => ({ name, key, example })))
  it.each(cases)('$example.id, $name', ({ name, key, example }) => {
    const adjusted = adjustedP(example.p, name)
    expect(adjusted).toEqual(example.computed[key].map(near))
    const rejected = example.computed['rejected_at_.05']?.[key]
    if (rejected !== undefined) expect(adjusted.filter((p) => p <= 0.05)).toHaveLength(rejected)
  })
})

describe('sequential test', () => {
  const [{ p0, p1, alpha, beta, computed }] = reference.sprt
  const test = waldTest(p0, p1, { alpha, beta })

  it('bounds, steps and Wald’s expectations', () => {
    expect(test).toMatchObject({ upper: near(computed.upper), lower: near(computed.lower) })
    expect(stepsOf(test)).toEqual({ success: near(computed.step_success), failure: near(computed.step_failure) })
    expect(waldExpectedItems(test, { alpha, beta }, 'p0')).toEqual(near(computed.wald_approximation.expected_n_p0))
    expect(waldExpectedItems(test, { alpha, beta }, 'p1')).toEqual(near(computed.wald_approximation.expected_n_p1))
  })

  it.each(computed.sequences)('runs to $decision', ({ outcomes, log_likelihood_ratio, decision, decided_after }) => {
    const run = runSequential(
      test,
      outcomes.map((outcome) => outcome === 1),
    )
    expect(run.decision).toBe(decision)
    expect(run.decidedAfter).toBe(decided_after)
    expect(run.logLikelihoodRatios).toEqual(log_likelihood_ratio.map(near))
  })

  it.each(Object.entries(computed.exact))('operating characteristic at %s', (_name, expected) => {
    expect(operatingPoint(test, expected.p)).toMatchObject({
      passes: near(expected.p_pass),
      fails: near(expected.p_fail),
      expectedItems: near(expected.expected_n),
      medianItems: expected.median_n,
      items95: expected.n_95,
    })
  })
})
