/** What people change about their own account. */
import { eq } from 'drizzle-orm'
import { record } from '#app/evaluation/audit/record.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { users } from '#db/schema/people.ts'
import type { Database, Store } from '#db/store.server.ts'
import { forgetPlaces, recognise } from './known-places.server.ts'
import { networkOf } from './network.ts'
import { checkPassword, hashPassword } from './password.server.ts'
import { problemWithPassword } from './password.ts'
import { endSessions } from './session-list.server.ts'
import { beginAttempt, endAttempt } from './throttle.server.ts'

export type Self = { id: string; name: string }

const LONGEST_NAME = 120

const tidy = (entered: string): string => entered.trim().replace(/\s+/g, ' ')

/** What is wrong with a person's name as entered, or null. */
export function problemWithName(entered: string): string | null {
  const { length } = tidy(entered)
  if (length === 0) return 'Enter a name.'
  return length > LONGEST_NAME ? `Use at most ${LONGEST_NAME} characters.` : null
}

/** A person's name without spaces around it; an `invalid` Problem where it is empty or too long. */
export function nameFrom(entered: string): string {
  const problem = problemWithName(entered)
  if (problem) throw new Problem('invalid', problem, { fields: { name: problem } })
  return tidy(entered)
}

const recordOwn = (tx: Database, self: Self, action: string, detail: Record<string, unknown> = {}) =>
  record(tx, {
    projectId: null,
    actor: { id: self.id, name: self.name },
    action,
    subject: 'person',
    subjectId: self.id,
    detail,
  })

export async function changeName(store: Store, self: Self, entered: string): Promise<void> {
  const name = nameFrom(entered)
  if (name === self.name) return
  await store.write(async (tx) => {
    await tx.update(users).set({ name }).where(eq(users.id, self.id))
    await recordOwn(tx, self, 'person.renamed', { from: self.name, to: name })
  })
}

/** Whether single letters and digits act as keys on the rating page. */
export async function setSingleKeys(store: Store, self: Self, singleKeys: boolean): Promise<void> {
  await store.write(async (tx) => {
    await tx.update(users).set({ singleKeys }).where(eq(users.id, self.id))
  })
}

export type PasswordChange = {
  present: string
  next: string
  sessionId: string
  address: string
  browser: string | null
}

/**
 * Sets a new password after the present one was given, and ends every other session. Wrong present passwords are
 * throttled as sign-ins are: an open browser must not be a place to guess at leisure.
 */
export async function changePassword(store: Store, self: Self, change: PasswordChange): Promise<void> {
  const [user] = await store.read.select().from(users).where(eq(users.id, self.id)).limit(1)
  const email = user?.email ?? ''
  const problem = problemWithPassword(change.next, email)
  if (problem) throw new Problem('invalid', problem, { fields: { next: problem } })
  const from = { account: email, network: networkOf(change.address), browser: change.browser }
  const attempt = await beginAttempt(store, { ...from, ...(await recognise(store, from)) })
  if (!(await checkPassword(user?.passwordHash, change.present))) {
    const message = 'This is not your present password.'
    throw new Problem('invalid', message, { fields: { present: message } })
  }
  const passwordHash = await hashPassword(change.next)
  await store.write(async (tx) => {
    await endAttempt(tx, attempt)
    await tx.update(users).set({ passwordHash }).where(eq(users.id, self.id))
    await endSessions(tx, self.id, change.sessionId)
    await recordOwn(tx, self, 'password.changed')
  })
}

/** Ends every session of the account, this one too, and forgets the browsers and networks it is known from. */
export async function signOutEverywhere(store: Store, self: Self): Promise<void> {
  await store.write(async (tx) => {
    await endSessions(tx, self.id)
    await forgetPlaces(tx, self.id)
    await recordOwn(tx, self, 'sessions.ended')
  })
}
