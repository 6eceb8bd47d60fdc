import { eq } from 'drizzle-orm'
import { sealedSets } from '#db/schema/seal.ts'
import type { Database } from '#db/store.server.ts'

/**
 * True once anything was ever sealed in the project. A list that shows raters words of some items and not of others would tell
 * which are sealed; so in such a project no list does.
 */
export async function keepsHoldout(read: Database, projectId: string): Promise<boolean> {
  const [set] = await read
    .select({ id: sealedSets.id })
    .from(sealedSets)
    .where(eq(sealedSets.projectId, projectId))
    .limit(1)
  return set !== undefined
}
