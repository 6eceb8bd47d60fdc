import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { madeCsv } from './drift/made-file.ts'
import { runPlan } from './plan.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-plan-'))
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

async function run(...args: string[]) {
  let [stdout, stderr] = ['', '']
  const status = await runPlan(args, {
    stdout: (text) => {
      stdout += text
    },
    stderr: (text) => {
      stderr += text
    },
  })
  return { status, stdout, stderr }
}

const plans = z.looseObject({
  dimensions: z.record(
    z.string(),
    z.looseObject({
      alpha: z.number().optional(),
      plans: z.array(z.looseObject({ raters: z.number(), items: z.number().nullable() })).optional(),
      ratings: z.number().optional(),
      power: z.number().optional(),
      notEstimable: z.string().nullable().optional(),
      assumed: z.looseObject({ noise: z.number() }).nullable().optional(),
    }),
  ),
})
const json = async (...args: string[]) => {
  const { status, stdout, stderr } = await run(...args, '--json')
  expect([status, stderr]).toEqual([0, ''])
  return plans.parse(JSON.parse(stdout)).dimensions
}
const file = (name: string, content: string) => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

/** Ratings of the first period of a made-up file, without their period. */
const pilotRatings = () => {
  const lines = madeCsv({ anchors: false }).split('\n')
  return [lines[0], ...lines.filter((line) => line.includes(',2026-8,'))].join('\n')
}

describe('assay plan agreement', () => {
  it('plans from what is assumed', async () => {
    const args = ['agreement', '--alpha', '0.7', '--shares', '10,30,40,20', '--width', '0.2', '--raters', '2,4']
    const [two, four] = (await json(...args)).assumed?.plans ?? []
    expect(two?.items).toBeGreaterThan(four?.items as number)
    expect(four?.items).toBeGreaterThan(40)
    const { stdout } = await run(...args)
    expect(stdout).toMatch(
      /^assumed: alpha 0\.700 with a 95 % interval 0\.2 wide takes\n {3}2 raters an item: +\d+ items/,
    )
    expect(stdout.match(/fewest ratings/g)).toHaveLength(1)
  })

  it('plans from a pilot, dimension by dimension', async () => {
    const pilot = file('pilot.csv', pilotRatings())
    const found = (await json('agreement', pilot, '--width', '0.2', '--raters', '3')).score
    expect(found?.alpha).toBeGreaterThan(0.3)
    expect(found?.plans?.[0]?.items).toBeGreaterThan(30)
    const agreed = file('agreed.csv', 'item,rater,score\na,x,1\na,y,1\nb,x,2\nb,y,2\n')
    expect((await json('agreement', agreed)).score?.notEstimable).toContain('no disagreement at all')
    const one = file('one.csv', 'item,rater,score\na,x,1\nb,x,2\n')
    expect((await json('agreement', one)).score?.notEstimable).toBe('no item has two or more ratings')
  })
})

describe('assay plan drift', () => {
  it('gives the ratings for a chance, and the chance of a number of ratings', async () => {
    const found = (await json('drift', '--power', '0.8')).assumed
    expect(found?.ratings).toBeGreaterThan(35)
    expect(found?.power).toBeGreaterThan(0.77)
    const half = (await json('drift', '--ratings', '20')).assumed
    expect(half?.power).toBeLessThan(0.6)
    const { stdout } = await run('drift', '--ratings', '40', '--dimensions', '5')
    expect(stdout).toMatch(
      /^assumed: 40 anchor ratings a period find a drift of 0\.25 points within 2 periods with a chance of \d+ %, at 1 false alarm in 100 periods over 5 dimensions\.\n$/,
    )
  })

  it('reads the noise from a pilot', async () => {
    const found = (await json('drift', file('noise.csv', pilotRatings()), '--ratings', '30')).score
    // scores are rounded to levels: .45 of their own and the rounding
    expect(found?.assumed?.noise).toBeGreaterThan(0.45)
    expect(found?.assumed?.noise).toBeLessThan(0.62)
    const severe = Array.from({ length: 30 }, (_, i) => `i${i},x,${(i % 3) + 1}\ni${i},y,${(i % 3) + 2}\n`)
    const same = file('severe.csv', `item,rater,score\n${severe.join('')}`)
    expect((await json('drift', same)).score?.notEstimable).toContain('in the pilot all raters agree exactly')
    const one = file('single.csv', 'item,rater,score\na,x,1\nb,x,2\n')
    expect((await json('drift', one)).score?.notEstimable).toContain('too few items with two ratings')
  })
})

describe('a pilot under two rubric versions', () => {
  it('is not pooled', async () => {
    const rows = ['a,x,1,1', 'a,y,2,1', 'a,x,2,', 'a,y,3,']
    const pilot = file('versions.csv', `item,rater,score,rubric_version\n${rows.join('\n')}\n`)
    const reason = 'ratings under 2 rubric versions (1, none named) are never pooled; plan from those under one'
    expect((await json('agreement', pilot)).score).toEqual({ notEstimable: reason })
    expect((await json('drift', pilot)).score).toMatchObject({ notEstimable: reason })
  })
})

describe('a wrong command line', () => {
  it.each([
    [[], 'plan what? agreement or drift'],
    [['agreement'], 'without a PILOT both --alpha and --shares are needed'],
    [['agreement', '--alpha', '2', '--shares', '1,1'], '--alpha is a number from 0 to 0.999, not "2"'],
    [['agreement', '--alpha', '.5', '--shares', '1,0'], '--shares needs two levels that are used'],
    [['drift', '--shift', 'much'], '--shift is a number from 0.001 to 10, not "much"'],
    [
      ['agreement', '--alpha', '.5', '--shares', '1,1', '--power', '.9'],
      '--power is for plan drift, not for plan agreement',
    ],
    [['drift', '--width', '.2'], '--width is for plan agreement, not for plan drift'],
    [['drift', 'a.csv', 'b.csv'], 'one PILOT at a time, not also b.csv'],
  ])('%j', async (args, reason) => {
    const { status, stdout, stderr } = await run(...args)
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(/\n\nusage: /)
    expect(stderr.startsWith(`${reason}\n`)).toBe(true)
  })

  it('tells a bad pilot by its line', async () => {
    const bad = file('bad.csv', 'item,rater,score\na,x,good\n')
    expect((await run('drift', bad)).stderr).toContain('line 2: column score: "good" is not a whole number')
    expect((await run('agreement', join(folder, 'none.csv'))).stderr).toContain('there is no such file')
    expect((await run('agreement', file('header.csv', 'item,rater,score\n'))).stderr).toContain(
      'the file holds no ratings',
    )
    expect((await run('--help')).stdout).toMatch(/^usage: /)
  })
})
