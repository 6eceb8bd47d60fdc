import { and, eq, isNull } from 'drizzle-orm'
import { newId, newToken, now, sha256 } from '#app/ambient.ts'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { invitations } from '#db/schema/people.ts'
import type { Database, Store } from '#db/store.server.ts'
import { type AuditActor, record } from '../audit/record.ts'
import { Problem } from '../problem.ts'
import { demandOwnAccount } from './account-state.ts'
import { DAY_MS, PASSWORD_LINK_DAYS } from './invitation-state.ts'
import { memberIn } from './members.ts'

type Doer = { actor: AuditActor; projectId: string }

/** Makes the link inside a write transaction, in place of any before it; returns its token. */
export async function insertPasswordLink(
  tx: Database,
  { actor, projectId }: Doer,
  person: { id: string; name: string; email: string },
): Promise<string> {
  const at = now()
  const token = newToken()
  await tx
    .update(invitations)
    .set({ revokedAt: at })
    .where(and(eq(invitations.passwordFor, person.id), isNull(invitations.acceptedAt), isNull(invitations.revokedAt)))
  await tx.insert(invitations).values({
    id: newId(),
    tokenHash: sha256(token),
    projectId,
    email: person.email,
    name: person.name,
    roles: [],
    passwordFor: person.id,
    invitedBy: actor.id,
    createdAt: at,
    expiresAt: at + PASSWORD_LINK_DAYS * DAY_MS,
  })
  await record(tx, {
    projectId,
    actor,
    action: 'password-link.made',
    subject: 'person',
    subjectId: person.id,
    detail: { name: person.name },
  })
  return token
}

/** A link by which a person of the project sets a new password. Returns the token, told only this once. */
export async function makePasswordLink(store: Store, scope: Scope, personId: string): Promise<string> {
  demand(scope, 'people.write')
  return store.write(async (tx) => {
    const person = await memberIn(tx, scope, personId)
    await demandOwnAccount(tx, scope, person)
    if (person.email === null) {
      throw new Problem('conflict', `${person.name} is known from an import only and has no account to sign in with.`)
    }
    if (person.disabledAt !== null) throw new Problem('conflict', 'The account is disabled. Enable it first.')
    return insertPasswordLink(
      tx,
      { actor: scope.user, projectId: scope.project.id },
      { ...person, email: person.email },
    )
  })
}
