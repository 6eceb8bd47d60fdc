import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { agreementOf } from '../agreement/agreement.ts'
import { patternsFrom } from '../agreement/patterns.ts'
import { normalDraws } from '../drift/normal-draws.ts'
import { meanOf } from '../inference/moments.ts'
import { seededRandom } from '../random.ts'
import { expectedWidth, itemsForWidth } from './agreement-width.ts'
import { alphaOf, latentLevels, levelChances } from './latent-levels.ts'
import { patternChances } from './pattern-chances.ts'

const SHARES = [0.1, 0.3, 0.4, 0.2]

describe('latentLevels', () => {
  it('has the wanted alpha and the wanted shares', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.02, max: 0.95, noNaN: true }),
        fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 2, maxLength: 6 }),
        fc.constantFrom('ordinal' as const, 'interval' as const, 'nominal' as const),
        (alpha, counts, metric) => {
          const total = counts.reduce((sum, count) => sum + count, 0)
          const shares = counts.map((count) => count / total)
          const model = latentLevels(alpha, shares, metric)
          expect(alphaOf(model, shares, metric)).toBeCloseTo(alpha, 6)
        },
      ),
      { numRuns: 30 },
    )
    const normal = normalDraws(seededRandom(2))
    const model = latentLevels(0.6, SHARES)
    const mean = SHARES.map((_, k) =>
      meanOf(Array.from({ length: 20_000 }, () => levelChances(model, normal())[k] as number)),
    )
    mean.forEach((share, k) => {
      expect(Math.abs(share - (SHARES[k] as number))).toBeLessThan(0.01)
    })
  })

  it('refuses what no raters can do', () => {
    expect(() => latentLevels(1, SHARES)).toThrow('alpha must be')
    expect(() => latentLevels(0.5, [1, 0, 0])).toThrow('two of them must be positive')
  })
})

/** Of 200 sets of items that three raters rated, the intervals as they are made elsewhere. */
function widthsOfRealIntervals(wanted: number, items: number): number[] {
  const model = latentLevels(wanted, SHARES)
  const random = seededRandom(9)
  const normal = normalDraws(random)
  return Array.from({ length: 200 }, (_, run) => {
    const rows = Array.from({ length: items }, () => {
      const chances = levelChances(model, normal())
      const counts = [0, 0, 0, 0]
      for (let rater = 0; rater < 3; rater++) {
        let u = random.uniform()
        const level = chances.findIndex((chance) => {
          u -= chance
          return u < 0
        })
        counts[Math.max(0, level)] = (counts[Math.max(0, level)] as number) + 1
      }
      return { counts, items: 1 }
    })
    const { alpha } = agreementOf(patternsFrom(rows, [1, 2, 3, 4]), { draws: 400, seed: run })
    if (!alpha.estimable || !alpha.interval.estimable) throw new Error('no interval')
    return alpha.interval.high - alpha.interval.low
  })
}

describe('expectedWidth', () => {
  it('is the width that the bootstrap then gives', () => {
    // few items and a high alpha: the interval is a tenth wider than the middle 95 % of alphas
    for (const { alpha, items } of [
      { alpha: 0.7, items: 80 },
      { alpha: 0.9, items: 40 },
    ]) {
      const ratio = meanOf(widthsOfRealIntervals(alpha, items)) / expectedWidth({ alpha, shares: SHARES }, items, 3)
      expect(ratio).toBeGreaterThan(0.95)
      expect(ratio).toBeLessThan(1.05)
    }
  })

  it('narrows with the root of the items', () => {
    const expected = { alpha: 0.6, shares: SHARES }
    const few = expectedWidth(expected, 50, 2)
    expect(few / expectedWidth(expected, 200, 2)).toBeGreaterThan(1.75)
    expect(few / expectedWidth(expected, 200, 2)).toBeLessThan(2.3)
  })
})

describe('itemsForWidth', () => {
  it('finds sizes of the wanted width, fewer items for more raters', () => {
    const plans = itemsForWidth({ alpha: 0.7, shares: SHARES }, 0.15, [2, 3, 5])
    const items = plans.map((plan) => {
      if (plan === null) throw new Error('no plan')
      expect(plan.width).toBeLessThanOrEqual(0.15)
      expect(plan.width).toBeGreaterThan(0.14)
      expect(plan.ratings).toBe(plan.items * plan.raters)
      return plan.items
    })
    expect(items).toEqual([...items].sort((a, b) => b - a))
  })

  it('keeps the promise where few items are enough and the width does not fall with the root', () => {
    for (const plan of itemsForWidth({ alpha: 0.945, shares: new Array(10).fill(1) }, 0.1, [2, 3, 4]))
      expect(plan?.width).toBeLessThanOrEqual(0.1)
  })

  it('asks for enough items to have an interval at all', () => {
    const [plan] = itemsForWidth({ alpha: 0.99, shares: [1, 1] }, 1, [2])
    // with 20 items of two levels, 19 of 20 sets hold no disagreement or a single one
    expect(plan?.items).toBeGreaterThan(100)
  })

  it('says when no reasonable number is enough', () => {
    expect(itemsForWidth({ alpha: 0.4, shares: SHARES }, 0.004, [2], { sets: 50 })).toEqual([null])
  })
})

describe('patternChances', () => {
  it('add up to 1, and give each level its share', () => {
    const model = latentLevels(0.6, SHARES)
    const known = patternChances(model, 3)
    if (known === null) throw new Error('too many patterns')
    expect(known.counts).toHaveLength(20)
    expect(known.chances.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 12)
    SHARES.forEach((share, k) => {
      const given = known.counts.reduce((sum, count, i) => sum + (count[k] as number) * (known.chances[i] as number), 0)
      expect(given / 3).toBeCloseTo(share, 6)
    })
    expect(patternChances(latentLevels(0.6, new Array(10).fill(0.1)), 12)).toBe(null)
  })

  it('give the width that items drawn one by one give', () => {
    // ten levels and seven raters have more patterns than are counted; seven of them empty leave the same model
    const few = expectedWidth({ alpha: 0.6, shares: SHARES }, 60, 7, { sets: 400 })
    const one = expectedWidth({ alpha: 0.6, shares: [...SHARES, 0, 0, 0, 0, 0, 0] }, 60, 7, { sets: 400 })
    expect(few / one).toBeGreaterThan(0.93)
    expect(few / one).toBeLessThan(1.07)
  })
})
