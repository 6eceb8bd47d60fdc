import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { newId } from '#app/ambient.ts'
import { caseHash, responseHash } from '#app/evaluation/cases/hash.ts'
import { caseSearchText } from '#app/evaluation/cases/search-text.ts'
import { insertRows, pieces } from '#app/evaluation/imports/rows.ts'
import { moveCases } from '#app/evaluation/pools/move.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { ensureSystems } from '#app/evaluation/systems/ensure.ts'
import { caseDocuments, cases, documents, responses } from '#db/schema/cases.ts'
import { traceDocuments, traces } from '#db/schema/traces.ts'
import type { Database } from '#db/store.server.ts'
import { unindexed } from '#db/unindexed.ts'
import { caseKeys } from './case-keys.ts'
import type { Drawn } from './draw.ts'

/** What answers are taken to be from where a trace names no system version. */
const UNNAMED_SYSTEM = 'production'

export type Making = { projectId: string; samplingId: string; rotationId?: string; at: number }

/** A drawn trace with all of it, and the case it becomes. */
type New = Drawn & { caseId: string; caseKey: string; trace: typeof traces.$inferSelect; documents: LinkedDocument[] }
type LinkedDocument = { documentId: string; position: number; hash: string }

/**
 * Makes cases of drawn traces (as many as one likes): each gets the trace's input, documents and metadata, and the trace's
 * response becomes one of its system version. The traces are `sampled` from then on. Returns the ids of the cases by pool.
 *
 * @throws Problem `conflict` where a trace does not wait any more
 */
export async function makeCases(
  tx: Database,
  drawn: readonly Drawn[],
  making: Making,
  watch: (made: number) => void,
): Promise<{ active: string[]; holdout: string[] }> {
  const made = { active: [] as string[], holdout: [] as string[] }
  for (const piece of pieces(drawn)) {
    const fresh = await gather(tx, making.projectId, piece)
    await insertCases(tx, fresh, making)
    await insertResponses(tx, fresh, making)
    await markSampled(tx, fresh)
    for (const pool of ['active', 'holdout'] as const) {
      const ids = fresh.filter((one) => one.pool === pool).map(({ caseId }) => caseId)
      await moveCases(tx, making.projectId, ids, { ...making, to: pool })
      made[pool].push(...ids)
    }
    watch(made.active.length + made.holdout.length)
  }
  return made
}

async function gather(tx: Database, projectId: string, piece: readonly Drawn[]): Promise<New[]> {
  const ids = piece.map(({ id }) => id)
  const rows = await tx.select().from(traces).where(inArray(traces.id, ids))
  const byId = new Map(rows.map((row) => [row.id, row]))
  const links = await tx
    .select({
      traceId: traceDocuments.traceId,
      position: traceDocuments.position,
      documentId: documents.id,
      hash: documents.contentHash,
    })
    .from(traceDocuments)
    .innerJoin(documents, eq(documents.id, traceDocuments.documentId))
    .where(inArray(traceDocuments.traceId, ids))
    .orderBy(asc(traceDocuments.traceId), asc(traceDocuments.position))
  const linked = new Map<string, LinkedDocument[]>()
  for (const { traceId, ...link } of links) linked.set(traceId, [...(linked.get(traceId) ?? []), link])
  const keys = await caseKeys(
    tx,
    projectId,
    piece.map(({ key }) => key),
  )
  return piece.flatMap((one, i) => {
    const trace = byId.get(one.id)
    if (!trace) return []
    return [{ ...one, caseId: newId(), caseKey: keys[i] ?? '', trace, documents: linked.get(one.id) ?? [] }]
  })
}

async function insertCases(tx: Database, fresh: readonly New[], { projectId, at }: Making): Promise<void> {
  const rows = fresh.map(({ caseId, caseKey, weight, trace, documents: context }) => {
    const { input, metadata } = trace
    const segment = { category: trace.category ?? '', userSegment: trace.userSegment ?? '' }
    const documentHashes = context.map(({ hash }) => hash)
    return {
      id: caseId,
      projectId,
      key: caseKey,
      input,
      ...segment,
      metadata,
      contentHash: caseHash({ input, ...segment, documentHashes, metadata }),
      searchText: caseSearchText({ key: caseKey, input }),
      samplingWeight: weight,
      createdAt: at,
    }
  })
  await insertRows(tx, cases, rows)
  const links = fresh.flatMap(({ caseId, documents: context }) =>
    context.map(({ documentId, position }) => ({ caseId, documentId, position })),
  )
  await insertRows(tx, caseDocuments, links)
}

async function insertResponses(tx: Database, fresh: readonly New[], { projectId, at }: Making): Promise<void> {
  const answered = fresh.filter(({ trace }) => trace.response !== '')
  const systemOf = ({ trace }: New) => trace.systemVersion ?? UNNAMED_SYSTEM
  const systems = await ensureSystems(tx, projectId, answered.map(systemOf), at)
  const rows = answered.map((one) => ({
    id: newId(),
    projectId,
    caseId: one.caseId,
    systemVersionId: systems.get(systemOf(one)) ?? '',
    text: one.trace.response,
    metadata: {},
    contentHash: responseHash(one.trace.response, {}),
    createdAt: at,
  }))
  await insertRows(tx, responses, rows)
}

async function markSampled(tx: Database, fresh: readonly New[]): Promise<void> {
  if (fresh.length === 0) return
  const cases = fresh.map(({ id, caseId }) => sql`when ${id} then ${caseId}`)
  const ids = fresh.map(({ id }) => id)
  const marked = await tx
    .update(traces)
    .set({ state: 'sampled', caseId: sql`case ${traces.id} ${sql.join(cases, sql` `)} end` })
    .where(
      and(
        inArray(traces.id, ids),
        eq(unindexed(traces.state), 'waiting'),
        sql`${unindexed(traces.duplicateOfId)} is null`,
      ),
    )
    .returning({ id: traces.id })
  if (marked.length < fresh.length) {
    throw new Problem('conflict', 'Some of these traces were changed meanwhile. Nothing was sampled; plan again.')
  }
}
