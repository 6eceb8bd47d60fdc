import { aliasedTable, and, asc, eq } from 'drizzle-orm'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { type Quality, type ReferenceState, references } from '#db/schema/cases.ts'
import { users } from '#db/schema/people.ts'
import { rubrics, rubricVersions } from '#db/schema/rubrics.ts'
import type { Store } from '#db/store.server.ts'

export type ListedReference = {
  id: string
  quality: Quality
  text: string
  state: ReferenceState
  author: string | null
  /** The rubric version it was written for; null: none was known. */
  rubric: { name: string; version: number } | null
  /** Who said yes or no, when, and why; null: nobody yet. */
  check: { by: string | null; at: number; note: string } | null
  /** Whether a rater offered it beside a rating. */
  offered: boolean
  /** The one it took the place of. */
  supersedesId: string | null
  createdAt: number
  supersededAt: number | null
}

const checkers = aliasedTable(users, 'checkers')

/** All references of a case, superseded, refused and offered ones too, the oldest first. */
export async function listReferences(
  { read }: Pick<Store, 'read'>,
  scope: Scope,
  caseId: string,
): Promise<ListedReference[]> {
  demand(scope, 'cases.read')
  const rows = await read
    .select({
      row: references,
      author: users.name,
      checker: checkers.name,
      rubric: rubrics.name,
      version: rubricVersions.number,
    })
    .from(references)
    .leftJoin(users, eq(users.id, references.authorId))
    .leftJoin(checkers, eq(checkers.id, references.checkedBy))
    .leftJoin(rubricVersions, eq(rubricVersions.id, references.rubricVersionId))
    .leftJoin(rubrics, eq(rubrics.id, rubricVersions.rubricId))
    .where(and(eq(references.caseId, caseId), eq(references.projectId, scope.project.id)))
    .orderBy(asc(references.createdAt), asc(references.id))
  return rows.map(({ row, author, checker, rubric, version }) => ({
    id: row.id,
    quality: row.quality,
    text: row.text,
    state: row.state,
    author,
    rubric: rubric === null || version === null ? null : { name: rubric, version },
    check: row.checkedAt === null ? null : { by: checker, at: row.checkedAt, note: row.checkNote },
    offered: row.fromRatingId !== null,
    supersedesId: row.supersedesId,
    createdAt: row.createdAt,
    supersededAt: row.supersededAt,
  }))
}
