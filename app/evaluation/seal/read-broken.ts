import { and, asc, eq } from 'drizzle-orm'
import type { Scope } from '#app/auth/permissions.ts'
import { demand } from '#app/auth/permissions.ts'
import { type Quality, references, responses, systemVersions } from '#db/schema/cases.ts'
import { breakGlass } from '#db/schema/seal.ts'
import type { Store } from '#db/store.server.ts'
import { Problem } from '../problem.ts'
import { recordBrokenGlass } from './open.ts'
import { readOpened } from './opened.ts'
import type { SealedDocument } from './texts.ts'

export type BrokenCase = {
  input: string
  metadata: Record<string, unknown>
  documents: SealedDocument[]
  responses: { system: string; text: string }[]
  references: { quality: Quality; text: string }[]
}

/**
 * Reads a case whose seal was broken, for one of the two who broke it, within the hour; it is on record each time.
 *
 * @throws Problem `forbidden` for anyone else, and later
 */
export async function readBroken(store: Store, scope: Scope, breakGlassId: string): Promise<BrokenCase> {
  demand(scope, 'seals.break')
  const [asked] = await store.read
    .select({ caseId: breakGlass.caseId })
    .from(breakGlass)
    .where(and(eq(breakGlass.id, breakGlassId), eq(breakGlass.projectId, scope.project.id)))
  if (!asked) throw new Problem('missing', 'Nobody has asked for this.')
  const openings = await store.write((tx) => recordBrokenGlass(tx, scope, breakGlassId))
  const answered = await store.read
    .select({ id: responses.id, system: systemVersions.name })
    .from(responses)
    .innerJoin(systemVersions, eq(systemVersions.id, responses.systemVersionId))
    .where(eq(responses.caseId, asked.caseId))
    .orderBy(asc(systemVersions.createdAt), asc(responses.id))
  const compared = await store.read
    .select({ id: references.id, quality: references.quality })
    .from(references)
    .where(eq(references.caseId, asked.caseId))
    .orderBy(asc(references.createdAt), asc(references.id))
  const opened = await readOpened(store.read, openings, {
    caseIds: [asked.caseId],
    responseIds: answered.map(({ id }) => id),
    withReferences: true,
  })
  const found = opened.get(asked.caseId)
  if (!found) throw new Problem('conflict', 'This case is not sealed any more: it can be read as it is.')
  const { input, metadata, documents } = found.content
  return {
    input,
    metadata,
    documents,
    responses: answered.map(({ id, system }) => ({ system, text: found.responses.get(id)?.text ?? '' })),
    references: compared.map(({ id, quality }) => ({ quality, text: found.references.get(id)?.text ?? '' })),
  }
}
