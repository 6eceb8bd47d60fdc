/** The rows of simulated ratings, and their insertion a few hundred at a time. */
import { newId } from '#app/ambient.ts'
import { ratings, scores } from '#db/schema/ratings.ts'
import { assignments, items } from '#db/schema/rounds.ts'
import type { Database } from '#db/store.server.ts'

/** In the order in which they have to be inserted. */
export type Rows = {
  items: (typeof items.$inferInsert)[]
  assignments: (typeof assignments.$inferInsert)[]
  ratings: (typeof ratings.$inferInsert)[]
  scores: (typeof scores.$inferInsert)[]
}

/** A score of a rating that is being made. */
export type Drawn = Omit<typeof scores.$inferInsert, 'ratingId'>

export const noRows = (): Rows => ({ items: [], assignments: [], ratings: [], scores: [] })

const closestOf = (mean: number) =>
  mean >= 3.5 ? 'high' : mean >= 2.75 ? 'between' : mean >= 2 ? 'borderline' : 'below'

/** A submitted assignment of an item, and the simulated rating it ended in. `activeMs` and `submittedAt` in milliseconds. */
export function addRating(
  rows: Rows,
  {
    roundId,
    responseId,
    itemId,
    raterId,
    rubricVersionId,
    activeMs,
    submittedAt,
    referencesSeen,
    drawn,
  }: {
    roundId: string
    responseId: string
    itemId: string
    raterId: string
    rubricVersionId: string
    activeMs: number
    submittedAt: number
    referencesSeen: boolean
    drawn: readonly Drawn[]
  },
): void {
  const assignmentId = newId()
  const ratingId = newId()
  const given = drawn.flatMap(({ level }) => (level == null ? [] : [level]))
  rows.assignments.push({
    id: assignmentId,
    roundId,
    responseId,
    itemId,
    raterId,
    state: 'submitted',
    claimedAt: submittedAt - activeMs,
    leaseExpiresAt: submittedAt,
    endedAt: submittedAt,
  })
  rows.ratings.push({
    id: ratingId,
    itemId,
    roundId,
    raterId,
    assignmentId,
    rubricVersionId,
    submissionId: newId(),
    revision: 1,
    source: 'simulated',
    closestReference: referencesSeen ? closestOf(given.reduce((sum, level) => sum + level, 0) / given.length) : null,
    evidence: [],
    activeMs,
    referencesSeen,
    submittedAt,
  })
  rows.scores.push(...drawn.map((score) => ({ ...score, ratingId })))
}

const CHUNK = 400

export async function insertRound(tx: Database, rows: Rows): Promise<void> {
  for (const chunk of inChunks(rows.items)) await tx.insert(items).values(chunk)
  for (const chunk of inChunks(rows.assignments)) await tx.insert(assignments).values(chunk)
  for (const chunk of inChunks(rows.ratings)) await tx.insert(ratings).values(chunk)
  for (const chunk of inChunks(rows.scores)) await tx.insert(scores).values(chunk)
}

/** Pieces that one statement takes: a database limits the values of one. */
export const inChunks = <T>(all: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(all.length / CHUNK) }, (_, k) => all.slice(k * CHUNK, (k + 1) * CHUNK))
