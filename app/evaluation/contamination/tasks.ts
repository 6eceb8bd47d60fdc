/** The contamination of a project's pools, computed off the request and kept while nothing of it changes. */
import { and, count, eq, max } from 'drizzle-orm'
import { now } from '#app/ambient.ts'
import type { Task } from '#app/evaluation/computing/task.ts'
import { cases, responses, systemVersions } from '#db/schema/cases.ts'
import { poolMoves } from '#db/schema/pools.ts'
import { scans } from '#db/schema/scans.ts'
import { exposures } from '#db/schema/seal.ts'
import type { Database } from '#db/store.server.ts'
import { type CaseRisk, caseRisks } from './amounts.ts'
import { type RiskSpread, spreadsOf } from './spread.ts'

const DAY = 86_400_000

/** So many of the worst are listed. */
export const WORST = 1_000

export type Contamination = { spreads: RiskSpread[]; worst: CaseRisk[] }

/** `day` counts from 1970 UTC: age is reckoned to its end, so that figures change once a day and not at every look. */
export type ContaminationAsked = { projectId: string; day: number }

export const today = (): number => Math.floor(now() / DAY)

async function contamination(read: Database, { projectId, day }: ContaminationAsked): Promise<Contamination> {
  const risks = await caseRisks(read, projectId, { at: (day + 1) * DAY })
  const worst = risks.toSorted((a, b) => b.risk - a.risk || (a.key < b.key ? -1 : 1)).slice(0, WORST)
  return { spreads: spreadsOf(risks), worst }
}

/** Counts and moments that cannot come back to what they were with another result. */
async function state(read: Database, { projectId }: ContaminationAsked) {
  const n = count()
  const [known] = await read
    .select({ n, archived: count(cases.archivedAt), last: max(cases.archivedAt) })
    .from(cases)
    .where(eq(cases.projectId, projectId))
  // By system version, since there an index counts; references laid before raters do not matter here.
  const [answered] = await read
    .select({ n })
    .from(systemVersions)
    .innerJoin(responses, eq(responses.systemVersionId, systemVersions.id))
    .where(eq(systemVersions.projectId, projectId))
  const [opened] = await read.select({ n }).from(exposures).where(eq(exposures.projectId, projectId))
  const [moved] = await read
    .select({ n, last: max(poolMoves.movedAt) })
    .from(poolMoves)
    .where(eq(poolMoves.projectId, projectId))
  const [versions] = await read.select({ n }).from(systemVersions).where(eq(systemVersions.projectId, projectId))
  const [scanned] = await read.select({ n }).from(scans).where(eq(scans.projectId, projectId))
  const [closed] = await read
    .select({ n })
    .from(cases)
    .where(and(eq(cases.projectId, projectId), eq(cases.sealed, true)))
  const counts = [
    known?.archived,
    known?.last,
    answered?.n,
    opened?.n,
    moved?.n,
    moved?.last,
    versions?.n,
    scanned?.n,
    closed?.n,
  ]
  return { ratings: known?.n ?? 0, counts }
}

export const CONTAMINATION: Task<ContaminationAsked, Contamination> = {
  run: contamination,
  state,
  elsewhereFrom: 2_000,
  takes: 'seconds',
}
