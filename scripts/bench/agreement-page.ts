/** What the agreement page of a large project costs when nothing is kept yet. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fillRatings } from './agreement/fill-ratings.ts'
import { get, leadOf } from './agreement/lead.ts'
import { type Filled, fillRound } from './fill.ts'
import { type Benchmark, quantile, type Row, type Section } from './section.ts'
import { residentMb, serveAssay } from './serve.ts'

/** Three ratings an item on five dimensions: 33,334 items are 100,000 ratings and 500,000 scores. ASSAY_BENCH_ITEMS: a trial. */
const ITEMS = Number(process.env.ASSAY_BENCH_ITEMS ?? 33_334)
const RATERS = 40
const COLD_RUNS = 5

type Found = { first: number[]; cold: number[]; kept: number[]; live: number[]; before: number; after: number }

/** Restarts the server for each cold run; pings it meanwhile, to see how long its thread is held. */
async function measure(filled: Filled, cookie: string): Promise<Found> {
  const found: Found = { first: [], cold: [], kept: [], live: [], before: 0, after: 0 }
  const page = `/p/${filled.project.slug}/agreement`
  for (let run = 0; run < COLD_RUNS; run++) {
    const server = await serveAssay(filled.url)
    try {
      // another page first, so that what is measured is the computing and not the start of the program
      await get(server.port, `/p/${filled.project.slug}/rounds`, cookie)
      found.before = residentMb(server.pid)
      let done = false
      const pinging = (async () => {
        while (!done) {
          found.live.push((await get(server.port, '/health/live', cookie)).ms)
          await new Promise((resolve) => setTimeout(resolve, 5))
        }
      })()
      found.first.push((await get(server.port, page, cookie)).ms)
      done = true
      await pinging
      for (const key of filled.rubric.dimensions.slice(0, 3).map((dimension) => dimension.key))
        found.cold.push((await get(server.port, `${page}?dimension=${key}&source=app`, cookie)).ms)
      found.kept.push((await get(server.port, page, cookie)).ms)
      found.after = Math.max(found.after, residentMb(server.pid))
    } finally {
      await server.stop()
    }
  }
  return found
}

async function run(): Promise<Section> {
  const folder = mkdtempSync(join(tmpdir(), 'assay-bench-'))
  try {
    const filled = await fillRound(join(folder, 'page.sqlite'), ITEMS, RATERS)
    const ratings = fillRatings(filled, ITEMS)
    const cookie = await leadOf(filled)
    const found = await measure(filled, cookie)
    const ms = (value: number) => `${value.toFixed(0)} ms`
    const [first, cold] = [quantile(found.first, 0.5), quantile(found.cold, 0.5)]
    const rows: Row[] = [
      { what: 'the page after a start, nothing computed (its process started with it)', value: ms(first) },
      { what: 'a filter or dimension nobody asked for yet', value: ms(cold), goal: '<= 200 ms', met: cold <= 200 },
      { what: 'the page again', value: ms(quantile(found.kept, 0.5)) },
      {
        what: 'longest that another request waited meanwhile',
        value: ms(Math.max(...found.live)),
        goal: '<= 50 ms',
        met: Math.max(...found.live) <= 50,
      },
      { what: 'resident memory before', value: `${found.before.toFixed(0)} MB` },
      {
        what: 'resident memory afterwards',
        value: `${found.after.toFixed(0)} MB`,
        goal: '<= 250 MB',
        met: found.after <= 250,
      },
    ]
    return {
      title: 'The agreement page of a large project',
      how: `${ratings.toLocaleString('en')} ratings of ${ITEMS.toLocaleString('en')} items by ${RATERS} raters, five dimensions, over HTTP against the production server on SQLite: alpha, AC2 and pairwise agreement of every dimension, all coefficients and the split of disagreement of one. Medians of ${COLD_RUNS} starts.`,
      rows,
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

export const agreementPage: Benchmark = {
  name: 'agreement-page',
  what: 'server time and memory of the agreement page with 100,000 ratings',
  run,
}
