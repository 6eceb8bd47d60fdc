import { and, eq, isNull, lt, ne, or, type SQL, sql } from 'drizzle-orm'
import type { Scope } from '#app/auth/permissions.ts'
import { isBarred } from '#app/evaluation/seal/barred.ts'
import { cases, references } from '#db/schema/cases.ts'
import { referenceTasks } from '#db/schema/references.ts'

/** How long a task stays with somebody who gives no sign; each draft that is saved starts it anew. */
export const TASK_LEASE_MS = 60 * 60_000

/** Whether what is sealed may be opened to these roles: by raters who neither own nor build what is measured. */
export const maySeeSealed = ({ roles }: Pick<Scope, 'roles'>): boolean => roles.includes('rater') && !isBarred(roles)

/** Nobody has it: it is open, or whoever took it gave no sign for too long. */
export const free = (at: number): SQL =>
  or(
    eq(referenceTasks.state, 'open'),
    and(eq(referenceTasks.state, 'leased'), lt(referenceTasks.leaseExpiresAt, at)),
  ) as SQL

/** The person has it in hand. */
export const inHandOf = (userId: string): SQL =>
  and(eq(referenceTasks.state, 'leased'), eq(referenceTasks.takenBy, userId)) as SQL

/**
 * Whether the person may have a task at all, its state apart: a check is never for the author, what is sealed is for raters
 * alone, and a case of which one has a response in hand to rate is not read from another side meanwhile. Needs `cases`
 * joined, and `references` on what is to be checked.
 */
export function mayHave(scope: Scope): SQL {
  const me = scope.user.id
  return and(
    eq(referenceTasks.projectId, scope.project.id),
    isNull(cases.archivedAt),
    ne(cases.pool, 'retired'),
    maySeeSealed(scope) ? undefined : eq(cases.sealed, false),
    or(eq(referenceTasks.kind, 'write'), isNull(references.authorId), ne(references.authorId, me)),
    sql`not exists (select 1 from assignments a join items i on i.id = a.item_id
      where a.rater_id = ${me} and a.state in ('leased', 'reserved') and i.case_id = ${referenceTasks.caseId})`,
  ) as SQL
}
