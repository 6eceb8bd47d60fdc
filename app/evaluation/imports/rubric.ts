import { and, desc, eq } from 'drizzle-orm'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { contentHashOf, type RubricContent } from '#app/evaluation/rubrics/content.ts'
import { publishVersion } from '#app/evaluation/rubrics/publish.ts'
import { createRubric, createVersion, draftExists } from '#app/evaluation/rubrics/write.ts'
import { readRubric } from '#app/formats/read-rubric.ts'
import type { RubricFile } from '#app/formats/rubric.ts'
import { Unreadable } from '#app/formats/unreadable.ts'
import { rubrics, rubricVersions } from '#db/schema/rubrics.ts'
import type { Store } from '#db/store.server.ts'
import { asProblem } from './problems.ts'
import { ImportRefused } from './refused.ts'

/** The note of a version whose file gives none. */
const NO_NOTE = 'Imported from a file that does not say what changed.'

export type ImportedRubric = { versionId: string; key: string; number: number; unchanged: boolean }

/**
 * Imports a rubric file as a published version: the next one of its key, or the one that is there with the same content.
 *
 * @throws ImportRefused with what is wrong by field; Problem `forbidden`
 */
export async function importRubric(
  store: Store,
  scope: Scope,
  { path, fileName }: { path: string; fileName: string },
): Promise<ImportedRubric> {
  demand(scope, 'rubrics.write')
  try {
    const read = await readRubric(path)
    if ('errors' in read) throw new ImportRefused(fileName, read.errors)
    return await store.write((tx) => storeRubric(tx, scope, read.rubric))
  } catch (error) {
    if (error instanceof Unreadable) {
      throw new ImportRefused(fileName, [{ line: error.line, field: null, reason: error.message }])
    }
    throw asProblem(error)
  }
}

async function storeRubric(tx: Store['read'], scope: Scope, file: RubricFile): Promise<ImportedRubric> {
  const content: RubricContent = {
    dimensions: file.dimensions.map(({ rationale_at_or_below, ...dimension }) => ({
      ...dimension,
      rationaleAtOrBelow: rationale_at_or_below,
    })),
  }
  const there = await tx
    .select({
      rubricId: rubrics.id,
      versionId: rubricVersions.id,
      number: rubricVersions.number,
      state: rubricVersions.state,
      contentHash: rubricVersions.contentHash,
    })
    .from(rubrics)
    .innerJoin(rubricVersions, eq(rubricVersions.rubricId, rubrics.id))
    .where(and(eq(rubrics.projectId, scope.project.id), eq(rubrics.key, file.key)))
    .orderBy(desc(rubricVersions.number))
  const [last] = there
  const lastPublished = there.find(({ state }) => state !== 'draft')
  if (lastPublished?.state === 'published' && lastPublished.contentHash === contentHashOf(content)) {
    return { versionId: lastPublished.versionId, key: file.key, number: lastPublished.number, unchanged: true }
  }
  // Said first: a file that says what the draft says is no news, but the draft is not for an import to publish.
  if (last?.state === 'draft') throw draftExists(last)
  const values = { ...content, changeNote: file.change_note.trim() === '' ? NO_NOTE : file.change_note }
  const made = last
    ? await createVersion(tx, scope, last.rubricId, values)
    : await createRubric(tx, scope, { ...values, key: file.key, name: file.name })
  await publishVersion(tx, scope, made.versionId)
  return { versionId: made.versionId, key: file.key, number: made.number, unchanged: false }
}
