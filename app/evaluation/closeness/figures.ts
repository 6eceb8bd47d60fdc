import { type SQL, sql } from 'drizzle-orm'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { cohenKappa } from '#app/stats/agreement/cohen.ts'
import { OUTCOMES, type Thresholds } from '#app/stats/closeness/outcome.ts'
import { exactOf, QUADRATIC } from '#app/stats/closeness/thresholds.ts'
import type { Estimated } from '#app/stats/estimate.ts'
import type { Database, Store } from '#db/store.server.ts'
import { inUseAsF } from '../references/in-use.ts'
import { type Calibration, CONVENTION, newestCalibration } from './calibration.ts'
import { type LastScoring, lastScoring } from './job.ts'
import { countPairs, type Measure } from './pairs.ts'

/** Responses of a system version in a segment by outcome, from below to high. */
export type OutcomeCounts = { system: string; category: string; userSegment: string; counts: number[] }

export type ClosenessFigures = {
  measure: Measure
  thresholds: Thresholds
  /** Null: the thresholds are a convention. */
  calibration: Calibration | null
  /** Agreement with experts of responses that had no part in choosing the thresholds; null without a calibration. */
  agreement: { exact: number; commonest: number; kappa: Estimated; confusion: number[][] } | null
  /** System versions in the order in which they were made. */
  systems: string[]
  rows: OutcomeCounts[]
  /** Scored responses of cases that have references of one quality only: they have no outcome. */
  withoutOutcome: number
  pairs: { all: number; unscored: number }
  scoring: LastScoring | null
}

/** How close the responses of every system version come to the references, by segment. */
export async function closenessFigures(
  { read }: Pick<Store, 'read'>,
  scope: Scope,
  measure: Measure,
): Promise<ClosenessFigures> {
  demand(scope, 'closeness.read')
  const projectId = scope.project.id
  const calibration = await newestCalibration(read, projectId, measure)
  const thresholds = calibration?.thresholds ?? CONVENTION
  const { rows, systems, withoutOutcome } = await countOutcomes(read, projectId, measure, thresholds)
  return {
    measure,
    thresholds,
    calibration,
    agreement: calibration && agreementOf(calibration.confusion),
    systems,
    rows,
    withoutOutcome,
    pairs: await countPairs(read, projectId, measure),
    scoring: await lastScoring(read, projectId),
  }
}

function agreementOf(cells: readonly number[]): ClosenessFigures['agreement'] {
  const counts = Uint32Array.from(cells)
  const items = cells.reduce((sum, n) => sum + n, 0)
  const confusion = OUTCOMES.map((_, i) => cells.slice(i * OUTCOMES.length, (i + 1) * OUTCOMES.length))
  const commonest = Math.max(...confusion.map((row) => row.reduce((sum, n) => sum + n, 0)))
  return {
    exact: exactOf(counts),
    commonest: items === 0 ? 0 : commonest / items,
    kappa: cohenKappa({ items, counts }, QUADRATIC),
    confusion,
  }
}

const outcome = ({ floor, lower, upper }: Thresholds): SQL => sql`case
  when y.high is null or y.borderline is null then -1
  when y.high < ${floor} and y.borderline < ${floor} then 0
  when y.high - y.borderline < ${lower} then 1
  when y.high - y.borderline < ${upper} then 2 else 3 end`

async function countOutcomes(db: Database, projectId: string, measure: Measure, thresholds: Thresholds) {
  const found = await db
    .select({
      system: sql<string>`v.name`,
      category: sql<string>`x.category`,
      userSegment: sql<string>`x.user_segment`,
      outcome: sql<number>`x.outcome`.mapWith(Number),
      n: sql<number>`x.n`.mapWith(Number),
    })
    .from(sql`(select z.system_version_id, z.category, z.user_segment, z.outcome, count(*) as n from (
      select y.system_version_id, y.category, y.user_segment, ${outcome(thresholds)} as outcome from (
        select r.id, r.system_version_id, c.category, c.user_segment,
          max(case when f.quality = 'high' then s.value end) as high,
          max(case when f.quality = 'borderline' then s.value end) as borderline
        from responses r join cases c on c.id = r.case_id
          join closeness_scores s on s.response_id = r.id and s.measure = ${measure}
          join reference_answers f on f.id = s.reference_id and ${inUseAsF}
        where r.project_id = ${projectId} and r.system_version_id is not null and c.pool = 'active' and not c.sealed
          and c.archived_at is null
        group by r.id, r.system_version_id, c.category, c.user_segment) y) z
      group by z.system_version_id, z.category, z.user_segment, z.outcome) x
      join system_versions v on v.id = x.system_version_id`)
    .orderBy(sql`v.created_at`, sql`v.id`, sql`x.category`, sql`x.user_segment`)
  const rows: OutcomeCounts[] = []
  let withoutOutcome = 0
  for (const { n, outcome: place, ...of } of found) {
    if (place < 0) {
      withoutOutcome += n
      continue
    }
    const last = rows.at(-1)
    const same = last?.system === of.system && last.category === of.category && last.userSegment === of.userSegment
    const row = same ? last : { ...of, counts: OUTCOMES.map(() => 0) }
    row.counts[place] = n
    if (!same) rows.push(row)
  }
  return { rows, systems: [...new Set(found.map(({ system }) => system))], withoutOutcome }
}
