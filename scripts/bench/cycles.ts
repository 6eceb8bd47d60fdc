/** Whole cycles over HTTP: submit a rating, get the next item; held against a server that does nothing. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from './client.ts'
import { fillRound } from './fill.ts'
import { HttpRater, openSessions } from './raters.ts'
import { type Benchmark, quantile, type Section } from './section.ts'
import { residentMb, serveAssay, serveBare } from './serve.ts'

const ITEMS = 20_000
const RATERS = 32
const CYCLES = 20_000
const WARM = 2_000
const BARE_REQUESTS = 60_000

type Load = { perSecond: number; times: number[]; bytes: number }

/** Everybody sends one request after another until `count` were answered in all. */
async function load(count: number, senders: readonly (() => Promise<{ ms: number; body: Buffer }>)[]): Promise<Load> {
  const times: number[] = []
  let left = count
  let bytes = 0
  const since = performance.now()
  await Promise.all(
    senders.map(async (send) => {
      while (left-- > 0) {
        const { ms, body } = await send()
        times.push(ms)
        bytes += body.length
      }
    }),
  )
  return { perSecond: (1000 * count) / (performance.now() - since), times, bytes: Math.round(bytes / count) }
}

async function measureAssay(folder: string): Promise<Load & { memory: number; sent: string }> {
  const filled = await fillRound(join(folder, 'cycles.sqlite'), ITEMS, RATERS)
  const cookies = await openSessions(filled)
  const server = await serveAssay(filled.url)
  const raters = cookies.map((cookie) => new HttpRater(filled, server.port, cookie))
  try {
    for (const rater of raters) await rater.next()
    const senders = raters.map((rater) => () => rater.cycle())
    await load(WARM, senders)
    const measured = await load(CYCLES, senders)
    return { ...measured, memory: residentMb(server.pid), sent: raters[0]?.body() ?? '' }
  } finally {
    for (const rater of raters) rater.client.close()
    await server.stop()
  }
}

async function measureBare(bytes: number, body: string): Promise<Load> {
  const server = await serveBare(bytes)
  const clients = Array.from({ length: RATERS }, () => new Client(server.port, 'assay=none'))
  try {
    const senders = clients.map((client) => () => client.post('/', body))
    await load(BARE_REQUESTS / 6, senders)
    return await load(BARE_REQUESTS, senders)
  } finally {
    for (const client of clients) client.close()
    await server.stop()
  }
}

async function run(): Promise<Section> {
  const folder = mkdtempSync(join(tmpdir(), 'assay-bench-'))
  try {
    const assay = await measureAssay(folder)
    const bare = await measureBare(assay.bytes, assay.sent)
    const share = assay.perSecond / bare.perSecond
    const ms = (value: number) => `${value.toFixed(1)} ms`
    return {
      title: 'Rating over HTTP',
      how: `${RATERS} raters with sessions and kept-alive connections against the production server on SQLite; ${ITEMS.toLocaleString('en')} items of five dimensions, overlap 3; a cycle is one POST that stores a rating (durably) and brings the next item; ${CYCLES.toLocaleString('en')} cycles. The bare server reads the same requests and answers bodies of the same ${assay.bytes} bytes; the same generator loads both, on the same machine.`,
      rows: [
        {
          what: 'cycles per second',
          value: assay.perSecond.toFixed(0),
          goal: '≥ 500, or ≥ 7 % of bare',
          met: assay.perSecond >= 500 || share >= 0.07,
        },
        { what: 'bare node:http server, requests per second', value: bare.perSecond.toFixed(0) },
        { what: 'share of the bare server', value: `${(100 * share).toFixed(1)} %` },
        { what: 'cycle, median', value: ms(quantile(assay.times, 0.5)) },
        { what: 'cycle, 99th percentile', value: ms(quantile(assay.times, 0.99)) },
        {
          what: 'resident memory of the server afterwards',
          value: `${assay.memory.toFixed(0)} MB`,
          goal: '≤ 250 MB',
          met: assay.memory <= 250,
        },
      ],
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

export const cycles: Benchmark = { name: 'cycles', what: 'cycles per second of 32 raters over HTTP, and memory', run }
