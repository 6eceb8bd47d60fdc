import { and, desc, eq } from 'drizzle-orm'
import { newId, now } from '#app/ambient.ts'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { record } from '#app/evaluation/audit/record.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { isUniqueViolation } from '#db/errors.ts'
import { rubrics, rubricVersions } from '#db/schema/rubrics.ts'
import type { Database } from '#db/store.server.ts'
import { checkContent, contentHashOf, type RubricContent } from './content.ts'
import { isKey, LONGEST_NAME } from './faults.ts'
import { versionEvent } from './recorded.ts'
import { insertDraft } from './rows.ts'
import { checkStorable } from './storable.ts'

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
  checkContent(values, { gaps: true })
  checkNamed(values)
  const rubricId = newId()
  const { key, name } = values
  try {
    await tx.insert(rubrics).values({ id: rubricId, projectId: scope.project.id, key, name, createdAt: now() })
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    throw new Problem('conflict', `There is a rubric "${key}" already. Add a version to it instead.`, {
      fields: { key: 'Another rubric of this project has this key. Choose another one.' },
    })
  }
  const versionId = await insertDraft(tx, scope, { rubricId, number: 1, basedOnId: null }, values)
  const detail = { key, contentHash: contentHashOf(values), version: 1 }
  await record(tx, versionEvent(scope, 'rubric.created', versionId, detail))
  return { rubricId, versionId, number: 1 }
}

function checkNamed({ key, name, changeNote = '' }: NewRubric): void {
  checkStorable({ name, changeNote })
  const fields: Record<string, string> = {}
  if (!isKey(key)) fields.key = 'A rubric’s key must be 1 to 64 letters, digits, “-” or “_”.'
  if (name.trim() === '') fields.name = 'Give the rubric a name.'
  if (name.length > LONGEST_NAME) fields.name = `Shorten the name to ${LONGEST_NAME} characters.`
  const [first] = Object.values(fields)
  if (first) throw new Problem('invalid', first, { fields })
}

/**
 * The next version of a rubric, as a draft made from its newest version. Runs inside the caller's transaction.
 *
 * @throws Problem `missing` for a rubric that is not of this project, `conflict` when it says the same as the version before
 * or when the rubric has a draft already
 */
export async function createVersion(
  tx: Database,
  scope: Scope,
  rubricId: string,
  values: NewVersion,
): Promise<MadeVersion> {
  demand(scope, 'rubrics.write')
  checkContent(values)
  checkStorable({ changeNote: values.changeNote ?? '' })
  const [last] = await tx
    .select({
      id: rubricVersions.id,
      number: rubricVersions.number,
      state: rubricVersions.state,
      contentHash: rubricVersions.contentHash,
      name: rubrics.name,
    })
    .from(rubrics)
    .innerJoin(rubricVersions, eq(rubricVersions.rubricId, rubrics.id))
    .where(and(eq(rubrics.id, rubricId), eq(rubrics.projectId, scope.project.id)))
    .orderBy(desc(rubricVersions.number))
    .limit(1)
  if (!last) throw new Problem('missing', 'This rubric is not here.')
  const contentHash = contentHashOf(values)
  if (last.contentHash === contentHash)
    throw new Problem('conflict', `This says the same as version ${last.number}. There is nothing new to publish.`)
  if (last.state === 'draft') throw draftExists(last)
  const number = last.number + 1
  const versionId = await insertDraft(tx, scope, { rubricId, number, basedOnId: last.id }, values)
  const detail = { name: last.name, version: number, basedOn: last.number, contentHash }
  await record(tx, versionEvent(scope, 'rubric.version-created', versionId, detail))
  return { rubricId, versionId, number }
}

/** What is said where a second draft was to be started. */
export const draftExists = ({ number }: { number: number }): Problem =>
  new Problem(
    'conflict',
    `Version ${number} of this rubric is being drafted already. Edit that draft, publish it or discard it first.`,
    { code: 'draft-exists' },
  )
