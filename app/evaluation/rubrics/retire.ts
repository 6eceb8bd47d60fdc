import { and, asc, eq, inArray } from 'drizzle-orm'
import { now } from '#app/ambient.ts'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { record } from '#app/evaluation/audit/record.ts'
import { listed } from '#app/evaluation/figure.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { rounds } from '#db/schema/rounds.ts'
import { rubricVersions } from '#db/schema/rubrics.ts'
import type { Database } from '#db/store.server.ts'
import { versionEvent } from './recorded.ts'
import { versionRow } from './rows.ts'

/**
 * Retires a published version: no new round can choose it; it stays readable, and so do its ratings. Runs inside the
 * caller's transaction.
 *
 * @throws Problem `missing`; `conflict` for a draft or a retired version, and (code `in-use`) while an open round is rated
 * under it
 */
export async function retireVersion(tx: Database, scope: Scope, versionId: string): Promise<void> {
  demand(scope, 'rubrics.write')
  const version = await versionRow(tx, scope, versionId)
  if (version.state === 'draft') throw new Problem('conflict', 'A draft is not retired but discarded.')
  if (version.state === 'retired') throw new Problem('conflict', `Version ${version.number} is retired already.`)
  const open = await tx
    .select({ name: rounds.name })
    .from(rounds)
    .where(and(eq(rounds.rubricVersionId, versionId), inArray(rounds.state, ['open', 'making'])))
    .orderBy(asc(rounds.createdAt), asc(rounds.id))
  if (open.length > 0) {
    const names = listed(open.map(({ name }) => `“${name}”`))
    throw new Problem('conflict', `Version ${version.number} is being rated in ${names}. Close that first.`, {
      code: 'in-use',
    })
  }
  await setState(tx, versionId, 'retired')
  await record(tx, versionEvent(scope, 'rubric.version-retired', versionId, detailOf(version)))
}

/**
 * Takes a retired version back into use. Runs inside the caller's transaction.
 *
 * @throws Problem `missing`, `conflict` for one that is not retired
 */
export async function restoreVersion(tx: Database, scope: Scope, versionId: string): Promise<void> {
  demand(scope, 'rubrics.write')
  const version = await versionRow(tx, scope, versionId)
  if (version.state !== 'retired') throw new Problem('conflict', `Version ${version.number} is not retired.`)
  await setState(tx, versionId, 'published')
  await record(tx, versionEvent(scope, 'rubric.version-restored', versionId, detailOf(version)))
}

const setState = (tx: Database, id: string, state: 'published' | 'retired') =>
  tx
    .update(rubricVersions)
    .set({ state, retiredAt: state === 'retired' ? now() : null })
    .where(eq(rubricVersions.id, id))

const detailOf = ({ rubric, number }: { rubric: { name: string }; number: number }) => ({
  name: rubric.name,
  version: number,
})
