import { type SQL, sql } from 'drizzle-orm'
import { engine } from '#db/dialect.ts'
import { hadPartIn } from '../references/had-part.ts'

/** Items that are meant to be rated again: having rated the response before is no hindrance. */
export const RATED_AGAIN = ['anchor', 'bridge', 'repeat', 'gold', 'training'] as const

const again = sql.raw(RATED_AGAIN.map((reason) => `'${reason}'`).join(', '))

/**
 * Whether item `i` may go to the rater: never had it, had no part in a reference of its case, and has not rated the same
 * response as another item unless this one is meant to be rated again. A reference is rated by those alone who were never
 * told that it is one.
 */
export const mayTake = (rater: SQL) => sql`
  not exists (select 1 from assignments a where a.item_id = i.id and a.rater_id = ${rater})
  and not ${hadPartIn(sql`i.case_id`, rater)}
  and (i.reason <> 'reference' or not exists (select 1 from assignments s join items j on j.id = s.item_id
    left join rounds o on o.id = s.round_id
    where s.rater_id = ${rater} and j.case_id = i.case_id
      and (s.references_seen_at is not null or (o.references_shown = 'always' and s.state <> 'reserved'))))
  and (i.reason in (${again}) or not exists (
    select 1 from assignments b
    where b.rater_id = ${rater} and b.response_id = i.response_id and b.state = 'submitted' and b.item_id <> i.id))`

const PROBE = 64
const END = sql.raw(String(2 ** 31 - 1))

/** `unsealed`: for one who may never read a sealed case, an owner or a builder who rates too. */
type Which = 'any' | 'unsealed'
type Search = { tier: 1 | 2; from: SQL; bounded: boolean; which: Which }

/** The condition on item `i` that its case is not sealed. */
export const unsealed = sql`not exists (select 1 from cases c where c.id = i.case_id and c.sealed)`

/**
 * The first item that the rater may take in one tier of a round, at or after a position; `bounded` gives up after so many
 * entries of the index. A bounded search skips what another transaction is just changing instead of waiting for it.
 */
function firstItem({ tier, from, bounded, which }: Search): SQL {
  const [round, rater] = [sql`${sql.placeholder('round')}`, sql`${sql.placeholder('rater')}`]
  const range = sql`i.round_id = ${round} and i.tier = ${sql.raw(String(tier))} and i.position >= ${from}`
  const last = bounded
    ? sql`coalesce((select i.position from items i where ${range} order by i.position limit 1 offset ${sql.raw(String(PROBE - 1))}), ${END})`
    : END
  const skipLocked = bounded && engine === 'postgres' ? sql.raw('for update of i skip locked') : sql``
  const only = which === 'unsealed' ? sql`and ${unsealed}` : sql``
  return sql`(select i.id from items i where ${range} and i.position <= ${last} and ${mayTake(rater)} ${only}
    order by i.position limit 1 ${skipLocked})`
}

/** Searches from `start` on and, where nothing was found, from the beginning; the tiers in the order given. */
const nextItem = (tiers: readonly (1 | 2)[], bounded: boolean, which: Which): SQL => {
  const starts = [sql`${sql.placeholder('start')}`, sql`0`]
  const searches = tiers.flatMap((tier) => starts.map((from) => firstItem({ tier, from, bounded, which })))
  return sql`coalesce(${sql.join(searches, sql`, `)})`
}

/** Items begun come before items untouched, so that items are finished; looks at a bounded number of them. */
export const nearbyItem = (which: Which): SQL => nextItem([1, 2], true, which)

/** Looks at every open item if need be, all in one query: what it does not find is not there. */
export const anyItem = (which: Which): SQL => nextItem([2, 1], false, which)
