import { and, eq } from 'drizzle-orm'
import type { Scope } from '#app/auth/permissions.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { memberships, projects, users } from '#db/schema/people.ts'
import type { Store } from '#db/store.server.ts'
import type { Job } from './lease.ts'

/**
 * The scope of whoever asked for a job, with the roles they hold now.
 *
 * @throws Problem `forbidden` where they do not belong to its project any more
 */
export async function scopeOfJob({ read }: Pick<Store, 'read'>, job: Job): Promise<Scope> {
  const rows = await read
    .select({ user: { id: users.id, name: users.name }, project: projects, role: memberships.role })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .innerJoin(projects, eq(projects.id, memberships.projectId))
    .where(and(eq(memberships.projectId, job.projectId ?? ''), eq(memberships.userId, job.createdBy ?? '')))
  const [first] = rows
  if (!first) throw new Problem('forbidden', 'Whoever asked for this does not belong to the project any more.')
  const { id, slug, name } = first.project
  return { user: first.user, project: { id, slug, name }, roles: rows.map(({ role }) => role) }
}
