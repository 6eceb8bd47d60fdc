/** A thousand raters at the pace of people: how long the next item takes. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fillRound } from './fill.ts'
import { HttpRater, openSessions } from './raters.ts'
import { type Benchmark, quantile, type Section } from './section.ts'
import { residentMb, serveAssay } from './serve.ts'

const ITEMS = 20_000
const RATERS = 1_000
const PAUSE_MS = 30_000
const LASTS_MS = 90_000

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Begins at a moment of its own, then submits every half minute. */
async function work(
  rater: HttpRater,
  begins: number,
  until: number,
  nexts: number[],
  submits: number[],
): Promise<void> {
  await pause(begins)
  nexts.push((await rater.next()).ms)
  for (;;) {
    await pause(PAUSE_MS)
    if (performance.now() > until) return
    submits.push((await rater.cycle()).ms)
  }
}

async function run(): Promise<Section> {
  const folder = mkdtempSync(join(tmpdir(), 'assay-bench-'))
  try {
    const filled = await fillRound(join(folder, 'crowd.sqlite'), ITEMS, RATERS)
    const cookies = await openSessions(filled)
    const server = await serveAssay(filled.url)
    const raters = cookies.map((cookie) => new HttpRater(filled, server.port, cookie))
    const [nexts, submits]: [number[], number[]] = [[], []]
    const until = performance.now() + LASTS_MS
    try {
      await Promise.all(raters.map((rater, i) => work(rater, (i * PAUSE_MS) / RATERS, until, nexts, submits)))
      const memory = residentMb(server.pid)
      const all = [...nexts, ...submits]
      const p99 = quantile(all, 0.99)
      return {
        title: 'A thousand raters',
        how: `${RATERS.toLocaleString('en')} raters with sessions, each submitting every 30 seconds, for ${LASTS_MS / 1000} seconds of real time, against the production server on SQLite with ${ITEMS.toLocaleString('en')} items; ${all.length.toLocaleString('en')} answers.`,
        rows: [
          { what: 'next item, median', value: `${quantile(all, 0.5).toFixed(1)} ms` },
          { what: 'next item, 99th percentile', value: `${p99.toFixed(1)} ms`, goal: '≤ 50 ms', met: p99 <= 50 },
          { what: 'of these: on opening the round', value: `${quantile(nexts, 0.99).toFixed(1)} ms` },
          { what: 'of these: on submitting', value: `${quantile(submits, 0.99).toFixed(1)} ms` },
          {
            what: 'resident memory of the server afterwards',
            value: `${memory.toFixed(0)} MB`,
            goal: '≤ 250 MB',
            met: memory <= 250,
          },
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

export const crowd: Benchmark = { name: 'crowd', what: 'the next item of 1,000 raters at 30 seconds an item', run }
