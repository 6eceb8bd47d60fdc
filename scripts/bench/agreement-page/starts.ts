/** The agreement page of a large project, asked for at several moments after the server was started. */
import { readFileSync } from 'node:fs'
import { get } from '../agreement/lead.ts'
import type { Filled } from '../fill.ts'
import { residentMb, type Served, serveAssay } from '../serve.ts'

/** Until somebody comes to the page; until what was read is in a file. */
const ON_THE_WAY_MS = 3_000

/** Milliseconds by page, and resident memory of the server and of what computes for it. */
export type Found = {
  unread: number
  atOnce: number
  first: number
  cold: number[]
  again: number
  letGo: number
  others: number[]
  before: number
  after: number
  computing: number
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** What computes for the server: its children. */
const childrenOf = ({ pid }: Served): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number)

/** One round of starts; the first one finds nothing in `dataDir`. Linux only. */
export async function start(filled: Filled, cookie: string, dataDir: string): Promise<Found> {
  const { slug } = filled.project
  const ask = async ({ port }: Served, query = '') => (await get(port, `/p/${slug}/agreement${query}`, cookie)).ms
  const started = async <T>(run: (server: Served) => Promise<T>): Promise<T> => {
    const server = await serveAssay(filled.url, dataDir)
    try {
      // another page first, so that what is measured is the computing and not the start of the program
      await get(server.port, `/p/${slug}/rounds`, cookie)
      return await run(server)
    } finally {
      await server.stop()
    }
  }
  const filters = filled.rubric.dimensions.map(({ key }) => `?dimension=${key}&source=app`)
  const others: number[] = []
  const unread = await started(async (server) => {
    let done = false
    const pinging = (async () => {
      while (!done) {
        others.push((await get(server.port, '/health/live', cookie)).ms)
        await pause(5)
      }
    })()
    const ms = await ask(server)
    done = true
    await pinging
    await pause(ON_THE_WAY_MS)
    return ms
  })
  const atOnce = await started(ask)
  return started(async (server) => {
    const before = residentMb(server.pid)
    await pause(ON_THE_WAY_MS)
    const first = await ask(server)
    const cold: number[] = []
    for (const filter of filters.slice(0, 3)) cold.push(await ask(server, filter))
    const again = await ask(server)
    const computing = Math.max(...childrenOf(server).map(residentMb))
    for (const child of childrenOf(server)) process.kill(child)
    await pause(200)
    const letGo = await ask(server, filters.at(-1))
    return { unread, atOnce, first, cold, again, letGo, others, before, after: residentMb(server.pid), computing }
  })
}
