import { and, asc, eq } from 'drizzle-orm'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { type Metadata, responses, systemVersions } from '#db/schema/cases.ts'
import type { Store } from '#db/store.server.ts'

export type ListedResponse = { id: string; system: string; text: string; metadata: Metadata; createdAt: number }

/** What the system versions answered to a case, in the order in which the versions were made. */
export async function listResponses(
  { read }: Pick<Store, 'read'>,
  scope: Scope,
  caseId: string,
): Promise<ListedResponse[]> {
  demand(scope, 'cases.read')
  return read
    .select({
      id: responses.id,
      system: systemVersions.name,
      text: responses.text,
      metadata: responses.metadata,
      createdAt: responses.createdAt,
    })
    .from(responses)
    .innerJoin(systemVersions, eq(systemVersions.id, responses.systemVersionId))
    .where(and(eq(responses.caseId, caseId), eq(responses.projectId, scope.project.id)))
    .orderBy(asc(systemVersions.createdAt), asc(systemVersions.id))
}
