import { describe, expect, it } from 'vitest'
import { placementOf } from './verdict.ts'

const by = (...means: number[]) => means.map((mean) => ({ mean, ratings: 1 }))

describe('placementOf', () => {
  it('is nothing without a rater', () => {
    expect(placementOf('high', [])).toBeNull()
  })

  it('wants a high reference at 3.5 or more, and a borderline one from 2 to 3', () => {
    expect(placementOf('high', by(3, 4))?.verdict).toBe('as it says')
    expect(placementOf('high', by(3, 3.9))?.verdict).toBe('not what it says')
    expect(placementOf('borderline', by(2, 2))?.verdict).toBe('as it says')
    expect(placementOf('borderline', by(3, 3))?.verdict).toBe('as it says')
    expect(placementOf('borderline', by(1.5, 2))?.verdict).toBe('not what it says')
    expect(placementOf('borderline', by(3, 3.5))?.verdict).toBe('not what it says')
    expect(placementOf('high', by(1))?.verdict).toBe('too few raters')
  })

  it('has the interval of Student’s t over raters, within the scale', () => {
    // Means 3, 3.5, 4: spread 0.5, standard error 0.2887, t(2) at 97.5 % is 4.303.
    expect(placementOf('high', by(3, 3.5, 4))).toMatchObject({ mean: 3.5, low: expect.closeTo(2.258, 3), high: 4 })
    expect(placementOf('high', by(4, 4))).toMatchObject({ low: null, high: null })
  })
})
