/** How long it takes to rotate the pools of a large project. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { newId, now, replaceAmbient, sha256 } from '#app/ambient.ts'
import { insertRows } from '#app/evaluation/imports/rows.ts'
import { workOne } from '#app/evaluation/jobs/worker.ts'
import { openHandler, openRotation } from '#app/evaluation/rotation/open.ts'
import { previewRotation } from '#app/evaluation/rotation/preview.ts'
import { rotatePools } from '#app/evaluation/rotation/rotate.ts'
import { undoRotation } from '#app/evaluation/rotation/undo.ts'
import { doSampling } from '#app/evaluation/sampling/do.ts'
import { planSampling } from '#app/evaluation/sampling/plan.ts'
import { migrate } from '#db/migrate.server.ts'
import { cases } from '#db/schema/cases.ts'
import { traces } from '#db/schema/traces.ts'
import { addPerson, addProject, type Project, scopeOf } from '#db/seed/rows.ts'
import { type Database, openStore } from '#db/store.server.ts'
import type { Benchmark, Section } from './section.ts'

const CASES = 50_000
const WAITING = 20_000
const OLD = 8_750
const DAY = 86_400_000
const CATEGORIES = ['factual lookup', 'reasoning', 'generation', 'refusal', 'edge case']
const USER_SEGMENTS = ['expert', 'novice', 'high-stakes', 'casual']

const words = (i: number, count: number): string =>
  Array.from({ length: count }, (_, at) => `word${(i * 31 + at * 7) % 9_973}`).join(' ')

async function addTraces(tx: Database, project: Project, count: number): Promise<void> {
  const at = now()
  await insertRows(
    tx,
    traces,
    Array.from({ length: count }, (_, i) => ({
      id: newId(),
      projectId: project.id,
      key: `trace-${i}`,
      input: words(i, 40),
      response: words(i + 1, 120),
      metadata: { channel: 'web' },
      signals: {},
      contentHash: sha256(String(i)),
      category: CATEGORIES[i % 5] ?? '',
      userSegment: USER_SEGMENTS[i % 4] ?? '',
      redactions: {},
      state: 'waiting' as const,
      searchText: `trace-${i}`,
      createdAt: at,
    })),
  )
}

async function run(): Promise<Section> {
  const folder = mkdtempSync(join(tmpdir(), 'assay-bench-'))
  process.env.ASSAY_SEAL_KEY ??= Buffer.alloc(32, 7).toString('base64')
  const start = Date.UTC(2026, 0, 5)
  let at = start
  const restore = replaceAmbient({ now: () => at })
  try {
    const url = `file:${join(folder, 'a.sqlite')}`
    await migrate(url)
    const store = openStore(url)
    const owner = await store.write(async (tx) => {
      const project = await addProject(tx)
      await addTraces(tx, project, CASES + WAITING)
      return scopeOf(await addPerson(tx, project, ['owner']), project, ['owner'])
    })
    const asked = { size: CASES, floorShare: 0.15, holdoutShare: 0.3, seed: 1 }
    const { stamp } = await planSampling(store.read, owner, asked)
    await store.write((tx) => doSampling(tx, owner, { id: newId(), asked, stamp }))
    // A quarter of what is active has been so for its time.
    await store.write((tx) =>
      tx
        .update(cases)
        .set({ enteredPoolAt: start - 365 * DAY })
        .where(sql`${cases.id} in (select id from cases where pool = 'active' order by content_hash limit ${OLD})`),
    )
    at += 90 * DAY
    const seconds = async (work: () => Promise<unknown>) => {
      const since = performance.now()
      await work()
      return (performance.now() - since) / 1000
    }
    const planned = await seconds(() => previewRotation(store.read, owner))
    const plan = await previewRotation(store.read, owner)
    let id = ''
    const done = await seconds(async () => {
      id = await rotatePools(store, owner, { stamp: plan.stamp, seed: 3 })
    })
    at += 60_000
    const undone = await seconds(() => undoRotation(store, owner, id))
    const again = await rotatePools(store, owner, { stamp: null, seed: 3 })
    await openRotation(store, owner, again)
    const opened = await seconds(() => workOne(store, { 'open-rotation': openHandler }))
    await store.close()
    const entering = plan.segments.reduce((sum, one) => sum + one.entering, 0)
    const timed = (value: number) => `${value.toFixed(2)} s`
    return {
      title: 'Rotating the pools',
      how: `${CASES.toLocaleString('en')} cases made of traces (an input of 40 words, an answer of 120), 30 % of them sealed, and ${WAITING.toLocaleString('en')} traces waiting; ${plan.graduating.length.toLocaleString('en')} graduate, ${plan.retiring.length.toLocaleString('en')} retire, ${entering.toLocaleString('en')} enter and are sealed. SQLite.`,
      rows: [
        { what: 'plan', value: timed(planned) },
        { what: 'rotation', value: timed(done), goal: '≤ 5 s', met: done <= 5 },
        { what: 'undo', value: timed(undone) },
        { what: 'opening what graduated', value: timed(opened) },
        { what: 'resident memory', value: `${Math.round(process.memoryUsage.rss() / 1e6)} MB` },
      ],
    }
  } finally {
    restore()
    rmSync(folder, { recursive: true, force: true })
  }
}

export const rotation: Benchmark = { name: 'rotation', what: 'rotating the pools of 50,000 cases', run }
