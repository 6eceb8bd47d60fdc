/** Canaries: strings that stand with the text of cases sealed together, wherever it goes. */
import { asc, eq } from 'drizzle-orm'
import { sealedSets } from '#db/schema/seal.ts'
import type { Database } from '#db/store.server.ts'
import type { CanaryFound } from './findings.ts'

/** Every canary begins so; what follows is its own. */
const CANARY = /assay-canary-[0-9a-f-]{36}/gi

export type Canaries = ReadonlyMap<string, CanaryFound>

/** The canaries of all sets that were ever sealed in the project, in small letters, with the set each is of. */
export async function canariesOf(read: Database, projectId: string): Promise<Canaries> {
  const rows = await read
    .select({ setId: sealedSets.id, canary: sealedSets.canary, sealedAt: sealedSets.sealedAt })
    .from(sealedSets)
    .where(eq(sealedSets.projectId, projectId))
    .orderBy(asc(sealedSets.sealedAt), asc(sealedSets.id))
  return new Map(rows.map(({ canary, ...set }) => [canary.toLowerCase(), set]))
}

/** Adds to `found` the sets whose canary stands in the text. */
export function meetCanaries(text: string, canaries: Canaries, found: Map<string, CanaryFound>): void {
  if (canaries.size === 0) return
  for (const [canary] of text.matchAll(CANARY)) {
    const set = canaries.get(canary.toLowerCase())
    if (set) found.set(set.setId, set)
  }
}
