/** Finding what records name, a few hundred names a query. */
import { and, eq, inArray } from 'drizzle-orm'
import { newId } from '#app/ambient.ts'
import type { FileError } from '#app/formats/unreadable.ts'
import { cases, systemVersions } from '#db/schema/cases.ts'
import type { Import } from './importer.ts'
import { insertRows, pieces } from './rows.ts'

/** The ids of the project's cases by key, of those keys that there are. */
export async function casesByKey(run: Import, keys: Iterable<string>): Promise<Map<string, string>> {
  const ids = new Map<string, string>()
  for (const piece of pieces([...new Set(keys)])) {
    const found = await run.tx
      .select({ id: cases.id, key: cases.key })
      .from(cases)
      .where(and(eq(cases.projectId, run.scope.project.id), inArray(cases.key, piece)))
    for (const { id, key } of found) ids.set(key, id)
  }
  return ids
}

export const noSuchCase = (line: number, key: string): FileError => ({
  line,
  field: 'case',
  reason: `no case of the project has the key “${key}”. Import the cases first, or mend the key.`,
})

/** The ids of the project's system versions by name. */
export async function systemsByName(run: Import): Promise<Map<string, string>> {
  const found = await run.tx
    .select({ id: systemVersions.id, name: systemVersions.name })
    .from(systemVersions)
    .where(eq(systemVersions.projectId, run.scope.project.id))
  return new Map(found.map(({ id, name }) => [name, id]))
}

/** Makes system versions; returns their ids by name, and notes that they are new. */
export async function makeSystems(run: Import, names: readonly string[]): Promise<Map<string, string>> {
  if (names.length === 0) return new Map()
  const rows = names.map((name) => ({ id: newId(), projectId: run.scope.project.id, name, createdAt: run.at }))
  await insertRows(run.tx, systemVersions, rows)
  const told = names.map((name) => `“${name}”`).join(', ')
  run.notes.push(`Made the system version${names.length > 1 ? 's' : ''} ${told}.`)
  return new Map(rows.map(({ id, name }) => [name, id]))
}

export const noSystem = (line: number): FileError => ({
  line,
  field: 'system_version',
  reason: 'is missing, and no system version for all was given at the import',
})
