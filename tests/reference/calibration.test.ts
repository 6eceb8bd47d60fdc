import { describe, expect, it } from 'vitest'
import { calibrate } from '#app/stats/calibration/calibrate.ts'
import { reference, scoresOfRows } from './raters-reference.ts'

/** Values of estimable things; anything else fails the test that asks. */
function found<T extends { readonly estimable: true }>(
  value: T | { readonly estimable: false; readonly reason: string },
): T {
  if (!value.estimable) throw new Error(value.reason)
  return value
}

describe('the synthetic example, fitted by an independent program', () => {
  const { rows, levels, marginal, joint } = reference.synthetic
  const scores = scoresOfRows(rows, levels)

  it('marginal method: deviance and spread of items', () => {
    const overall = found(calibrate(scores).overall)
    expect(-2 * overall.logLikelihood).toBeCloseTo(marginal.deviance, 6)
    expect(overall.itemSd).toBeCloseTo(marginal.sd, 6)
  })

  it.each(Object.entries(marginal.raters))('marginal method: rater %s', (name, expected) => {
    const rater = calibrate(scores).raters[scores.raters.indexOf(name)]
    if (rater === undefined) throw new Error('the rater is missing')
    const severity = found(rater.severity)
    const fit = found(rater.fit)
    expect(rater.scores).toBe(expected.n)
    expect(Math.abs(severity.logit - expected.logit)).toBeLessThan(1e-6)
    expect(Math.abs(severity.se - expected.se)).toBeLessThan(1e-5)
    expect(Math.abs((severity.robustSe ?? 0) - expected.robustSe)).toBeLessThan(1e-5)
    expect(Math.abs(severity.points - expected.points)).toBeLessThan(1e-6)
    expect(Math.abs(fit.infit - expected.infit)).toBeLessThan(1e-6)
    expect(Math.abs(fit.infitZ - expected.infitZ)).toBeLessThan(1e-5)
    expect(Math.abs(fit.outfit - expected.outfit)).toBeLessThan(1e-6)
    expect(Math.abs(fit.outfitZ - expected.outfitZ)).toBeLessThan(1e-5)
  })

  it('marginal method: difficulties and fair scores', () => {
    const { dimensions, items } = calibrate(scores)
    for (const [name, { difficulty }] of Object.entries(marginal.dimensions)) {
      const dimension = dimensions[scores.dimensions.indexOf(name)]
      expect(dimension && found(dimension.difficulty).logit).toBeCloseTo(difficulty, 6)
    }
    for (const [name, expected] of Object.entries(marginal.items)) {
      const item = items[scores.items.indexOf(name)]
      if (item === undefined) throw new Error('the item is missing')
      const fair = found(item.fair)
      expect(fair.score).toBeCloseTo(expected.fair, 6)
      expect(fair.se).toBeCloseTo(expected.se, 6)
      expect(fair.measure).toBeCloseTo(expected.measure, 6)
    }
  })

  it('joint method: severities, and which items are at an end', () => {
    const { overall, raters, items } = calibrate(scores, { method: 'jml' })
    expect(found(overall).logLikelihood).toBeCloseTo(joint.logLikelihood, 6)
    for (const [name, { logit }] of Object.entries(joint.raters)) {
      const rater = raters[scores.raters.indexOf(name)]
      expect(rater && found(rater.severity).logit).toBeCloseTo(logit, 6)
    }
    expect(items.filter(({ component }) => component < 0).map(({ item }) => scores.items[item])).toEqual(joint.extremes)
  })

  it.each(['mml', 'jml'] as const)('%s: a level that nobody gave has no thresholds, and says which', (method) => {
    const dimension = calibrate(scores, { method }).dimensions[scores.dimensions.indexOf('d2')]
    const reasons = dimension?.thresholds.map((threshold) => (threshold.estimable ? '' : threshold.reason))
    expect(reasons).toEqual([
      'nobody gave the level 2, so this threshold has no finite value',
      'nobody gave the level 2, so this threshold has no finite value',
      '',
    ])
  })
})
