/** How fast cases are imported into a SQLite file: read, checked, hashed and stored. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { importFile } from '#app/evaluation/imports/run.ts'
import { migrate } from '#db/migrate.server.ts'
import { addPerson, addProject, scopeOf } from '#db/seed/rows.ts'
import { openSqlite } from '#db/sqlite.server.ts'
import { type Benchmark, quantile, type Section } from './section.ts'

const CASES = 20_000
const DOCUMENTS = 200
const RUNS = 3
const GOAL = 5_000

const WORDS =
  'the plan covers a second opinion before surgery when the member asks for it in writing within thirty days'.split(' ')
const CATEGORIES = ['factual lookup', 'reasoning', 'generation', 'refusal', 'edge case']
const USER_SEGMENTS = ['expert', 'novice', 'high-stakes', 'casual']

const words = (count: number, seed: number): string =>
  Array.from({ length: count }, (_, i) => WORDS[(i * 7 + seed * 13 + i * seed) % WORDS.length]).join(' ')

/** A case of about 1.1 kB: thirty words asked, one of two hundred documents of 150 words. */
const line = (i: number): string =>
  JSON.stringify({
    key: `case-${i}`,
    input: `Question ${i}: ${words(30, i)}?`,
    category: CATEGORIES[i % CATEGORIES.length],
    user_segment: USER_SEGMENTS[i % USER_SEGMENTS.length],
    documents: [{ title: `Section ${i % DOCUMENTS}`, text: words(150, i % DOCUMENTS) }],
    metadata: { source: 'benchmark', number: i },
  })

type Measured = { fresh: number; again: number; stallMs: number }

/** Imports the file into a database of its own, and once more; seconds for each, and the longest the event loop was held. */
async function measure(folder: string, path: string, attempt: number): Promise<Measured> {
  const url = `file:${join(folder, `${attempt}.sqlite`)}`
  await migrate(url)
  const store = openSqlite(url)
  try {
    const scope = await store.write(async (tx) => {
      const project = await addProject(tx)
      return scopeOf(await addPerson(tx, project, ['owner']), project, ['owner'])
    })
    const once = async () => {
      const since = performance.now()
      await importFile(store, scope, { kind: 'cases', path, fileName: 'cases.jsonl' })
      return (performance.now() - since) / 1000
    }
    const watch = watchStalls()
    const fresh = await once()
    const stallMs = watch.stop()
    return { fresh, again: await once(), stallMs }
  } finally {
    await store.close()
  }
}

/** The longest time between two turns of a timer that is due every millisecond. */
function watchStalls() {
  let last = performance.now()
  let longest = 0
  const timer = setInterval(() => {
    const now = performance.now()
    longest = Math.max(longest, now - last)
    last = now
  }, 1)
  return {
    stop: () => {
      clearInterval(timer)
      return longest
    },
  }
}

async function run(): Promise<Section> {
  const folder = mkdtempSync(join(tmpdir(), 'assay-bench-'))
  const measured: Measured[] = []
  try {
    const path = join(folder, 'cases.jsonl')
    writeFileSync(path, Array.from({ length: CASES }, (_, i) => `${line(i)}\n`).join(''))
    for (let attempt = 0; attempt < RUNS; attempt++) measured.push(await measure(folder, path, attempt))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  const median = (pick: (one: Measured) => number) => quantile(measured.map(pick), 0.5)
  const pace = CASES / median(({ fresh }) => fresh)
  const pace2 = CASES / median(({ again }) => again)
  const whole = (value: number) => Math.round(value).toLocaleString('en')
  return {
    title: 'Importing cases',
    how: `${CASES.toLocaleString('en')} cases of about 1.1 kB with a context document each, as JSONL into a SQLite file, all in one transaction; the median of ${RUNS} runs.`,
    rows: [
      {
        what: 'into an empty project',
        value: `${whole(pace)} a second`,
        goal: `≥ ${GOAL.toLocaleString('en')}`,
        met: pace >= GOAL,
      },
      { what: 'the same file again', value: `${whole(pace2)} a second` },
      { what: 'longest hold of the event loop', value: `${whole(median(({ stallMs }) => stallMs))} ms` },
    ],
  }
}

export const imports: Benchmark = { name: 'imports', what: 'cases a second into SQLite, checked and hashed', run }
