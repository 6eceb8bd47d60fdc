import { and, eq, isNull } from 'drizzle-orm'
import { now } from '#app/ambient.ts'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { invitations, sessions, users } from '#db/schema/people.ts'
import type { Database, Store } from '#db/store.server.ts'
import { type AuditActor, record } from '../audit/record.ts'
import { Problem } from '../problem.ts'
import { holdAdmins, type Member, memberIn, projectsLeftAlone, worksBeyond } from './members.ts'

type Doer = { actor: AuditActor; projectId: string | null }

/** Throws where the account reaches into a project that the scope's user does not administer. */
export async function demandOwnAccount(tx: Database, scope: Scope, person: Member): Promise<void> {
  if (!(await worksBeyond(tx, scope, person.id))) return
  throw new Problem(
    'forbidden',
    `${person.name} also works in a project that you do not administer, so the account is not yours to change. Take the roles in ${scope.project.name} away instead.`,
  )
}

/**
 * Disables an account inside a write transaction: its sessions end, and links that would let it in again no longer do.
 * A `conflict` Problem where a project would be left without an admin.
 */
export async function disable(tx: Database, { actor, projectId }: Doer, person: { id: string; name: string }) {
  await holdAdmins(tx)
  const alone = await projectsLeftAlone(tx, person.id)
  if (alone.length > 0) {
    throw new Problem(
      'conflict',
      `${person.name} is the only admin of ${alone.join(' and ')} who can sign in. Make somebody else an admin first.`,
      { code: 'last-admin' },
    )
  }
  const at = now()
  await tx.update(users).set({ disabledAt: at }).where(eq(users.id, person.id))
  await tx.delete(sessions).where(eq(sessions.userId, person.id))
  await tx
    .update(invitations)
    .set({ revokedAt: at })
    .where(and(eq(invitations.passwordFor, person.id), isNull(invitations.acceptedAt), isNull(invitations.revokedAt)))
  await record(tx, {
    projectId,
    actor,
    action: 'account.disabled',
    subject: 'person',
    subjectId: person.id,
    detail: { name: person.name },
  })
}

export async function disableAccount(store: Store, scope: Scope, personId: string): Promise<void> {
  demand(scope, 'people.write')
  if (personId === scope.user.id) {
    throw new Problem('conflict', 'You cannot disable your own account. Another admin can.')
  }
  await store.write(async (tx) => {
    const person = await memberIn(tx, scope, personId)
    if (person.disabledAt !== null) return
    await demandOwnAccount(tx, scope, person)
    await disable(tx, { actor: scope.user, projectId: scope.project.id }, person)
  })
}

export async function enableAccount(store: Store, scope: Scope, personId: string): Promise<void> {
  demand(scope, 'people.write')
  await store.write(async (tx) => {
    const person = await memberIn(tx, scope, personId)
    if (person.disabledAt === null) return
    await demandOwnAccount(tx, scope, person)
    await tx.update(users).set({ disabledAt: null }).where(eq(users.id, personId))
    await record(tx, {
      projectId: scope.project.id,
      actor: scope.user,
      action: 'account.enabled',
      subject: 'person',
      subjectId: personId,
      detail: { name: person.name },
    })
  })
}
