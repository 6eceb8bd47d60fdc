import { and, eq, isNotNull, isNull, ne, notInArray } from 'drizzle-orm'
import type { Scope } from '#app/auth/permissions.ts'
import { holdUntilCommit } from '#db/lock.server.ts'
import { memberships, projects, type Role, users } from '#db/schema/people.ts'
import type { Database } from '#db/store.server.ts'
import { Problem } from '../problem.ts'

export type Member = {
  id: string
  name: string
  email: string | null
  roles: Role[]
  disabledAt: number | null
  /** False where there is nothing to sign in with: a rater known from an import only. */
  canSignIn: boolean
}

const ADMINS = 727656

/** Nobody else takes an admin away until this transaction commits: two at once could leave a project without any. */
export const holdAdmins = (tx: Database): Promise<void> => holdUntilCommit(tx, ADMINS)

/** A person who works in the scope's project; a `missing` Problem for anybody else. */
export async function memberIn(database: Database, scope: Scope, personId: string): Promise<Member> {
  const rows = await database
    .select({ user: users, role: memberships.role })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(and(eq(memberships.projectId, scope.project.id), eq(memberships.userId, personId)))
  const user = rows[0]?.user
  if (!user) throw new Problem('missing', `This person does not work in ${scope.project.name}, or does not any more.`)
  return {
    id: user.id,
    name: user.name,
    email: user.email,
    roles: rows.map((row) => row.role),
    disabledAt: user.disabledAt,
    canSignIn: user.email !== null && user.passwordHash !== null,
  }
}

/** The names of the projects that would be without an admin who can sign in if the person were not one. */
export async function projectsLeftAlone(database: Database, personId: string, onlyIn?: string): Promise<string[]> {
  const administered = await database
    .select({ id: projects.id, name: projects.name })
    .from(memberships)
    .innerJoin(projects, eq(projects.id, memberships.projectId))
    .where(and(eq(memberships.userId, personId), eq(memberships.role, 'admin')))
    .orderBy(projects.name, projects.id)
  if (administered.length === 0) return []
  const others = await database
    .selectDistinct({ projectId: memberships.projectId })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(
      and(
        eq(memberships.role, 'admin'),
        ne(memberships.userId, personId),
        isNull(users.disabledAt),
        isNotNull(users.passwordHash),
      ),
    )
  const covered = new Set(others.map((row) => row.projectId))
  return administered
    .filter((project) => !covered.has(project.id) && (onlyIn === undefined || project.id === onlyIn))
    .map((project) => project.name)
}

/**
 * True when the person also works in a project that the scope's user does not administer. Their account then is not this
 * admin's to take: a new password or a disabled account would reach into that project.
 */
export async function worksBeyond(database: Database, scope: Scope, personId: string): Promise<boolean> {
  const administered = database
    .select({ projectId: memberships.projectId })
    .from(memberships)
    .where(and(eq(memberships.userId, scope.user.id), eq(memberships.role, 'admin')))
  const [beyond] = await database
    .select({ projectId: memberships.projectId })
    .from(memberships)
    .where(and(eq(memberships.userId, personId), notInArray(memberships.projectId, administered)))
    .limit(1)
  return beyond !== undefined
}
