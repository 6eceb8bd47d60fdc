/** What a claim costs with a thousand and with a million items in the queue. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { admit } from '#app/evaluation/queue/admission.ts'
import { claimAny } from '#app/evaluation/queue/claim.ts'
import { openSqlite } from '#db/sqlite.server.ts'
import { fillRound } from './fill.ts'
import { type Benchmark, quantile, type Section } from './section.ts'

const RATERS = 32
const CLAIMS = 1_500
const FEW = 1_000
const MANY = 1_000_000

/** The median microseconds of a claim, by groups so small that the clock can tell them apart. */
async function costWith(items: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'assay-bench-'))
  try {
    const filled = await fillRound(join(folder, 'claims.sqlite'), items, RATERS)
    const store = openSqlite(filled.url)
    const micros: number[] = []
    for (let done = 0; done < CLAIMS; done += RATERS) {
      await store.write(async (tx) => {
        for (const scope of filled.raters) {
          const admission = await admit(tx, scope, filled.round)
          const since = performance.now()
          if (!(await claimAny(tx, admission))) throw new Error('the queue ran dry')
          micros.push(1000 * (performance.now() - since))
        }
      })
    }
    await store.close()
    return quantile(micros.slice(RATERS * 4), 0.5)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function run(): Promise<Section> {
  // Once before measuring, so that neither size pays for the compiler.
  await costWith(FEW)
  const few = await costWith(FEW)
  const many = await costWith(MANY)
  const ratio = many / few
  return {
    title: 'Claiming an item',
    how: `${CLAIMS} claims of ${RATERS} raters in a SQLite file, the median of their times: search, compare and swap, and the assignment, without the commit they share.`,
    rows: [
      { what: `${FEW.toLocaleString('en')} items queued`, value: `${few.toFixed(0)} µs` },
      { what: `${MANY.toLocaleString('en')} items queued`, value: `${many.toFixed(0)} µs` },
      { what: 'ratio', value: ratio.toFixed(2), goal: '≤ 1.5', met: ratio <= 1.5 },
    ],
  }
}

export const claims: Benchmark = { name: 'claims', what: 'cost of a claim at 1,000 and at 1,000,000 items', run }
