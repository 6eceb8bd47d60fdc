/** What a person chose about the pages themselves. */
import { and, eq, isNull } from 'drizzle-orm'
import { now } from '#app/ambient.ts'
import { users } from '#db/schema/people.ts'
import type { Store } from '#db/store.server.ts'

/** Whether the person has been shown around the rating page. */
export async function hasSeenTour(store: Store, userId: string): Promise<boolean> {
  const [user] = await store.read.select({ at: users.tourSeenAt }).from(users).where(eq(users.id, userId))
  return user !== undefined && user.at !== null
}

/** Remembers that the person has been shown around; the first time stands. */
export async function markTourSeen(store: Store, userId: string): Promise<void> {
  await store.write(async (tx) => {
    await tx
      .update(users)
      .set({ tourSeenAt: now() })
      .where(and(eq(users.id, userId), isNull(users.tourSeenAt)))
  })
}
