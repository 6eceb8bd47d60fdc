import { describe, expect, it } from 'vitest'
import { COEFFICIENTS } from '#app/stats/agreement/coefficients.ts'
import { jsonOf, runOn } from '#tests/support/agreement-command.ts'

/** Files that are in order as files and still hold too little, or very much. */

const file = (rows: readonly (readonly [item: string, rater: string, score: number | string])[]) =>
  ['item,rater,score', ...rows.map((row) => row.join(','))].join('\n')

/** Every coefficient is in one of two places, as a finite number or with a reason; nothing anywhere is NaN. */
async function settled(content: string, args: string[] = []) {
  const { stdout } = await runOn(content, ['--json', ...args])
  expect(stdout).not.toMatch(/NaN|Infinity|undefined/)
  const table = await runOn(content, args)
  expect(table.stdout).not.toMatch(/NaN|Infinity|undefined/)
  const found = (await jsonOf(content, args)).dimensions.score
  if (found === undefined) throw new Error('no figures')
  for (const name of COEFFICIENTS) {
    const [estimable, reason] = [found.coefficients[name], found.notEstimable[name]]
    expect([estimable !== undefined, reason !== undefined].filter(Boolean)).toHaveLength(1)
    if (estimable) expect(Number.isFinite(estimable.estimate)).toBe(true)
    else expect(reason).toMatch(/\w+ \w+/)
  }
  return found
}

const level = (i: number, r: number, levels: number) => 1 + ((i * 3 + (i % 4 === 0 ? r : 0)) % levels)

describe('designs that hold too little', () => {
  it('one rater', async () => {
    const found = await settled(file([0, 1, 2].map((i) => [`i${i}`, 'x', level(i, 0, 4)])))
    expect(found.coefficients).toEqual({})
    expect(found.notEstimable).toMatchObject({
      alpha: 'no item has two or more ratings',
      cohenKappa: 'needs exactly two raters; there are 1',
      icc2: 'needs two or more raters',
    })
  })

  it('one item', async () => {
    const found = await settled(file(['x', 'y', 'z'].map((rater, r) => ['i', rater, 1 + r])))
    expect(found.notEstimable).toMatchObject({ icc1: 'needs two or more items', kendallW: 'needs two or more items' })
    expect(found.coefficients.alpha).toMatchObject({ low: null, high: null })
    expect(found.coefficients.ac1?.noInterval).toMatch(/an interval needs two items/)
  })

  it('no variation', async () => {
    const found = await settled(file([0, 1, 2].flatMap((i) => ['x', 'y'].map((r) => [`i${i}`, r, 3] as const))))
    expect(found.notEstimable.alpha).toMatch(/^no variation/)
    expect(Object.keys(found.coefficients)).toEqual(['percentExact', 'percentAdjacent'])
  })

  it('raters with no item in common', async () => {
    const found = await settled(
      file(Array.from({ length: 12 }, (_, i) => [`i${i}`, i % 2 ? 'x' : 'y', level(i, 0, 4)] as const)),
    )
    expect(found.notEstimable).toMatchObject({
      alpha: 'no item has two or more ratings',
      cohenKappa: 'the two raters have no item in common',
      icc2: 'no item has two or more ratings',
    })
  })

  it('two groups of raters that share no item', async () => {
    const rows = Array.from({ length: 24 }, (_, i) =>
      (i < 12 ? ['a', 'b'] : ['c', 'd']).map((rater, r) => [`i${i}`, rater, level(i, r, 4)] as const),
    ).flat()
    const found = await settled(file(rows))
    expect(found.coefficients.alpha?.low).toEqual(expect.any(Number))
    expect(found.coefficients.icc2?.estimate).toEqual(expect.any(Number))
    expect(found.notEstimable.icc2k).toBe(
      'needs every rater on every item: 48 of 96 combinations of item and rater are empty',
    )
  })

  it('nothing but missing scores', async () => {
    const found = await settled(file([0, 1].flatMap((i) => ['x', 'y'].map((r) => [`i${i}`, r, ''] as const))))
    expect(found).toMatchObject({ ratings: 0, missing: 4, coefficients: {} })
  })
})

describe('tests', () => {
  // Shrout & Fleiss 1979, table 2: F(5, 18) = 1.79 one way, F(5, 15) = 11.03 two ways
  const rated = ['9 2 5 8', '6 1 3 2', '8 4 6 8', '7 1 2 6', '10 5 6 9', '6 2 4 7']

  it('stand beside the intraclass correlations and W of a complete design', async () => {
    const rows = rated.flatMap((row, i) => row.split(' ').map((score, r) => [`i${i}`, `r${r}`, score] as const))
    const { coefficients } = await settled(file(rows))
    expect(coefficients.icc1?.test).toEqual({
      statistic: 'f',
      value: expect.closeTo(1.79, 2),
      df: [5, 18],
      p: expect.closeTo(0.165, 3),
    })
    expect(coefficients.icc2k?.test).toMatchObject({ value: expect.closeTo(11.03, 2), df: [5, 15] })
    expect(coefficients.kendallW?.test).toMatchObject({ statistic: 'chi-square', df: [5] })
    expect(coefficients.ac1).not.toHaveProperty('test')
  })

  it('are left out where raters never differ, since the ratio has no end', async () => {
    const rows = [1, 2, 3, 4].flatMap((score, i) => ['x', 'y'].map((rater) => [`i${i}`, rater, score] as const))
    const { coefficients } = await settled(file(rows))
    expect(coefficients.icc3).toMatchObject({ estimate: 1 })
    expect(coefficients.icc3).not.toHaveProperty('test')
  })
})

describe('large designs', () => {
  it('ten levels', async () => {
    const rows = Array.from({ length: 40 }, (_, i) =>
      ['x', 'y', 'z'].map((rater, r) => [`i${i}`, rater, level(i, r, 10)] as const),
    ).flat()
    const found = await settled(file(rows), ['--levels', '1,2,3,4,5,6,7,8,9,10'])
    expect(found.levels).toHaveLength(10)
    expect(Object.keys(found.notEstimable)).toEqual(['cohenKappa'])
  })

  it('two hundred raters', async () => {
    const rows = Array.from({ length: 400 }, (_, i) =>
      [0, 67, 134].map((shift, r) => [`i${i}`, `r${(i + shift) % 200}`, level(i, r, 4)] as const),
    ).flat()
    const found = await settled(file(rows), ['--raters', 'random'])
    expect(found.raters).toBe(200)
    expect(found.coefficients.icc2?.low).toEqual(expect.any(Number))
    expect(found.coefficients.congerKappa?.low).toEqual(expect.any(Number))
  })
})
