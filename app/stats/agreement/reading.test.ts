import { describe, expect, it } from 'vitest'
import { notEstimable } from '../estimate.ts'
import { readingOf } from './reading.ts'

const alpha = (estimate: number, low: number, items = 100) =>
  ({
    estimable: true,
    estimate,
    items,
    interval: { estimable: true, low, high: 1, method: 'bca', rough: false, draws: 2000, dropped: 0 },
  }) as const

describe('readingOf', () => {
  it.each([
    [0.9, 0.8, 'reliable'],
    [0.9, 0.7999, 'tentative'],
    [0.7, 0.667, 'tentative'],
    [0.95, 0.6669, 'not reliable'],
  ])('alpha %f with lower end %f is %s: the lower end decides', (estimate, low, band) => {
    expect(readingOf(alpha(estimate, low)).band).toBe(band)
  })

  it('says what decided', () => {
    expect(readingOf(alpha(0.812, 0.743)).sentence).toBe(
      "Alpha is .812; its interval's lower end, .743, is at least .667: these scores bear only tentative conclusions.",
    )
    expect(readingOf(alpha(-0.02, -0.3)).sentence).toContain('Alpha is -.020')
    expect(readingOf(alpha(-0.0001, -0.3)).sentence).toContain('Alpha is .000;')
    expect(readingOf(alpha(0.8, 0.66698)).sentence).toContain('lower end, .666, is below .667')
  })

  it('tells the items needed for the next band, the interval shrinking with the square root of their number', () => {
    // the lower arm of .10 must shrink to .05: four times the items
    expect(readingOf(alpha(0.85, 0.75)).next).toMatchObject({ band: 'reliable', items: 400 })
    expect(readingOf(alpha(0.717, 0.617)).next).toMatchObject({ band: 'tentative', items: 400 })
    expect(readingOf(alpha(0.805, 0.714, 60)).next).toMatchObject({
      items: 19_875,
      sentence: 'At this alpha about 20,000 items would bring the lower end to .80 ("reliable").',
    })
  })

  it('calls the next band out of reach where alpha itself lies below it, and the highest has none', () => {
    expect(readingOf(alpha(0.78, 0.7)).next).toMatchObject({ band: 'reliable', items: null })
    expect(readingOf(alpha(0.78, 0.7)).next?.sentence).toMatch(/^Out of reach/)
    expect(readingOf(alpha(0.9, 0.85)).next).toBeNull()
  })

  it('decides nothing without an interval or an alpha', () => {
    expect(readingOf({ ...alpha(0.9, 0), interval: notEstimable('there are 4 items') })).toEqual({
      band: 'undecided',
      sentence: 'Alpha is .900, but without an interval it decides nothing: there are 4 items.',
      next: null,
    })
    expect(readingOf(notEstimable('no variation')).sentence).toBe('Alpha cannot be estimated: no variation.')
  })
})
