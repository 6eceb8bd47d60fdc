import { and, desc, eq, inArray, isNull, lt, or, sql } from 'drizzle-orm'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { cases } from '#db/schema/cases.ts'
import { ratings } from '#db/schema/ratings.ts'
import { assignments, drafts, items, rounds } from '#db/schema/rounds.ts'
import type { Store } from '#db/store.server.ts'
import { rubricOf } from '../queue/rubric.ts'
import { keepsHoldout } from '../seal/keeps-holdout.ts'
import type { KeptDraft, OwnRating, OwnRatings } from './shown.ts'
import { scoresOf } from './stored.ts'

const PAGE = 10
const PAGE_MOST = 100
const EXCERPT = 160

/** The first words of a text on one line. */
export const excerptOf = (text: string): string => {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length <= EXCERPT ? line : `${line.slice(0, EXCERPT).replace(/\s\S*$/, '')} …`
}

/** Only as much of a long question as an excerpt needs is read. */
const opening = sql<string>`substr(${cases.input}, 1, ${4 * EXCERPT})`

const afterCursor = (cursor: string | undefined) => {
  const [at, id] = cursor?.split('~') ?? []
  if (!at || !id || !/^\d+$/.test(at)) return undefined
  return or(lt(ratings.submittedAt, Number(at)), and(eq(ratings.submittedAt, Number(at)), lt(ratings.id, id)))
}

/** The rater's own ratings in force, the newest first; `cursor` is the `next` of the page before. */
export async function listOwnRatings(
  store: Store,
  scope: Scope,
  { limit = PAGE, cursor, roundId }: { limit?: number; cursor?: string; roundId?: string } = {},
): Promise<OwnRatings> {
  demand(scope, 'items.rate')
  const db = store.read
  const most = Math.min(limit, PAGE_MOST)
  const rows = await db
    .select({
      rating: ratings.id,
      assignment: assignments.id,
      round: { id: rounds.id, name: rounds.name },
      state: rounds.state,
      question: opening,
      submittedAt: ratings.submittedAt,
      revision: ratings.revision,
      rubricVersionId: ratings.rubricVersionId,
    })
    .from(ratings)
    .innerJoin(assignments, eq(assignments.id, ratings.assignmentId))
    .innerJoin(rounds, and(eq(rounds.id, ratings.roundId), eq(rounds.projectId, scope.project.id)))
    .innerJoin(items, eq(items.id, ratings.itemId))
    .innerJoin(cases, eq(cases.id, items.caseId))
    .where(
      and(
        eq(ratings.raterId, scope.user.id),
        isNull(ratings.supersededAt),
        roundId === undefined ? undefined : eq(ratings.roundId, roundId),
        afterCursor(cursor),
      ),
    )
    .orderBy(desc(ratings.submittedAt), desc(ratings.id))
    .limit(most + 1)
  const page = rows.slice(0, most)
  const given = await scoresOf(
    db,
    page.map((row) => row.rating),
  )
  const rubrics = new Map(
    await Promise.all(
      [...new Set(page.map((row) => row.rubricVersionId))].map(async (id) => [id, await rubricOf(db, id)] as const),
    ),
  )
  const hidden = await keepsHoldout(db, scope.project.id)
  const last = page.at(-1)
  return {
    ratings: page.map(({ rating, rubricVersionId, state, question, ...row }): OwnRating => {
      const levels = new Map(given.get(rating)?.map((score) => [score.dimensionId, score.level]))
      return {
        ...row,
        question: hidden ? null : excerptOf(question),
        scores: (rubrics.get(rubricVersionId)?.dimensions ?? []).map((dimension) => ({
          dimension: dimension.id,
          name: dimension.name,
          level: levels.get(dimension.id) ?? null,
          least: dimension.levels[0]?.value ?? 0,
          most: dimension.levels.at(-1)?.value ?? 0,
        })),
        canCorrect: state === 'open',
      }
    }),
    next: rows.length > most && last ? `${last.submittedAt}~${last.rating}` : null,
  }
}

/** What the rater entered and never submitted and does not have in hand, the newest first. */
export async function listKeptDrafts(store: Store, scope: Scope): Promise<KeptDraft[]> {
  demand(scope, 'items.rate')
  const db = store.read
  const rows = await db
    .select({
      assignment: assignments.id,
      round: { id: rounds.id, name: rounds.name },
      roundState: rounds.state,
      state: assignments.state,
      question: opening,
      savedAt: drafts.savedAt,
      taken: items.taken,
      needed: items.needed,
    })
    .from(assignments)
    .innerJoin(drafts, eq(drafts.assignmentId, assignments.id))
    .innerJoin(rounds, and(eq(rounds.id, assignments.roundId), eq(rounds.projectId, scope.project.id)))
    .innerJoin(items, eq(items.id, assignments.itemId))
    .innerJoin(cases, eq(cases.id, items.caseId))
    .where(and(eq(assignments.raterId, scope.user.id), inArray(assignments.state, ['leased', 'skipped', 'expired'])))
    .orderBy(desc(drafts.savedAt), desc(assignments.id))
    .limit(PAGE_MOST)
  const listed = rows.flatMap(({ roundState, state, taken, needed, ...row }) => {
    const full = state !== 'leased' && taken >= needed
    const ended = state === 'skipped' ? ('skipped' as const) : state === 'expired' ? ('lease expired' as const) : null
    const why = roundState !== 'open' ? ('round closed' as const) : full ? ('completed by others' as const) : ended
    return why === null ? [] : [{ ...row, why }]
  })
  const hidden = await keepsHoldout(db, scope.project.id)
  return listed.map(({ question, ...row }): KeptDraft => ({ ...row, question: hidden ? null : excerptOf(question) }))
}
