import { and, eq, inArray } from 'drizzle-orm'
import { newId } from '#app/ambient.ts'
import { memberships, raterKeys, users } from '#db/schema/people.ts'
import type { Import } from './importer.ts'
import { insertRows, pieces } from './rows.ts'

/**
 * The people that a file names, by name: a member of the project by their email, or whoever an earlier file called so.
 * Anyone else is made a person without an account, whom a later file finds again under the same name. `asRaters` makes
 * them raters of the project, so that they are listed with its people.
 */
export async function peopleNamed(
  run: Import,
  names: Iterable<string>,
  { asRaters }: { asRaters: boolean },
): Promise<Map<string, string>> {
  const wanted = [...new Set(names)]
  const ids = new Map<string, string>()
  for (const piece of pieces(wanted)) {
    for (const [name, id] of await byKey(run, piece)) ids.set(name, id)
    for (const [name, id] of await byEmail(run, piece)) ids.set(name, id)
  }
  const unknown = wanted.filter((name) => !ids.has(name))
  for (const [name, id] of await makePeople(run, unknown)) ids.set(name, id)
  if (asRaters) await makeRaters(run, [...new Set(ids.values())])
  return ids
}

async function byKey({ tx, scope }: Import, names: string[]): Promise<[string, string][]> {
  const found = await tx
    .select({ key: raterKeys.key, userId: raterKeys.userId })
    .from(raterKeys)
    .where(and(eq(raterKeys.projectId, scope.project.id), inArray(raterKeys.key, names)))
  return found.map(({ key, userId }) => [key, userId])
}

async function byEmail({ tx, scope }: Import, names: string[]): Promise<[string, string][]> {
  const byAddress = new Map(names.filter((name) => name.includes('@')).map((name) => [name.toLowerCase(), name]))
  if (byAddress.size === 0) return []
  const found = await tx
    .selectDistinct({ id: users.id, email: users.email })
    .from(users)
    .innerJoin(memberships, and(eq(memberships.userId, users.id), eq(memberships.projectId, scope.project.id)))
    .where(inArray(users.email, [...byAddress.keys()]))
  return found.map(({ id, email }) => [byAddress.get(email ?? '') ?? '', id])
}

async function makePeople(run: Import, names: readonly string[]): Promise<[string, string][]> {
  if (names.length === 0) return []
  const made = names.map((name) => ({ id: newId(), name, createdAt: run.at }))
  await insertRows(run.tx, users, made)
  await insertRows(
    run.tx,
    raterKeys,
    made.map(({ id, name }) => ({ projectId: run.scope.project.id, key: name, userId: id })),
  )
  const told = names.length > 5 ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more` : names.join(', ')
  run.notes.push(`Made ${names.length === 1 ? 'a person' : `${names.length} people`} without an account: ${told}.`)
  return made.map(({ id, name }) => [name, id])
}

async function makeRaters(run: Import, ids: readonly string[]): Promise<void> {
  const projectId = run.scope.project.id
  for (const piece of pieces(ids)) {
    await run.tx
      .insert(memberships)
      .values(piece.map((userId) => ({ projectId, userId, role: 'rater' as const, createdAt: run.at })))
      .onConflictDoNothing()
  }
}
