import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cohenKappa } from '../agreement/cohen.ts'
import { outcomeOf } from './outcome.ts'
import { bestThresholds, confusionOf, crossValidated, exactOf, type Placed, QUADRATIC } from './thresholds.ts'

const true_ = { floor: 0.3, lower: -0.05, upper: 0.1 }

/** Responses whose experts go by thresholds that are known. */
const made = (n: number): Placed[] =>
  Array.from({ length: n }, (_, i) => {
    const high = ((i * 37) % 100) / 100
    const borderline = ((i * 61 + 17) % 100) / 100
    return { high, borderline, label: outcomeOf({ high, borderline }, true_), group: `case ${i % 50}` }
  })

describe('outcomeOf', () => {
  it('is below the bar, one of the references, or between', () => {
    expect(outcomeOf({ high: 0.2, borderline: 0.29 }, true_)).toBe(0)
    expect(outcomeOf({ high: 0.2, borderline: 0.3 }, true_)).toBe(1)
    expect(outcomeOf({ high: 0.4, borderline: 0.4 }, true_)).toBe(2)
    expect(outcomeOf({ high: 0.55, borderline: 0.4 }, true_)).toBe(3)
  })

  it('never falls as a response grows nearer to the high reference alone', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (a, b) => {
        const [near, far] = [Math.max(a, b), Math.min(a, b)]
        expect(outcomeOf({ high: near, borderline: 0.5 }, true_)).toBeGreaterThanOrEqual(
          outcomeOf({ high: far, borderline: 0.5 }, true_),
        )
      }),
    )
  })
})

describe('bestThresholds', () => {
  it('finds thresholds that experts go by', () => {
    const placed = made(400)
    const found = bestThresholds(placed)
    expect(found).not.toBeNull()
    const counts = confusionOf(placed, (one) => outcomeOf(one, found ?? true_))
    expect(exactOf(counts)).toBeGreaterThan(0.95)
    expect(exactOf(crossValidated(placed) ?? new Uint32Array(16))).toBeGreaterThan(0.9)
  })

  it('chooses no worse than any other thresholds on its grid', () => {
    const placed = made(60).map((one, i) => ({ ...one, label: i % 4 }))
    const found = bestThresholds(placed)
    if (!found) throw new Error('no thresholds')
    const kappaOf = (thresholds: typeof true_) => {
      const counts = confusionOf(placed, (one) => outcomeOf(one, thresholds))
      const kappa = cohenKappa({ items: placed.length, counts }, QUADRATIC)
      return kappa.estimable ? kappa.estimate : 0
    }
    const lines = [...new Set(placed.map(({ high, borderline }) => high - borderline))].sort((a, b) => a - b)
    for (const floor of [found.floor, 0.2, 0.5]) {
      for (const lower of lines.filter((_, i) => i % 9 === 0)) {
        expect(kappaOf(found)).toBeGreaterThan(kappaOf({ floor, lower, upper: lower }) - 0.1)
      }
    }
  })

  it('is nothing where experts all say the same', () => {
    expect(bestThresholds(made(50).map((one) => ({ ...one, label: 2 })))).toBeNull()
    expect(bestThresholds([])).toBeNull()
  })

  it('sees nothing beyond chance in labels that have nothing to do with likeness', () => {
    const noise = made(300).map((one, i) => ({ ...one, label: (i * 7919) % 4 }))
    const counts = crossValidated(noise)
    expect(exactOf(counts ?? new Uint32Array(16))).toBeLessThan(0.4)
  })
})
