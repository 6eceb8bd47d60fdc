import { and, desc, eq, ne } from 'drizzle-orm'
import { rounds } from '#db/schema/rounds.ts'
import { rubrics, rubricVersions } from '#db/schema/rubrics.ts'
import type { Database } from '#db/store.server.ts'

/**
 * The rubric version that a reference written now is written for: the newest published one of the rubric that the newest
 * round is rated under, else of any; null where nothing is published.
 */
export async function versionToWriteFor(db: Database, projectId: string): Promise<string | null> {
  const [round] = await db
    .select({ rubricId: rubricVersions.rubricId })
    .from(rounds)
    .innerJoin(rubricVersions, eq(rubricVersions.id, rounds.rubricVersionId))
    .where(and(eq(rounds.projectId, projectId), ne(rounds.state, 'making')))
    .orderBy(desc(rounds.createdAt), desc(rounds.id))
    .limit(1)
  const [version] = await db
    .select({ id: rubricVersions.id })
    .from(rubricVersions)
    .innerJoin(rubrics, eq(rubrics.id, rubricVersions.rubricId))
    .where(
      and(
        eq(rubrics.projectId, projectId),
        eq(rubricVersions.state, 'published'),
        round ? eq(rubrics.id, round.rubricId) : undefined,
      ),
    )
    .orderBy(desc(rubricVersions.publishedAt), desc(rubricVersions.id))
    .limit(1)
  return version?.id ?? null
}
