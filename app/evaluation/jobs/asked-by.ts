import { and, eq } from 'drizzle-orm'
import type { Scope } from '#app/auth/permissions.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { memberships, projects, users } from '#db/schema/people.ts'
import type { Store } from '#db/store.server.ts'
import type { Job } from './lease.ts'

/**
 * The scope of whoever asked for a job, with the roles they hold now.
 *
 * @throws Problem `forbidden` where they do not belong to the project any more
 */
export async function scopeOfJob(
  { read }: Pick<Store, 'read'>,
  { projectId, createdBy }: Pick<Job, 'projectId' | 'createdBy'>,
): Promise<Scope> {
  const rows = await read
    .select({ user: { id: users.id, name: users.name }, project: projects, role: memberships.role })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .innerJoin(projects, eq(projects.id, memberships.projectId))
    .where(and(eq(memberships.projectId, projectId ?? ''), eq(memberships.userId, createdBy ?? '')))
  const [first] = rows
  if (!first) throw new Problem('forbidden', 'Whoever uploaded this file does not belong to the project any more.')
  const { id, slug, name } = first.project
  return { user: first.user, project: { id, slug, name }, roles: rows.map(({ role }) => role) }
}
