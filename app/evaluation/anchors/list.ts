import { and, count, desc, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { cases, responses, systemVersions } from '#db/schema/cases.ts'
import { users } from '#db/schema/people.ts'
import { anchors, items, rounds } from '#db/schema/rounds.ts'
import type { Database, Store } from '#db/store.server.ts'
import { excerptOf } from '../ratings/history.ts'
import { ratedSoFar } from './rated.ts'
import { ANCHORS_A_PAGE, type AnchorCounts, type AnchorState, type ListedAnchor } from './shown.ts'

/** Only as much of a long input as an excerpt needs is read. */
export const opening = sql<string>`substr(${cases.input}, 1, 640)`

/** The project's anchors, the newest first, in pages of 25 (`page` from 1), with how they were rated so far. */
export async function listAnchors(
  { read }: Pick<Store, 'read'>,
  scope: Scope,
  { state = 'active', page = 1 }: { state?: AnchorState; page?: number } = {},
): Promise<{ anchors: ListedAnchor[]; counts: AnchorCounts }> {
  demand(scope, 'rounds.read')
  const rows = await read
    .select({
      id: anchors.id,
      responseId: anchors.responseId,
      case: { id: cases.id, key: cases.key, beginning: opening },
      sealed: cases.sealed,
      systemVersion: systemVersions.name,
      drawn: anchors.drawn,
      selectionProbability: anchors.selectionProbability,
      addedBy: users.name,
      addedAt: anchors.addedAt,
      retiredAt: anchors.retiredAt,
    })
    .from(anchors)
    .innerJoin(responses, eq(responses.id, anchors.responseId))
    .innerJoin(cases, eq(cases.id, responses.caseId))
    .innerJoin(systemVersions, eq(systemVersions.id, responses.systemVersionId))
    .leftJoin(users, eq(users.id, anchors.addedBy))
    .where(
      and(
        eq(anchors.projectId, scope.project.id),
        state === 'active' ? isNull(anchors.retiredAt) : isNotNull(anchors.retiredAt),
      ),
    )
    .orderBy(desc(state === 'active' ? anchors.addedAt : anchors.retiredAt), desc(anchors.id))
    .limit(ANCHORS_A_PAGE)
    .offset((page - 1) * ANCHORS_A_PAGE)
  const ids = rows.map(({ responseId }) => responseId)
  const rated = await ratedSoFar(read, ids)
  const used = await usedIn(
    read,
    ids,
    rows.map((row) => row.case.id),
  )
  return {
    anchors: rows.map(({ sealed, ...row }) => ({
      ...row,
      case: { ...row.case, beginning: sealed ? `Sealed: ${row.case.key}` : excerptOf(row.case.beginning) },
      used: used.get(row.responseId) ?? 0,
      rated: rated.get(row.responseId) ?? { ratings: 0, mean: null, rounds: [] },
    })),
    counts: await countAnchors(read, scope),
  }
}

/** How many anchors the project has. */
export async function countAnchors(db: Database, scope: Scope): Promise<AnchorCounts> {
  demand(scope, 'rounds.read')
  const [row] = await db
    .select({ all: count(), retired: count(anchors.retiredAt) })
    .from(anchors)
    .where(eq(anchors.projectId, scope.project.id))
  const { all, retired } = row ?? { all: 0, retired: 0 }
  return { active: all - retired, retired }
}

/** In how many rounds each of the responses is an anchor. */
async function usedIn(db: Database, responseIds: string[], caseIds: string[]): Promise<Map<string, number>> {
  if (responseIds.length === 0) return new Map()
  const rows = await db
    .select({ responseId: items.responseId, n: count() })
    .from(items)
    .innerJoin(rounds, eq(rounds.id, items.roundId))
    .where(
      and(
        inArray(items.caseId, caseIds),
        inArray(items.responseId, responseIds),
        eq(items.reason, 'anchor'),
        sql`${rounds.state} <> 'making'`,
      ),
    )
    .groupBy(items.responseId)
  return new Map(rows.map(({ responseId, n }) => [responseId, n]))
}
