/** How long production traffic takes from file to deduplicated traces, and how much memory. */

import { once } from 'node:events'
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { importFile } from '#app/evaluation/imports/run.ts'
import { mergeAll } from '#app/evaluation/traces/duplicates/merge.ts'
import { nearGroups } from '#app/evaluation/traces/duplicates/near.ts'
import { migrate } from '#db/migrate.server.ts'
import { addPerson, addProject, scopeOf } from '#db/seed/rows.ts'
import { openSqlite } from '#db/sqlite.server.ts'
import type { Benchmark, Section } from './section.ts'

const TRACES = Number(process.env.BENCH_TRACES ?? 100_000)
const GOAL_SECONDS = 60
const GOAL_MB = 600

const WORDS =
  'the plan covers a second opinion before surgery when the member asks for it in writing within thirty days of the visit'.split(
    ' ',
  )
const words = (count: number, seed: number): string =>
  Array.from(
    { length: count },
    (_, i) => `${WORDS[(i * 7 + seed * 13 + i * seed) % WORDS.length]}${(seed * (i + 3)) % 97}`,
  ).join(' ')

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
  })
}

async function write(path: string): Promise<void> {
  const file = createWriteStream(path)
  for (let i = 0; i < TRACES; i++) if (!file.write(`${line(i)}\n`)) await once(file, 'drain')
  file.end()
  await once(file, 'finish')
}

async function run(): Promise<Section> {
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
    const done = performance.now()
    await store.close()
    const seconds = (ms: number) => ms / 1_000
    const whole = seconds(done - began)
    return {
      title: 'From traffic to traces',
      how: `${TRACES.toLocaleString('en')} traces of about 1 kB as JSONL into a SQLite file, with e-mail addresses, cards and telephone numbers masked, then near-duplicates found and merged (${merged.traces.toLocaleString('en')}). The goal includes sampling and splitting.`,
      rows: [
        { what: 'imported and masked', value: `${seconds(imported - began).toFixed(1)} s` },
        { what: 'near-duplicates found and merged', value: `${seconds(done - imported).toFixed(1)} s` },
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

export const traces: Benchmark = { name: 'traces', what: 'traffic imported, masked and deduplicated', run }
