import { and, eq, inArray, lte, notInArray, or, type SQL } from 'drizzle-orm'
import { ratings } from '#db/schema/ratings.ts'
import { anchors, items } from '#db/schema/rounds.ts'
import type { Database } from '#db/store.server.ts'
import { LEFT_OUT } from '../drift/kinds.ts'

/** What a rating stands for where drift is measured; see `kindOf`. A live rating of an anchor is both. */
export const LISTED_KINDS = ['live', 'anchor', 'bridge'] as const
export type ListedKind = (typeof LISTED_KINDS)[number]

/** The condition that a rating is of this kind. */
export function ratingIs(read: Database, kind: ListedKind, projectId: string): SQL | undefined {
  const live = notInArray(items.reason, [...LEFT_OUT, 'anchor', 'bridge'])
  const known = read
    .select({ id: anchors.responseId })
    .from(anchors)
    .where(
      and(eq(anchors.projectId, projectId), or(eq(anchors.drawn, 'random'), lte(anchors.addedAt, ratings.submittedAt))),
    )
  const condition = {
    live,
    anchor: or(eq(items.reason, 'anchor'), and(live, inArray(items.responseId, known))),
    bridge: eq(items.reason, 'bridge'),
  }[kind]
  return inArray(ratings.itemId, read.select({ id: items.id }).from(items).where(condition))
}
