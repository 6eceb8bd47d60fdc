import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { runAgreement } from '#scripts/assay/agreement.ts'

const checkout = fileURLToPath(new URL('../..', import.meta.url))
const data = resolve(checkout, process.env.ASSAY_REAL_DATA ?? '../shared/data')
const file = join(data, 'recipe_eval', 'ratings.csv')
const why = existsSync(file) ? '' : ` (skipped: there is no ${file}; set ASSAY_REAL_DATA)`

/**
 * Crowd evaluation of rewritten cooking recipes (Stein et al. 2023), 52 items, 88 raters; ordinal alpha as published for it by
 * JUDGE-BENCH (recipe-crowd-sourcing-data.json), all items.
 */
const published = {
  grammar: 0.41512699786609375,
  fluency: 0.43239839448968664,
  verbosity: 0.3991422935197101,
  structure: 0.3985577014111057,
  success: 0.3627155704454662,
  overall: 0.4351007794425691,
}

const output = z.object({
  dimensions: z.record(
    z.string(),
    z.object({
      items: z.number(),
      raters: z.number(),
      ratings: z.number(),
      coefficients: z.object({ alpha: z.object({ estimate: z.number(), low: z.number(), high: z.number() }) }),
    }),
  ),
})

describe.skipIf(why !== '')(`the recipe evaluation${why}`, () => {
  it('has the ordinal alphas published for it', async () => {
    let stdout = ''
    const io = {
      stdout: (text: string) => {
        stdout += text
      },
      stderr: (text: string) => expect.fail(text),
    }
    expect(await runAgreement([file, '--json'], io)).toBe(0)
    const { dimensions } = output.parse(JSON.parse(stdout))
    expect(Object.keys(dimensions).sort()).toEqual(Object.keys(published).sort())
    for (const [name, alpha] of Object.entries(published)) {
      expect(dimensions[name]).toMatchObject({ items: 52, raters: 88, ratings: 1056 })
      const found = dimensions[name]?.coefficients.alpha
      expect(found?.estimate).toBeCloseTo(alpha, 12)
      expect(found?.low).toBeLessThan(alpha)
      expect(found?.high).toBeGreaterThan(alpha)
    }
  })
})
