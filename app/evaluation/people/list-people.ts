import { eq } from 'drizzle-orm'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { memberships, ROLES, type Role, users } from '#db/schema/people.ts'
import type { Store } from '#db/store.server.ts'
import { byName } from './by-name.ts'
import type { Member } from './members.ts'

export type ListedPerson = Member & { since: number }

export type PeopleFilter = { search: string; role: Role | null; page: number; size: number }

/** Letters without their accents, in lower case, so that "emile" finds "Émile". */
const folded = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()

/**
 * The people of a project by name, a page at a time. They are sorted and searched here and not in SQL: the two engines
 * collate differently, neither folds accents alike, and a project has hundreds of people, not millions.
 */
export async function listPeople(
  store: Store,
  scope: Scope,
  { search, role, page, size }: PeopleFilter,
): Promise<{ people: ListedPerson[]; total: number }> {
  demand(scope, 'people.read')
  const rows = await store.read
    .select({
      id: users.id,
      name: users.name,
      email: users.email,
      passwordHash: users.passwordHash,
      disabledAt: users.disabledAt,
      role: memberships.role,
      since: memberships.createdAt,
    })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(eq(memberships.projectId, scope.project.id))
  const people = new Map<string, ListedPerson>()
  for (const { role: held, passwordHash, since, ...row } of rows) {
    const known = people.get(row.id)
    people.set(row.id, {
      ...row,
      roles: ROLES.filter((one) => one === held || known?.roles.includes(one)),
      since: Math.min(known?.since ?? since, since),
      canSignIn: row.email !== null && passwordHash !== null,
    })
  }
  const wanted = folded(search.trim())
  const found = [...people.values()]
    .filter((person) => folded(`${person.name} ${person.email ?? ''}`).includes(wanted))
    .filter((person) => role === null || person.roles.includes(role))
    .sort(byName)
  return { people: found.slice((page - 1) * size, page * size), total: found.length }
}
