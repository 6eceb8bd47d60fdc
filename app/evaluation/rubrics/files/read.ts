import { asc, eq } from 'drizzle-orm'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { rubrics, rubricVersions } from '#db/schema/rubrics.ts'
import type { Database } from '#db/store.server.ts'
import { dimensionsOfAll } from '../read.ts'
import { baseOf } from '../versions.ts'
import type { FiledVersion } from './content.ts'

export type StoredRubric = {
  id: string
  key: string
  name: string
  /** The oldest first. */
  versions: (FiledVersion & { id: string })[]
}

/** Every rubric of the project with all its versions in full, by key. */
export async function storedRubrics(db: Database, scope: Scope): Promise<Map<string, StoredRubric>> {
  demand(scope, 'rubrics.write')
  const rows = await db
    .select({ rubric: rubrics, version: rubricVersions })
    .from(rubrics)
    .innerJoin(rubricVersions, eq(rubricVersions.rubricId, rubrics.id))
    .where(eq(rubrics.projectId, scope.project.id))
    .orderBy(asc(rubrics.key), asc(rubricVersions.number))
  const versions = rows.map(({ version }) => version)
  const contents = await dimensionsOfAll(
    db,
    versions.map(({ id }) => id),
  )
  const found = new Map<string, StoredRubric>()
  for (const { rubric, version } of rows) {
    const { id, key, name } = rubric
    const known = found.get(key) ?? { id, key, name, versions: [] }
    found.set(key, known)
    known.versions.push({
      id: version.id,
      rubric: { key, name },
      number: version.number,
      state: version.state,
      basedOn: baseOf(version, versions)?.number ?? null,
      changeNote: version.changeNote,
      content: { dimensions: contents.get(version.id) ?? [] },
    })
  }
  return found
}
