import { describe, expect, it } from 'vitest'
import type { SuspicionFigures } from './suspicion.ts'
import { signsInWords, suspicionInWords } from './suspicion-words.ts'

const NONE: SuspicionFigures = {
  estimable: true,
  draws: 200,
  raters: [],
  unjudged: null,
  pairs: [],
  tested: 0,
  untested: 0,
  apart: 0,
  proposals: [],
}

describe('what the tests for careless raters and copying pairs say', () => {
  it('names the signs of a rater', () => {
    const signs = [
      { index: 'straight', value: 0.5 },
      { index: 'lowest', value: 60 },
      { index: 'highest', value: 1 },
    ] as const
    expect(signsInWords({ signs: [...signs] })).toEqual([
      'the same level on every dimension in 50 % of the items',
      'nothing but the lowest level, in 60 scores',
      'nothing but the highest level, in 1 score',
    ])
  })

  it('says which pairs cannot be tested, and why', () => {
    expect(suspicionInWords({ ...NONE, untested: 3 })).toEqual([
      '3 pairs cannot be tested: they share fewer than 5 items.',
    ])
    expect(suspicionInWords({ ...NONE, untested: 3, apart: 1 })).toEqual([
      '3 pairs cannot be tested: they share fewer than 5 items, or one of the two gave scores that cannot be compared.',
    ])
    expect(suspicionInWords(NONE)).toEqual([])
  })
})
