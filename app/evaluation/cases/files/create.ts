import { and, eq, inArray } from 'drizzle-orm'
import type { Scope } from '#app/auth/permissions.ts'
import { casesImporter } from '#app/evaluation/imports/cases.ts'
import { ImportRefused } from '#app/evaluation/imports/refused.ts'
import { pieces } from '#app/evaluation/imports/rows.ts'
import { moveCases } from '#app/evaluation/pools/move.ts'
import { type Refusal, wrongFile } from '#app/evaluation/rubrics/files/refusal.ts'
import { type CaseFile, isStub } from '#app/formats/case-file.ts'
import { cases } from '#db/schema/cases.ts'
import type { Database } from '#db/store.server.ts'
import { asImport } from './as-import.ts'
import type { Documents, ReadCase } from './check.ts'
import type { PushedCase } from './push.ts'
import { applyReferences } from './references.ts'

/** Makes the cases of files whose keys are not here, by the rules of importing, in the pool that the file says. */
export async function createCases(
  tx: Database,
  scope: Scope,
  files: readonly ReadCase[],
  documents: Documents,
): Promise<(PushedCase | Refusal)[]> {
  const made = files.flatMap(({ path, file }) => (isStub(file) ? [] : [{ path, file }]))
  if (made.length === 0) return []
  const run = asImport(tx, scope)
  try {
    const importing = await casesImporter.begin(run)
    for (const batch of pieces(made.map(({ file }, i) => ({ line: i, record: recordOf(file, documents) })))) {
      await importing.take(batch)
    }
    await importing.end()
    run.faults.refuse('')
  } catch (error) {
    if (!(error instanceof ImportRefused)) throw error
    return error.errors.map(({ line, field, reason }) => wrongFile(made[line ?? 0]?.path ?? '', field, reason))
  }
  const ids = await idsOf(tx, scope, made)
  const retired = made.filter(({ file }) => file.pool === 'retired').map(({ file }) => ids.get(file.key) ?? '')
  await moveCases(tx, scope.project.id, retired, { to: 'retired', at: run.at })
  const results: (PushedCase | Refusal)[] = []
  for (const { path, file } of made) {
    const none = { ...file, references: [] }
    const caseId = ids.get(file.key) ?? ''
    const refused = await applyReferences(tx, scope, { path, caseId, here: none, file })
    results.push(refused ?? { path, key: file.key, did: 'created' })
  }
  return results
}

const recordOf = (
  { key, input, category, user_segment, documents: hashes, metadata }: CaseFile,
  documents: Documents,
) => ({
  key,
  input,
  category,
  user_segment,
  documents: hashes.flatMap((hash) => documents.get(hash) ?? []),
  metadata,
})

async function idsOf(tx: Database, scope: Scope, made: readonly { file: CaseFile }[]): Promise<Map<string, string>> {
  const ids = new Map<string, string>()
  for (const keys of pieces(made.map(({ file }) => file.key))) {
    const rows = await tx
      .select({ id: cases.id, key: cases.key })
      .from(cases)
      .where(and(eq(cases.projectId, scope.project.id), inArray(cases.key, keys)))
    for (const { id, key } of rows) ids.set(key, id)
  }
  return ids
}
