import { type SQL, sql } from 'drizzle-orm'
import { demand, type Scope } from '#app/auth/permissions.ts'
import type { Quality } from '#db/schema/cases.ts'
import type { Database, Store } from '#db/store.server.ts'
import { misplacedIds } from './placement/rated.ts'

export const ASKED_FILTERS = ['any', 'no', 'yes'] as const

export type MissingFilter = {
  category: string | null
  userSegment: string | null
  quality: Quality | null
  pool: 'active' | 'holdout' | null
  /** Whether a writing or a check is under way for it. */
  asked: (typeof ASKED_FILTERS)[number]
}

/** Why a case has no validated reference of a quality. */
export const WHY_MISSING = ['none', 'unchecked', 'refused', 'not what it says'] as const
export type WhyMissing = (typeof WHY_MISSING)[number]

export type MissingReference = {
  caseId: string
  key: string
  category: string
  userSegment: string
  pool: 'active' | 'holdout'
  quality: Quality
  why: WhyMissing
  /** What is under way. */
  task: { id: string; kind: 'write' | 'check'; taker: string | null } | null
}

export const MISSING_PER_PAGE = 50

/** A page of what the active and sealed cases lack, `page` from 1. */
export async function listMissing(
  { read }: Pick<Store, 'read'>,
  scope: Scope,
  filter: MissingFilter & { page: number },
): Promise<{ missing: MissingReference[]; total: number }> {
  const { rows, total } = await missingRows(read, scope, filter, {
    limit: MISSING_PER_PAGE,
    offset: (filter.page - 1) * MISSING_PER_PAGE,
  })
  return { missing: rows, total }
}

/** How many cases have all they need, of how many. */
export async function countWhole(
  { read }: Pick<Store, 'read'>,
  scope: Scope,
): Promise<{ cases: number; whole: number }> {
  demand(scope, 'cases.read')
  const all = EVERYTHING
  const [row] = await read.select({ cases: counted('cases'), lacking: counted('lacking') }).from(sql`(select
      (select count(*) from cases c where c.project_id = ${scope.project.id} and c.archived_at is null
        and c.pool in ('active', 'holdout')) as cases,
      (select count(distinct c.id) ${lacking(scope.project.id, all)}) as lacking) x`)
  const cases = row?.cases ?? 0
  return { cases, whole: cases - (row?.lacking ?? 0) }
}

/** How many active cases lack a reference they need: a count alone, for whoever may see what the pools hold. */
export async function countLacking(read: Database, projectId: string): Promise<number> {
  const from = lacking(projectId, { ...EVERYTHING, pool: 'active' })
  const [row] = await read.select({ n: counted('n') }).from(sql`(select count(distinct c.id) as n ${from}) x`)
  return row?.n ?? 0
}

const EVERYTHING: MissingFilter = { category: null, userSegment: null, quality: null, pool: null, asked: 'any' }

const counted = (column: string) => sql<number>`${sql.raw(`x.${column}`)}`.mapWith(Number)

/** What passes the filter, by key and quality; used by the list and by asking in bulk. */
export async function missingRows(
  read: Database,
  scope: Scope,
  filter: MissingFilter,
  { limit, offset }: { limit: number; offset: number },
): Promise<{ rows: MissingReference[]; total: number }> {
  demand(scope, 'cases.read')
  const from = lacking(scope.project.id, filter)
  const [all] = await read.select({ n: counted('n') }).from(sql`(select count(*) as n ${from}) x`)
  const rows = await read
    .select({
      caseId: sql<string>`x.id`,
      key: sql<string>`x.key`,
      category: sql<string>`x.category`,
      userSegment: sql<string>`x.user_segment`,
      pool: sql<'active' | 'holdout'>`x.pool`,
      quality: sql<Quality>`x.quality`,
      why: sql<WhyMissing>`x.why`,
      taskId: sql<string | null>`x.task_id`,
      kind: sql<'write' | 'check' | null>`k.kind`,
      taker: sql<string | null>`u.name`,
    })
    .from(sql`(select c.id, c.key, c.category, c.user_segment, c.pool, q.quality, ${WHY} as why, ${TASK} as task_id ${from}
        order by c.key, q.quality desc limit ${limit} offset ${offset}) x
      left join reference_tasks k on k.id = x.task_id
      left join users u on u.id = k.taken_by and k.state = 'leased'`)
    .orderBy(sql`x.key`, sql`x.quality desc`)
  return {
    rows: rows.map(({ taskId, kind, taker, ...row }) => ({
      ...row,
      task: taskId === null || kind === null ? null : { id: taskId, kind, taker },
    })),
    total: all?.n ?? 0,
  }
}

const ofQuality = sql`f.case_id = c.id and f.quality = q.quality and f.superseded_at is null`

/** Cases `c` and qualities `q` of which there is no validated reference that raters place where it says. */
function lacking(projectId: string, { category, userSegment, quality, pool, asked }: MissingFilter): SQL {
  const underWay = sql`${TASK} is not null`
  const conditions = [
    sql`c.project_id = ${projectId} and c.archived_at is null`,
    pool === null ? sql`c.pool in ('active', 'holdout')` : sql`c.pool = ${pool}`,
    sql`not exists (select 1 from reference_answers f where ${ofQuality} and f.state = 'validated'
      and f.id not in ${misplacedIds(projectId)})`,
    ...(category === null ? [] : [sql`c.category = ${category}`]),
    ...(userSegment === null ? [] : [sql`c.user_segment = ${userSegment}`]),
    ...(quality === null ? [] : [sql`q.quality = ${quality}`]),
    ...(asked === 'any' ? [] : [asked === 'yes' ? underWay : sql`not (${underWay})`]),
  ]
  return sql`from cases c cross join (select 'high' as quality union all select 'borderline') q
    where ${sql.join(conditions, sql` and `)}`
}

const TASK = sql`(select min(k.id) from reference_tasks k
  where k.case_id = c.id and k.quality = q.quality and k.state in ('open', 'leased'))`

const WHY = sql`case
  when exists (select 1 from reference_answers f where ${ofQuality} and f.state = 'validated') then 'not what it says'
  when exists (select 1 from reference_answers f where ${ofQuality} and f.state = 'written') then 'unchecked'
  when exists (select 1 from reference_answers f where ${ofQuality} and f.state = 'refused' and f.from_rating_id is null)
    then 'refused' else 'none' end`
