/** What raters said in words, in notes, passages and better answers: sealed with the case where that is sealed. */
import { and, eq, inArray } from 'drizzle-orm'
import { cases } from '#db/schema/cases.ts'
import { ratings } from '#db/schema/ratings.ts'
import { sealedTexts } from '#db/schema/seal.ts'
import type { Database } from '#db/store.server.ts'
import { pieces } from '../imports/rows.ts'
import type { Content } from '../ratings/content.ts'
import { decrypt } from './cipher.server.ts'
import type { RatingText } from './texts.ts'

/** Takes a rating's words from its scores: what is left may be read by anybody who may read scores. */
export function withoutWords(content: Content): { content: Content; words: RatingText } {
  const words: RatingText = { betterAnswer: content.betterAnswer, quotes: [], notes: {}, cannotJudge: {} }
  const scores: Content['scores'] = {}
  for (const [dimension, { level, cannotJudge, note }] of Object.entries(content.scores)) {
    if (note !== '') words.notes[dimension] = note
    if (cannotJudge) words.cannotJudge[dimension] = cannotJudge
    scores[dimension] = { level, cannotJudge: cannotJudge === null ? null : '', note: '' }
  }
  const evidence = content.evidence.map(({ quote, ...place }) => {
    words.quotes.push(quote)
    return { ...place, quote: '' }
  })
  return { content: { ...content, scores, evidence, betterAnswer: '' }, words }
}

/** Puts words back into the scores they were taken from. */
export function withWords(content: Content, words: RatingText | undefined): Content {
  if (!words) return content
  return {
    ...content,
    betterAnswer: words.betterAnswer,
    evidence: content.evidence.map((passage, i) => ({ ...passage, quote: words.quotes[i] ?? '' })),
    scores: Object.fromEntries(
      Object.entries(content.scores).map(([dimension, score]) => [
        dimension,
        {
          level: score.level,
          cannotJudge: words.cannotJudge[dimension] ?? score.cannotJudge,
          note: words.notes[dimension] ?? score.note,
        },
      ]),
    ),
  }
}

/** The rater's own words, of those of their ratings whose words are sealed. */
export const ownWords = (db: Database, raterId: string, ratingIds: readonly string[]) =>
  wordsOf(db, ratingIds, eq(ratings.raterId, raterId))

/**
 * The words of ratings of cases that were sealed and are not any more: a rating is never changed, so that its words stay
 * encrypted. Of cases that are still sealed there are none here.
 */
export const openWords = (db: Database, ratingIds: readonly string[]) => wordsOf(db, ratingIds, eq(cases.sealed, false))

async function wordsOf(
  db: Database,
  ratingIds: readonly string[],
  which: ReturnType<typeof eq>,
): Promise<Map<string, RatingText>> {
  const words = new Map<string, RatingText>()
  for (const piece of pieces(ratingIds)) {
    const rows = await db
      .select({
        kind: sealedTexts.kind,
        id: sealedTexts.id,
        caseId: sealedTexts.caseId,
        keyId: sealedTexts.keyId,
        sealed: sealedTexts.sealed,
      })
      .from(sealedTexts)
      .innerJoin(cases, eq(cases.id, sealedTexts.caseId))
      .innerJoin(ratings, eq(ratings.id, sealedTexts.id))
      .where(and(eq(sealedTexts.kind, 'rating'), inArray(sealedTexts.id, piece), which))
    for (const row of rows) words.set(row.id, decrypt(row) as RatingText)
  }
  return words
}
