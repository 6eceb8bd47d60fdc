/** What must hold of a round whatever its raters did, and in whatever order. */
import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { Content } from '#app/evaluation/ratings/content.ts'
import { ratings, scores } from '#db/schema/ratings.ts'
import { assignments, drafts, items } from '#db/schema/rounds.ts'
import type { Store } from '#db/store.server.ts'
import type { World } from './schedule.ts'

/** Every way in which the tables contradict themselves or what the server told the raters; empty: none. */
export async function contradictions(
  store: Store,
  { panel, drafts: told, ratings: acknowledged }: World,
): Promise<string[]> {
  const found: string[] = []
  const all = await store.read.select().from(items).where(eq(items.roundId, panel.round))
  const given = await store.read.select().from(assignments).where(eq(assignments.roundId, panel.round))
  const inForce = await store.read
    .select({ rating: ratings, level: scores.level })
    .from(ratings)
    .innerJoin(scores, eq(scores.ratingId, ratings.id))
    .where(and(eq(ratings.roundId, panel.round), isNull(ratings.supersededAt)))
  const kept = await store.read
    .select()
    .from(drafts)
    .where(inArray(drafts.assignmentId, [...told.keys(), 'none']))

  for (const item of all) {
    const own = given.filter((assignment) => assignment.itemId === item.id)
    const number = (states: string[]) => own.filter((assignment) => states.includes(assignment.state)).length
    const rated = new Set(inForce.filter(({ rating }) => rating.itemId === item.id).map(({ rating }) => rating.id))
    const raters = new Set(own.map((assignment) => assignment.raterId))
    if (item.done > item.needed || item.taken > item.needed) found.push(`${item.id}: too many`)
    if (item.taken !== number(['reserved', 'leased', 'submitted'])) found.push(`${item.id}: taken ${item.taken}`)
    if (item.done !== number(['submitted'])) found.push(`${item.id}: done ${item.done}`)
    if (item.done !== rated.size) found.push(`${item.id}: ${rated.size} ratings for ${item.done}`)
    if (raters.size !== own.length) found.push(`${item.id}: a rater twice`)
  }
  const inForceBy = new Map(inForce.map(({ rating, level }) => [rating.assignmentId, level]))
  for (const [assignment, { level }] of acknowledged) {
    if (inForceBy.get(assignment) !== level) found.push(`${assignment}: a rating was lost`)
  }
  if (inForceBy.size !== acknowledged.size) found.push(`${inForceBy.size} ratings, ${acknowledged.size} acknowledged`)
  for (const [assignment, level] of told) {
    const draft = kept.find((row) => row.assignmentId === assignment)?.content as Content | undefined
    const levels = Object.values(draft?.scores ?? {}).map((score) => score.level)
    if (levels.length === 0 || levels.some((one) => one !== level)) found.push(`${assignment}: a draft was lost`)
  }
  return found
}
