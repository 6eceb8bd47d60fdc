import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { runAgreement } from './agreement.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-agreement-'))
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

async function run(content: string | Uint8Array, args: string[] = [], name = 'ratings.csv') {
  const file = join(folder, name)
  writeFileSync(file, content)
  let stdout = ''
  let stderr = ''
  const status = await runAgreement([file, ...args], {
    stdout: (text) => {
      stdout += text
    },
    stderr: (text) => {
      stderr += text
    },
  })
  return { status, stdout, stderr: stderr.replaceAll(file, 'FILE') }
}

const estimate = z.looseObject({ estimate: z.number(), low: z.number().nullable(), high: z.number().nullable() })
const figures = z.looseObject({
  items: z.number(),
  raters: z.number(),
  ratings: z.number(),
  missing: z.number(),
  levels: z.array(z.number()),
  coefficients: z.record(z.string(), estimate),
  notEstimable: z.record(z.string(), z.string()),
  by: z.record(z.string(), z.record(z.string(), z.looseObject({ items: z.number() }))).optional(),
})
const output = z.looseObject({ file: z.string(), level: z.string(), dimensions: z.record(z.string(), figures) })

async function json(content: string | Uint8Array, args: string[] = [], name?: string) {
  const { status, stdout, stderr } = await run(content, ['--json', ...args], name)
  expect([status, stderr]).toEqual([0, ''])
  return output.parse(JSON.parse(stdout))
}

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
    ])
    expect(dimensions.score?.notEstimable).toMatchObject({
      cohenKappa: 'needs exactly two raters; there are 4',
      icc1: 'needs every rater on every item: 7 of 48 combinations of item and rater are empty',
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
    expect((await json('item,rater,score\n')).dimensions).toEqual({})
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

describe('a bad command line', () => {
  it.each([
    [['--level', 'ordnal'], '--level is one of nominal, ordinal, interval, ratio, not "ordnal"'],
    [['--weights', 'square'], '--weights is one of identity, linear'],
    [['--levels', '1,2,4'], '--levels 1,2,4: levels must be consecutive integers'],
    [['--levels', '1,b'], '--levels 1,b: levels must be consecutive integers'],
    [['--boot', '10'], '--boot is a whole number from 39 to 1000000, not "10"'],
    [['--seed', 'x'], '--seed is a whole number'],
    [['--frob'], "Unknown option '--frob'"],
    [['more.csv'], 'one FILE at a time, not also more.csv'],
    [
      ['--by', 'segment'],
      'FILE: line 1: there is no column segment; the columns, separated by commas, are: item, rater, score',
    ],
  ])('%j', async (args, message) => {
    const { status, stderr, stdout } = await run(csv, args)
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toContain(message)
  })

  it('says which file cannot be read, and which kinds can', async () => {
    let stderr = ''
    const io = {
      stdout: () => {},
      stderr: (text: string) => {
        stderr += text
      },
    }
    expect(await runAgreement(['no/such.csv'], io)).toBe(2)
    expect(stderr).toContain('no/such.csv cannot be read: ENOENT')
    expect(await runAgreement([], io)).toBe(2)
    expect(stderr).toContain('which FILE?')
    expect((await run('x', [], 'ratings.xlsx')).stderr).toContain('the name must end in .csv or .jsonl')
    expect((await run('item,rater,score\na,x,-1\na,y,1\n', ['--weights', 'ratio'])).stderr).toContain(
      'no meaning for negative levels',
    )
  })
})

describe('a bad line stops it', () => {
  const bad: [string, string | Uint8Array, string][] = [
    ['empty file', '', 'line 1: the file is empty; it needs a header line with item, rater, score'],
    [
      'no score column',
      'item;rater;score\na;x;1',
      'line 1: there is no column item; the columns, separated by commas, are: item;rater;score',
    ],
    ['column twice', 'item,rater,score,item\n', 'line 1: the column item is there twice'],
    ['too few fields', 'item,rater,score\na,x,1\nb,x\n', 'line 3: 2 fields where the header has 3'],
    ['no item', 'item,rater,score\n,x,1\n', 'line 2: the item is empty'],
    ['no rater', 'item,rater,score\na,"",1\n', 'line 2: the rater is empty'],
    ['no dimension', 'item,rater,dimension,score\na,x,,1\n', 'line 2: the dimension is empty'],
    [
      'word for a score',
      'item,rater,score\na,x,1\na,y,good\n',
      'line 3: column score: "good" is not a whole number; leave it empty where the rater could not judge',
    ],
    ['half a score', 'item,rater,score\na,x,2.5\n', 'line 2: column score: "2.5" is not a whole number'],
    [
      'the same rating twice',
      'item,rater,dimension,score\na,x,tone,1\nb,x,tone,2\n\na,x,tone,1\n',
      'line 5: x already rated a (tone) on line 2',
    ],
    ['open quote', 'item,rater,score\na,x,1\n"b,x,1\nc,x,1\n', 'line 3: a quoted field is never closed'],
    ['text after a quote', 'item,rater,score\n"a"b,x,1\n', 'line 2: text follows the closing quote of a field'],
    [
      'wrong UTF-8',
      Buffer.concat([Buffer.from('item,rater,score\na,x,1\nb,'), Buffer.of(0xe9), Buffer.from(',1\n')]),
      'line 3: not UTF-8; save the file as UTF-8',
    ],
    [
      'one level a million away',
      'item,rater,score\na,x,1\na,y,1000000\n',
      'scores run from 1 to 1000000, more than 250 levels',
    ],
  ]
  it.each(bad)('CSV: %s', async (_name, content, message) => {
    const { status, stdout, stderr } = await run(content)
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toContain(`FILE: ${message}`)
  })

  it('CSV: a score off the levels names the line, the column and the levels', async () => {
    for (const score of ['5', '0', '12']) {
      const { status, stderr } = await run(`item,rater,score\na,x,1\na,y,${score}\n`, ['--levels', '1,2,3,4'])
      expect(status).toBe(2)
      expect(stderr).toContain(`FILE: line 3: column score: "${score}" is not one of the levels 1, 2, 3, 4`)
    }
  })

  it.each([
    ['not JSON', '{"item":"a","rater":"x","score":1}\n{"item":', 'line 2: not JSON'],
    ['not an object', '[1]\n', 'line 1: not a JSON object'],
    ['no rater', '{"item":"a","score":1}\n', 'line 1: there is no rater; the keys are: item, score'],
    ['no score', '\n{"item":"a","rater":"x"}\n', 'line 2: there is no score'],
    ['empty item', '{"item":null,"rater":"x","score":1}\n', 'line 1: the item is empty'],
    ['a list for a rater', '{"item":"a","rater":["x"],"score":1}\n', 'line 1: the rater is neither text nor a number'],
    ['half a score', '{"item":"a","rater":"x","score":1.5}\n', 'line 1: column score: "1.5" is not a whole number'],
    ['truth for a score', '{"item":"a","rater":"x","score":true}\n', 'line 1: column score: neither a number nor null'],
    [
      'twice',
      '{"item":1,"rater":"x","score":1}\n{"item":"1","rater":"x","score":null}\n',
      'line 2: x already rated 1 (score) on line 1',
    ],
  ])('JSON Lines: %s', async (_name, content, message) => {
    const { status, stderr } = await run(content, [], 'ratings.jsonl')
    expect(status).toBe(2)
    expect(stderr).toContain(`FILE: ${message}`)
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
