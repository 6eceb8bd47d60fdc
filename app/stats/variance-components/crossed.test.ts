import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { completeBlock } from '../agreement/complete-block.ts'
import { iccForms } from '../agreement/icc.ts'
import { ratingsFrom } from '../agreement/ratings.ts'
import { normalDraws } from '../drift/normal-draws.ts'
import { seededRandom } from '../random.ts'
import { type CrossedModel, crossedModel, reliabilityOf } from './crossed.ts'
import { type Measurements, PARTS, type Part } from './design.ts'

function measured(
  rows: readonly (readonly [item: number, rater: number, dimension: number, value: number])[],
): Measurements {
  const column = (k: 0 | 1 | 2 | 3) => rows.map((row) => row[k])
  const count = (k: 0 | 1 | 2) => Math.max(...column(k)) + 1
  return {
    caseCount: count(0),
    raterCount: count(1),
    dimensionCount: count(2),
    item: column(0),
    rater: column(1),
    dimension: column(2),
    value: column(3),
  }
}

const grid = (units: readonly (readonly (number | null)[])[]): Measurements =>
  measured(
    units.flatMap((row, item) =>
      row.flatMap((value, rater): [number, number, number, number][] =>
        value === null ? [] : [[item, rater, 0, value]],
      ),
    ),
  )

function fitted(measurements: Measurements, parts?: readonly Part[]): CrossedModel {
  const found = crossedModel(measurements, parts)
  if (!found.estimable) throw new Error(found.reason)
  return found
}

describe('the crossed mixed model', () => {
  it('of a complete block is the analysis of variance, wherever its components are not negative', () => {
    const cell = fc.integer({ min: 1, max: 9 })
    const blocks = fc
      .integer({ min: 3, max: 5 })
      .chain((raters) =>
        fc.array(fc.array(cell, { minLength: raters, maxLength: raters }), { minLength: 4, maxLength: 12 }),
      )
    fc.assert(
      fc.property(blocks, (units) => {
        const block = completeBlock(
          ratingsFrom(
            units.flatMap((row, item) => row.map((score, rater) => ({ item: `${item}`, rater: `${rater}`, score }))),
            [1, 2, 3, 4, 5, 6, 7, 8, 9],
          ),
        )
        if (!block.estimable) return
        const forms = iccForms(block)
        if (!forms.estimable || !forms.icc2.estimable) return
        const { rows, columns, error, items: n, raters: k } = forms.meanSquares
        fc.pre(rows > 1.2 * error && columns > 1.2 * error && error > 0.05)
        const { variances } = fitted(grid(units))
        expect(variances.residual).toBeCloseTo(error, 4)
        expect(variances.case).toBeCloseTo((rows - error) / k, 4)
        expect(variances.rater).toBeCloseTo((columns - error) / n, 4)
        expect(reliabilityOf({ variances }, 1)).toBeCloseTo(forms.icc2.estimate, 4)
      }),
      { numRuns: 40 },
    )
  })

  it('does not change when raters and cases are numbered otherwise, or everything is shifted', () => {
    const units = [
      [1, 2, null, 2],
      [2, 3, 3, null],
      [4, 4, null, 3],
      [null, 1, 2, 1],
      [3, null, 4, 4],
      [1, 1, 2, null],
    ]
    const before = fitted(grid(units))
    const turned = fitted(grid([...units].reverse().map((row) => [...row].reverse())))
    const shifted = fitted(grid(units.map((row) => row.map((value) => (value === null ? null : value + 10)))))
    for (const part of [...PARTS, 'residual'] as const) {
      expect(turned.variances[part]).toBeCloseTo(before.variances[part], 5)
      expect(shifted.variances[part]).toBeCloseTo(before.variances[part], 5)
    }
    before.severities.forEach(({ points, se }, i) => {
      expect(turned.severities[3 - i]).toMatchObject({ points: expect.closeTo(points, 5), se: expect.closeTo(se, 5) })
    })
    expect(shifted.means[0]?.mean).toBeCloseTo((before.means[0]?.mean ?? 0) + 10, 6)
  })

  it('recovers the parts that scores were made of', () => {
    const normal = normalDraws(seededRandom(5))
    const draws = (count: number, sd: number) => Array.from({ length: count }, () => sd * normal())
    const [cases, raters, dimensions] = [300, 20, 3]
    const [ofCase, ofRater] = [draws(cases, 1), draws(raters, 0.6)]
    const ofCaseDimension = draws(cases * dimensions, 0.5)
    const ofRaterDimension = draws(raters * dimensions, 0.4)
    const rows = Array.from({ length: cases }, (_, item) =>
      Array.from({ length: 3 }, (_, turn) => (item * 3 + turn * 7) % raters).flatMap((rater) => {
        const pair = 0.3 * normal()
        return Array.from({ length: dimensions }, (_, d): [number, number, number, number] => [
          item,
          rater,
          d,
          d +
            (ofCase[item] as number) +
            (ofRater[rater] as number) +
            (ofCaseDimension[item * dimensions + d] as number) +
            (ofRaterDimension[rater * dimensions + d] as number) +
            pair +
            0.7 * normal(),
        ])
      }),
    ).flat()
    const { variances, severities } = fitted(measured(rows), PARTS)
    const wanted = { case: 1, rater: 0.36, caseDimension: 0.25, raterDimension: 0.16, caseRater: 0.09, residual: 0.49 }
    for (const [part, value] of Object.entries(wanted))
      expect(Math.abs(variances[part as Part] - value)).toBeLessThan(0.35 * value + 0.03)
    const mean = ofRater.reduce((sum, value) => sum + value, 0) / raters
    const inside = severities.filter(
      ({ rater, points, se }) => Math.abs(points + (ofRater[rater] as number) - mean) < 3 * se,
    )
    expect(inside.length).toBeGreaterThanOrEqual(19)
  })

  it('says why there is none', () => {
    const why = (units: (number | null)[][]) => {
      const found = crossedModel(grid(units))
      return found.estimable ? '' : found.reason
    }
    expect(why([[1, 2]])).toBe('needs two or more items')
    expect(why([[1], [2]])).toBe('needs two or more raters')
    expect(
      why([
        [1, null],
        [null, 2],
      ]),
    ).toBe('no item has two or more ratings')
    expect(
      why([
        [3, 3],
        [3, 3],
      ]),
    ).toBe('no variation: every score is the same level')
    expect(
      why([
        [1, 1],
        [2, 2],
        [3, 3],
      ]),
    ).toMatch(/no error is left|did not settle/)
  })

  it('takes more raters to a higher reliability', () => {
    const variances = { case: 1, caseDimension: 0, caseRater: 0.2, rater: 0.3, raterDimension: 0, residual: 0.5 }
    expect(reliabilityOf({ variances }, 1)).toBeCloseTo(0.5, 12)
    expect(reliabilityOf({ variances }, 3)).toBeCloseTo(0.75, 12)
  })
})
