import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { calibrate } from '#app/stats/calibration/calibrate.ts'
import { reference, scoresOfRows } from '#tests/reference/raters-reference.ts'
import { runCalibrate } from './calibrate.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-calibrate-'))
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

async function run(content: string, args: string[] = []) {
  const file = join(folder, 'ratings.csv')
  writeFileSync(file, content)
  let stdout = ''
  let stderr = ''
  const status = await runCalibrate([file, ...args], {
    stdout: (text) => {
      stdout += text
    },
    stderr: (text) => {
      stderr += text
    },
  })
  return { status, stdout, stderr: stderr.replaceAll(file, 'FILE') }
}

const why = z.record(z.string(), z.string()).optional()
const output = z.object({
  model: z.string(),
  method: z.string(),
  components: z.number(),
  links: z.array(z.object({ component: z.number(), rater: z.string(), item: z.string() })),
  raters: z.array(
    z.object({
      rater: z.string(),
      n: z.number(),
      severity: z.object({ logit: z.number(), se: z.number(), points: z.number() }).optional(),
      infit: z.number().optional(),
      outfit: z.number().optional(),
      notEstimable: why,
    }),
  ),
  items: z.array(
    z.object({ item: z.string(), fair: z.number().optional(), se: z.number().optional(), notEstimable: why }),
  ),
  dimensions: z.array(z.object({ dimension: z.string(), difficulty: z.object({ logit: z.number() }).optional() })),
  notEstimable: why,
})

async function json(content: string, args: string[] = []) {
  const { status, stdout, stderr } = await run(content, [...args, '--json'])
  expect([status, stderr]).toEqual([0, ''])
  return output.parse(JSON.parse(stdout))
}

const { rows, levels } = reference.synthetic
const csv = ['item,rater,dimension,score', ...rows.map((row) => row.join(','))].join('\n')

describe('assay calibrate', () => {
  it.each([
    [[], 'partial-credit', 'mml'],
    [['--model', 'rating-scale'], 'rating-scale', 'mml'],
    [['--method', 'jml'], 'partial-credit', 'jml'],
  ] as const)('%j prints what the library finds', async (args, model, method) => {
    const found = await json(csv, [...args])
    expect(found).toMatchObject({ model, method, components: 1, links: [] })
    const scores = scoresOfRows(rows, levels)
    const expected = calibrate(scores, { model, method })
    expected.raters.forEach(({ rater, severity, fit, scores: n }, position) => {
      if (!severity.estimable || !fit.estimable) throw new Error('the example lost a rater')
      expect(found.raters[position]).toMatchObject({
        rater: scores.raters[rater],
        n,
        severity: { logit: severity.logit, se: severity.se, points: severity.points },
        infit: fit.infit,
        outfit: fit.outfit,
      })
    })
    expected.items.forEach(({ item, fair }, position) => {
      if (!fair.estimable) throw new Error('the example lost an item')
      expect(found.items[position]).toMatchObject({ item: scores.items[item], fair: fair.score, se: fair.se })
    })
    expect(found.dimensions.map(({ dimension }) => dimension)).toEqual(scores.dimensions)
  })

  it('groups without a common item: two components, and the rating that would join them', async () => {
    const other = rows.map(([item, rater, dimension, score]) => [`other ${item}`, `other ${rater}`, dimension, score])
    const two = await json([csv, ...other.slice(0, 120).map((row) => row.join(','))].join('\n'))
    expect(two.components).toBe(2)
    expect(two.links).toEqual([
      { component: 2, rater: expect.stringMatching(/^r/), item: expect.stringMatching(/^other/) },
    ])
  })

  it('says why nothing can be estimated, and prints no number in its place', async () => {
    const one = await json('item,rater,score\na,x,1\nb,x,2\n')
    expect(one.raters[0]).not.toHaveProperty('severity')
    expect(one.raters[0]?.notEstimable?.severity).toBe(
      'shares no item with another rater, so there is nobody to compare with',
    )
    const same = await json('item,rater,score\na,x,3\na,y,3\nb,x,3\nb,y,3\n')
    expect(same.notEstimable?.calibration).toMatch(/^no variation/)
    expect(same.items[0]).not.toHaveProperty('fair')
    expect((await run('item,rater,score\n')).stderr).toContain('the file holds no ratings')
    expect((await json('item,rater,score\na,x,\n')).notEstimable?.calibration).toBe('there are no scores')
    expect((await json('item,rater,score\na,x,1\na,y,2\n')).notEstimable?.calibration).toMatch(/at least two items/)
  })

  it('rubric versions are never pooled; one can be chosen', async () => {
    const versions = [
      'item,rater,dimension,score,rubric_version',
      ...rows.map((row) => `${row.join(',')},v1`),
      'i00,r0,d0,2,v2',
      'only here,somebody else,another,2,v2',
    ]
    expect((await run(versions.join('\n'))).stderr).toContain(
      'ratings under 2 rubric versions (v1, v2) are never pooled; choose one with --rubric-version',
    )
    const chosen = await json(versions.join('\n'), ['--rubric-version', 'v1'])
    // whoever and whatever is under the other version alone is not there at all
    expect({ ...chosen, notEstimable: undefined }).toEqual({ ...(await json(csv)), notEstimable: undefined })
    expect((await run(versions.join('\n'), ['--rubric-version', 'v3'])).stderr).toContain('the versions are: v1, v2')
  })

  it('prints a table for people, the most severe rater first', async () => {
    const { stdout } = await run(csv)
    expect(stdout).toContain('36 items, 6 raters')
    expect(stdout.indexOf('r5')).toBeLessThan(stdout.indexOf('r0'))
    expect((await run('item,rater,score\na,x,1\nb,x,2\n')).stdout).toMatch(/^2 items, 1 rater, 2 scores; /)
    expect((await run(csv, ['--help'])).stdout).toMatch(/^usage: /)
  })

  it.each([
    ['letters', 'item,rater,score\na,x,good\n', [], 'FILE: line 2: column score: "good" is not a whole number'],
    ['no column', 'item,score\na,1\n', [], 'FILE: line 1: there is no column rater'],
    ['twice', 'item,rater,score\na,x,1\na,x,2\n', [], 'FILE: line 3: x already rated a (score) on line 2'],
    ['unknown model', csv, ['--model', 'rash'], '--model is one of partial-credit, rating-scale, not "rash"'],
    ['unknown option', csv, ['--frob'], "Unknown option '--frob'"],
    ['two files', csv, ['more.csv'], 'one FILE at a time, not also more.csv'],
  ])('bad input: %s', async (_name, content, args, message) => {
    const { status, stdout, stderr } = await run(content, args)
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toContain(message)
  })
})
