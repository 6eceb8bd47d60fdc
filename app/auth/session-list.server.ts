import { and, desc, eq, gt, ne } from 'drizzle-orm'
import { now, sha256 } from '#app/ambient.ts'
import { sessions } from '#db/schema/people.ts'
import type { Database, Store } from '#db/store.server.ts'

export type ListedSession = { id: string; createdAt: number; expiresAt: number; userAgent: string; current: boolean }

/** The id by which a session is listed and ended: the hash that is stored, which opens nothing. */
export const listedId = (sessionId: string): string => sha256(sessionId)

/** A person's open sessions, the newest first. `sessionId` is the one of the browser that asks. */
export async function listSessions(store: Store, userId: string, sessionId: string): Promise<ListedSession[]> {
  const rows = await store.read
    .select()
    .from(sessions)
    .where(and(eq(sessions.userId, userId), gt(sessions.expiresAt, now())))
    .orderBy(desc(sessions.createdAt), sessions.id)
  return rows.map(({ id, createdAt, expiresAt, userAgent }) => ({
    id,
    createdAt,
    expiresAt,
    userAgent,
    current: id === listedId(sessionId),
  }))
}

/** Ends one of a person's sessions by its listed id; nothing happens where there is none. */
export async function endSession(store: Store, userId: string, id: string): Promise<void> {
  await store.write(async (tx) => {
    await tx.delete(sessions).where(and(eq(sessions.userId, userId), eq(sessions.id, id)))
  })
}

/** Ends all of a person's sessions, or all but one. */
export async function endSessions(tx: Database, userId: string, exceptSessionId?: string): Promise<void> {
  const others = exceptSessionId === undefined ? undefined : ne(sessions.id, listedId(exceptSessionId))
  await tx.delete(sessions).where(and(eq(sessions.userId, userId), others))
}
