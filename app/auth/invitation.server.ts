/** What the holder of a link may do with it: join a project, or set a new password. */
import { and, eq, gt, isNull } from 'drizzle-orm'
import { newId, now, sha256 } from '#app/ambient.ts'
import { record } from '#app/evaluation/audit/record.ts'
import { type InvitationState, invitationState } from '#app/evaluation/people/invitation-state.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { isUniqueViolation } from '#db/errors.ts'
import { invitations, memberships, projects, type Role, users } from '#db/schema/people.ts'
import type { Database, Store } from '#db/store.server.ts'
import { nameFrom } from './account.server.ts'
import { forgetPlaces } from './known-places.server.ts'
import { hashPassword } from './password.server.ts'
import { problemWithPassword } from './password.ts'
import { endSessions } from './session-list.server.ts'

export type Opened = {
  project: { slug: string; name: string }
  email: string
  name: string
  roles: Role[]
  /** Null: the command line. */
  invitedBy: string | null
  expiresAt: number
  /** `join`: make an account; `add`: an account with this email exists and gets the roles; `password`: set a new one. */
  kind: 'join' | 'add' | 'password'
}

const ENDED: Record<Exclude<InvitationState, 'open'>, string> = {
  accepted: 'This link has been used. Sign in with your email and the password you chose.',
  revoked: 'This link was taken back. Ask the person who sent it for a new one.',
  expired: 'This link has expired. Ask the person who sent it for a new one.',
}

/** What a link is good for. A `missing` Problem for one that never was, `gone` for one that ended. */
export async function openInvitation(store: Store, token: string): Promise<Opened> {
  const [found] = await store.read
    .select({ invitation: invitations, slug: projects.slug, project: projects.name })
    .from(invitations)
    .innerJoin(projects, eq(projects.id, invitations.projectId))
    .where(eq(invitations.tokenHash, sha256(token)))
    .limit(1)
  if (!found) {
    throw new Problem(
      'missing',
      'This link leads nowhere. Copy all of it, or ask the person who sent it for a new one.',
    )
  }
  const { invitation } = found
  const state = invitationState(invitation, now())
  if (state !== 'open') throw new Problem('gone', ENDED[state])
  const [inviter] = await store.read
    .select({ name: users.name })
    .from(users)
    .where(eq(users.id, invitation.invitedBy ?? ''))
  const [account] = await store.read
    .select({ passwordHash: users.passwordHash })
    .from(users)
    .where(eq(users.email, invitation.email))
  return {
    project: { slug: found.slug, name: found.project },
    email: invitation.email,
    name: invitation.name,
    roles: invitation.roles,
    invitedBy: inviter?.name ?? null,
    expiresAt: invitation.expiresAt,
    kind: invitation.passwordFor !== null ? 'password' : account ? 'add' : 'join',
  }
}

/** Uses the link up inside a write transaction. Only one of two who come at once gets it. */
async function use(tx: Database, token: string) {
  const [used] = await tx
    .update(invitations)
    .set({ acceptedAt: now() })
    .where(
      and(
        eq(invitations.tokenHash, sha256(token)),
        isNull(invitations.acceptedAt),
        isNull(invitations.revokedAt),
        gt(invitations.expiresAt, now()),
      ),
    )
    .returning()
  if (!used) throw new Problem('gone', 'This link has just been used or taken back. Sign in, or ask for a new one.')
  return used
}

/** Gives the invited roles, beside those already held, and records it. */
async function grant(tx: Database, person: { id: string; name: string }, invitation: typeof invitations.$inferSelect) {
  await tx
    .insert(memberships)
    .values(
      invitation.roles.map((role) => ({
        projectId: invitation.projectId,
        userId: person.id,
        role,
        createdAt: now(),
      })),
    )
    .onConflictDoNothing()
  await record(tx, {
    projectId: invitation.projectId,
    actor: person,
    action: 'invitation.accepted',
    subject: 'invitation',
    subjectId: invitation.id,
    detail: { name: invitation.name, roles: invitation.roles },
  })
}

async function checkedHash(password: string, email: string): Promise<string> {
  const problem = problemWithPassword(password, email)
  if (problem) throw new Problem('invalid', problem, { fields: { password: problem } })
  return hashPassword(password)
}

/** Joins with a new account; returns its id. */
export async function acceptAsNew(
  store: Store,
  token: string,
  entered: { name: string; password: string },
): Promise<string> {
  const { email } = await openInvitation(store, token)
  const name = nameFrom(entered.name)
  const passwordHash = await checkedHash(entered.password, email)
  const id = newId()
  await store
    .write(async (tx) => {
      const invitation = await use(tx, token)
      await tx.insert(users).values({ id, email, name, passwordHash, createdAt: now() })
      await grant(tx, { id, name }, invitation)
    })
    .catch((error: unknown) => {
      if (!isUniqueViolation(error)) throw error
      throw new Problem('conflict', 'An account with this email was made just now. Load the page again and sign in.')
    })
  return id
}

/** Adds the roles to the account of the person who is signed in, where the invitation is theirs. */
export async function acceptAsAccount(
  store: Store,
  token: string,
  person: { id: string; name: string; email: string | null },
): Promise<void> {
  await store.write(async (tx) => {
    const invitation = await use(tx, token)
    if (invitation.email !== person.email || invitation.passwordFor !== null) {
      throw new Problem('conflict', `This invitation is for ${invitation.email}. Sign out, then open the link again.`)
    }
    await grant(tx, person, invitation)
  })
}

/** Sets a new password by a link an admin made: ends every session and forgets known places. Returns the account's id. */
export async function setPasswordByLink(store: Store, token: string, password: string): Promise<string> {
  const { email } = await openInvitation(store, token)
  const passwordHash = await checkedHash(password, email)
  return store.write(async (tx) => {
    const invitation = await use(tx, token)
    const id = invitation.passwordFor
    if (id === null) throw new Problem('conflict', 'This link is an invitation, and sets no password.')
    await tx.update(users).set({ passwordHash }).where(eq(users.id, id))
    await endSessions(tx, id)
    await forgetPlaces(tx, id)
    await record(tx, {
      projectId: null,
      actor: { id, name: invitation.name },
      action: 'password.set',
      subject: 'person',
      subjectId: id,
      detail: { name: invitation.name },
    })
    return id
  })
}
