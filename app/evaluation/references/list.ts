import { and, asc, eq } from 'drizzle-orm'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { type Quality, references } from '#db/schema/cases.ts'
import { users } from '#db/schema/people.ts'
import type { Store } from '#db/store.server.ts'

export type ListedReference = {
  id: string
  quality: Quality
  text: string
  author: string | null
  createdAt: number
  supersededAt: number | null
}

/** All references of a case, superseded ones too, the oldest first. */
export async function listReferences(
  { read }: Pick<Store, 'read'>,
  scope: Scope,
  caseId: string,
): Promise<ListedReference[]> {
  demand(scope, 'cases.read')
  return read
    .select({
      id: references.id,
      quality: references.quality,
      text: references.text,
      author: users.name,
      createdAt: references.createdAt,
      supersededAt: references.supersededAt,
    })
    .from(references)
    .leftJoin(users, eq(users.id, references.authorId))
    .where(and(eq(references.caseId, caseId), eq(references.projectId, scope.project.id)))
    .orderBy(asc(references.createdAt), asc(references.id))
}
