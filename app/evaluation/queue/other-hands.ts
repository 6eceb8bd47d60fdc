import { sql } from 'drizzle-orm'
import { demand, type Scope } from '#app/auth/permissions.ts'
import type { Database } from '#db/store.server.ts'
import { isBarred } from '../seal/barred.ts'
import { mayTake, unsealed } from './eligible.ts'

/**
 * How many items of the rounds other raters have in hand that the rater could be given, should they be let go of. It starts
 * from what is leased, which is little however long the rounds are.
 */
export async function inOtherHands(db: Database, scope: Scope, roundIds: readonly string[]): Promise<number> {
  demand(scope, 'items.rate')
  if (roundIds.length === 0) return 0
  const among = sql.join(
    roundIds.map((id) => sql`${id}`),
    sql`, `,
  )
  const rater = sql`${scope.user.id}`
  const [row] = await db.select({ n: sql<number>`x.n`.mapWith(Number) }).from(sql`(
      select count(distinct i.id) as n from assignments l join items i on i.id = l.item_id
      where l.state = 'leased' and l.round_id in (${among}) and l.rater_id <> ${rater} and i.tier = 0
        and ${mayTake(rater)} ${isBarred(scope.roles) ? sql`and ${unsealed}` : sql``}) x`)
  return row?.n ?? 0
}
