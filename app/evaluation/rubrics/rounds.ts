import { and, count, desc, eq, inArray, isNull, ne } from 'drizzle-orm'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { ratings } from '#db/schema/ratings.ts'
import { rounds } from '#db/schema/rounds.ts'
import type { Store } from '#db/store.server.ts'

export type RoundOfVersion = {
  id: string
  name: string
  state: string
  simulated: string | null
  /** The version that its bridge items link this one to; null: it is not the newer half of a bridge. */
  bridgesFromId: string | null
  ratings: number
}

/** The rounds that are rated under each of some rubric versions, the newest first, with their effective ratings. */
export async function roundsByVersion(
  { read }: Pick<Store, 'read'>,
  scope: Scope,
  versionIds: readonly string[],
): Promise<Map<string, RoundOfVersion[]>> {
  demand(scope, 'rounds.read')
  const found = new Map<string, RoundOfVersion[]>()
  if (versionIds.length === 0) return found
  const rows = await read
    .select({
      versionId: rounds.rubricVersionId,
      id: rounds.id,
      name: rounds.name,
      state: rounds.state,
      simulated: rounds.simulated,
      bridgesFromId: rounds.bridgesFromId,
      ratings: count(ratings.id).mapWith(Number),
    })
    .from(rounds)
    .leftJoin(ratings, and(eq(ratings.roundId, rounds.id), isNull(ratings.supersededAt)))
    .where(
      and(
        inArray(rounds.rubricVersionId, [...versionIds]),
        eq(rounds.projectId, scope.project.id),
        ne(rounds.state, 'making'),
      ),
    )
    .groupBy(
      rounds.rubricVersionId,
      rounds.id,
      rounds.name,
      rounds.state,
      rounds.simulated,
      rounds.bridgesFromId,
      rounds.createdAt,
    )
    .orderBy(desc(rounds.createdAt), desc(rounds.id))
  for (const { versionId, ...round } of rows) found.set(versionId, [...(found.get(versionId) ?? []), round])
  return found
}

/** The rounds that are rated under a rubric version, as `roundsByVersion` gives them. */
export const roundsUnder = async (
  store: Pick<Store, 'read'>,
  scope: Scope,
  versionId: string,
): Promise<RoundOfVersion[]> => (await roundsByVersion(store, scope, [versionId])).get(versionId) ?? []
