import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { z } from 'zod'
import { runAgreement } from '#scripts/assay/agreement.ts'

/** Runs `assay agreement` on a file with this content; in messages its path is FILE. */
export async function runOn(content: string | Uint8Array, args: string[] = [], name = 'ratings.csv') {
  const folder = mkdtempSync(join(tmpdir(), 'assay-agreement-'))
  const file = join(folder, name)
  writeFileSync(file, content)
  const { status, stdout, stderr } = await runWith([file, ...args])
  rmSync(folder, { recursive: true })
  return { status, stdout, stderr: stderr.replaceAll(file, 'FILE') }
}

/** Runs `assay agreement` with these arguments. */
export async function runWith(argv: string[]) {
  let stdout = ''
  let stderr = ''
  const status = await runAgreement(argv, {
    stdout: (text) => {
      stdout += text
    },
    stderr: (text) => {
      stderr += text
    },
  })
  return { status, stdout, stderr }
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

/** The parsed output of `--json`; the command must succeed. */
export async function jsonOf(content: string | Uint8Array, args: string[] = [], name?: string) {
  const { status, stdout, stderr } = await runOn(content, ['--json', ...args], name)
  expect([status, stderr]).toEqual([0, ''])
  return output.parse(JSON.parse(stdout))
}
