/** A project with one admin and one rater, and what can be asked about them. */
import { and, eq } from 'drizzle-orm'
import type { Scope } from '#app/auth/permissions.ts'
import { memberships } from '#db/schema/people.ts'
import { auditEntries } from '#db/schema/work.ts'
import { addPerson, addProject, type Person, type Project, scopeOf } from '#db/seed/rows.ts'
import type { Store } from '#db/store.server.ts'

/** What stands for the hash of a password where nobody signs in with one. */
export const HASH = 'not a real hash'

export type Staff = { project: Project; admin: Person; rater: Person; scope: Scope }

export async function addStaff(store: Store): Promise<Staff> {
  const made = await store.write(async (tx) => {
    const project = await addProject(tx)
    const admin = await addPerson(tx, project, ['admin'], { name: 'Edda', passwordHash: HASH })
    const rater = await addPerson(tx, project, ['rater'], {
      name: 'Émile',
      email: 'emile@example.org',
      passwordHash: HASH,
    })
    return { project, admin, rater }
  })
  return { ...made, scope: scopeOf(made.admin, made.project, ['admin']) }
}

/** The roles a person holds in a project, in the order of the alphabet. */
export async function rolesOf(store: Store, userId: string, projectId: string): Promise<string[]> {
  const rows = await store.read
    .select({ role: memberships.role })
    .from(memberships)
    .where(and(eq(memberships.userId, userId), eq(memberships.projectId, projectId)))
  return rows.map(({ role }) => role).sort()
}

/** The actions in the audit log, the oldest first. */
export async function actionsIn(store: Store): Promise<string[]> {
  const rows = await store.read.select().from(auditEntries).orderBy(auditEntries.number)
  return rows.map(({ action }) => action)
}
