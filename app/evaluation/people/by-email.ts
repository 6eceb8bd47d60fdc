import { asc, eq } from 'drizzle-orm'
import { memberships, users } from '#db/schema/people.ts'
import type { Database } from '#db/store.server.ts'
import { Problem } from '../problem.ts'

export type Account = { id: string; name: string; email: string; disabledAt: number | null; projectIds: string[] }

/** The account with an email in lower case, and the projects it belongs to; a `missing` Problem where there is none. */
export async function accountByEmail(database: Database, email: string): Promise<Account> {
  const rows = await database
    .select({ id: users.id, name: users.name, disabledAt: users.disabledAt, projectId: memberships.projectId })
    .from(users)
    .leftJoin(memberships, eq(memberships.userId, users.id))
    .where(eq(users.email, email))
    .orderBy(asc(memberships.createdAt))
  const [first] = rows
  if (!first) throw new Problem('missing', `There is no account with the email "${email}".`)
  const { id, name, disabledAt } = first
  const projectIds = [...new Set(rows.map((row) => row.projectId))].filter((one) => one !== null)
  return { id, name, disabledAt, email, projectIds }
}
