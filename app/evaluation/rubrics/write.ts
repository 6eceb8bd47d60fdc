import { and, desc, eq } from 'drizzle-orm'
import { newId, now } from '#app/ambient.ts'
import { accountOf, demand, type Scope } from '#app/auth/permissions.ts'
import { record } from '#app/evaluation/audit/record.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { isUniqueViolation } from '#db/errors.ts'
import { dimensions, levels, rubrics, rubricVersions } from '#db/schema/rubrics.ts'
import type { Database } from '#db/store.server.ts'
import { checkContent, contentHashOf, isKey, type RubricContent } from './content.ts'

export type NewRubric = RubricContent & { key: string; name: string; changeNote?: string }
export type NewVersion = RubricContent & { changeNote?: string }
export type MadeVersion = { rubricId: string; versionId: string; number: number }

/**
 * A new rubric with version 1 as a draft. Runs inside the caller's transaction.
 *
 * @throws Problem `invalid` for content that is no rubric (`checkContent`), `conflict` when the key is taken
 */
export async function createRubric(tx: Database, scope: Scope, values: NewRubric): Promise<MadeVersion> {
  demand(scope, 'rubrics.write')
  checkContent(values)
  if (!isKey(values.key))
    throw new Problem('invalid', 'A rubric’s key must be 1 to 64 letters, digits, “-” or “_”.', {
      fields: { key: 'Use letters, digits, “-” and “_”.' },
    })
  const rubricId = newId()
  const row = { id: rubricId, projectId: scope.project.id, key: values.key, name: values.name, createdAt: now() }
  try {
    await tx.insert(rubrics).values(row)
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    throw new Problem('conflict', `There is a rubric "${values.key}" already. Add a version to it instead.`)
  }
  const versionId = await insertDraft(tx, scope, rubricId, 1, values)
  const detail = { key: values.key, contentHash: contentHashOf(values) }
  await record(tx, event(scope, 'rubric.created', versionId, { ...detail, version: 1 }))
  return { rubricId, versionId, number: 1 }
}

/**
 * The next version of a rubric, as a draft. Runs inside the caller's transaction.
 *
 * @throws Problem `missing` for a rubric that is not of this project, `conflict` when it says the same as the version before
 */
export async function createVersion(
  tx: Database,
  scope: Scope,
  rubricId: string,
  values: NewVersion,
): Promise<MadeVersion> {
  demand(scope, 'rubrics.write')
  checkContent(values)
  const [last] = await tx
    .select({ number: rubricVersions.number, contentHash: rubricVersions.contentHash })
    .from(rubrics)
    .innerJoin(rubricVersions, eq(rubricVersions.rubricId, rubrics.id))
    .where(and(eq(rubrics.id, rubricId), eq(rubrics.projectId, scope.project.id)))
    .orderBy(desc(rubricVersions.number))
    .limit(1)
  if (!last) throw new Problem('missing', 'This rubric is not here.')
  const contentHash = contentHashOf(values)
  if (last.contentHash === contentHash)
    throw new Problem('conflict', `This says the same as version ${last.number}. There is nothing new to publish.`)
  const number = last.number + 1
  const versionId = await insertDraft(tx, scope, rubricId, number, values)
  await record(tx, event(scope, 'rubric.version-created', versionId, { version: number, contentHash }))
  return { rubricId, versionId, number }
}

/**
 * Makes a draft final: from now on ratings can be made under it, and nobody can change it. Runs inside the caller's
 * transaction.
 *
 * @throws Problem `missing` for a version that is not of this project, `conflict` when it is a draft no more
 */
export async function publishVersion(tx: Database, scope: Scope, versionId: string): Promise<void> {
  demand(scope, 'rubrics.write')
  const [version] = await tx
    .select({ state: rubricVersions.state, number: rubricVersions.number, contentHash: rubricVersions.contentHash })
    .from(rubricVersions)
    .innerJoin(rubrics, eq(rubrics.id, rubricVersions.rubricId))
    .where(and(eq(rubricVersions.id, versionId), eq(rubrics.projectId, scope.project.id)))
  if (!version) throw new Problem('missing', 'This version of a rubric is not here.')
  if (version.state !== 'draft') throw new Problem('conflict', `Version ${version.number} is ${version.state} already.`)
  await tx
    .update(rubricVersions)
    .set({ state: 'published', publishedAt: now() })
    .where(and(eq(rubricVersions.id, versionId), eq(rubricVersions.state, 'draft')))
  const detail = { version: version.number, contentHash: version.contentHash }
  await record(tx, event(scope, 'rubric.version-published', versionId, detail))
}

const event = (scope: Scope, action: string, versionId: string, detail: Record<string, unknown>) => ({
  projectId: scope.project.id,
  actor: scope.user,
  action,
  subject: 'rubric version',
  subjectId: versionId,
  detail,
})

async function insertDraft(
  tx: Database,
  scope: Scope,
  rubricId: string,
  number: number,
  values: NewVersion,
): Promise<string> {
  const versionId = newId()
  await tx.insert(rubricVersions).values({
    id: versionId,
    rubricId,
    number,
    state: 'draft',
    changeNote: values.changeNote ?? '',
    contentHash: contentHashOf(values),
    createdBy: accountOf(scope),
    createdAt: now(),
  })
  const rows = values.dimensions.map((dimension, position) => ({ ...dimension, id: newId(), position }))
  await tx.insert(dimensions).values(
    rows.map(({ levels: _, ...dimension }) => ({
      ...dimension,
      rubricVersionId: versionId,
      rationaleAtOrBelow: dimension.rationaleAtOrBelow ?? null,
    })),
  )
  await tx.insert(levels).values(
    rows.flatMap((dimension) =>
      dimension.levels.map((level) => ({
        dimensionId: dimension.id,
        value: level.value,
        label: level.label ?? '',
        anchor: level.anchor,
        examples: [...(level.examples ?? [])],
      })),
    ),
  )
  return versionId
}
