import { and, count, eq, isNull } from 'drizzle-orm'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { cases, type Pool, type Quality, references, responses, systemVersions } from '#db/schema/cases.ts'
import type { Store } from '#db/store.server.ts'
import { Problem } from '../problem.ts'
import { type SealOfCase, sealOf } from './seal-of.ts'

/** A case without anything written of it. */
export type SealedFacts = {
  id: string
  key: string
  category: string
  userSegment: string
  pool: Pool
  sealed: boolean
  burntAt: number | null
  createdAt: number
  seal: SealOfCase | null
  /** The system versions that answered it. */
  answeredBy: string[]
  /** How many references of each quality stand. */
  references: Record<Quality, number>
}

/** What may be known of a case without opening it. @throws Problem `missing` for a case that is not of this project */
export async function factsOfSealed(store: Pick<Store, 'read'>, scope: Scope, id: string): Promise<SealedFacts> {
  demand(scope, 'exposures.read')
  const { read } = store
  const [row] = await read
    .select({
      id: cases.id,
      key: cases.key,
      category: cases.category,
      userSegment: cases.userSegment,
      pool: cases.pool,
      sealed: cases.sealed,
      burntAt: cases.burntAt,
      createdAt: cases.createdAt,
    })
    .from(cases)
    .where(and(eq(cases.id, id), eq(cases.projectId, scope.project.id)))
  if (!row) throw new Problem('missing', 'This case is not here.')
  const answered = await read
    .select({ name: systemVersions.name })
    .from(responses)
    .innerJoin(systemVersions, eq(systemVersions.id, responses.systemVersionId))
    .where(eq(responses.caseId, id))
    .orderBy(systemVersions.createdAt, systemVersions.id)
  const compared = await read
    .select({ quality: references.quality, n: count() })
    .from(references)
    .where(and(eq(references.caseId, id), isNull(references.supersededAt)))
    .groupBy(references.quality)
  const counts = { high: 0, borderline: 0 }
  for (const { quality, n } of compared) counts[quality] = n
  return {
    ...row,
    seal: await sealOf(store, scope, id),
    answeredBy: answered.map(({ name }) => name),
    references: counts,
  }
}
