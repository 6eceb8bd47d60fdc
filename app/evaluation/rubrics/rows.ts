/** The rows that a version is stored in. */
import { and, eq, inArray } from 'drizzle-orm'
import { newId, now } from '#app/ambient.ts'
import { accountOf, type Scope } from '#app/auth/permissions.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { dimensions, levels, rubrics, rubricVersions } from '#db/schema/rubrics.ts'
import type { Database } from '#db/store.server.ts'
import { contentHashOf, type RubricContent } from './content.ts'

export type StoredVersion = typeof rubricVersions.$inferSelect & { rubric: { key: string; name: string } }

/** The row of a version, and its rubric's names. Throws `missing` for one that is not of this project. */
export async function versionRow(tx: Database, scope: Scope, versionId: string): Promise<StoredVersion> {
  const [found] = await tx
    .select({ version: rubricVersions, rubric: { key: rubrics.key, name: rubrics.name } })
    .from(rubricVersions)
    .innerJoin(rubrics, eq(rubrics.id, rubricVersions.rubricId))
    .where(and(eq(rubricVersions.id, versionId), eq(rubrics.projectId, scope.project.id)))
  if (!found) throw new Problem('missing', 'This version of a rubric is not here.')
  return { ...found.version, rubric: found.rubric }
}

/** Inserts a draft with its content; returns its id. */
export async function insertDraft(
  tx: Database,
  scope: Scope,
  place: { rubricId: string; number: number; basedOnId: string | null },
  values: RubricContent & { changeNote?: string },
): Promise<string> {
  const id = newId()
  await tx.insert(rubricVersions).values({
    id,
    ...place,
    state: 'draft',
    changeNote: values.changeNote ?? '',
    contentHash: contentHashOf(values),
    createdBy: accountOf(scope),
    createdAt: now(),
  })
  await insertContent(tx, id, values)
  return id
}

/** Inserts the dimensions and levels of a draft that has none. */
export async function insertContent(tx: Database, versionId: string, content: RubricContent): Promise<void> {
  const rows = content.dimensions.map((dimension, position) => ({ ...dimension, id: newId(), position }))
  await tx.insert(dimensions).values(
    rows.map(({ id, position, key, name, description, weight, rationaleAtOrBelow }) => ({
      id,
      rubricVersionId: versionId,
      position,
      key,
      name,
      description: description ?? '',
      weight: weight ?? 1,
      rationaleAtOrBelow: rationaleAtOrBelow ?? null,
    })),
  )
  await tx.insert(levels).values(
    rows.flatMap((dimension) =>
      dimension.levels.map(({ value, label, anchor, examples }) => ({
        dimensionId: dimension.id,
        value,
        label: label ?? '',
        anchor,
        examples: [...(examples ?? [])],
      })),
    ),
  )
}

/** Deletes the dimensions and levels of a draft. */
export async function removeContent(tx: Database, versionId: string): Promise<void> {
  const own = tx.select({ id: dimensions.id }).from(dimensions).where(eq(dimensions.rubricVersionId, versionId))
  await tx.delete(levels).where(inArray(levels.dimensionId, own))
  await tx.delete(dimensions).where(eq(dimensions.rubricVersionId, versionId))
}
