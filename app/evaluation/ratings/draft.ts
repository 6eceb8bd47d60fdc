import { and, eq, sql } from 'drizzle-orm'
import { now } from '#app/ambient.ts'
import type { Scope } from '#app/auth/permissions.ts'
import { assignments } from '#db/schema/rounds.ts'
import type { Store } from '#db/store.server.ts'
import { Problem } from '../problem.ts'
import { admit } from '../queue/admission.ts'
import { LEASE_MS } from '../queue/terms.ts'
import type { Content } from './content.ts'
import { ownAssignment } from './own-assignment.ts'
import { keepDraft } from './stored.ts'

/**
 * Keeps what was entered so far, whole or not; with two tabs the last one to save stands. It also is a sign of life: the
 * lease starts anew. A draft is kept even when the lease has run out or the round was closed (`leaseExpiresAt` is null
 * then). Throws `conflict` (code `already-submitted`).
 */
export async function saveDraft(
  store: Store,
  scope: Scope,
  roundId: string,
  { assignment, content }: { assignment: string; content: Content },
): Promise<{ savedAt: number; leaseExpiresAt: number | null }> {
  return store.write(async (tx) => {
    const { raterId, round } = await admit(tx, scope, roundId)
    const own = await ownAssignment(tx, raterId, roundId, assignment)
    if (own.state === 'submitted') {
      throw new Problem(
        'conflict',
        'This item is submitted already, in another tab or on another device. To change it, correct it from your history.',
        { code: 'already-submitted' },
      )
    }
    const savedAt = await keepDraft(tx, own, content)
    if (own.state !== 'leased' || round.state !== 'open') return { savedAt, leaseExpiresAt: null }
    const leaseExpiresAt = now() + LEASE_MS
    await tx
      .update(assignments)
      .set({ leaseExpiresAt: sql`${leaseExpiresAt}` })
      .where(and(eq(assignments.id, own.id), eq(assignments.state, 'leased')))
    return { savedAt, leaseExpiresAt }
  })
}
