import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type MadeChange, madeCsv, madeRows } from './drift/made-file.ts'
import { runDrift } from './drift.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-drift-'))
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

async function run(content: string, args: readonly string[] = [], name = 'ratings.csv') {
  const file = join(folder, name)
  writeFileSync(file, content)
  let [stdout, stderr] = ['', '']
  const status = await runDrift([file, ...args], {
    stdout: (text) => {
      stdout += text
    },
    stderr: (text) => {
      stderr += text
    },
  })
  return { status, stdout, stderr: stderr.replaceAll(file, 'FILE') }
}

const interval = { estimate: z.number(), low: z.number().nullable(), high: z.number().nullable() }
const output = z.looseObject({
  baseline: z.string(),
  periods: z.array(z.string()),
  alarms: z.array(
    z.object({
      kind: z.string(),
      who: z.string(),
      period: z.string(),
      dimension: z.string(),
      size: z.number(),
      sentence: z.string(),
    }),
  ),
  dimensions: z.record(
    z.string(),
    z.looseObject({
      versions: z.array(z.string()),
      anchors: z.array(
        z.looseObject({
          version: z.string(),
          baseline: z.string(),
          periods: z.array(z.looseObject({ period: z.string(), difference: z.looseObject({}) })),
        }),
      ),
      mix: z.array(z.looseObject({ period: z.string(), psi: z.number(), p: z.number() })),
      bridges: z.array(z.looseObject({ from: z.string(), to: z.string(), shift: z.looseObject(interval) })),
      change: z
        .looseObject({
          change: z.number(),
          parts: z.array(
            z.looseObject({ ...interval, causes: z.array(z.string()), notSeparable: z.array(z.string()).optional() }),
          ),
        })
        .optional(),
      notEstimable: z.record(z.string(), z.string()),
    }),
  ),
})

async function json(content: string, args: readonly string[] = [], name?: string) {
  const { status, stdout, stderr } = await run(content, ['--json', ...args], name)
  expect([status, stderr]).toEqual([0, ''])
  expect(stdout).not.toMatch(/NaN|Infinity/)
  return output.parse(JSON.parse(stdout))
}

const made = async (change: MadeChange, args: readonly string[] = []) => {
  const { dimensions, ...rest } = await json(madeCsv(change), args)
  const dimension = dimensions.score
  if (dimension === undefined) throw new Error('no dimension')
  const parts = Object.fromEntries((dimension.change?.parts ?? []).map((part) => [part.causes.join('+'), part]))
  return { ...rest, dimension, parts }
}
const kinds = (alarms: readonly { kind: string; who: string }[]) => alarms.map(({ kind, who }) => `${kind}: ${who}`)

describe('assay drift', () => {
  it('puts periods in the order of time, and is silent where nothing changed', async () => {
    const { periods, baseline, alarms, dimension } = await made({})
    expect(periods).toEqual(['2026-8', '2026-9', '2026-10', '2026-11'])
    expect(baseline).toBe('2026-8')
    expect(alarms).toEqual([])
    expect(dimension.anchors[0]?.periods.map(({ period }) => period)).toEqual(periods.slice(1))
    expect(dimension.notEstimable).toEqual({})
    const { change } = dimension
    expect(change?.parts.reduce((sum, part) => sum + part.estimate, 0)).toBeCloseTo(change?.change ?? Number.NaN, 9)
  })

  it('tells the panel from a rater, the version, the mix and the model', async () => {
    const panel = await made({ panel: -0.5 })
    expect(kinds(panel.alarms)).toEqual(['panel: panel'])
    expect(panel.alarms[0]).toMatchObject({ period: '2026-11', size: expect.closeTo(-0.5, 0) })
    expect(panel.parts.panel?.high).toBeLessThan(0)

    const rater = await made({ rater: -0.8 })
    expect(kinds(rater.alarms)).toEqual(['rater: d'])
    expect(rater.parts.individual?.estimate).toBeLessThan(-0.05)

    const version = await made({ version: -0.6 })
    expect(kinds(version.alarms)).toEqual(['version: v1 to v2'])
    expect(version.dimension.bridges[0]).toMatchObject({ from: 'v1', to: 'v2' })
    expect(version.parts.version?.high).toBeLessThan(-0.3)
    expect(version.parts.panel?.high).toBeGreaterThan(0)
    // a version begins a series of its own
    expect(version.dimension.anchors.map((one) => one.version)).toEqual(['v1'])
    expect(version.dimension.notEstimable).toMatchObject({ 'anchors v2': expect.stringContaining('one period only') })

    const mix = await made({ hard: 0.9 })
    expect(kinds(mix.alarms)).toEqual(['mix: mix of cases'])
    expect(mix.parts.mix?.high).toBeLessThan(0)

    const model = await made({ model: 0.5 })
    expect(model.alarms).toEqual([])
    expect(model.parts.model?.low).toBeGreaterThan(0.2)
  })

  it('names the causes that a file without anchors, or without a bridge, cannot tell apart', async () => {
    const noAnchors = await made({ anchors: false })
    expect(noAnchors.parts['panel+model']?.notSeparable).toEqual(['no item was rated in both periods; mix in anchors'])
    expect(noAnchors.dimension.notEstimable['anchors v1']).toBe('no anchors were rated under this version')
    const noBridge = await made({ version: -0.6, bridge: false })
    expect(noBridge.parts['panel+version']?.notSeparable).toEqual([
      'no item was rated under v2 and another version; run a bridge',
    ])
    expect(noBridge.dimension.notEstimable['bridge v1 v2']).toBe('no rater rated an item under both versions')
  })

  it('guesses kinds where the file does not say them', async () => {
    const told = await made({ version: -0.6 })
    const guessed = await made({ version: -0.6, kind: false })
    expect(guessed.dimension.bridges).toEqual(told.dimension.bridges)
    expect(guessed.parts).toEqual(told.parts)
  })

  it('reads JSON Lines, several dimensions, another baseline and other periods to compare', async () => {
    const lines = madeRows({ panel: -0.5 }).flatMap((row) => [
      JSON.stringify({ ...row, dimension: 'tone' }),
      JSON.stringify({ ...row, dimension: 'accuracy', score: row.period === '2026-8' ? null : row.score }),
    ])
    const { baseline, dimensions } = await json(
      lines.join('\n'),
      ['--baseline', '2026-9', '--to', '2026-10'],
      'r.jsonl',
    )
    expect(baseline).toBe('2026-9')
    expect(Object.keys(dimensions)).toEqual(['tone', 'accuracy'])
    expect(dimensions.tone?.change?.change).toBe(dimensions.accuracy?.change?.change)
    expect(Math.abs(dimensions.tone?.change?.change ?? 1)).toBeLessThan(0.2)
  })

  it('prints a report for people', async () => {
    const { status, stdout } = await run(madeCsv({ panel: -0.5, anchors: true }))
    expect(status).toBe(0)
    expect(stdout).toMatch(/^Alarms:\n {2}score: the panel reads the rubric differently since 2026-11/)
    expect(stdout).toContain('change of the mean from')
    expect(stdout).toMatch(/the panel \(rubric drift\) +-0\.\d{3} +\[/)
    const merged = await run(madeCsv({ anchors: false }))
    expect(merged.stdout).toMatch(/the panel \(rubric drift\) \+ the model {2}[+-]\d/)
    expect(merged.stdout).not.toContain('-0.000')
    expect((await run('', ['--help'])).stdout).toMatch(/^usage: /)
  })
})

describe('assay drift on a poor file', () => {
  const few = (rows: string) => json(`item,rater,score,period\n${rows}`)

  it('says why of what cannot be estimated: one period, one rater, no live items', async () => {
    const onePeriod = (await few('a,x,1,1\nb,x,2,1\n')).dimensions.score
    expect(onePeriod?.notEstimable).toEqual({
      anchors: 'no anchors were rated under this version',
      change: 'there is one period only, so nothing has changed yet',
    })
    const oneRater = (await few('a,x,1,1\nb,x,2,1\na,x,1,2\nc,x,4,2\n')).dimensions.score
    expect(oneRater?.change?.parts.map(({ causes }) => causes.join('+'))).toContain('individual+panel')
    const anchorsOnly = (await few('a,x,1,1\nb,x,2,1\na,x,1,2\nb,x,4,2\n')).dimensions.score
    expect(anchorsOnly?.notEstimable.change).toBe('the period before has no live ratings, so it has no mean')
  })

  it.each([
    ['', 'line 1: the file is empty; it needs a header line with item, rater, score, period'],
    [
      'item,rater,score\na,x,1\n',
      'line 1: there is no column period; the columns, separated by commas, are: item, rater, score',
    ],
    ['item,rater,score,period\na,x,1\n', 'line 2: 3 fields where the header has 4'],
    [
      'item,rater,score,period\na,x,1,p\nb,x,good,p\n',
      'line 3: column score: "good" is not a whole number; leave it empty where the rater could not judge',
    ],
    ['item,rater,score,period\na,x,1,p\n,x,1,p\n', 'line 3: the item is empty'],
    ['item,rater,score,period\na,x,1,p\nb,x,1,\n', 'line 3: the period is empty'],
    ['item,rater,score,period\na,x,1,p\na,x,2,q\na,x,2,p\n', 'line 4: x already rated a in p (score) on line 2'],
    [
      'item,rater,score,period,kind\na,x,1,p,gold\n',
      'line 2: column kind: "gold" is not one of live, anchor, bridge, live-anchor',
    ],
    ['item,rater,score,period,period\na,x,1,p,p\n', 'line 1: the column period is there twice'],
    ['item,rater,score,period\na,x,,p\n', 'no line has a score'],
    ['item,rater,score,period\n', 'the file has no ratings'],
  ])('%j', async (content, reason) => {
    const { status, stdout, stderr } = await run(content)
    expect([status, stdout, stderr]).toEqual([2, '', `FILE: ${reason}\n`])
  })

  it('tells bad JSON Lines by their number', async () => {
    const good = '{"item":"a","rater":"x","score":1,"period":"p"}'
    const faults = async (line: string) => (await run(`${good}\n${line}`, [], 'r.jsonl')).stderr
    expect(await faults('{"item":')).toContain('line 2: not JSON')
    expect(await faults('[1]')).toBe('FILE: line 2: not a JSON object\n')
    expect(await faults('{"item":"a","rater":"x","score":1}')).toContain('line 2: there is no period; the keys are')
    expect(await faults('{"item":"a","rater":"x","score":1,"period":{}}')).toContain('neither text nor a number')
    expect((await run(good, [], 'r.txt')).stderr).toContain('must end in .csv or .jsonl')
  })

  it('refuses a wrong command line with the usage', async () => {
    const csv = 'item,rater,score,period\na,x,1,p\n'
    expect((await run(csv, ['--window', 'x'])).stderr).toMatch(
      /^--window is a whole number from 1 to 20, not "x"\n\nusage: /,
    )
    expect((await run(csv, ['--false-alarms', '0'])).stderr).toMatch(/^--false-alarms is a number from 0\.01/)
    expect((await run(csv, ['--levels', '1,3'])).stderr).toMatch(/^--levels 1,3: levels must be consecutive/)
    expect((await run(csv, ['--to', 'q'])).stderr).toMatch(/^--to q: there is no such period; the periods are: p/)
    expect((await run(csv, ['--baseline', 'q'])).stderr).toBe('FILE: there is no period "q"; the periods are: p\n')
    expect((await run(csv, ['--levels', '2,3'])).stderr).toContain(
      'line 2: column score: "1" is not one of the levels 2, 3',
    )
    const missing = await runDrift([join(folder, 'none.csv')], { stdout: () => {}, stderr: () => {} })
    expect(missing).toBe(2)
  })
})
