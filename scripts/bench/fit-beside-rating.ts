/** How much longer raters wait for the next item while a large fit runs. */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { fillRatings } from './agreement/fill-ratings.ts'
import { get, leadOf } from './agreement/lead.ts'
import { type Filled, fillRound } from './fill.ts'
import { HttpRater, openSessions } from './raters.ts'
import { type Benchmark, quantile, type Section } from './section.ts'
import { residentMb, type Served, serveAssay } from './serve.ts'

/** Rated items: 20,000 x 3 ratings x 5 dimensions are 300,000 scores; as many are free. ASSAY_BENCH_ITEMS makes a smaller trial. */
const ITEMS = Number(process.env.ASSAY_BENCH_ITEMS ?? 20_000)
const RATERS = 100
const WORKING = 20
const PAUSE_MS = 500
const LASTS_MS = Number(process.env.ASSAY_BENCH_MS ?? 30_000)

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

async function filledRound(path: string): Promise<Filled> {
  const filled = await fillRound(path, 2 * ITEMS, RATERS)
  fillRatings(filled, ITEMS)
  // what is rated is not handed out again
  const file = new Sqlite(path)
  file.prepare("update items set taken = needed, done = needed where id <= printf('t%08d', ?)").run(ITEMS)
  file.close()
  return filled
}

/** Everybody submits twice a second until `until` says so; returns the times. */
async function working(raters: readonly HttpRater[], until: () => boolean): Promise<number[]> {
  const times: number[] = []
  await Promise.all(
    raters.map(async (rater, i) => {
      await pause((i * PAUSE_MS) / raters.length)
      while (!until()) {
        times.push((await rater.cycle()).ms)
        await pause(PAUSE_MS)
      }
    }),
  )
  return times
}

/** Keeps a fit running: each time of another question, since the same one is not computed anew for every rating. */
async function fitting(server: Served, path: string, cookie: string, over: () => boolean): Promise<number> {
  let asked = 0
  while (!over()) {
    const from = new Date(Date.UTC(2001, 0, 1 + asked)).toISOString().slice(0, 10)
    await get(server.port, `${path}?from=${from}`, cookie)
    asked++
    await pause(250)
  }
  return asked
}

async function run(): Promise<Section> {
  const folder = mkdtempSync(join(tmpdir(), 'assay-bench-'))
  try {
    const filled = await filledRound(join(folder, 'fit.sqlite'))
    const some = { ...filled, raters: filled.raters.slice(0, WORKING) }
    const cookies = await openSessions(some)
    const lead = await leadOf(filled)
    const server = await serveAssay(filled.url)
    const raters = cookies.map((cookie) => new HttpRater(filled, server.port, cookie))
    try {
      for (const rater of raters) await rater.next()
      const lasting = () => {
        const end = performance.now() + LASTS_MS
        return () => performance.now() > end
      }
      await working(raters, lasting())
      const alone = await working(raters, lasting())
      const over = lasting()
      const fits = fitting(server, `/p/${filled.project.slug}/calibration`, lead, over)
      const beside = await working(raters, over)
      await fits
      const [before, after] = [quantile(alone, 0.99), quantile(beside, 0.99)]
      const ms = (value: number) => `${value.toFixed(1)} ms`
      return {
        title: 'Rating while a fit runs',
        how: `${WORKING} raters who submit every ${PAUSE_MS / 1000} s for ${LASTS_MS / 1000} s, against the production server on SQLite, alone and while the calibration page fits the many-facet model to ${(15 * ITEMS).toLocaleString('en')} scores of ${RATERS} raters; ${alone.length.toLocaleString('en')} and ${beside.length.toLocaleString('en')} answers. A fit starts again as soon as the last one is done: each asks with a filter that nobody asked with yet.`,
        rows: [
          { what: 'next item, 99th percentile, alone', value: ms(before) },
          {
            what: 'the same beside a fit',
            value: `${ms(after)} (${(after / before).toFixed(1)} x)`,
            goal: '<= 2 x',
            met: after <= 2 * before,
          },
          {
            what: 'median, alone and beside a fit',
            value: `${ms(quantile(alone, 0.5))}, ${ms(quantile(beside, 0.5))}`,
          },
          { what: 'resident memory with the fit', value: `${residentMb(server.pid).toFixed(0)} MB` },
        ],
      }
    } finally {
      for (const rater of raters) rater.client.close()
      await server.stop()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

export const fitBesideRating: Benchmark = {
  name: 'fit-beside-rating',
  what: 'how long the next item takes while a fit of 300,000 scores runs',
  run,
}
