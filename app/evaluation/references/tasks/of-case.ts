import { and, asc, eq, inArray } from 'drizzle-orm'
import { demand, type Scope } from '#app/auth/permissions.ts'
import type { Quality } from '#db/schema/cases.ts'
import { users } from '#db/schema/people.ts'
import { referenceTasks } from '#db/schema/references.ts'
import type { Database } from '#db/store.server.ts'
import type { TaskKind } from './list.ts'
import { UNDER_WAY } from './make.ts'

/** A writing or a check under way; `taker` null: nobody has taken it yet. */
export type CaseTask = { id: string; kind: TaskKind; quality: Quality; taker: string | null; createdAt: number }

/** What is asked for of a case, the first asked first. */
export async function tasksOfCase(db: Database, scope: Scope, caseId: string): Promise<CaseTask[]> {
  demand(scope, 'cases.read')
  const rows = await db
    .select({
      id: referenceTasks.id,
      kind: referenceTasks.kind,
      quality: referenceTasks.quality,
      state: referenceTasks.state,
      taker: users.name,
      createdAt: referenceTasks.createdAt,
    })
    .from(referenceTasks)
    .leftJoin(users, eq(users.id, referenceTasks.takenBy))
    .where(
      and(
        eq(referenceTasks.caseId, caseId),
        eq(referenceTasks.projectId, scope.project.id),
        inArray(referenceTasks.state, [...UNDER_WAY]),
      ),
    )
    .orderBy(asc(referenceTasks.createdAt), asc(referenceTasks.id))
  return rows.map(({ state, taker, ...row }) => ({ ...row, taker: state === 'leased' ? taker : null }))
}
