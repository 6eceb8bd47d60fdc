import { describe, expect, it } from 'vitest'
import { analyticInterval, notEstimable } from '#app/stats/estimate.ts'
import type { ClosenessFigures } from './figures.ts'
import { worthInWords } from './words.ts'

const calibration = {
  thresholds: { floor: 0.2, lower: 0, upper: 0.1 },
  responses: 120,
  ratings: 360,
  confusion: [],
  at: 0,
}

const worth = (estimate: number, low: number, high: number): string =>
  worthInWords({
    calibration,
    agreement: {
      exact: 0.5,
      commonest: 0.4,
      confusion: [],
      kappa: { estimable: true, estimate, items: 120, interval: analyticInterval(low, high, 'normal') },
    },
  } satisfies Pick<ClosenessFigures, 'agreement' | 'calibration'>)

describe('what closeness is worth', () => {
  it('is not known without experts', () => {
    expect(worthInWords({ agreement: null, calibration: null })).toMatch(/^The thresholds are a convention/)
  })

  it('is said with what it rests on, and no kinder than it is', () => {
    expect(worth(0.7, 0.6, 0.8)).toMatch(
      /kappa 0\.70 \(95 % from 0\.60 to 0\.80\); 50 % .* 120 responses with 360 answers/,
    )
    expect(worth(0.7, 0.6, 0.8)).toMatch(/That is useful/)
    expect(worth(0.5, 0.4, 0.6)).toMatch(/That is fair/)
    expect(worth(0.3, 0.1, 0.5)).toMatch(/poor guide/)
    expect(worth(0.3, -0.1, 0.7)).toMatch(/not known to be better than chance/)
  })

  it('says why there is no kappa', () => {
    const agreement = { exact: 1, commonest: 1, confusion: [], kappa: notEstimable('no variation') }
    expect(worthInWords({ calibration, agreement })).toMatch(/There is no kappa: no variation\./)
  })
})
