import { and, asc, count, eq, inArray, isNull, type SQL } from 'drizzle-orm'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { cases, responses, systemVersions } from '#db/schema/cases.ts'
import { anchors } from '#db/schema/rounds.ts'
import type { Database, Store } from '#db/store.server.ts'
import { wordsIn } from '../cases/matching.ts'
import { excerptOf } from '../ratings/history.ts'
import { opening } from './list.ts'
import { ratedSoFar } from './rated.ts'
import { type AnchorState, FOUND_A_PAGE, type RatedSoFar, type ShownResponse } from './shown.ts'

export type FoundResponse = ShownResponse & {
  /** Whether it is an anchor already; null: it never was. */
  anchor: AnchorState | null
  rated: RatedSoFar
}

/** Responses to cases whose key or input contains the words, in pages of 10 (`page` from 1): to pick anchors from. */
export async function searchResponses(
  { read }: Pick<Store, 'read'>,
  scope: Scope,
  { words, page = 1 }: { words: string; page?: number },
): Promise<{ responses: FoundResponse[]; total: number }> {
  demand(scope, 'anchors.write')
  const which = and(
    eq(cases.projectId, scope.project.id),
    isNull(cases.archivedAt),
    eq(cases.sealed, false),
    isNull(responses.referenceId),
    ...wordsIn(words),
  )
  const found = await pageOf(read, which, page)
  const [counted] = await read
    .select({ n: count() })
    .from(responses)
    .innerJoin(cases, eq(cases.id, responses.caseId))
    .where(which)
  const ids = found.map(({ responseId }) => responseId)
  const known = await anchorStates(read, scope, ids)
  const rated = await ratedSoFar(read, ids)
  return {
    responses: found.map((row) => ({
      ...row,
      case: { ...row.case, beginning: excerptOf(row.case.beginning) },
      anchor: known.get(row.responseId) ?? null,
      rated: rated.get(row.responseId) ?? { ratings: 0, mean: null, rounds: [] },
    })),
    total: counted?.n ?? 0,
  }
}

const pageOf = async (db: Database, which: SQL | undefined, page: number): Promise<ShownResponse[]> =>
  await db
    .select({
      responseId: responses.id,
      case: { id: cases.id, key: cases.key, beginning: opening },
      systemVersion: systemVersions.name,
    })
    .from(responses)
    .innerJoin(cases, eq(cases.id, responses.caseId))
    .innerJoin(systemVersions, eq(systemVersions.id, responses.systemVersionId))
    .where(which)
    .orderBy(asc(cases.key), asc(systemVersions.createdAt), asc(responses.id))
    .limit(FOUND_A_PAGE)
    .offset((page - 1) * FOUND_A_PAGE)

/** Which of the responses are anchors, or were. */
export async function anchorStates(
  db: Database,
  scope: Scope,
  responseIds: readonly string[],
): Promise<Map<string, AnchorState>> {
  demand(scope, 'rounds.read')
  if (responseIds.length === 0) return new Map()
  const rows = await db
    .select({ responseId: anchors.responseId, retiredAt: anchors.retiredAt })
    .from(anchors)
    .where(and(eq(anchors.projectId, scope.project.id), inArray(anchors.responseId, [...responseIds])))
  return new Map(rows.map(({ responseId, retiredAt }) => [responseId, retiredAt === null ? 'active' : 'retired']))
}
