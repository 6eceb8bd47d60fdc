/** Sessions: the only file that knows Lucia. */
import { and, eq, gt, lte, sql } from 'drizzle-orm'
import { type Adapter, type DatabaseSession, Lucia, TimeSpan } from 'lucia'
import { now, sha256 } from '#app/ambient.ts'
import { env } from '#app/env.server.ts'
import { store } from '#app/store.server.ts'
import { sessions, users } from '#db/schema/people.ts'
import { statement } from '#db/statement.server.ts'

declare module 'lucia' {
  interface Register {
    Lucia: ReturnType<typeof makeLucia>
    DatabaseUserAttributes: { name: string; email: string | null; singleKeys: boolean; disabledAt: number | null }
    DatabaseSessionAttributes: { userAgent: string; createdAt: number }
  }
}

const sessionAndUser = statement((db) =>
  db
    .select({
      userId: sessions.userId,
      expiresAt: sessions.expiresAt,
      createdAt: sessions.createdAt,
      userAgent: sessions.userAgent,
      name: users.name,
      email: users.email,
      singleKeys: users.singleKeys,
      disabledAt: users.disabledAt,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(eq(sessions.id, sql.placeholder('session')))
    .limit(1),
)

/** Lucia's port to the tables. What is stored is the hash of the session's id: the cookie's content is in no backup. */
const adapter: Adapter = {
  async getSessionAndUser(sessionId) {
    const [row] = await sessionAndUser(store().read).execute({ session: sha256(sessionId) })
    if (!row || row.disabledAt !== null) return [null, null]
    const { userId, expiresAt, createdAt, userAgent, ...attributes } = row
    return [
      { id: sessionId, userId, expiresAt: new Date(expiresAt), attributes: { createdAt, userAgent } },
      { id: userId, attributes },
    ]
  },
  async getUserSessions(userId) {
    const rows = await store()
      .read.select()
      .from(sessions)
      .where(and(eq(sessions.userId, userId), gt(sessions.expiresAt, now())))
    return rows.map(
      (row): DatabaseSession => ({
        id: row.id,
        userId: row.userId,
        expiresAt: new Date(row.expiresAt),
        attributes: { createdAt: row.createdAt, userAgent: row.userAgent },
      }),
    )
  },
  async setSession({ id, userId, expiresAt, attributes }) {
    await store().write(async (tx) => {
      await tx.insert(sessions).values({ id: sha256(id), userId, expiresAt: expiresAt.getTime(), ...attributes })
    })
  },
  async updateSessionExpiration(sessionId, expiresAt) {
    await store().write(async (tx) => {
      await tx
        .update(sessions)
        .set({ expiresAt: expiresAt.getTime() })
        .where(eq(sessions.id, sha256(sessionId)))
    })
  },
  async deleteSession(sessionId) {
    await store().write(async (tx) => {
      await tx.delete(sessions).where(eq(sessions.id, sha256(sessionId)))
    })
  },
  async deleteUserSessions(userId) {
    await store().write(async (tx) => {
      await tx.delete(sessions).where(eq(sessions.userId, userId))
    })
  },
  async deleteExpiredSessions() {
    await store().write(async (tx) => {
      await tx.delete(sessions).where(lte(sessions.expiresAt, now()))
    })
  },
}

function makeLucia() {
  const secure = env().appUrl.startsWith('https:')
  return new Lucia(adapter, {
    sessionExpiresIn: new TimeSpan(env().sessionDays, 'd'),
    // __Host- binds the cookie to this very host; browsers take it over https only.
    // The row says when a session ends, and moves that on while it is used; the cookie must not end before.
    sessionCookie: {
      name: secure ? '__Host-assay' : 'assay',
      expires: false,
      attributes: { secure, sameSite: 'lax', path: '/' },
    },
    getUserAttributes: ({ name, email, singleKeys }) => ({ name, email, singleKeys }),
    getSessionAttributes: ({ createdAt, userAgent }) => ({ createdAt, userAgent }),
  })
}

let made: ReturnType<typeof makeLucia> | undefined

function lucia() {
  made ??= makeLucia()
  return made
}

export type SignedIn = {
  user: { id: string; name: string; email: string | null; singleKeys: boolean }
  sessionId: string
}

/** Who the request's cookie belongs to, or null. */
export async function readSession(request: Request): Promise<SignedIn | null> {
  const sessionId = lucia().readSessionCookie(request.headers.get('Cookie') ?? '')
  if (!sessionId) return null
  const { session, user } = await lucia().validateSession(sessionId)
  if (!session || !user) return null
  return {
    user: { id: user.id, name: user.name, email: user.email, singleKeys: user.singleKeys },
    sessionId: session.id,
  }
}

/** Opens a session; returns the Set-Cookie header. */
export async function openSession(userId: string, userAgent: string): Promise<string> {
  const session = await lucia().createSession(userId, { userAgent: userAgent.slice(0, 200), createdAt: now() })
  return lucia().createSessionCookie(session.id).serialize()
}

/** Ends one session; returns the Set-Cookie header that clears the cookie. */
export async function closeSession(sessionId: string): Promise<string> {
  await lucia().invalidateSession(sessionId)
  return lucia().createBlankSessionCookie().serialize()
}

/** The Set-Cookie header that clears the cookie of a session ended otherwise. */
export const blankSessionCookie = (): string => lucia().createBlankSessionCookie().serialize()

export async function deleteExpiredSessions(): Promise<void> {
  await lucia().deleteExpiredSessions()
}
