import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { count, ne } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { newId } from '#app/ambient.ts'
import { doSampling } from '#app/evaluation/sampling/do.ts'
import { planSampling } from '#app/evaluation/sampling/plan.ts'
import { engine } from '#db/dialect.ts'
import { migrate } from '#db/migrate.server.ts'
import { cases, responses } from '#db/schema/cases.ts'
import { poolMoves, samplings } from '#db/schema/pools.ts'
import { sealedTexts, seals } from '#db/schema/seal.ts'
import { traces } from '#db/schema/traces.ts'
import { addPerson, addProject, scopeOf } from '#db/seed/rows.ts'
import { openStore, type Store } from '#db/store.server.ts'
import { ownFolder } from '#tests/support/files.ts'
import { addTraffic } from '#tests/support/traffic.ts'

const files = ownFolder()

/** How often it is killed; more by hand, with KILLS=50. */
const KILLS = Number(process.env.KILLS ?? 8)
const SIZE = 1_000
const TRACES = SIZE * (KILLS + 2)

const MADE = [cases, responses, poolMoves, samplings, seals, sealedTexts]
const made = async (store: Store) => {
  const counts = []
  for (const table of MADE) counts.push((await store.read.select({ n: count() }).from(table))[0]?.n)
  return counts
}

it.skipIf(engine !== 'sqlite')(
  'a sampling that is killed at any moment was done wholly or not at all, and can be done again',
  async () => {
    const url = `file:${files.path('killed.sqlite')}`
    await migrate(url)
    const before = openStore(url)
    const owner = await before.write(async (tx) => {
      const project = await addProject(tx, { slug: 'killed', categories: ['lookup'], userSegments: ['novice'] })
      await addTraffic(tx, project, [{ category: 'lookup', userSegment: 'novice', count: TRACES }])
      return scopeOf(await addPerson(tx, project, ['owner']), project, ['owner'])
    })
    await before.close()

    /** Begins a sampling, and kills it so long after it opened the database; says how long it went and whether it was killed. */
    async function killedAfter(ms: number): Promise<{ ms: number; killed: boolean }> {
      const child = spawn(
        process.execPath,
        ['--import', 'tsx', 'scripts/assay.ts', 'sample', '--project', 'killed', '--size', String(SIZE), '--do'],
        { env: { ...process.env, DATABASE_URL: url, DATA_DIR: files.path('data') }, stdio: 'ignore' },
      )
      const ended = new Promise<NodeJS.Signals | null>((done) => child.on('exit', (_, signal) => done(signal)))
      const opened = () => child.exitCode !== null || existsSync(files.path('killed.sqlite-wal'))
      await expect.poll(opened, { timeout: 30_000, interval: 5 }).toBe(true)
      const began = performance.now()
      const timer = setTimeout(() => child.kill('SIGKILL'), ms)
      const killed = (await ended) === 'SIGKILL'
      clearTimeout(timer)
      return { ms: performance.now() - began, killed }
    }

    const { ms: whole } = await killedAfter(60_000)
    let [done, killed] = [1, 0]
    for (let i = 0; i < KILLS; i++) {
      if ((await killedAfter((whole * (i + 0.5)) / KILLS)).killed) killed++
      const store = openStore(url)
      const found = await made(store)
      done = found[3] ?? 0
      expect(found).toEqual([SIZE, SIZE, SIZE, 1, 0.3 * SIZE, 0.9 * SIZE].map((n) => n * done))
      const [sampled] = await store.read.select({ n: count() }).from(traces).where(ne(traces.state, 'waiting'))
      expect(sampled?.n).toBe(done * SIZE)
      await store.close()
    }
    expect(killed).toBeGreaterThan(0)
    expect(done).toBeLessThan(1 + KILLS)

    const store = openStore(url)
    const asked = { size: 100, floorShare: 0.15, holdoutShare: 0.3, seed: 1 }
    const { stamp } = await planSampling(store.read, owner, asked)
    const again = await store.write((tx) => doSampling(tx, owner, { id: newId(), asked, stamp }))
    expect(again).toMatchObject({ active: 70, holdout: 30 })
    await store.close()
  },
)
