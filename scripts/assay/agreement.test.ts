import { describe, expect, it } from 'vitest'
import { jsonOf as json, runOn as run } from '#tests/support/agreement-command.ts'

/** Krippendorff's (2011) example C. */
const EXAMPLE = [
  [1, 1, null, 1],
  [2, 2, 3, 2],
  [3, 3, 3, 3],
  [3, 3, 3, 3],
  [2, 2, 2, 2],
  [1, 2, 3, 4],
  [4, 4, 4, 4],
  [1, 1, 2, 1],
  [2, 2, 2, 2],
  [null, 5, 5, 5],
  [null, null, 1, 1],
  [null, null, 3, null],
]
const entries = EXAMPLE.flatMap((row, item) =>
  row.map((score, rater) => ({ item: `u${item}`, rater: `r${rater}`, score })),
)
const csv = ['item,rater,score', ...entries.map(({ item, rater, score }) => `${item},${rater},${score ?? ''}`)].join(
  '\n',
)

describe('assay agreement', () => {
  it('prints the published alpha, what it rests on, and why the others do not exist', async () => {
    const { level, dimensions } = await json(csv)
    expect(level).toBe('ordinal')
    expect(dimensions.score).toMatchObject({ items: 12, raters: 4, ratings: 41, missing: 7, levels: [1, 2, 3, 4, 5] })
    expect(dimensions.score?.coefficients.alpha?.estimate).toBeCloseTo(0.815387503755, 10)
    expect(dimensions.score?.coefficients.ac1?.estimate).toBeCloseTo(0.775444068127, 10)
    expect(dimensions.score?.coefficients.ac2?.estimate).toBeCloseTo(0.914000723552, 10)
    expect(Object.keys(dimensions.score?.coefficients ?? {})).toEqual([
      'alpha',
      'percentExact',
      'percentAdjacent',
      'ac1',
      'ac2',
      'fleissKappa',
      'congerKappa',
      'brennanPrediger',
      'icc1',
      'icc2',
      'icc3',
    ])
    expect(dimensions.score?.notEstimable).toMatchObject({
      cohenKappa: 'needs exactly two raters; there are 4',
      icc1k: 'needs every rater on every item: 7 of 48 combinations of item and rater are empty',
      kendallW: expect.any(String),
    })
  })

  it('reads the same ratings from JSON Lines', async () => {
    const lines = entries.map((entry) => JSON.stringify(entry)).join('\n')
    const fromCsv = await json(csv)
    expect((await json(lines, [], 'ratings.jsonl')).dimensions).toEqual(fromCsv.dimensions)
  })

  it('takes --level, --weights, --boot and --seed', async () => {
    const interval = (await json(csv, ['--level', 'interval', '--weights', 'linear'])).dimensions.score
    expect(interval?.coefficients.alpha?.estimate).toBeCloseTo(0.849107142857, 10)
    expect(interval?.coefficients.ac2?.estimate).toBeCloseTo(0.858739136433, 10)
    expect(interval?.coefficients.fleissKappa?.estimate).toBeCloseTo(0.817944767097, 10)
    const alphaAt = async (...args: string[]) => (await json(csv, args)).dimensions.score?.coefficients.alpha
    expect(await alphaAt('--seed', '5')).toEqual(await alphaAt('--seed', '5'))
    expect(await alphaAt('--seed', '5')).not.toEqual(await alphaAt('--seed', '6'))
    expect(await alphaAt('--boot', '300')).not.toEqual(await alphaAt())
  })

  it('takes raters for a sample with --raters random', async () => {
    const at = async (...args: string[]) => (await json(csv, args)).dimensions.score?.coefficients
    const [fixed, random] = [await at(), await at('--raters', 'random')]
    for (const name of ['ac1', 'ac2', 'fleissKappa', 'congerKappa', 'brennanPrediger'] as const) {
      expect(random?.[name]?.estimate).toBe(fixed?.[name]?.estimate)
      expect(random?.[name]?.low).toBeLessThan(fixed?.[name]?.low as number)
    }
    expect(random?.alpha).toEqual(fixed?.alpha)
    expect((await run(csv, ['--raters', 'some'])).stderr).toContain('--raters is one of fixed, random, not "some"')
    expect((await run(csv, ['--raters', 'random'])).stdout).toContain("for Gwet's family also over raters")
  })

  it('counts unused end levels given by --levels in chance agreement', async () => {
    const two = 'item,rater,score\na,x,2\na,y,2\nb,x,3\nb,y,2\nc,x,3\nc,y,3\n'
    const found = await json(two, ['--levels', '1,2,3,4'])
    expect(found.dimensions.score?.levels).toEqual([1, 2, 3, 4])
    expect(found.dimensions.score?.coefficients.brennanPrediger?.estimate).toBeCloseTo((2 / 3 - 1 / 4) / (3 / 4), 12)
    expect((await json(two)).dimensions.score?.coefficients.brennanPrediger?.estimate).toBeCloseTo(1 / 3, 12)
  })

  it('keeps dimensions apart and groups by a column, with figures of complete designs', async () => {
    const rows = ['item,rater,note,dimension,segment,score']
    for (let item = 0; item < 30; item++)
      for (const rater of ['x', 'y'])
        for (const [d, dimension] of ['accuracy', 'tone'].entries())
          rows.push(
            `${item},${rater},"a, b",${dimension},s${item % 2},${1 + ((item + d * (rater === 'x' ? item : 1)) % 4)}`,
          )
    const { dimensions } = await json(rows.join('\r\n'), ['--by', 'segment'])
    expect(Object.keys(dimensions)).toEqual(['accuracy', 'tone'])
    expect(dimensions.accuracy?.coefficients).toMatchObject({
      alpha: { estimate: 1, low: null, high: null },
      cohenKappa: { estimate: 1 },
      icc3k: { estimate: 1 },
      kendallW: { estimate: 1 },
      percentExact: { estimate: 1, high: 1 },
    })
    expect(dimensions.tone?.coefficients.alpha?.low).toEqual(expect.any(Number))
    expect(dimensions.tone?.by?.segment).toMatchObject({ s0: { items: 15 }, s1: { items: 15 } })
  })

  it('never pools rubric versions', async () => {
    const rows = 'item,rater,score,rubric_version\na,x,1,v1\na,y,2,v1\na,x,2,v2\na,y,2,v2\nb,x,1,v2\nb,y,1,v2\n'
    const { dimensions } = await json(rows, ['--by', 'rubric_version'])
    expect(dimensions.score?.coefficients).toEqual({})
    expect(dimensions.score?.notEstimable.alpha).toBe(
      'ratings under 2 rubric versions (v1, v2) are never pooled; use --by rubric_version',
    )
    expect(dimensions.score?.by?.rubric_version).toMatchObject({
      v2: { items: 2, coefficients: { alpha: { estimate: 1 } } },
    })
  })

  it('says why nothing can be estimated: one rater, one level, no score at all', async () => {
    const reasons = async (rows: string) =>
      (await json(`item,rater,score\n${rows}`)).dimensions.score?.notEstimable ?? {}
    expect((await reasons('a,x,1\nb,x,2\n')).alpha).toBe('no item has two or more ratings')
    const same = await reasons('a,x,3\na,y,3\nb,x,3\nb,y,3\n')
    expect(same.alpha).toMatch(/^no variation: every score that can be compared is 3/)
    expect(Object.keys(same)).toEqual(
      expect.arrayContaining([
        'alpha',
        'ac1',
        'cohenKappa',
        'fleissKappa',
        'congerKappa',
        'brennanPrediger',
        'icc2',
        'kendallW',
      ]),
    )
    expect((await reasons('a,x,\na,y,\n')).percentExact).toBe('no item has two or more ratings')
  })

  it('prints a table for people', async () => {
    const { stdout } = await run(csv)
    expect(stdout).toContain('score: 12 items, 4 raters, 41 ratings, 7 missing, levels 1 to 5')
    expect(stdout).toMatch(/Krippendorff's alpha, ordinal +0\.8154 +\[.*\] rough/)
    expect(stdout).toMatch(/Cohen's kappa +– +needs exactly two raters/)
    expect(stdout).toContain("its interval's lower end")
    expect((await run(csv, ['--help'])).stdout).toMatch(/^usage: /)
  })
})

describe('a good but unusual file', () => {
  it('byte order mark, \\r\\n, quoted fields with commas, quotes and line ends, spaces and ".0" in scores, no last line end', async () => {
    const plain = await json('item,rater,score\n"a\n1",x,1\nb,"y, z",2\n"a\n1","y, z",2\nb,x,2')
    const odd =
      '\uFEFF"item",rater,"score",why\r\n"a\n1",x, 1 ,"said ""no"""\r\n\r\nb,"y, z",2.0,\r\n"a\n1","y, z","2",\r\nb,x,+2,'
    expect((await json(odd)).dimensions).toEqual(plain.dimensions)
    expect(plain.dimensions.score).toMatchObject({ items: 2, raters: 2, ratings: 4, levels: [1, 2] })
  })

  it('doubled quotes in a name are one quote, so the same name unquoted is the same item', async () => {
    const { dimensions } = await json('item,rater,score\n"a""b",x,1\na"b,y,1\nc,x,2\nc,y,2\n')
    expect(dimensions.score).toMatchObject({ items: 2, coefficients: { alpha: { estimate: 1 } } })
  })

  it('spans many blocks, a name of three megabytes among them, with line numbers kept', async () => {
    const long = 'ü'.repeat(1_500_000)
    const lines = ['item,rater,score']
    for (let item = 0; item < 60_000; item++)
      lines.push(`item number ${item},x,${1 + (item % 4)}`, `item number ${item},y,${1 + (item % 3)}`)
    lines.push(`${long},x,4`, `"${long}",y,4`)
    const { dimensions } = await json(lines.join('\n'))
    expect(dimensions.score).toMatchObject({ items: 60_001, raters: 2, ratings: 120_002 })
    const { stderr } = await run([...lines, 'item number 59999,x,1'].join('\n'))
    expect(stderr).toContain('FILE: line 120004: x already rated item number 59999 (score) on line 120000')
  })

  it('refuses a line without end before it fills the memory', async () => {
    const { stderr } = await run(`item,rater,score\n"${'a'.repeat(17 << 20)}`)
    expect(stderr).toContain('FILE: line 2: longer than 16 MiB; is a closing quote missing?')
  })
})
