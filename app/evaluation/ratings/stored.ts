import { and, desc, eq, inArray, sql } from 'drizzle-orm'
import { now } from '#app/ambient.ts'
import { ratings, scores } from '#db/schema/ratings.ts'
import { drafts } from '#db/schema/rounds.ts'
import { statement, statementPerCount } from '#db/statement.server.ts'
import type { Database } from '#db/store.server.ts'
import { ownWords, withoutWords, withWords } from '../seal/rating-words.ts'
import type { RatingText } from '../seal/texts.ts'
import { dropSealed, sealText } from '../seal/write.ts'
import { type Content, emptyContent } from './content.ts'
import type { OwnAssignment } from './own-assignment.ts'

export type StoredRating = typeof ratings.$inferSelect
type StoredScore = typeof scores.$inferSelect

const insertRating = statement((db) =>
  db.insert(ratings).values({
    id: sql.placeholder('id'),
    itemId: sql.placeholder('item'),
    roundId: sql.placeholder('round'),
    raterId: sql.placeholder('rater'),
    assignmentId: sql.placeholder('assignment'),
    rubricVersionId: sql.placeholder('rubricVersion'),
    submissionId: sql.placeholder('submission'),
    revision: sql`(select coalesce(max(o.revision), 0) + 1 from ratings o
      where o.item_id = ${sql.placeholder('item')} and o.rater_id = ${sql.placeholder('rater')})`,
    source: 'app',
    closestReference: sql.placeholder('closest'),
    betterAnswer: sql.placeholder('betterAnswer'),
    evidence: sql.placeholder('evidence'),
    activeMs: sql.placeholder('activeMs'),
    referencesSeen: sql.placeholder('referencesSeen'),
    changedAfterReferences: sql.placeholder('changed'),
    submittedAt: sql.placeholder('at'),
  }),
)

const insertScores = statementPerCount((db, count) =>
  db.insert(scores).values(
    Array.from({ length: count }, (_, i) => ({
      ratingId: sql.placeholder('rating'),
      dimensionId: sql.placeholder(`d${i}`),
      level: sql.placeholder(`l${i}`),
      cannotJudge: sql.placeholder(`c${i}`),
      note: sql.placeholder(`n${i}`),
    })),
  ),
)

export type NewRating = {
  id: string
  /** The case, where it is sealed: what is said in words is sealed with it. Null: it is not. */
  sealedCase: string | null
  item: string
  round: string
  rater: string
  assignment: string
  rubricVersion: string
  submission: string
  content: Content
  activeMs: number | null
  referencesSeen: boolean
  /** Whether levels were changed after the references were seen. */
  changed: boolean
  at: number
}

/** Stores a rating as the next revision of this rater's ratings of the item. */
export async function insertNewRating(
  tx: Database,
  { content: given, sealedCase, ...rating }: NewRating,
): Promise<void> {
  const { content, words } = sealedCase === null ? { content: given, words: null } : withoutWords(given)
  const { closest, betterAnswer, evidence } = content
  await insertRating(tx).execute({ ...rating, closest, betterAnswer, evidence })
  const entered = Object.entries(content.scores)
  const values: Record<string, unknown> = { rating: rating.id }
  for (const [i, [dimension, { level, cannotJudge, note }]] of entered.entries()) {
    values[`d${i}`] = dimension
    values[`l${i}`] = level
    values[`c${i}`] = cannotJudge
    values[`n${i}`] = note
  }
  await insertScores(tx, entered.length).execute(values)
  if (words && sealedCase !== null) {
    await sealText(tx, { kind: 'rating', id: rating.id, caseId: sealedCase, value: words })
  }
}

/** What was entered for a stored rating; `words`: what of it was sealed. */
export const contentOf = (rating: StoredRating, given: readonly StoredScore[], words?: RatingText): Content =>
  withWords(
    {
      scores: Object.fromEntries(
        given.map(({ dimensionId, level, cannotJudge, note }) => [dimensionId, { level, cannotJudge, note }]),
      ),
      closest: rating.closestReference,
      betterAnswer: rating.betterAnswer,
      evidence: rating.evidence,
      activeMs: rating.activeMs ?? 0,
    },
    words,
  )

/** The same of one rating, read for the rater whose it is. */
export async function ownContentOf(db: Database, rating: StoredRating): Promise<Content> {
  const words = await ownWords(db, rating.raterId, [rating.id])
  return contentOf(rating, (await scoresOf(db, [rating.id])).get(rating.id) ?? [], words.get(rating.id))
}

/** True when both say the same, whatever the time spent. */
export function sameContent(one: Content, other: Content): boolean {
  const plain = ({ scores, closest, betterAnswer, evidence }: Content) =>
    JSON.stringify([
      Object.entries(scores)
        .map(([id, { level, cannotJudge, note }]) => [id, level, cannotJudge, note])
        .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
      closest,
      betterAnswer,
      evidence.map(({ dimension, source, start, end, quote }) => [dimension, source, start, end, quote]),
    ])
  return plain(one) === plain(other)
}

/** The scores of ratings, by rating. */
export async function scoresOf(db: Database, ratingIds: readonly string[]): Promise<Map<string, StoredScore[]>> {
  const byRating = new Map<string, StoredScore[]>(ratingIds.map((id) => [id, []]))
  if (ratingIds.length === 0) return byRating
  const rows = await db
    .select()
    .from(scores)
    .where(inArray(scores.ratingId, [...ratingIds]))
  for (const row of rows) byRating.get(row.ratingId)?.push(row)
  return byRating
}

/** Every revision of what the rater submitted for an item, the newest first, whatever became of it. */
export const revisionsOf = async (db: Database, itemId: string, raterId: string): Promise<StoredRating[]> =>
  await db
    .select()
    .from(ratings)
    .where(and(eq(ratings.itemId, itemId), eq(ratings.raterId, raterId)))
    .orderBy(desc(ratings.revision))

const putDraft = statement((db) =>
  db
    .insert(drafts)
    .values({
      assignmentId: sql.placeholder('assignment'),
      content: sql.placeholder('content'),
      savedAt: sql.placeholder('at'),
    })
    .onConflictDoUpdate({
      target: drafts.assignmentId,
      set: { content: sql`excluded.content`, savedAt: sql`excluded.saved_at` },
    }),
)

/** Keeps a draft, sealed where the case is; the last one written stands. Returns when it was kept. */
export async function keepDraft(
  tx: Database,
  { id, caseId, sealed }: Pick<OwnAssignment, 'id' | 'caseId' | 'sealed'>,
  content: Content,
): Promise<number> {
  const at = now()
  await putDraft(tx).execute({ assignment: id, content: sealed ? emptyContent() : content, at })
  if (sealed) await sealText(tx, { kind: 'draft', id, caseId, value: content })
  return at
}

const removeDraft = statement((db) => db.delete(drafts).where(eq(drafts.assignmentId, sql.placeholder('assignment'))))

export const dropDraft = async (tx: Database, { id, sealed }: Pick<OwnAssignment, 'id' | 'sealed'>): Promise<void> => {
  await removeDraft(tx).execute({ assignment: id })
  if (sealed) await dropSealed(tx, 'draft', [id])
}
