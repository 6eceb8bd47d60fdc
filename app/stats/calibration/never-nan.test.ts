import fc from 'fast-check'
import { expect, it } from 'vitest'
import { calibrate } from './calibrate.ts'
import { cannotJudge } from './companions/cannot-judge.ts'
import { companionsOf, poolOf } from './companions/companions.ts'
import { companyOf } from './companions/company.ts'
import { followingOf } from './companions/following.ts'
import { levelCountsByRater } from './companions/level-counts.ts'
import { pacesOf } from './companions/pace.ts'
import { withConsensus } from './companions/with-consensus.ts'
import { dawidSkene } from './consensus/dawid-skene.ts'
import { medianConsensus } from './consensus/median.ts'
import { oneCoin } from './consensus/one-coin.ts'
import { type NamedScores, type ScoreRow, scoresFrom } from './scores.ts'
import { sharedItemsFor } from './suspicion/share-more.ts'
import { suspicionOf } from './suspicion/suspicion.ts'

/** Paths of numbers in a result that are none, or beyond all bounds. */
function unprintable(value: unknown, path = ''): string[] {
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [`${path}: ${value}`]
  if (value === null || typeof value !== 'object') return []
  const entries = ArrayBuffer.isView(value) ? [...(value as Float64Array)].entries() : Object.entries(value)
  return [...entries].flatMap(([key, inner]) => unprintable(inner, `${path}.${key}`))
}

const cell = fc.record({
  item: fc.nat({ max: 5 }),
  rater: fc.nat({ max: 3 }),
  dimension: fc.nat({ max: 2 }),
  score: fc.option(fc.integer({ min: 1, max: 3 }), { freq: 8 }),
})

/** A few scores by a few raters: every way of being too small, lopsided, orderly or disconnected. */
const tiny: fc.Arbitrary<NamedScores> = fc
  .uniqueArray(cell, { maxLength: 40, selector: ({ item, rater, dimension }) => `${item} ${rater} ${dimension}` })
  .map((cells) =>
    scoresFrom(
      cells.map(
        ({ item, rater, dimension, score }): ScoreRow => ({
          item: `i${item}`,
          rater: `r${rater}`,
          dimension: `d${dimension}`,
          score,
        }),
      ),
      () => [1, 2, 3],
    ),
  )

it('calibration of tiny data holds numbers or reasons, never NaN', () => {
  fc.assert(
    fc.property(tiny, fc.constantFrom('mml' as const, 'jml' as const), (scores, method) => {
      for (const model of ['partial-credit', 'rating-scale'] as const)
        expect(unprintable(calibrate(scores, { method, model }))).toEqual([])
    }),
    { numRuns: 150 },
  )
})

it('companions and consensus of tiny data hold numbers or reasons, never NaN', () => {
  fc.assert(
    fc.property(tiny, (scores) => {
      const companions = companionsOf(scores)
      const timings = scores.raters.flatMap((_, rater) => [
        { rater, item: 0, seconds: rater },
        { rater, item: rater, seconds: 5 },
      ])
      const votes = { ...scores, levels: [1, 2, 3] }
      expect(
        unprintable([
          companions,
          poolOf(companions),
          withConsensus(scores),
          levelCountsByRater(scores),
          companyOf(scores),
          pacesOf(timings),
          cannotJudge(0, scores.item.length),
          followingOf(
            [...scores.level].map((k, item) => ({ item, first: k + 1, second: 3 - k })),
            [1, 2, 3],
          ),
          medianConsensus(votes),
          oneCoin(votes),
          dawidSkene(votes),
        ]),
      ).toEqual([])
    }),
    { numRuns: 200 },
  )
})

it('suspicion of tiny data holds numbers or reasons, never NaN', () => {
  fc.assert(
    fc.property(tiny, (scores) => {
      const found = suspicionOf(scores, { draws: 10 })
      expect(unprintable([found, scores.raterCount > 1 ? sharedItemsFor(scores, 0, 1) : []])).toEqual([])
    }),
    { numRuns: 60 },
  )
})
