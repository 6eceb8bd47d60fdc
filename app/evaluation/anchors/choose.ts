import { sql } from 'drizzle-orm'
import type { Database } from '#db/store.server.ts'
import { shuffled } from '../sample.ts'

export type AnchorAtHand = {
  responseId: string
  caseId: string
  selectionProbability: number
  /** The newest of its ratings, and the newest round it was mixed into; null: none. */
  lastRatedAt: number | null
  lastUsedAt: number | null
}

/** The anchors that a round of the project may have. */
export async function anchorsAtHand(db: Database, projectId: string): Promise<AnchorAtHand[]> {
  const moment = (column: string) => sql<number | null>`${sql.raw(`x.${column}`)}`.mapWith(Number)
  return await db
    .select({
      responseId: sql<string>`x.response_id`,
      caseId: sql<string>`x.case_id`,
      selectionProbability: sql<number>`x.selection_probability`.mapWith(Number),
      lastRatedAt: moment('last_rated_at'),
      lastUsedAt: moment('last_used_at'),
    })
    .from(sql`(
      select a.response_id, r.case_id, a.selection_probability,
        (select max(t.submitted_at) from items i join ratings t on t.item_id = i.id
          where i.case_id = r.case_id and i.response_id = r.id and t.superseded_at is null) as last_rated_at,
        (select max(d.created_at) from items i join rounds d on d.id = i.round_id
          where i.case_id = r.case_id and i.response_id = r.id and i.reason = 'anchor' and d.state <> 'making') as last_used_at
      from anchors a join responses r on r.id = a.response_id join cases c on c.id = r.case_id
      where a.project_id = ${projectId} and a.retired_at is null and c.archived_at is null) x`)
    .orderBy(sql`x.response_id`)
}

const lastMet = ({ lastRatedAt, lastUsedAt }: AnchorAtHand): number =>
  Math.max(lastRatedAt ?? Number.NEGATIVE_INFINITY, lastUsedAt ?? Number.NEGATIVE_INFINITY)

/**
 * So many of them in rotation: those that raters met longest ago, in whatever round and for whatever reason, ties at
 * random. So the time between two ratings of an anchor is as long as the number of anchors allows, without barring any
 * rater from it.
 */
export const inRotation = (anchors: readonly AnchorAtHand[], wanted: number): AnchorAtHand[] =>
  shuffled(anchors)
    .sort((a, b) => {
      const [first, second] = [lastMet(a), lastMet(b)]
      return first === second ? 0 : first - second
    })
    .slice(0, wanted)
