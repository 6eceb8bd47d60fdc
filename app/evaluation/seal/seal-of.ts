import { desc, eq } from 'drizzle-orm'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { cases } from '#db/schema/cases.ts'
import { sealedSets, seals } from '#db/schema/seal.ts'
import type { Store } from '#db/store.server.ts'
import { Problem } from '../problem.ts'
import { countExposures } from './exposures.ts'

/** What may be known of a sealed case without opening it. */
export type SealOfCase = {
  setId: string
  canary: string
  contentHash: string
  sealedAt: number
  sealedUntil: number
  /** Null: it is sealed still. */
  endedAt: number | null
  openings: number
  people: number
}

/** The seal on a case, or the one it had; null where it never had one. */
export async function sealOf({ read }: Pick<Store, 'read'>, scope: Scope, caseId: string): Promise<SealOfCase | null> {
  demand(scope, 'exposures.read')
  const [row] = await read
    .select({
      projectId: cases.projectId,
      setId: sealedSets.id,
      canary: sealedSets.canary,
      contentHash: seals.contentHash,
      sealedAt: seals.sealedAt,
      sealedUntil: seals.sealedUntil,
      endedAt: seals.endedAt,
    })
    .from(seals)
    .innerJoin(sealedSets, eq(sealedSets.id, seals.setId))
    .innerJoin(cases, eq(cases.id, seals.caseId))
    .where(eq(seals.caseId, caseId))
  if (!row) return null
  const { projectId, ...seal } = row
  if (projectId !== scope.project.id) throw new Problem('missing', 'This case is not here.')
  const { openings = 0, people = 0 } = (await countExposures(read, [caseId])).get(caseId) ?? {}
  return { ...seal, openings, people }
}

/** The canaries of a project, the newest first: strings to search the web and training sets for. */
export async function listCanaries(
  { read }: Pick<Store, 'read'>,
  scope: Scope,
): Promise<{ setId: string; canary: string; sealedAt: number }[]> {
  demand(scope, 'exposures.read')
  return await read
    .select({ setId: sealedSets.id, canary: sealedSets.canary, sealedAt: sealedSets.sealedAt })
    .from(sealedSets)
    .where(eq(sealedSets.projectId, scope.project.id))
    .orderBy(desc(sealedSets.sealedAt), desc(sealedSets.id))
}
