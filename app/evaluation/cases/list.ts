import { and, asc, count, desc, eq, inArray, isNull, sql } from 'drizzle-orm'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { cases, type Pool, type Quality, references, responses } from '#db/schema/cases.ts'
import type { Database, Store } from '#db/store.server.ts'
import { inUse } from '../references/in-use.ts'
import { type CaseFilter, caseConditions } from './matching.ts'

export const CASE_ORDERS = ['newest', 'key'] as const

export type CaseQuery = CaseFilter & { order: (typeof CASE_ORDERS)[number]; page: number; size: number }

export type ListedCase = {
  id: string
  key: string
  /** Its text may be read through an assignment alone. */
  sealed: boolean
  /** How the input begins; nothing where it is sealed. */
  beginning: string
  category: string
  userSegment: string
  pool: Pool
  createdAt: number
  archivedAt: number | null
  /** The qualities of which there is a reference, and those of which a second person has validated one. */
  references: Quality[]
  validated: Quality[]
  responses: number
}

const BEGINNING = 200

/** A page of the project's cases that pass a filter. `page` counts from 1. */
export async function listCases(
  { read }: Pick<Store, 'read'>,
  scope: Scope,
  { order, page, size, ...filter }: CaseQuery,
): Promise<{ cases: ListedCase[]; total: number }> {
  demand(scope, 'cases.read')
  const conditions = caseConditions(read, scope.project.id, filter)
  const [counted] = await read.select({ n: count() }).from(cases).where(conditions)
  const rows = await read
    .select({
      id: cases.id,
      key: cases.key,
      sealed: cases.sealed,
      beginning: sql<string>`substr(${cases.input}, 1, ${sql.raw(String(BEGINNING))})`,
      category: cases.category,
      userSegment: cases.userSegment,
      pool: cases.pool,
      createdAt: cases.createdAt,
      archivedAt: cases.archivedAt,
    })
    .from(cases)
    .where(conditions)
    .orderBy(...(order === 'key' ? [asc(cases.key)] : [desc(cases.createdAt), desc(cases.id)]))
    .limit(size)
    .offset((page - 1) * size)
  const ids = rows.map(({ id }) => id)
  const [qualities, answered] = [await qualitiesOf(read, ids), await responsesOf(read, ids)]
  return {
    cases: rows.map((row) => ({
      ...row,
      references: qualities.get(row.id)?.all ?? [],
      validated: qualities.get(row.id)?.validated ?? [],
      responses: answered.get(row.id) ?? 0,
    })),
    total: counted?.n ?? 0,
  }
}

type Qualities = { all: Quality[]; validated: Quality[] }

async function qualitiesOf(read: Database, ids: string[]): Promise<Map<string, Qualities>> {
  const found = new Map<string, Qualities>()
  if (ids.length === 0) return found
  const rows = await read
    .selectDistinct({ caseId: references.caseId, quality: references.quality, state: references.state })
    .from(references)
    .where(and(inArray(references.caseId, ids), inUse))
  for (const { caseId, quality, state } of rows) {
    const known = found.get(caseId) ?? { all: [], validated: [] }
    if (!known.all.includes(quality)) known.all.push(quality)
    if (state === 'validated') known.validated.push(quality)
    found.set(caseId, known)
  }
  return found
}

async function responsesOf(read: Database, ids: string[]): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map()
  const rows = await read
    .select({ caseId: responses.caseId, n: count() })
    .from(responses)
    .where(and(inArray(responses.caseId, ids), isNull(responses.referenceId)))
    .groupBy(responses.caseId)
  return new Map(rows.map(({ caseId, n }) => [caseId, n]))
}

/** How many cases the project has, archived ones apart: what an empty list means depends on it. */
export async function countCases(
  { read }: Pick<Store, 'read'>,
  scope: Scope,
): Promise<{ current: number; archived: number }> {
  demand(scope, 'cases.read')
  const [row] = await read
    .select({ all: count(), archived: count(cases.archivedAt) })
    .from(cases)
    .where(eq(cases.projectId, scope.project.id))
  const { all, archived } = row ?? { all: 0, archived: 0 }
  return { current: all - archived, archived }
}
