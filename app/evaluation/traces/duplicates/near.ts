/** Near-duplicates among a project's traces: computed off the request, kept while no trace comes in. */
import { setImmediate } from 'node:timers/promises'
import { and, asc, count, eq, gt, max, sql } from 'drizzle-orm'
import type { Task } from '#app/evaluation/computing/task.ts'
import { nearDuplicates, signatureOf, similarityOf } from '#app/stats/text/min-hash.ts'
import { traces } from '#db/schema/traces.ts'
import type { Database } from '#db/store.server.ts'

/** Texts of which an estimated share of this many runs of three words is the same are offered for merging. */
export const NEAR = 0.8

const CHUNK = 1_000
/** Of a long question the beginning is compared. */
const COMPARED = 20_000

/** Traces whose questions are nearly the same, the first to come in first; each with its likeness to that one. */
export type NearGroup = { id: string; likeness: number }[]

export type NearGroups = { groups: NearGroup[]; compared: number }

/** Groups of near-duplicates among all traces of the project. */
export async function nearGroups(read: Database, { projectId }: { projectId: string }): Promise<NearGroups> {
  const ids: string[] = []
  const signatures: (Uint32Array | null)[] = []
  let last = ''
  for (;;) {
    const chunk = await read
      .select({ id: traces.id, input: sql<string>`substr(${traces.input}, 1, ${sql.raw(String(COMPARED))})` })
      .from(traces)
      .where(and(eq(traces.projectId, projectId), gt(traces.id, last)))
      .orderBy(asc(traces.id))
      .limit(CHUNK)
    for (const { id, input } of chunk) {
      ids.push(id)
      signatures.push(signatureOf(input))
    }
    if (chunk.length < CHUNK) break
    last = chunk.at(-1)?.id ?? ''
    await setImmediate()
  }
  const groups = nearDuplicates(signatures, NEAR).map((group) => {
    const first = signatures[group[0] as number]
    return group.map((at) => {
      const own = signatures[at]
      return { id: ids[at] ?? '', likeness: first && own ? similarityOf(first, own) : 0 }
    })
  })
  return { groups, compared: ids.length }
}

export const NEAR_DUPLICATES: Task<{ projectId: string }, NearGroups> = {
  run: nearGroups,
  async state(read, { projectId }) {
    const [row] = await read
      .select({ ratings: count().mapWith(Number), newest: max(traces.createdAt) })
      .from(traces)
      .where(eq(traces.projectId, projectId))
    return row ?? { ratings: 0, newest: null }
  },
  elsewhereFrom: 1_000,
  takes: 'seconds',
}
