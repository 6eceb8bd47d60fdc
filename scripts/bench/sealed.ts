/** What it adds to the rating page that an item is sealed: decrypting it, checking its hash, writing the exposure. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { newId, now } from '#app/ambient.ts'
import { takeHand } from '#app/evaluation/queue/take.ts'
import type { Content } from '#app/evaluation/ratings/content.ts'
import { submitRating } from '#app/evaluation/ratings/submit.ts'
import { sealCases } from '#app/evaluation/seal/seal-cases.ts'
import { openSqlite } from '#db/sqlite.server.ts'
import type { Store } from '#db/store.server.ts'
import { type Filled, fillRound } from './fill.ts'
import { type Benchmark, quantile, type Section } from './section.ts'

const ITEMS = 600
const CYCLES = 500
const WARM = 50
/** About 5,000 words, as long as the stories of SQuALITY. */
const WORDS = 'The plan pays for emergency care abroad on the same terms as at home, up to the yearly limit. '.repeat(
  280,
)

type Side = { store: Store; filled: Filled; known: string[]; next: string; times: number[] }

/** Gives every case a long document of its own. */
function addContext({ url, project }: Filled): void {
  const file = new Sqlite(url.replace('file:', ''))
  file
    .prepare(
      `insert into documents (id, project_id, title, text, content_hash, created_at)
       select 'd' || id, @project, 'Handbook', id || @words, 'd' || id, 0 from cases`,
    )
    .run({ project: project.id, words: WORDS })
  file.exec(`insert into case_documents (case_id, position, document_id) select id, 0, 'd' || id from cases`)
  file.close()
}

async function sideOf(folder: string, sealed: boolean): Promise<Side> {
  const filled = await fillRound(join(folder, `${sealed}.sqlite`), ITEMS, 1)
  addContext(filled)
  const store = openSqlite(filled.url)
  const ids = Array.from({ length: ITEMS }, (_, i) => `c${String(i + 1).padStart(8, '0')}`)
  if (sealed) await store.write((tx) => sealCases(tx, filled.project.id, ids, { until: now() + 86_400_000 }))
  const { order } = await takeHand(store, filled.raters[0] as Filled['raters'][number], filled.round)
  return { store, filled, known: order.slice(1), next: order[0] ?? '', times: [] }
}

/** Submits the item in hand; what comes back with the answer is the item after the next. */
async function cycle(side: Side): Promise<void> {
  const { store, filled } = side
  const score = { level: 3, cannotJudge: null, note: '' }
  const scores = Object.fromEntries(filled.rubric.dimensions.map(({ id }) => [id, score]))
  const content: Content = { scores, closest: null, betterAnswer: '', evidence: [], activeMs: 20_000 }
  const submission = { assignment: side.next, submissionId: newId(), content, known: side.known }
  const since = performance.now()
  const { order, items } = await submitRating(
    store,
    filled.raters[0] as Filled['raters'][number],
    filled.round,
    submission,
  )
  side.times.push(performance.now() - since)
  if (items.length !== 1) throw new Error('the next item did not come')
  side.next = order[0] ?? ''
  side.known = order.slice(1)
}

async function run(): Promise<Section> {
  process.env.ASSAY_SEAL_KEY ??= Buffer.alloc(32, 7).toString('base64')
  const folder = mkdtempSync(join(tmpdir(), 'assay-bench-'))
  const sides: Side[] = []
  try {
    for (const sealed of [false, true]) sides.push(await sideOf(folder, sealed))
    // In turns, so that whatever else the machine does falls on both.
    for (let i = 0; i < CYCLES; i++) for (const side of sides) await cycle(side)
  } finally {
    for (const { store } of sides) await store.close()
    rmSync(folder, { recursive: true, force: true })
  }
  const [open, sealed] = sides.map(({ times }) => times.slice(WARM)) as [number[], number[]]
  const ms = (value: number) => `${value.toFixed(2)} ms`
  const added = quantile(sealed, 0.5) - quantile(open, 0.5)
  return {
    title: 'A sealed item on the rating page',
    how: `${CYCLES - WARM} submits in a SQLite file, each answered with another item: five dimensions, an answer of 130 words, a context of 5,000 words of its own. The time on the server, commit and rendering in it, open and sealed items in turns.`,
    rows: [
      { what: 'open, median', value: ms(quantile(open, 0.5)) },
      { what: 'sealed, median', value: ms(quantile(sealed, 0.5)) },
      { what: 'added', value: ms(added), goal: '≤ 1 ms', met: added <= 1 },
      { what: 'open, 95th percentile', value: ms(quantile(open, 0.95)) },
      { what: 'sealed, 95th percentile', value: ms(quantile(sealed, 0.95)) },
    ],
  }
}

export const sealed: Benchmark = { name: 'sealed', what: 'what it adds to the rating page that an item is sealed', run }
