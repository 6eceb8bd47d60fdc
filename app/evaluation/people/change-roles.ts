import { and, eq, inArray } from 'drizzle-orm'
import { now } from '#app/ambient.ts'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { memberships, ROLES, type Role } from '#db/schema/people.ts'
import type { Store } from '#db/store.server.ts'
import { record } from '../audit/record.ts'
import { Problem } from '../problem.ts'
import { holdAdmins, memberIn, projectsLeftAlone } from './members.ts'

const sameRoles = (a: readonly Role[], b: readonly Role[]): boolean =>
  ROLES.every((role) => a.includes(role) === b.includes(role))

/**
 * Gives a person the roles `after` in place of `before`, the ones that were shown: a `conflict` Problem where they are
 * others by now. Without any role they no longer belong to the project; what they rated stays. A project keeps an admin.
 */
export async function changeRoles(
  store: Store,
  scope: Scope,
  personId: string,
  { before, after }: { before: readonly Role[]; after: readonly Role[] },
): Promise<{ added: Role[]; removed: Role[] }> {
  demand(scope, 'people.write')
  const added = ROLES.filter((role) => after.includes(role) && !before.includes(role))
  const removed = ROLES.filter((role) => before.includes(role) && !after.includes(role))
  await store.write(async (tx) => {
    await holdAdmins(tx)
    const member = await memberIn(tx, scope, personId)
    if (!sameRoles(member.roles, before)) {
      throw new Problem(
        'conflict',
        `Somebody else changed the roles of ${member.name} after you opened this page. Nothing was saved; these are the roles now.`,
        { code: 'stale' },
      )
    }
    if (removed.includes('admin') && (await projectsLeftAlone(tx, personId, scope.project.id)).length > 0) {
      throw new Problem(
        'conflict',
        `${member.name} is the only admin of ${scope.project.name} who can sign in. Make somebody else an admin first.`,
        { code: 'last-admin' },
      )
    }
    if (added.length + removed.length === 0) return
    const own = and(eq(memberships.projectId, scope.project.id), eq(memberships.userId, personId))
    if (removed.length > 0) await tx.delete(memberships).where(and(own, inArray(memberships.role, removed)))
    if (added.length > 0) {
      await tx
        .insert(memberships)
        .values(added.map((role) => ({ projectId: scope.project.id, userId: personId, role, createdAt: now() })))
    }
    await record(tx, {
      projectId: scope.project.id,
      actor: scope.user,
      action: 'roles.changed',
      subject: 'person',
      subjectId: personId,
      detail: { name: member.name, added, removed },
    })
  })
  return { added, removed }
}
