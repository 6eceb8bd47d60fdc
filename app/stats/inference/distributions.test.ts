import { describe, expect, it } from 'vitest'
import { incompleteBeta } from './beta.ts'
import { chiSquareUpperTail } from './chi-square.ts'
import { fisherQuantile, fisherUpperTail } from './fisher.ts'
import { logGamma } from './gamma.ts'
import { normalCdf, normalQuantile } from './normal.ts'
import { studentQuantile, studentTwoSided, studentUpperTail } from './student.ts'

// Expected values: SciPy 1.17.1, incomplete beta by mpmath with 30 digits.
const same = (actual: number, expected: number, relative = 1e-12) =>
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(relative * Math.abs(expected))

describe('special functions', () => {
  it.each([
    [0.1, 2.252712651734206],
    [3.5, 1.2009736023470743],
    [1e5, 1051287.7089736569],
  ])('log gamma of %f', (x, expected) => same(logGamma(x), expected))

  it.each([
    [0.5, 0.5, 0.3, 0.36901011956554536],
    [3, 0.001, 0.9, 0.000997533525632403],
    [2, 400, 0.01, 0.910247233624774],
  ])('incomplete beta %f %f at %f', (a, b, x, expected) => same(incompleteBeta(a, b, x).lower, expected, 5e-12))
})

describe('normal', () => {
  it.each([
    [-10, 7.61985302416047e-24],
    [-3, 0.0013498980316300933],
    [0, 0.5],
    [5, 0.9999997133484281],
  ])('distribution at %f', (z, expected) => same(normalCdf(z), expected))

  it.each([
    [1e-300, -37.0470962993612],
    [0.001, -3.090232306167813],
    [0.3, -0.5244005127080409],
    [0.975, 1.959963984540054],
  ])('quantile of %f', (p, expected) => same(normalQuantile(p), expected))

  it('ends at infinity', () => {
    expect([normalQuantile(0), normalQuantile(1)]).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY])
  })
})

describe("Student's t", () => {
  it.each([
    [1, 12.706204736174705],
    [2, 4.302652729749464],
    [11, 2.2009851600916392],
    [39, 2.022690920036761],
    [1e5, 1.95998770753461],
  ])('97.5 %% quantile with %f degrees of freedom', (df, expected) => {
    same(studentQuantile(0.975, df), expected)
    same(studentQuantile(0.025, df), -expected)
  })

  it.each([
    [40, 39, 2.818811402796312e-33],
    [0.1, 2, 0.9294654384141402],
    [2, 1e5, 0.04550296345750651],
  ])('two-sided p of t = %f with %f degrees of freedom', (t, df, expected) => same(studentTwoSided(t, df), expected))

  it('stays exact with ten million degrees of freedom, where t is nearly normal', () => {
    same(studentUpperTail(1.9599642217668, 1e7), 0.0250000000000237)
    expect(studentTwoSided(Number.POSITIVE_INFINITY, 5)).toBe(0)
    expect(studentQuantile(0.5, 3)).toBe(0)
  })
})

describe("Fisher's F and chi-square", () => {
  it.each([
    [0.975, 5, 18, 3.381967805875243],
    [0.975, 18, 5, 6.361883204654352],
    [0.975, 19, 39.746, 2.088757708843059],
    [0.025, 5, 4.785, 0.13906720303357234],
    [0.5, 1000, 2000, 0.9996666214467883],
    [0.001, 1, 1, 2.4674051589901414e-6],
  ])('F quantile %f with %f and %f degrees of freedom', (p, df1, df2, expected) => {
    same(fisherQuantile(p, df1, df2), expected)
    same(1 - fisherUpperTail(expected, df1, df2), p, 1e-11)
  })

  it('F tail at the ends', () => {
    expect([fisherUpperTail(0, 2, 3), fisherUpperTail(Number.POSITIVE_INFINITY, 2, 3)]).toEqual([1, 0])
  })

  it.each([
    [30.760441929399, 19, 0.04288347312694877],
    [0.01, 1, 0.920344325445942],
    [1200, 1000, 1.2255942330622893e-5],
    [900, 2, 3.6938830684871615e-196],
  ])('chi-square tail at %f with %f degrees of freedom', (x, df, expected) => same(chiSquareUpperTail(x, df), expected))
})
