/** How long production traffic takes from file to sampled cases with a sealed holdout, and how much memory. */

import { once } from 'node:events'
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newId } from '#app/ambient.ts'
import { importFile } from '#app/evaluation/imports/run.ts'
import { doSampling } from '#app/evaluation/sampling/do.ts'
import { planSampling } from '#app/evaluation/sampling/plan.ts'
import { wipeAfterSealing } from '#app/evaluation/seal/wipe.ts'
import { mergeAll } from '#app/evaluation/traces/duplicates/merge.ts'
import { nearGroups } from '#app/evaluation/traces/duplicates/near.ts'
import { migrate } from '#db/migrate.server.ts'
import { addPerson, addProject, scopeOf } from '#db/seed/rows.ts'
import { openSqlite } from '#db/sqlite.server.ts'
import type { Benchmark, Section } from './section.ts'

const TRACES = Number(process.env.BENCH_TRACES ?? 100_000)
/** How many of them become cases. */
const SAMPLED = Math.round(TRACES / 10)
const GOAL_SECONDS = 60
const GOAL_MB = 600

const WORDS =
  'the plan covers a second opinion before surgery when the member asks for it in writing within thirty days of the visit'.split(
    ' ',
  )
/** Numbers of a seed that look like chance, so that no two texts are near each other unless they are meant to be. */
const mixed = (seed: number, i: number): number => Math.imul(seed + 1, 2_654_435_761 + 2 * i * 40_503) >>> 12
const words = (count: number, seed: number): string =>
  Array.from({ length: count }, (_, i) => `${WORDS[mixed(seed, i) % WORDS.length]}${mixed(seed, i + 7) % 997}`).join(
    ' ',
  )

/** Traffic is uneven: half of it is of the first category, a thirtieth of the last. */
const CATEGORIES = ['factual lookup', 'reasoning', 'generation', 'refusal', 'edge case']
const categoryOf = (i: number): string => CATEGORIES[[15, 23, 27, 29].findIndex((end) => i % 30 < end)] ?? 'edge case'
const USER_SEGMENTS = ['novice', 'casual', 'expert', 'high-stakes']

/** A trace of about 1 kB; every fifth question is an earlier one in other capitals. */
const line = (i: number): string => {
  const of = i % 5 === 4 ? i - 4 : i
  const question = words(35, of)
  return JSON.stringify({
    key: `trace-${i}`,
    input: i === of ? `${question}?` : `${question.toUpperCase()} ...`,
    response: `${words(60, i + 1)}. Write to help${i % 50}@example.org.`,
    system_version: `assistant-${i % 3}`,
    occurred_at: new Date(1_700_000_000_000 + i * 60_000).toISOString(),
    signals: { thumbs: i % 2 === 0 ? 'up' : 'down' },
    metadata: { channel: i % 4 === 0 ? 'phone' : 'web' },
    category: categoryOf(i),
    user_segment: USER_SEGMENTS[(i % 7) % 4],
  })
}

async function write(path: string): Promise<void> {
  const file = createWriteStream(path)
  for (let i = 0; i < TRACES; i++) if (!file.write(`${line(i)}\n`)) await once(file, 'drain')
  file.end()
  await once(file, 'finish')
}

async function run(): Promise<Section> {
  process.env.ASSAY_SEAL_KEY ??= Buffer.alloc(32, 7).toString('base64')
  const folder = mkdtempSync(join(tmpdir(), 'assay-bench-'))
  let most = 0
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss)
  }, 50)
  try {
    const path = join(folder, 'traces.jsonl')
    await write(path)
    const url = `file:${join(folder, 'bench.sqlite')}`
    await migrate(url)
    const store = openSqlite(url)
    const scope = await store.write(async (tx) => {
      const project = await addProject(tx)
      return scopeOf(await addPerson(tx, project, ['owner']), project, ['owner'])
    })
    const began = performance.now()
    await importFile(store, scope, {
      kind: 'traces',
      path,
      fileName: 'traces.jsonl',
      options: { redact: ['email', 'card', 'phone'] },
    })
    const imported = performance.now()
    const { groups } = await nearGroups(store.read, { projectId: scope.project.id })
    const merged = await mergeAll(store, scope, groups)
    const deduplicated = performance.now()
    const asked = { size: SAMPLED, floorShare: 0.15, holdoutShare: 0.3, seed: 1 }
    const { stamp } = await planSampling(store.read, scope, asked)
    const sampled = await store.write((tx) => doSampling(tx, scope, { id: newId(), asked, stamp }))
    await wipeAfterSealing(store)
    const done = performance.now()
    await store.close()
    const seconds = (ms: number) => ms / 1_000
    const whole = seconds(done - began)
    return {
      title: 'From traffic to cases',
      how: `${TRACES.toLocaleString('en')} traces of about 1 kB as JSONL into a SQLite file, with e-mail addresses, cards and telephone numbers masked, then near-duplicates found and merged (${merged.traces.toLocaleString('en')}), then ${(sampled.active + sampled.holdout).toLocaleString('en')} sampled with a floor of 15 % and ${sampled.holdout.toLocaleString('en')} of those sealed.`,
      rows: [
        { what: 'imported and masked', value: `${seconds(imported - began).toFixed(1)} s` },
        { what: 'near-duplicates found and merged', value: `${seconds(deduplicated - imported).toFixed(1)} s` },
        { what: 'sampled, split and sealed', value: `${seconds(done - deduplicated).toFixed(1)} s` },
        { what: 'together', value: `${whole.toFixed(1)} s`, goal: `≤ ${GOAL_SECONDS} s`, met: whole <= GOAL_SECONDS },
        {
          what: 'most memory',
          value: `${Math.round(most / 1e6)} MB`,
          goal: `≤ ${GOAL_MB} MB`,
          met: most / 1e6 <= GOAL_MB,
        },
      ],
    }
  } finally {
    clearInterval(watch)
    rmSync(folder, { recursive: true, force: true })
  }
}

export const traces: Benchmark = {
  name: 'traces',
  what: 'traffic imported, masked, deduplicated, sampled and sealed',
  run,
}
