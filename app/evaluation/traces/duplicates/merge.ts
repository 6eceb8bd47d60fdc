import { and, count, desc, eq, inArray, isNotNull, isNull, ne, sql } from 'drizzle-orm'
import { now } from '#app/ambient.ts'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { record } from '#app/evaluation/audit/record.ts'
import { pieces } from '#app/evaluation/imports/rows.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { sealMerged } from '#app/evaluation/seal/seal-merged.ts'
import { wipeAfterSealing } from '#app/evaluation/seal/wipe.ts'
import { traces } from '#db/schema/traces.ts'
import type { Database, Store } from '#db/store.server.ts'
import { audited } from '../assign.ts'
import type { NearGroup } from './near.ts'
import { allOpenGroups } from './offered.ts'

/**
 * Marks traces as duplicates of the one that is kept; what was merged into them goes along. They still count as traffic, and
 * `unmerge` takes it back. Those a case was made of are passed over. What is merged into the trace of a sealed case is sealed.
 *
 * @throws Problem `missing` where the kept one is not of this project, `conflict` where it was merged itself
 */
export async function mergeTraces(
  store: Store,
  scope: Scope,
  keep: string,
  others: readonly string[],
): Promise<number> {
  demand(scope, 'cases.write')
  const { merged, sealed } = await store.write(async (tx) => {
    const [kept] = await tx
      .select({ duplicateOfId: traces.duplicateOfId })
      .from(traces)
      .where(and(eq(traces.id, keep), eq(traces.projectId, scope.project.id)))
    if (!kept) throw new Problem('missing', 'The trace to keep is not here.')
    if (kept.duplicateOfId !== null) {
      throw new Problem('conflict', 'Somebody merged the trace to keep into another meanwhile. Load the page again.')
    }
    const merged = await mark(
      tx,
      scope,
      others.map((id) => ({ id, keep })),
    )
    if (merged > 0) await record(tx, audited(scope, 'traces.merged', { traces: merged }))
    return { merged, sealed: await sealMerged(tx, scope.project.id) }
  })
  if (sealed > 0) await wipeAfterSealing(store)
  return merged
}

/** Merges every group that waits for a word into its first trace; `found`: the groups, where they are known already. */
export async function mergeAll(
  store: Store,
  scope: Scope,
  found?: readonly NearGroup[],
): Promise<{ groups: number; traces: number }> {
  demand(scope, 'cases.write')
  const groups = await allOpenGroups(store, scope, found)
  const pairs = groups.flatMap(([first, ...others]) =>
    others.flatMap(({ id }) => (first === undefined ? [] : [{ id, keep: first.id }])),
  )
  const { merged, sealed } = await store.write(async (tx) => {
    const merged = await mark(tx, scope, pairs)
    if (merged > 0) await record(tx, audited(scope, 'traces.merged', { traces: merged, groups: groups.length }))
    return { merged, sealed: await sealMerged(tx, scope.project.id) }
  })
  if (sealed > 0) await wipeAfterSealing(store)
  return { groups: groups.length, traces: merged }
}

type Pair = { id: string; keep: string }

/** Marks each as a duplicate of the one it names, many a statement; then whatever was merged into those goes along. */
async function mark(tx: Database, scope: Scope, pairs: readonly Pair[]): Promise<number> {
  let merged = 0
  for (const piece of pieces(pairs.filter(({ id, keep }) => id !== keep))) {
    const cases = piece.map(({ id, keep }) => sql`when ${id} then ${keep}`)
    const ids = piece.map(({ id }) => id)
    const rows = await tx
      .update(traces)
      .set({ duplicateOfId: sql`case ${traces.id} ${sql.join(cases, sql` `)} end` })
      .where(
        and(
          eq(traces.projectId, scope.project.id),
          inArray(traces.id, ids),
          isNull(traces.duplicateOfId),
          ne(traces.state, 'sampled'),
        ),
      )
      .returning({ id: traces.id })
    merged += rows.length
  }
  const further = sql`(select further.duplicate_of_id from traces further where further.id = ${traces.duplicateOfId})`
  if (merged > 0) {
    await tx
      .update(traces)
      .set({ duplicateOfId: further })
      .where(and(eq(traces.projectId, scope.project.id), isNotNull(traces.duplicateOfId), sql`${further} is not null`))
  }
  return merged
}

/** Takes everything that was merged into a trace apart again, but what is sealed with a case. */
export async function unmerge(store: Store, scope: Scope, keep: string): Promise<number> {
  demand(scope, 'cases.write')
  return store.write(async (tx) => {
    const rows = await tx
      .update(traces)
      .set({ duplicateOfId: null })
      .where(and(eq(traces.projectId, scope.project.id), eq(traces.duplicateOfId, keep), ne(traces.input, '')))
      .returning({ id: traces.id })
    if (rows.length > 0) await record(tx, audited(scope, 'traces.unmerged', { traces: rows.length }))
    return rows.length
  })
}

/** Says that traces near each other are no duplicates: they are offered again only together with a new one. */
export async function keepApart(store: Store, scope: Scope, ids: readonly string[]): Promise<number> {
  demand(scope, 'cases.write')
  const at = now()
  return store.write(async (tx) => {
    let changed = 0
    for (const piece of pieces(ids)) {
      const rows = await tx
        .update(traces)
        .set({ keptApartAt: at })
        .where(and(eq(traces.projectId, scope.project.id), inArray(traces.id, piece), isNull(traces.duplicateOfId)))
        .returning({ id: traces.id })
      changed += rows.length
    }
    if (changed > 0) await record(tx, audited(scope, 'traces.kept-apart', { traces: changed }))
    return changed
  })
}

export type Merged = { id: string; key: string; beginning: string; duplicates: number }

const BEGINNING = 160

/** The traces that others were merged into, those of most first. */
export async function listMerged(
  { read }: Pick<Store, 'read'>,
  scope: Scope,
  { page, size }: { page: number; size: number },
): Promise<{ merged: Merged[]; total: number }> {
  demand(scope, 'cases.read')
  const mine = and(eq(traces.projectId, scope.project.id), isNotNull(traces.duplicateOfId))
  const counts = await read
    .select({ id: traces.duplicateOfId, n: count() })
    .from(traces)
    .where(mine)
    .groupBy(traces.duplicateOfId)
    .orderBy(desc(count()), traces.duplicateOfId)
    .limit(size)
    .offset((page - 1) * size)
  const [counted] = await read
    .select({ n: sql<number>`count(distinct ${traces.duplicateOfId})`.mapWith(Number) })
    .from(traces)
    .where(mine)
  const ids = counts.flatMap(({ id }) => (id === null ? [] : [id]))
  if (ids.length === 0) return { merged: [], total: counted?.n ?? 0 }
  const rows = await read
    .select({
      id: traces.id,
      key: traces.key,
      beginning: sql<string>`substr(${traces.input}, 1, ${sql.raw(String(BEGINNING))})`,
    })
    .from(traces)
    .where(inArray(traces.id, ids))
  const byId = new Map(rows.map((row) => [row.id, row]))
  return {
    merged: counts.flatMap(({ id, n }) => {
      const row = byId.get(id ?? '')
      return row ? [{ ...row, duplicates: n }] : []
    }),
    total: counted?.n ?? 0,
  }
}

/** The ids of the group that waits for a word and holds this trace. @throws Problem `conflict` where there is none any more */
async function groupOf(store: Store, scope: Scope, member: string): Promise<string[]> {
  const groups = await allOpenGroups(store, scope)
  const found = groups.find((group) => group.some(({ id }) => id === member))
  if (found) return found.map(({ id }) => id)
  throw new Problem('conflict', 'Somebody saw to this group meanwhile. Load the page again.')
}

/** Merges the whole group that a trace is of into that trace. */
export async function mergeGroup(store: Store, scope: Scope, keep: string): Promise<number> {
  demand(scope, 'cases.write')
  return mergeTraces(store, scope, keep, await groupOf(store, scope, keep))
}

/** Says of the whole group that a trace is of that it holds no duplicates. */
export async function keepGroupApart(store: Store, scope: Scope, member: string): Promise<number> {
  demand(scope, 'cases.write')
  return keepApart(store, scope, await groupOf(store, scope, member))
}
