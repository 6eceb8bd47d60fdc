import { eq } from 'drizzle-orm'
import { newId } from '#app/ambient.ts'
import { insertRows } from '#app/evaluation/imports/rows.ts'
import { systemVersions } from '#db/schema/cases.ts'
import type { Database } from '#db/store.server.ts'

/** The ids of the project's system versions by name; those of `names` that it does not have are made. */
export async function ensureSystems(
  tx: Database,
  projectId: string,
  names: Iterable<string>,
  at: number,
): Promise<Map<string, string>> {
  const found = await tx
    .select({ id: systemVersions.id, name: systemVersions.name })
    .from(systemVersions)
    .where(eq(systemVersions.projectId, projectId))
  const ids = new Map(found.map(({ id, name }) => [name, id]))
  const missing = [...new Set(names)].filter((name) => !ids.has(name))
  const rows = missing.map((name) => ({ id: newId(), projectId, name, createdAt: at }))
  await insertRows(tx, systemVersions, rows)
  for (const { id, name } of rows) ids.set(name, id)
  return ids
}
