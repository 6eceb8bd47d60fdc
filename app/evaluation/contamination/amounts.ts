/** What the risk of cases is reckoned from, a query for each part whatever the number of cases. */
import { and, asc, count, eq, gte, inArray, isNotNull, isNull, type SQL, sql } from 'drizzle-orm'
import { cases, responses, systemVersions } from '#db/schema/cases.ts'
import { exposures } from '#db/schema/seal.ts'
import type { Database } from '#db/store.server.ts'
import { mostFound } from './findings.ts'
import { type RiskInput, riskOf } from './risk.ts'

const DAY = 86_400_000

/** The pools that something is measured with. */
export type UsedPool = 'active' | 'holdout'
export const USED_POOLS: readonly UsedPool[] = ['active', 'holdout']

export type CaseRisk = {
  id: string
  key: string
  pool: UsedPool
  category: string
  userSegment: string
  /** 0 to 100. */
  risk: number
  amounts: RiskInput
}

const enteredAt = sql<number>`coalesce(${cases.enteredPoolAt}, ${cases.createdAt})`.mapWith(Number)

/** The risk of the project's active and holdout cases at a moment; of one of them where its id is given. */
export async function caseRisks(
  read: Database,
  projectId: string,
  { at, caseId }: { at: number; caseId?: string },
): Promise<CaseRisk[]> {
  const wanted = and(
    eq(cases.projectId, projectId),
    isNull(cases.archivedAt),
    inArray(cases.pool, [...USED_POOLS]),
    caseId === undefined ? undefined : eq(cases.id, caseId),
  )
  const { id, key, pool, category, userSegment, sealed } = cases
  const rows = await read
    .select({ id, key, pool, category, userSegment, sealed, enteredAt })
    .from(cases)
    .where(wanted)
    .orderBy(asc(cases.id))
  const runs = await runsOf(read, wanted)
  const opened = await exposuresOf(read, projectId, caseId)
  const made = await versionsMade(read, projectId)
  const found = await mostFound(read, projectId, caseId)
  return rows.map(({ enteredAt: since, sealed: stillSealed, pool: in_, ...row }) => {
    const amounts: RiskInput = {
      found: found.get(row.id) ?? 0,
      runs: runs.get(row.id) ?? 0,
      changes: madeAfter(made, since),
      age: stillSealed ? 0 : Math.max(0, at - since) / DAY,
      exposures: opened.get(row.id) ?? 0,
    }
    return { ...row, pool: in_ as UsedPool, amounts, risk: riskOf(amounts) }
  })
}

async function runsOf(read: Database, wanted: SQL | undefined): Promise<Map<string, number>> {
  const rows = await read
    .select({ id: responses.caseId, n: count() })
    .from(responses)
    .innerJoin(cases, eq(cases.id, responses.caseId))
    .where(and(wanted, isNotNull(responses.systemVersionId), gte(responses.createdAt, enteredAt)))
    .groupBy(responses.caseId)
  return new Map(rows.map(({ id, n }) => [id, n]))
}

async function exposuresOf(read: Database, projectId: string, caseId?: string): Promise<Map<string, number>> {
  const rows = await read
    .select({ id: exposures.caseId, n: count() })
    .from(exposures)
    .where(caseId === undefined ? eq(exposures.projectId, projectId) : eq(exposures.caseId, caseId))
    .groupBy(exposures.caseId)
  return new Map(rows.map(({ id, n }) => [id, n]))
}

/** When each system version was made, in rising order. */
async function versionsMade(read: Database, projectId: string): Promise<number[]> {
  const rows = await read
    .select({ at: systemVersions.createdAt })
    .from(systemVersions)
    .where(eq(systemVersions.projectId, projectId))
    .orderBy(asc(systemVersions.createdAt))
  return rows.map(({ at }) => at)
}

/** How many of the rising moments are later than the given one. */
export function madeAfter(rising: readonly number[], since: number): number {
  let low = 0
  let high = rising.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((rising[middle] as number) > since) high = middle
    else low = middle + 1
  }
  return rising.length - low
}
