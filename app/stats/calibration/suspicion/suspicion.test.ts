import { describe, expect, it } from 'vitest'
import { scoresOf } from '#tests/support/calibration.ts'
import { seededRandom } from '../../random.ts'
import { drawExample } from '../example.ts'
import type { Scores } from '../scores.ts'
import { sharedItemsFor } from './share-more.ts'
import { type Suspicion, suspicionOf } from './suspicion.ts'

const OPTIONS = { draws: 60, seed: 5 }

/** An honest pool with halo: pairs share about ten items. */
function pool(seed: number): Scores {
  const size = { items: 150, raters: 10, dimensions: 4, overlap: 3, haloSd: 0.5, profileSd: 0.7 }
  return drawExample(seededRandom(seed), size).scores
}

/** The pool with some scores given otherwise: level index of (entry, old level). */
function changed(scores: Scores, rater: number, give: (entry: number, level: number) => number): Scores {
  return {
    ...scores,
    level: scores.level.map((level, entry) => (scores.rater[entry] === rater ? give(entry, level) : level)),
  }
}

function suspicion(scores: Scores): Suspicion {
  const found = suspicionOf(scores, OPTIONS)
  if (!found.estimable) throw new Error(found.reason)
  return found
}

function careless({ raters }: Suspicion): number[] {
  return raters.flatMap((rater) => (rater.estimable && rater.isCareless ? [rater.rater] : []))
}

function suspects({ pairs }: Suspicion): [number, number][] {
  return pairs.flatMap(({ first, second, test }): [number, number][] =>
    test.estimable && test.isSuspect ? [[first, second]] : [],
  )
}

describe('careless raters', () => {
  const honest = pool(1)
  const random = seededRandom(2)

  it('an honest pool accuses nobody', () => {
    const found = suspicion(honest)
    expect(careless(found)).toEqual([])
    expect(suspects(found)).toEqual([])
  })

  it('one who scores by lot matches nobody, which makes no copiers of the rest', () => {
    const lot = seededRandom(4)
    const found = suspicion(changed(honest, 4, () => Math.floor(lot.uniform() * 4)))
    expect(careless(found)).toEqual([4])
    const rest = found.pairs.flatMap(({ first, second, test }) =>
      test.estimable && first !== 4 && second !== 4 ? [test] : [],
    )
    const sum = (of: 'identical' | 'expected') => rest.reduce((total, test) => total + test[of], 0)
    // as many as they have is what is expected of them, but for pairs with too few items to be tested
    expect(Math.abs(sum('expected') / sum('identical') - 1)).toBeLessThan(0.1)
  })

  it.each([
    ['levels by lot', () => Math.floor(random.uniform() * 4), 'outfit'],
    ['always the same level', () => 2, 'spread'],
    ['one level an item by lot', (entry: number) => ((honest.item[entry] ?? 0) * 7919) % 4, 'straight'],
  ])('%s', (_name, give, sign) => {
    const found = suspicion(changed(honest, 4, give))
    expect(careless(found)).toEqual([4])
    const rater = found.raters[4]
    const reasons = rater?.estimable ? rater.signs.filter(({ z, limit }) => z > limit).map(({ index }) => index) : []
    expect(reasons).toContain(sign)
  })

  it.each([
    ['lowest', 0],
    ['highest', 3],
  ] as const)('nothing but the %s level, which leaves no severity to measure', (end, level) => {
    const found = suspicion(changed(honest, 4, () => level))
    expect(careless(found)).toEqual([4])
    expect(found.raters[4]).toMatchObject({ signs: [{ index: end }] })
    expect(found.apart).toEqual([4])
    expect(found.pairs.some(({ first, second }) => first === 4 || second === 4)).toBe(false)
  })

  it('one end of the scale accuses nobody where the items deserve it', () => {
    // three items in four are so good that everybody gives them the highest level
    const good = {
      ...honest,
      level: honest.level.map((level, entry) => ((honest.item[entry] ?? 0) % 4 === 0 ? level : 3)),
    }
    const own = good.item.map((item, entry) => (good.rater[entry] === 4 && item % 4 === 0 ? 1 : 0))
    const kept = <T extends Uint8Array | Uint32Array>(column: T) => column.filter((_, entry) => own[entry] === 0) as T
    const found = suspicion({
      ...good,
      item: kept(good.item),
      rater: kept(good.rater),
      dimension: kept(good.dimension),
      level: kept(good.level),
    })
    expect(found.raters[4]).toMatchObject({ signs: [{ index: 'highest' }], isCareless: false })
  })

  it('too few scores, or too few raters, are not judged', () => {
    const few = suspicion(drawExample(seededRandom(3), { items: 12, raters: 6, dimensions: 2, overlap: 2 }).scores)
    expect(few.raters[0]).toEqual({ estimable: false, reason: 'needs 5 raters with 30 scores or more' })
    expect(suspicionOf(scoresOf(['a x 111', 'b x 111']))).toMatchObject({ estimable: false })
  })
})

describe('copying pairs', () => {
  const honest = pool(1)

  it('raters who lean and tell levels apart as they do are no copiers, with many items shared', () => {
    const size = { items: 300, raters: 10, dimensions: 5, overlap: 4, haloSd: 0.5, profileSd: 0.7 }
    const leaning = { ...size, leaningSd: 0.3, sharpnessSd: 0.3 }
    const squares = Array.from({ length: 6 }, (_, i) =>
      suspicion(drawExample(seededRandom(70 + i), leaning).scores).pairs.flatMap(({ test }) =>
        test.estimable ? [(test.identical - test.expected) ** 2 / test.expected] : [],
      ),
    ).flat()
    // 1 where counts are Poisson; 1.35 without a rate of each rater's own
    expect(squares.reduce((sum, square) => sum + square, 0) / squares.length).toBeLessThan(1.25)
  })

  it('a rater who copies another is found with that other', () => {
    const source = new Map<string, number>()
    for (let entry = 0; entry < honest.item.length; entry++)
      if (honest.rater[entry] === 2)
        source.set(`${honest.item[entry]} ${honest.dimension[entry]}`, honest.level[entry] ?? 0)
    const copied = changed(
      honest,
      7,
      (entry, level) => source.get(`${honest.item[entry]} ${honest.dimension[entry]}`) ?? level,
    )
    const found = suspicion(copied)
    expect(suspects(found)).toEqual([[2, 7]])
    const pair = found.pairs.find(({ first, second }) => first === 2 && second === 7)
    expect(pair?.test).toMatchObject({ items: pair?.test.estimable && pair.test.identical })
  })

  it('pairs with fewer than 5 shared items cannot be tested, and it is said', () => {
    const sparse = suspicion(drawExample(seededRandom(4), { items: 60, raters: 12, dimensions: 3, overlap: 2 }).scores)
    const untested = sparse.pairs.filter(({ test }) => !test.estimable)
    expect(untested.length).toBeGreaterThan(0)
    expect(untested[0]?.test).toMatchObject({
      reason: expect.stringMatching(/^cannot be tested: [1-4] shared items?, 5 are needed$/),
    })
  })

  it('whom to give what, so that a pair shares enough', () => {
    const scores = scoresOf(['a x 1', 'a y 1', 'b x 1', 'c y 1', 'c z 1', 'd z 1'])
    const named = sharedItemsFor(scores, 0, 1, 3).map(({ rater, item }) => [scores.raters[rater], scores.items[item]])
    // they share a; then c (two raters) to x, b (one) to y
    expect(named).toEqual([
      ['x', 'c'],
      ['y', 'b'],
    ])
    expect(sharedItemsFor(scores, 0, 1, 1)).toEqual([])
  })
})
