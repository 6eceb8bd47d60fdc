/** The demo's finished round: every rating drawn by the seeded model of simulate.ts, and marked as simulated. */
import { newId } from '#app/ambient.ts'
import { ratings, scores } from '#db/schema/ratings.ts'
import { assignments, items } from '#db/schema/rounds.ts'
import type { Database } from '#db/store.server.ts'
import type { DemoResponse } from './demo-content.ts'
import { drawActiveMs, drawLevel, normal, type SimulatedRater, seededRandom } from './simulate.ts'

const SEED = 20_261_001
const DAY_MS = 86_400_000
const OVERLAP = 3
const CANNOT_JUDGE = 0.01
const OWN_READING = 4

export type DemoRater = SimulatedRater & { id: string; name: string }

export type DemoDimension = { id: string; key: string; rationaleAtOrBelow: number | null }

export type DemoItem = { responseId: string; caseId: string; quality: DemoResponse['quality'] }

type Drawn = {
  round: { id: string; rubricVersionId: string; startsAt: number; days: number }
  dimensions: readonly DemoDimension[]
  raters: readonly DemoRater[]
  rated: readonly DemoItem[]
}

type Rows = {
  items: (typeof items.$inferInsert)[]
  assignments: (typeof assignments.$inferInsert)[]
  ratings: (typeof ratings.$inferInsert)[]
  scores: (typeof scores.$inferInsert)[]
}

const closestOf = (mean: number) =>
  mean >= 3.5 ? 'high' : mean >= 2.75 ? 'between' : mean >= 2 ? 'borderline' : 'below'

/** Each rater's own severity on each dimension; the last two read conciseness in a way of their own. */
function biasesOf(raters: readonly DemoRater[], dimensions: readonly DemoDimension[], random: () => number) {
  return raters.map((_, j) =>
    dimensions.map((dimension) => {
      const own = 0.3 * normal(random)
      return dimension.key === 'conciseness' && j >= raters.length - 2 ? own + OWN_READING : own
    }),
  )
}

/**
 * The severity each rater really has over all dimensions, in logits of the generating model: the stated one and the mean of
 * their leanings by dimension. What calibration should find.
 */
export function trueSeverities(raters: readonly DemoRater[], dimensions: readonly DemoDimension[]): number[] {
  const biases = biasesOf(raters, dimensions, seededRandom(SEED))
  return raters.map(({ severity }, j) => {
    const own = biases[j] ?? []
    return severity + own.reduce((sum, bias) => sum + bias, 0) / own.length
  })
}

/** All rows of the round, in the order they have to be inserted. */
export function drawRound({ round, dimensions, raters, rated }: Drawn): Rows {
  const random = seededRandom(SEED)
  const biases = biasesOf(raters, dimensions, random)
  const paces = raters.map(() => 70 + 80 * random())
  const rows: Rows = { items: [], assignments: [], ratings: [], scores: [] }
  for (const [i, one] of rated.entries()) {
    const itemId = newId()
    const claim = { roundId: round.id, responseId: one.responseId }
    rows.items.push({
      ...claim,
      id: itemId,
      caseId: one.caseId,
      reason: 'audit',
      selectionProbability: 1,
      needed: OVERLAP,
      taken: OVERLAP,
      done: OVERLAP,
      position: Math.floor(random() * 2 ** 31),
    })
    for (const j of threeOf(raters.length, i)) {
      const rater = raters[j] as DemoRater
      const activeMs = drawActiveMs(paces[j] as number, random)
      const submittedAt = Math.round(round.startsAt + ((i + random()) / rated.length) * round.days * DAY_MS)
      const assignmentId = newId()
      const ratingId = newId()
      const drawn = dimensions.map((dimension, d): typeof scores.$inferInsert => {
        if (random() < CANNOT_JUDGE) {
          return { ratingId, dimensionId: dimension.id, level: null, cannotJudge: 'The documents do not settle it.' }
        }
        const quality = one.quality[dimension.key as keyof DemoResponse['quality']] as number
        const level = drawLevel(quality, rater, biases[j]?.[d] as number, random)
        const asked = dimension.rationaleAtOrBelow !== null && level <= dimension.rationaleAtOrBelow
        return { ratingId, dimensionId: dimension.id, level, note: asked ? noteFor(one.quality.fault) : '' }
      })
      const given = drawn.flatMap(({ level }) => (level == null ? [] : [level]))
      rows.assignments.push({
        ...claim,
        id: assignmentId,
        itemId,
        raterId: rater.id,
        state: 'submitted',
        claimedAt: submittedAt - activeMs,
        leaseExpiresAt: submittedAt,
        endedAt: submittedAt,
      })
      rows.ratings.push({
        id: ratingId,
        itemId,
        roundId: round.id,
        raterId: rater.id,
        assignmentId,
        rubricVersionId: round.rubricVersionId,
        submissionId: newId(),
        revision: 1,
        source: 'simulated',
        closestReference: closestOf(given.reduce((sum, level) => sum + level, 0) / given.length),
        evidence: [],
        activeMs,
        referencesSeen: true,
        submittedAt,
      })
      rows.scores.push(...drawn)
    }
  }
  return rows
}

/** Three of `n` raters for item `i`, so that every pair shares items: the triples in turn. */
export function threeOf(n: number, i: number): [number, number, number] {
  const triples: [number, number, number][] = []
  for (let a = 0; a < n; a++) for (let b = a + 1; b < n; b++) for (let c = b + 1; c < n; c++) triples.push([a, b, c])
  return triples[(i * 7) % triples.length] as [number, number, number]
}

const noteFor = (fault: string | null): string =>
  `Simulated note: ${fault ?? 'not all of it can be checked against the documents'}.`

const CHUNK = 400

/** Inserts the rows drawn, a few hundred at a time. */
export async function insertRound(tx: Database, rows: Rows): Promise<void> {
  for (const chunk of chunksOf(rows.items)) await tx.insert(items).values(chunk)
  for (const chunk of chunksOf(rows.assignments)) await tx.insert(assignments).values(chunk)
  for (const chunk of chunksOf(rows.ratings)) await tx.insert(ratings).values(chunk)
  for (const chunk of chunksOf(rows.scores)) await tx.insert(scores).values(chunk)
}

const chunksOf = <T>(all: T[]): T[][] =>
  Array.from({ length: Math.ceil(all.length / CHUNK) }, (_, k) => all.slice(k * CHUNK, (k + 1) * CHUNK))
