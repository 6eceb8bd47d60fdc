import { and, eq, isNotNull, isNull } from 'drizzle-orm'
import { env } from '#app/env.server.ts'
import { installation, memberships, projects, ROLES, users } from '#db/schema/people.ts'
import type { Store } from '#db/store.server.ts'

/** In this order: those who set work up come before those who do it. */
const TOUR = ['owner', 'lead', 'rater', 'builder', 'admin']

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']

/**
 * Who can sign in to the demo workspace, by role and name; nobody where there is none, or where people reach this server by another
 * name than localhost: the demo's password is public.
 */
export async function demoPeople(store: Store): Promise<{ email: string; name: string; roles: string[] }[]> {
  if (!LOOPBACK.includes(new URL(env().appUrl).hostname)) return []
  const rows = await store.read
    .select({ email: users.email, name: users.name, role: memberships.role })
    .from(installation)
    .innerJoin(projects, eq(projects.slug, installation.value))
    .innerJoin(memberships, eq(memberships.projectId, projects.id))
    .innerJoin(
      users,
      and(
        eq(users.id, memberships.userId),
        isNotNull(users.email),
        isNotNull(users.passwordHash),
        isNull(users.disabledAt),
      ),
    )
    .where(eq(installation.key, 'demo'))
    .orderBy(users.name, users.id)
  const emails = [...new Set(rows.map((row) => row.email))].filter((email) => email !== null)
  const people = emails.map((email) => {
    const own = rows.filter((row) => row.email === email)
    return { email, name: own[0]?.name ?? '', roles: ROLES.filter((role) => own.some((row) => row.role === role)) }
  })
  const firstRole = ({ roles }: { roles: string[] }) => TOUR.findIndex((role) => roles.includes(role))
  return people.sort((a, b) => firstRole(a) - firstRole(b))
}
