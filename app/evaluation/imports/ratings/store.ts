import { inArray, sql } from 'drizzle-orm'
import { newId, randomInt } from '#app/ambient.ts'
import { plural } from '#app/evaluation/figure.ts'
import type { RatingText } from '#app/evaluation/seal/texts.ts'
import { sealedAmong, sealTexts } from '#app/evaluation/seal/write.ts'
import { ratings, scores } from '#db/schema/ratings.ts'
import { assignments, items, roundRaters } from '#db/schema/rounds.ts'
import type { Import } from '../importer.ts'
import { insertRows, pieces } from '../rows.ts'
import { type ResolvedRating, type ResolvedScore, submissionIdOf } from './resolve.ts'
import { type ImportedRound, openImportedRound, summariseRound } from './round.ts'
import type { UsedVersion } from './rubric.ts'

type NewRating = ResolvedRating & { id: string; itemId: string; raterId: string; submissionId: string; at: number }

const SHUFFLE = 2 ** 31

/** Stores the ratings of one round: closed, with an item for each response rated, as many ratings needed as there are. */
export async function storeRound(
  run: Import,
  name: string,
  version: UsedVersion,
  given: readonly ResolvedRating[],
  people: ReadonlyMap<string, string>,
): Promise<void> {
  const round = await openImportedRound(run, name, version)
  const fresh = newRatings(run, name, round, given, people)
  if (run.faults.any || fresh.length === 0) return
  await storeItems(run, round, fresh)
  await storeRaters(run, round, fresh)
  await storeRatings(run, round, version, fresh)
  await summariseRound(
    run,
    round.id,
    fresh.flatMap(({ time }) => time ?? []),
  )
  const responses = new Set(fresh.map(({ responseId }) => responseId)).size
  const raters = new Set(fresh.map(({ raterId }) => raterId)).size
  run.notes.push(
    `${plural(fresh.length, 'rating')} of ${plural(responses, 'response')} by ${plural(raters, 'rater')} ${fresh.length === 1 ? 'is' : 'are'} in the closed round “${name}”, under ${version.label}.`,
  )
}

function newRatings(
  run: Import,
  name: string,
  round: ImportedRound,
  given: readonly ResolvedRating[],
  people: ReadonlyMap<string, string>,
): NewRating[] {
  return given.flatMap((rating) => {
    const raterId = people.get(rating.rater) ?? ''
    const submissionId = submissionIdOf(name, raterId, rating)
    if (round.submissions.has(submissionId)) {
      run.unchanged += rating.scores.length
      return []
    }
    const itemId = round.itemIds.get(rating.responseId) ?? newId()
    if (round.rated.has(`${itemId} ${raterId}`)) {
      const reason = `“${rating.rater}” has rated this response in the round “${name}”, with other scores. Ratings are final: import these under another round’s name.`
      run.faults.add({ line: rating.line, field: 'rater', reason })
      return []
    }
    round.itemIds.set(rating.responseId, itemId)
    round.rated.add(`${itemId} ${raterId}`)
    return [{ ...rating, id: newId(), itemId, raterId, submissionId, at: rating.time ?? run.at }]
  })
}

/** Makes the items that are new, and raises the counts of those that were there. */
async function storeItems(run: Import, round: ImportedRound, fresh: readonly NewRating[]): Promise<void> {
  const counts = new Map<string, { rating: NewRating; count: number }>()
  for (const rating of fresh) {
    const { count } = counts.get(rating.itemId) ?? { count: 0 }
    counts.set(rating.itemId, { rating, count: count + 1 })
  }
  const there = new Set<string>()
  if (!round.isNew) for (const id of await itemsThere(run, [...counts.keys()])) there.add(id)
  const added = [...counts].filter(([id]) => !there.has(id))
  await insertRows(
    run.tx,
    items,
    added.map(([id, { rating, count }]) => ({
      id,
      roundId: round.id,
      responseId: rating.responseId,
      caseId: rating.caseId,
      reason: 'audit' as const,
      selectionProbability: 1,
      needed: count,
      taken: count,
      done: count,
      position: randomInt(SHUFFLE),
    })),
  )
  const raised = new Map<number, string[]>()
  for (const [id, { count }] of counts) if (there.has(id)) raised.set(count, [...(raised.get(count) ?? []), id])
  for (const [more, ids] of raised) {
    for (const piece of pieces(ids)) {
      await run.tx
        .update(items)
        .set({ needed: sql`needed + ${more}`, taken: sql`taken + ${more}`, done: sql`done + ${more}` })
        .where(inArray(items.id, piece))
    }
  }
}

async function itemsThere(run: Import, ids: readonly string[]): Promise<string[]> {
  const there: string[] = []
  for (const piece of pieces(ids)) {
    const found = await run.tx.select({ id: items.id }).from(items).where(inArray(items.id, piece))
    there.push(...found.map(({ id }) => id))
  }
  return there
}

async function storeRaters(run: Import, round: ImportedRound, fresh: readonly NewRating[]): Promise<void> {
  for (const piece of pieces([...new Set(fresh.map(({ raterId }) => raterId))])) {
    await run.tx
      .insert(roundRaters)
      .values(piece.map((raterId) => ({ roundId: round.id, raterId, seed: randomInt(SHUFFLE), addedAt: run.at })))
      .onConflictDoNothing()
  }
}

async function storeRatings(
  run: Import,
  round: ImportedRound,
  version: UsedVersion,
  fresh: readonly NewRating[],
): Promise<void> {
  const given = fresh.map((rating) => ({ ...rating, assignmentId: newId() }))
  await insertRows(
    run.tx,
    assignments,
    given.map(({ assignmentId, itemId, responseId, raterId, at }) => ({
      id: assignmentId,
      itemId,
      roundId: round.id,
      responseId,
      raterId,
      state: 'submitted' as const,
      claimedAt: at,
      leaseExpiresAt: at,
      endedAt: at,
    })),
  )
  await insertRows(
    run.tx,
    ratings,
    given.map(({ id, itemId, raterId, assignmentId, submissionId, at }) => ({
      id,
      itemId,
      roundId: round.id,
      raterId,
      assignmentId,
      rubricVersionId: version.id,
      submissionId,
      revision: 1,
      source: 'import' as const,
      evidence: [],
      submittedAt: at,
    })),
  )
  const sealed = await sealedAmong(
    run.tx,
    given.map(({ caseId }) => caseId),
  )
  const secret = given.filter(({ caseId }) => sealed.has(caseId))
  await sealTexts(
    run.tx,
    secret.map(({ id, caseId, scores: all }) => ({ kind: 'rating', id, caseId, value: wordsOf(all) })),
  )
  const rows = given.flatMap(({ id, caseId, scores: all }) =>
    all.map((score) => ({ ratingId: id, ...(sealed.has(caseId) ? wordless(score) : score) })),
  )
  await insertRows(run.tx, scores, rows)
  run.added += rows.length
}

/** What a rating of a sealed case says in words, and what is left of a score without them. */
const wordsOf = (all: readonly ResolvedScore[]): RatingText => ({
  betterAnswer: '',
  quotes: [],
  notes: Object.fromEntries(all.flatMap(({ dimensionId, note }) => (note === '' ? [] : [[dimensionId, note]]))),
  cannotJudge: Object.fromEntries(
    all.flatMap(({ dimensionId, cannotJudge }) => (cannotJudge ? [[dimensionId, cannotJudge]] : [])),
  ),
})

const wordless = (score: ResolvedScore): ResolvedScore => ({
  ...score,
  note: '',
  cannotJudge: score.cannotJudge === null ? null : '',
})
