import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../random.ts'
import { drawLevel } from '../simulate.ts'
import { dawidSkene } from './dawid-skene.ts'
import { levelConsensus } from './level-posterior.ts'
import { medianConsensus } from './median.ts'
import { oneCoin } from './one-coin.ts'
import type { Votes } from './votes.ts'

const LEVELS = [1, 2, 3, 4]

/** Items as lists of scores, rater by rater; 0 is missing. */
function votesOf(rows: readonly (readonly number[])[], levels: readonly number[] = LEVELS): Votes {
  const entries = rows.flatMap((row, item) =>
    row.flatMap((score, rater) => (score === 0 ? [] : [{ item, rater, level: score - (levels[0] as number) }])),
  )
  return {
    levels,
    itemCount: rows.length,
    raterCount: Math.max(...rows.map((row) => row.length)),
    item: entries.map(({ item }) => item),
    rater: entries.map(({ rater }) => rater),
    level: entries.map(({ level }) => level),
  }
}

/** Items of known levels, scored by raters whose chance of a distance d from the truth falls as rho^d. */
function drawn(items: number, rhos: readonly number[], seed: number) {
  const random = seededRandom(seed)
  const truth = Array.from({ length: items }, () => drawLevel(random, Float64Array.of(0.15, 0.35, 0.35, 0.15)))
  const rows = truth.map((j) =>
    rhos.map((rho) => {
      const weights = LEVELS.map((_, l) => rho ** Math.abs(l - j))
      const total = weights.reduce((sum, weight) => sum + weight, 0)
      return (
        1 +
        drawLevel(
          random,
          Float64Array.from(weights, (weight) => weight / total),
        )
      )
    }),
  )
  return { truth, votes: votesOf(rows) }
}

describe('median', () => {
  it('is the middle score, between two where they are split', () => {
    const found = medianConsensus(
      votesOf([
        [1, 2, 4],
        [2, 3],
        [3, 3, 3],
        [1, 1, 2, 2],
        [0, 0, 0],
      ]),
    )
    expect(found.map((one) => (one.estimable ? one.median : one.reason))).toEqual([2, 2.5, 3, 1.5, 'has no score'])
  })

  it('chances sum to 1, peak at the median, and sharpen with more scores', () => {
    const rows = [
      [3, 3, 3, 3, 3, 3, 3, 3, 2],
      [3, 3, 2],
      [1, 2, 1],
      [4, 4, 3],
      [2, 2, 3],
      [1, 1, 1],
    ]
    const [many, few] = medianConsensus(votesOf(rows))
    if (!many?.estimable || !few?.estimable) throw new Error('no median')
    for (const { chances } of [many, few]) {
      expect(chances.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 12)
      expect(chances.indexOf(Math.max(...chances))).toBe(2)
    }
    expect(many.chances[2]).toBeGreaterThan(few.chances[2] as number)
    expect(many.chances[2]).toBeGreaterThan(0.95)
  })
})

describe('Dawid and Skene', () => {
  it('learns who confuses what: a rater who swaps levels is read backwards', () => {
    const { truth, votes } = drawn(300, [0.15, 0.15, 0.15], 3)
    const swapped = {
      ...votes,
      raterCount: 4,
      item: [...Array.from(votes.item), ...truth.keys()],
      rater: [...Array.from(votes.rater), ...truth.map(() => 3)],
      level: [...Array.from(votes.level), ...truth.map((level) => 3 - level)],
    }
    const { posterior, confusion } = dawidSkene(swapped)
    const right = truth.filter((level, item) => levelConsensus(posterior, item, LEVELS).level === level + 1).length
    expect(right).toBeGreaterThan(285)
    // truth level 1 is said to be level 4
    expect(confusion[3 * 16 + 3]).toBeGreaterThan(0.9)
  })

  it('smooths where raters have few scores, and not where they have many', () => {
    expect(dawidSkene(drawn(30, [0.3, 0.3, 0.3], 1).votes).smoothing).toEqual({ right: 1, wrong: 0.1 })
    expect(dawidSkene(drawn(100, [0.3, 0.3, 0.3], 1).votes).smoothing).toBe('none')
  })

  it('an item without a score has the prevalence', () => {
    const { posterior, prevalence } = dawidSkene(
      votesOf([
        [1, 2, 1],
        [3, 3, 4],
        [0, 0, 0],
      ]),
    )
    expect([...posterior.subarray(8, 12)]).toEqual([...prevalence].map((share) => expect.closeTo(share, 12)))
  })
})

describe('one coin', () => {
  const { truth, votes } = drawn(600, [0.1, 0.2, 0.4, 0.8], 7)
  const found = oneCoin(votes)

  it('finds each rater’s distance from the truth, and the levels', () => {
    expect(found.settled).toBe(true)
    const distance = (r: number) => {
      let sum = 0
      for (let entry = 0; entry < votes.item.length; entry++)
        if (votes.rater[entry] === r)
          sum += Math.abs((votes.level[entry] as number) - (truth[votes.item[entry] as number] as number))
      return sum / truth.length
    }
    for (let r = 0; r < 4; r++) expect(Math.abs((found.meanDistance[r] as number) - distance(r))).toBeLessThan(0.06)
    const right = truth.filter(
      (level, item) => levelConsensus(found.posterior, item, LEVELS).level === level + 1,
    ).length
    expect(right / truth.length).toBeGreaterThan(0.85)
  })

  it('says how sure it is: of items at chance p about the share p is right', () => {
    const sure = truth.map((_, item) => levelConsensus(found.posterior, item, LEVELS))
    const expected = sure.reduce((sum, { chance }) => sum + chance, 0) / truth.length
    const right = truth.filter((level, item) => sure[item]?.level === level + 1).length / truth.length
    expect(Math.abs(expected - right)).toBeLessThan(0.03)
  })

  it('a scale turned round turns the levels round', () => {
    const turned = oneCoin({ ...votes, level: Array.from(votes.level, (level) => 3 - level) })
    for (let item = 0; item < 20; item++)
      for (let k = 0; k < 4; k++)
        expect(turned.posterior[item * 4 + 3 - k]).toBeCloseTo(found.posterior[item * 4 + k] as number, 6)
  })

  it('unanimous raters are near perfect and stay finite', () => {
    const { posterior, meanDistance, logLikelihood } = oneCoin(
      votesOf([
        [1, 1],
        [2, 2],
        [3, 3],
        [4, 4],
      ]),
    )
    expect(Number.isFinite(logLikelihood)).toBe(true)
    expect(meanDistance.every((distance) => distance < 0.05)).toBe(true)
    expect(levelConsensus(posterior, 2, LEVELS)).toMatchObject({ level: 3 })
  })
})
