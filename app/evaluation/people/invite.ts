import { and, eq, gt, isNull } from 'drizzle-orm'
import { newId, newToken, now, sha256 } from '#app/ambient.ts'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { invitations, memberships, type Role, users } from '#db/schema/people.ts'
import type { Database, Store } from '#db/store.server.ts'
import { type AuditActor, record } from '../audit/record.ts'
import { Problem } from '../problem.ts'
import { DAY_MS, INVITATION_DAYS } from './invitation-state.ts'

/** Who is invited: `email` in lower case, at least one role. */
export type Invitee = { email: string; name: string; roles: readonly Role[] }

type Inviter = { projectId: string; actor: AuditActor }

async function refuseMember(tx: Database, projectId: string, email: string): Promise<void> {
  const [member] = await tx
    .select({ name: users.name })
    .from(users)
    .innerJoin(memberships, and(eq(memberships.userId, users.id), eq(memberships.projectId, projectId)))
    .where(eq(users.email, email))
    .limit(1)
  if (!member) return
  throw new Problem('conflict', 'No invitation was made.', {
    fields: { email: `${member.name} has this email and works here already. Change the roles in the list of people.` },
  })
}

async function refuseInvited(tx: Database, projectId: string, email: string): Promise<void> {
  const [open] = await tx
    .select({ id: invitations.id })
    .from(invitations)
    .where(
      and(
        eq(invitations.projectId, projectId),
        eq(invitations.email, email),
        isNull(invitations.passwordFor),
        isNull(invitations.acceptedAt),
        isNull(invitations.revokedAt),
        gt(invitations.expiresAt, now()),
      ),
    )
    .limit(1)
  if (!open) return
  throw new Problem('conflict', 'No invitation was made.', {
    fields: { email: 'This address has an open invitation already. Renew that one, or revoke it first.' },
  })
}

/** Makes an invitation inside a write transaction; returns its token, which is stored only as a hash. */
export async function insertInvitation(tx: Database, { projectId, actor }: Inviter, invitee: Invitee): Promise<string> {
  await refuseMember(tx, projectId, invitee.email)
  await refuseInvited(tx, projectId, invitee.email)
  const id = newId()
  const token = newToken()
  const createdAt = now()
  await tx.insert(invitations).values({
    id,
    tokenHash: sha256(token),
    projectId,
    email: invitee.email,
    name: invitee.name,
    roles: [...invitee.roles],
    invitedBy: actor.id,
    createdAt,
    expiresAt: createdAt + INVITATION_DAYS * DAY_MS,
  })
  await record(tx, {
    projectId,
    actor,
    action: 'invitation.made',
    subject: 'invitation',
    subjectId: id,
    detail: { name: invitee.name, roles: invitee.roles },
  })
  return token
}

/** Invites somebody into the project. Returns the token of the link, which is told only this once. */
export async function invitePerson(store: Store, scope: Scope, invitee: Invitee): Promise<string> {
  demand(scope, 'people.write')
  return store.write((tx) => insertInvitation(tx, { projectId: scope.project.id, actor: scope.user }, invitee))
}

async function openInvitation(tx: Database, scope: Scope, id: string) {
  const [found] = await tx
    .select()
    .from(invitations)
    .where(and(eq(invitations.id, id), eq(invitations.projectId, scope.project.id)))
    .limit(1)
  if (!found) throw new Problem('missing', 'This invitation is not here.')
  if (found.acceptedAt !== null) throw new Problem('gone', `${found.name} has used this link already.`)
  if (found.revokedAt !== null) throw new Problem('gone', 'This link was revoked. Make a new one.')
  return found
}

const recordInvitation = (
  tx: Database,
  scope: Scope,
  action: string,
  { id, name, roles }: { id: string; name: string; roles: Role[] },
) =>
  record(tx, {
    projectId: scope.project.id,
    actor: scope.user,
    action,
    subject: 'invitation',
    subjectId: id,
    detail: { name, roles },
  })

/** A new link and a new fortnight for an invitation, expired or not; the old link ends. Returns the new token. */
export async function renewInvitation(
  store: Store,
  scope: Scope,
  id: string,
): Promise<{ token: string; name: string }> {
  demand(scope, 'people.write')
  const token = newToken()
  return store.write(async (tx) => {
    const found = await openInvitation(tx, scope, id)
    if (found.passwordFor !== null) throw new Problem('conflict', 'Make a new password link on the page of the person.')
    await tx
      .update(invitations)
      .set({ tokenHash: sha256(token), expiresAt: now() + INVITATION_DAYS * DAY_MS })
      .where(eq(invitations.id, id))
    await recordInvitation(tx, scope, 'invitation.renewed', found)
    return { token, name: found.name }
  })
}

export async function revokeInvitation(store: Store, scope: Scope, id: string): Promise<void> {
  demand(scope, 'people.write')
  await store.write(async (tx) => {
    const found = await openInvitation(tx, scope, id)
    await tx.update(invitations).set({ revokedAt: now() }).where(eq(invitations.id, id))
    await recordInvitation(tx, scope, 'invitation.revoked', found)
  })
}
