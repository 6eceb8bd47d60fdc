/** The ledger: every opening of a sealed case, for ever. */
import { and, count, desc, countDistinct as distinct, eq, gte, inArray, lt, or, type SQL } from 'drizzle-orm'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { cases } from '#db/schema/cases.ts'
import { users } from '#db/schema/people.ts'
import { assignments, rounds } from '#db/schema/rounds.ts'
import { type ExposedFor, exposures } from '#db/schema/seal.ts'
import type { Database, Store } from '#db/store.server.ts'
import { pieces } from '../imports/rows.ts'

export type ExposureFilter = {
  /** The key of a case. */
  key: string
  personId: string | null
  exposedFor: ExposedFor | null
  /** From this moment, and before this one, in ms. */
  from: number | null
  to: number | null
}

export type ListedExposure = {
  id: string
  case: { id: string; key: string }
  person: string
  exposedFor: ExposedFor
  /** Of the assignment, where it was opened through one. */
  round: string | null
  assignmentId: string | null
  taskId: string | null
  breakGlassId: string | null
  openedAt: number
}

const which = (scope: Scope, { key, personId, exposedFor, from, to }: ExposureFilter): SQL | undefined =>
  and(
    eq(exposures.projectId, scope.project.id),
    key === '' ? undefined : eq(cases.key, key),
    personId === null ? undefined : eq(exposures.userId, personId),
    exposedFor === null ? undefined : eq(exposures.exposedFor, exposedFor),
    from === null ? undefined : gte(exposures.openedAt, from),
    to === null ? undefined : lt(exposures.openedAt, to),
  )

const rows = (read: Database) =>
  read
    .select({
      id: exposures.id,
      case: { id: cases.id, key: cases.key },
      person: users.name,
      exposedFor: exposures.exposedFor,
      round: rounds.name,
      assignmentId: exposures.assignmentId,
      taskId: exposures.taskId,
      breakGlassId: exposures.breakGlassId,
      openedAt: exposures.openedAt,
    })
    .from(exposures)
    .innerJoin(cases, eq(cases.id, exposures.caseId))
    .innerJoin(users, eq(users.id, exposures.userId))
    .leftJoin(assignments, eq(assignments.id, exposures.assignmentId))
    .leftJoin(rounds, eq(rounds.id, assignments.roundId))

/** A page of the ledger, the newest first; `page` counts from 1. */
export async function listExposures(
  { read }: Pick<Store, 'read'>,
  scope: Scope,
  { page, size, ...filter }: ExposureFilter & { page: number; size: number },
): Promise<{ exposures: ListedExposure[]; total: number; cases: number; people: number }> {
  demand(scope, 'exposures.read')
  const conditions = which(scope, filter)
  const [counted] = await read
    .select({ n: count(), cases: distinct(exposures.caseId), people: distinct(exposures.userId) })
    .from(exposures)
    .innerJoin(cases, eq(cases.id, exposures.caseId))
    .where(conditions)
  const listed = await rows(read)
    .where(conditions)
    .orderBy(desc(exposures.openedAt), desc(exposures.id))
    .limit(size)
    .offset((page - 1) * size)
  return { exposures: listed, total: counted?.n ?? 0, cases: counted?.cases ?? 0, people: counted?.people ?? 0 }
}

const PAGE = 1_000

/** The whole of it, page by page, the newest first: for a file that no ledger is too long for. */
export async function* readExposures(
  { read }: Pick<Store, 'read'>,
  scope: Scope,
  filter: ExposureFilter,
): AsyncGenerator<ListedExposure[]> {
  demand(scope, 'exposures.read')
  for (let last: ListedExposure | undefined; ; ) {
    const older =
      last &&
      or(lt(exposures.openedAt, last.openedAt), and(eq(exposures.openedAt, last.openedAt), lt(exposures.id, last.id)))
    const page = await rows(read)
      .where(and(which(scope, filter), older))
      .orderBy(desc(exposures.openedAt), desc(exposures.id))
      .limit(PAGE)
    if (page.length > 0) yield page
    last = page.at(-1)
    if (!last || page.length < PAGE) return
  }
}

/** How often each of the cases was opened, and by how many people. */
export async function countExposures(
  read: Database,
  caseIds: readonly string[],
): Promise<Map<string, { openings: number; people: number }>> {
  const found = new Map<string, { openings: number; people: number }>()
  for (const piece of pieces(caseIds)) {
    const counted = await read
      .select({ caseId: exposures.caseId, openings: count(), people: distinct(exposures.userId) })
      .from(exposures)
      .where(inArray(exposures.caseId, piece))
      .groupBy(exposures.caseId)
    for (const { caseId, ...counts } of counted) found.set(caseId, counts)
  }
  return found
}

/** The people who opened something sealed, by name: for a filter. */
export async function exposedPeople(
  { read }: Pick<Store, 'read'>,
  scope: Scope,
): Promise<{ id: string; name: string }[]> {
  demand(scope, 'exposures.read')
  return await read
    .selectDistinct({ id: users.id, name: users.name })
    .from(exposures)
    .innerJoin(users, eq(users.id, exposures.userId))
    .where(eq(exposures.projectId, scope.project.id))
    .orderBy(users.name, users.id)
}
