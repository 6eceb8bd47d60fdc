import { describe, expect, it } from 'vitest'
import type { Comparison } from '#app/stats/agreement/comparison.ts'
import type { PairedDifference } from '#app/stats/inference/paired-bootstrap.ts'
import { comparedRows, comparedSentences } from './compared-words.ts'

const difference = (first: number, second: number, low: number, high: number, p: number): PairedDifference => ({
  estimable: true,
  first,
  second,
  estimate: first - second,
  p,
  items: 80,
  interval: { estimable: true, low, high, method: 'bca', rough: false, draws: 2000, dropped: 0 },
})
const comparison = (alpha: Comparison['alpha'], leftOut: [number, number] = [0, 0]): Comparison => ({
  estimable: true,
  items: 80,
  leftOut,
  alpha,
  ac2: difference(0.9, 0.85, 0.01, 0.1, 0.02),
  exact: difference(0.8, 0.7, 0.05, 0.15, 0.0004),
})
const names = { first: 'Accuracy', second: 'Conciseness' }

describe('a comparison in words', () => {
  it('says which is higher where the interval leaves no doubt', () => {
    expect(comparedSentences(comparison(difference(0.82, 0.6, 0.1, 0.33, 0.0005)), names)).toEqual([
      'On the same responses alpha is 0.82 on accuracy and 0.60 on conciseness: raters agree more on accuracy (95 % interval of the difference 0.10 to 0.33, p below .001).',
      'Both have two ratings or more of 80 responses.',
    ])
    expect(comparedSentences(comparison(difference(0.6, 0.82, -0.33, -0.1, 0.012), [3, 1]), names)).toEqual([
      'On the same responses alpha is 0.60 on accuracy and 0.82 on conciseness: raters agree more on conciseness (95 % interval of the difference −0.33 to −0.10, p = .012).',
      'Both have two ratings or more of 80 responses; 4 others with ratings on one side only are left out.',
    ])
  })

  it('does not take "not shown" for "alike", and says why there is no test', () => {
    expect(comparedSentences(comparison(difference(0.7, 0.68, -0.05, 0.09, 0.6)), names).slice(0, 2)).toEqual([
      'On the same responses alpha is 0.70 on accuracy and 0.68 on conciseness, but they do not say which is higher: the 95 % interval of the difference −0.05 to 0.09 has 0 in it.',
      'That is not to say that the two agree alike: a wide interval means that there is too little to tell.',
    ])
    const untested = { ...difference(0.7, 0.6, 0, 0, 1), interval: { estimable: false, reason: 'too few' } as const }
    expect(comparedSentences(comparison(untested), names)[0]).toContain('No test: too few.')
    expect(comparedSentences(comparison({ estimable: false, reason: 'no variation' }), names)[0]).toBe(
      'Alpha cannot be compared: no variation.',
    )
  })

  it('has the same in rows', () => {
    const rows = comparedRows(comparison({ estimable: false, reason: 'no variation' }))
    expect(rows.map(({ first, interval, p }) => [first, interval, p])).toEqual([
      ['–', 'no variation', '–'],
      ['0.90', '0.01 to 0.10', '.020'],
      ['80 %', '5.0 % to 15 %', 'below .001'],
    ])
  })
})
