/** What a claim costs with a thousand and with a million items in the queue. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { admit } from '#app/evaluation/queue/admission.ts'
import { claimAny } from '#app/evaluation/queue/claim.ts'
import { openSqlite } from '#db/sqlite.server.ts'
import type { Store } from '#db/store.server.ts'
import { type Filled, fillRound } from './fill.ts'
import { type Benchmark, quantile, type Section } from './section.ts'

const RATERS = 32
const TURNS = 60
const WARM = 10
const FEW = 1_000
const MANY = 1_000_000

type Queue = { store: Store; filled: Filled; micros: number[] }

/** One claim by each rater in one transaction, as in a busy moment; notes what each took. */
async function turn({ store, filled, micros }: Queue): Promise<void> {
  await store.write(async (tx) => {
    for (const scope of filled.raters) {
      const admission = await admit(tx, scope, filled.round)
      const since = performance.now()
      if (!(await claimAny(tx, admission))) throw new Error('the queue ran dry')
      micros.push(1000 * (performance.now() - since))
    }
  })
}

async function run(): Promise<Section> {
  const folder = mkdtempSync(join(tmpdir(), 'assay-bench-'))
  const queues: Queue[] = []
  try {
    for (const items of [FEW, MANY]) {
      const filled = await fillRound(join(folder, `${items}.sqlite`), items, RATERS)
      queues.push({ store: openSqlite(filled.url), filled, micros: [] })
    }
    // In turns, so that whatever else the machine does falls on both.
    for (let i = 0; i < TURNS; i++) for (const queue of queues) await turn(queue)
  } finally {
    for (const { store } of queues) await store.close()
    rmSync(folder, { recursive: true, force: true })
  }
  const [few, many] = queues.map(({ micros }) => quantile(micros.slice(WARM * RATERS), 0.5)) as [number, number]
  const ratio = many / few
  return {
    title: 'Claiming an item',
    how: `${(TURNS - WARM) * RATERS} claims of ${RATERS} raters in a SQLite file, the median of their times: search, compare and swap, and the assignment, without the commit they share.`,
    rows: [
      { what: `${FEW.toLocaleString('en')} items queued`, value: `${few.toFixed(0)} µs` },
      { what: `${MANY.toLocaleString('en')} items queued`, value: `${many.toFixed(0)} µs` },
      { what: 'ratio', value: ratio.toFixed(2), goal: '≤ 1.5', met: ratio <= 1.5 },
    ],
  }
}

export const claims: Benchmark = { name: 'claims', what: 'cost of a claim at 1,000 and at 1,000,000 items', run }
