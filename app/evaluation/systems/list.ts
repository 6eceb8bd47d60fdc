import { and, count, desc, eq, isNull, sql } from 'drizzle-orm'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { cases, responses, systemVersions } from '#db/schema/cases.ts'
import { items } from '#db/schema/rounds.ts'
import type { Store } from '#db/store.server.ts'

export type ListedSystem = {
  id: string
  name: string
  notes: string
  createdAt: number
  /** Cases it answered, archived ones left out. */
  responses: number
  /** Of these, the share of the project's cases; null without cases. */
  share: number | null
  lastResponseAt: number | null
  /** Items of rounds that are responses of this version. */
  items: number
  ratings: number
}

/** The project's system versions, the newest first. */
export async function listSystems({ read }: Pick<Store, 'read'>, scope: Scope): Promise<ListedSystem[]> {
  demand(scope, 'cases.read')
  const mine = eq(systemVersions.projectId, scope.project.id)
  const [all] = await read
    .select({ n: count() })
    .from(cases)
    .where(and(eq(cases.projectId, scope.project.id), isNull(cases.archivedAt)))
  const rows = await read
    .select()
    .from(systemVersions)
    .where(mine)
    .orderBy(desc(systemVersions.createdAt), desc(systemVersions.id))
  const answered = await read
    .select({ id: responses.systemVersionId, n: count(), last: sql`max(${responses.createdAt})`.mapWith(Number) })
    .from(responses)
    .innerJoin(cases, and(eq(cases.id, responses.caseId), isNull(cases.archivedAt)))
    .where(eq(responses.projectId, scope.project.id))
    .groupBy(responses.systemVersionId)
  const rated = await read
    .select({ id: responses.systemVersionId, items: count(), ratings: sql`sum(${items.done})`.mapWith(Number) })
    .from(items)
    .innerJoin(responses, eq(responses.id, items.responseId))
    .where(eq(responses.projectId, scope.project.id))
    .groupBy(responses.systemVersionId)
  return rows.map(({ id, name, notes, createdAt }) => {
    const own = answered.find((one) => one.id === id)
    const inRounds = rated.find((one) => one.id === id)
    return {
      id,
      name,
      notes,
      createdAt,
      responses: own?.n ?? 0,
      share: all && all.n > 0 ? (own?.n ?? 0) / all.n : null,
      lastResponseAt: own?.last ?? null,
      items: inRounds?.items ?? 0,
      ratings: inRounds?.ratings ?? 0,
    }
  })
}
