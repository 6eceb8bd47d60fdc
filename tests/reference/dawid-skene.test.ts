import { describe, expect, it } from 'vitest'
import { dawidSkene } from '#app/stats/calibration/consensus/dawid-skene.ts'
import type { Votes } from '#app/stats/calibration/consensus/votes.ts'
import { reference } from './raters-reference.ts'

describe('the anaesthetists of Dawid & Skene (1979)', () => {
  const { ratings, computed, published_2dp: published } = reference.dawid_skene
  const entries = ratings.flatMap((observers, item) =>
    observers.flatMap((scores, rater) => scores.map((score) => ({ item, rater, level: score - 1 }))),
  )
  const votes: Votes = {
    levels: [1, 2, 3, 4],
    itemCount: 45,
    raterCount: 5,
    item: entries.map(({ item }) => item),
    rater: entries.map(({ rater }) => rater),
    level: entries.map(({ level }) => level),
  }
  const found = dawidSkene(votes, { smoothing: 'none' })

  function expectClose(values: ArrayLike<number>, expected: readonly number[], tolerance: number): void {
    expect(values.length).toBe(expected.length)
    expected.forEach((value, i) => {
      expect(Math.abs((values[i] as number) - value)).toBeLessThan(tolerance)
    })
  }

  it('log-likelihood, marginals, error rates, posteriors', () => {
    expect(found.settled).toBe(true)
    expect(found.logLikelihood).toBeCloseTo(computed.loglik, 9)
    expectClose(found.prevalence, computed.marginals, 1e-6)
    expectClose(found.confusion, computed.error_rates.flat(2), 1e-6)
    expectClose(found.posterior, computed.posteriors.flat(), 1e-6)
  })

  it('the table as printed', () => {
    expectClose(found.prevalence, published.marginals, 0.00501)
    expectClose(found.confusion.subarray(0, 16), published.observer1.flat(), 0.00501)
  })
})

describe("two rounds by hand (crowd-kit's fixture)", () => {
  const { labels, columns, computed_iter0, computed_iter1, computed_priors_iter0, computed_priors_iter1 } =
    reference.dawid_skene_step
  const votes: Votes = {
    levels: [0, 1],
    itemCount: 5,
    raterCount: 5,
    item: labels.map(([task]) => Number(task.slice(1)) - 1),
    rater: labels.map(([, worker]) => Number(worker.slice(1)) - 1),
    level: labels.map(([, , label]) => columns.indexOf(label)),
  }

  it('first from vote shares, then once more', () => {
    const once = dawidSkene(votes, { smoothing: 'none', rounds: 1 })
    expect([...once.prevalence]).toEqual(computed_priors_iter0.map((value) => expect.closeTo(value, 9)))
    expect([...once.posterior]).toEqual(computed_iter1.flat().map((value) => expect.closeTo(value, 9)))
    const twice = dawidSkene(votes, { smoothing: 'none', rounds: 2 })
    expect([...twice.prevalence]).toEqual(computed_priors_iter1.map((value) => expect.closeTo(value, 9)))
    // the shares themselves: what each task was called, over its labels
    expect(computed_iter0[0]).toEqual([0.5, 0.5])
  })
})
