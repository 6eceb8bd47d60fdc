import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { cases } from '#db/schema/cases.ts'
import { samplings } from '#db/schema/pools.ts'
import { auditEntries } from '#db/schema/work.ts'
import { addProject } from '#db/seed/rows.ts'
import type { Store } from '#db/store.server.ts'
import { runSample, sampleIn } from '#scripts/assay/sample.ts'
import { collectedOutput } from '#tests/support/output.ts'
import { freshStore } from '#tests/support/store.ts'
import { addTraffic } from '#tests/support/traffic.ts'

let store: Store
beforeEach(async () => {
  store = await freshStore()
  await store.write(async (tx) => {
    const project = await addProject(tx, { slug: 'heart', categories: ['lookup', 'refusal'], userSegments: ['novice'] })
    await addTraffic(tx, project, [
      { category: 'lookup', userSegment: 'novice', count: 90 },
      { category: 'refusal', userSegment: 'novice', count: 10 },
    ])
  })
})

const ASKED: Parameters<typeof sampleIn>[1] = {
  project: 'heart',
  size: 20,
  floor: undefined,
  holdout: undefined,
  seed: 5,
  act: false,
  json: false,
}

async function run(over: Partial<typeof ASKED> = {}) {
  const { io, written } = collectedOutput()
  const status = await sampleIn(store, { ...ASKED, ...over }, io)
  return { status, ...written }
}

describe('assay sample', () => {
  it('prints the plan and changes nothing', async () => {
    const { status, stdout } = await run()
    expect(status).toBe(0)
    expect(stdout.split('\n')).toEqual([
      'segment           traffic  waiting  cases  active  holdout  each stands for',
      'lookup · novice        90       90     17      12        5              5.3',
      'refusal · novice       10       10      3       2        1              3.3',
      '',
      '20 cases of 100 waiting traces: 14 active, 6 sealed in the holdout.',
      'Every category gets at least 15 %, 3 cases; what is above the floor goes by traffic.',
      'Seed 5. Nothing was changed; --do does it.',
      '',
    ])
    expect(await store.read.select().from(cases)).toEqual([])
  })

  it('does it as the command line, and tells it as JSON', async () => {
    const { stdout } = await run({ act: true, json: true })
    const told = JSON.parse(stdout) as { sampling: string; drawn: number; asked: { seed: number } }
    expect(told).toMatchObject({ project: 'heart', drawn: 20, active: 14, holdout: 6, asked: { seed: 5 } })
    expect(await store.read.select({ id: samplings.id }).from(samplings)).toEqual([{ id: told.sampling }])
    expect(await store.read.select().from(cases).where(eq(cases.sealed, true))).toHaveLength(6)
    const [entry] = await store.read.select().from(auditEntries)
    expect(entry).toMatchObject({ action: 'cases.sampled', actorId: null, actorName: 'command line' })
  })

  it('refuses what is out of bounds, and a command line without a size', async () => {
    await expect(run({ floor: 2 })).rejects.toMatchObject({
      kind: 'invalid',
      fields: { floorShare: expect.any(String) },
    })
    const { io, written } = collectedOutput()
    expect(await runSample(['--project', 'heart'], io)).toBe(2)
    expect(written.stderr).toContain('--size N')
    expect(await runSample(['--help'], io)).toBe(0)
    expect(written.stdout).toContain('usage:')
  })
})
