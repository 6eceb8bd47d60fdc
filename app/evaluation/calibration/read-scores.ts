import { eq } from 'drizzle-orm'
import type { Timing } from '#app/stats/calibration/companions/pace.ts'
import type { NamedScores } from '#app/stats/calibration/scores.ts'
import { ratings, scores } from '#db/schema/ratings.ts'
import type { Database } from '#db/store.server.ts'
import { ratingPasses, type Settled } from '../agreement/filter.ts'
import { type Dimension, dimensionsOf } from '../rubrics/read.ts'

/** Effective scores in columns, with what does not fit into a score. */
export type ReadScores = {
  scores: NamedScores
  dimensions: { id: string; key: string; name: string; levels: number[] }[]
  /** By rater: answers asked for, and how often the answer was "cannot judge". */
  asked: Uint32Array
  missing: Uint32Array
  /** Active time by rater and item, where it was measured. */
  timings: Timing[]
}

/**
 * The ratings in force that pass the filter, in one query. Items and raters are numbered in the order of their ids, so that
 * the same ratings give the same figures whatever order the database answers in.
 */
export async function readScores(read: Database, filter: Settled): Promise<ReadScores> {
  const dimensions = (await dimensionsOf(read, filter.rubricVersionId)).map(scaleOf)
  const rows = await read
    .select({
      item: ratings.itemId,
      rater: ratings.raterId,
      activeMs: ratings.activeMs,
      dimension: scores.dimensionId,
      level: scores.level,
    })
    .from(ratings)
    .innerJoin(scores, eq(scores.ratingId, ratings.id))
    .where(ratingPasses(read, filter))
  const items = numbered(rows.map(({ item }) => item))
  const raters = numbered(rows.map(({ rater }) => rater))
  const places = new Map(dimensions.map(({ id }, d) => [id, d]))
  const columns = { item: [] as number[], rater: [] as number[], dimension: [] as number[], level: [] as number[] }
  const asked = new Uint32Array(raters.size)
  const missing = new Uint32Array(raters.size)
  const timed = new Map<number, Timing>()
  for (const row of rows) {
    const d = places.get(row.dimension)
    if (d === undefined) continue
    const item = items.get(row.item) as number
    const rater = raters.get(row.rater) as number
    asked[rater] = (asked[rater] as number) + 1
    if (row.activeMs !== null) timed.set(rater * items.size + item, { rater, item, seconds: row.activeMs / 1000 })
    if (row.level === null) {
      missing[rater] = (missing[rater] as number) + 1
      continue
    }
    columns.item.push(item)
    columns.rater.push(rater)
    columns.dimension.push(d)
    columns.level.push(row.level - (dimensions[d]?.levels[0] ?? 0))
  }
  return {
    scores: {
      levels: dimensions.map(({ levels }) => levels),
      itemCount: items.size,
      raterCount: raters.size,
      item: Uint32Array.from(columns.item),
      rater: Uint32Array.from(columns.rater),
      dimension: Uint8Array.from(columns.dimension),
      level: Uint8Array.from(columns.level),
      items: [...items.keys()],
      raters: [...raters.keys()],
      dimensions: dimensions.map(({ key }) => key),
    },
    dimensions,
    asked,
    missing,
    timings: [...timed.values()],
  }
}

const scaleOf = ({ id, key, name, levels }: Dimension) => ({ id, key, name, levels: levels.map(({ value }) => value) })

function numbered(ids: readonly string[]): Map<string, number> {
  return new Map([...new Set(ids)].sort().map((id, i) => [id, i]))
}
