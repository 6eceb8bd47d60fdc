import { describe, expect, it } from 'vitest'
import { patternsFrom, patternsOf } from './patterns.ts'
import { ratingsFrom, type Triple } from './ratings.ts'

const triples = (grid: readonly (readonly (number | null)[])[]): Triple[] =>
  grid.flatMap((row, i) => row.map((score, r) => ({ item: `i${i}`, rater: `r${r}`, score })))

describe('patterns', () => {
  it('counts equal level counts once, whoever gave them, and knows the pattern of each item', () => {
    const ratings = ratingsFrom(
      triples([
        [1, 2, null],
        [2, null, 1],
        [null, null, null],
        [4, 4, 4],
        [3, null, null],
      ]),
      [1, 2, 3, 4],
    )
    const { patterns, patternOf } = patternsOf(ratings)
    expect(patterns.items).toEqual(Float64Array.of(2, 1, 1))
    expect(patterns.counts).toEqual(Uint32Array.of(1, 1, 0, 0, 0, 0, 0, 3, 0, 0, 1, 0))
    expect(patternOf).toEqual(Int32Array.of(0, 0, -1, 1, 2))
  })

  it('keeps apart patterns that are too many for a numeric key', () => {
    const levels = Array.from({ length: 60 }, (_, k) => k)
    const { patterns } = patternsOf(
      ratingsFrom(
        triples([
          [0, 59],
          [59, 0],
          [1, 58],
          [null, null],
        ]),
        levels,
      ),
    )
    expect(patterns.items).toEqual(Float64Array.of(2, 1))
  })

  it('merges equal rows from SQL and leaves empty ones out', () => {
    const rows = [
      { counts: [2, 0], items: 3 },
      { counts: [0, 0], items: 9 },
      { counts: [2, 0], items: 4 },
      { counts: [1, 1], items: 0 },
    ]
    expect(patternsFrom(rows, [1, 2])).toEqual({
      levels: [1, 2],
      counts: Uint32Array.of(2, 0),
      items: Float64Array.of(7),
    })
  })

  it('says what is wrong with a row, a level or a rating', () => {
    expect(() => patternsFrom([{ counts: [1], items: 1 }], [1, 2])).toThrow('a pattern has 1 counts for 2 levels')
    expect(() => patternsFrom([{ counts: [1, -1], items: 1 }], [1, 2])).toThrow('non-negative integers, not -1')
    expect(() => patternsFrom([], [1, 3])).toThrow('consecutive integers in rising order, not 1, 3')
    expect(() => patternsFrom([], [])).toThrow('at least one level')
    expect(() =>
      patternsFrom(
        [],
        Array.from({ length: 300 }, (_, k) => k),
      ),
    ).toThrow('at most 250 levels, not 300')
    expect(() => ratingsFrom([{ item: 'a', rater: 'x', score: 5 }], [1, 2])).toThrow(
      'the score 5 that x gave a is not one of the levels 1, 2',
    )
    const twice = { item: 'a', rater: 'x', score: 1 }
    expect(() => ratingsFrom([twice, twice], [1, 2])).toThrow('x rated a twice')
  })
})
