import { and, desc, eq, isNull } from 'drizzle-orm'
import { now } from '#app/ambient.ts'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { invitations, type Role, users } from '#db/schema/people.ts'
import type { Store } from '#db/store.server.ts'
import { invitationState } from './invitation-state.ts'

export type ListedInvitation = {
  id: string
  name: string
  email: string
  roles: Role[]
  state: 'open' | 'expired'
  createdAt: number
  expiresAt: number
  /** Null: made on the command line. */
  invitedBy: string | null
  /** A link that sets a new password, and no invitation. */
  forPassword: boolean
}

/** The links that somebody may still use, or could if they were renewed, the newest first. */
export async function listInvitations(store: Store, scope: Scope): Promise<ListedInvitation[]> {
  demand(scope, 'people.write')
  const rows = await store.read
    .select({ invitation: invitations, invitedBy: users.name })
    .from(invitations)
    .leftJoin(users, eq(users.id, invitations.invitedBy))
    .where(
      and(eq(invitations.projectId, scope.project.id), isNull(invitations.acceptedAt), isNull(invitations.revokedAt)),
    )
    .orderBy(desc(invitations.createdAt), desc(invitations.id))
    .limit(200)
  return rows
    .map(({ invitation, invitedBy }) => ({
      id: invitation.id,
      name: invitation.name,
      email: invitation.email,
      roles: invitation.roles,
      state: invitationState(invitation, now()) === 'open' ? ('open' as const) : ('expired' as const),
      createdAt: invitation.createdAt,
      expiresAt: invitation.expiresAt,
      invitedBy,
      forPassword: invitation.passwordFor !== null,
    }))
    .filter((one) => one.state === 'open' || !one.forPassword)
}
