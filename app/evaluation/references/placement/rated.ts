import { type SQL, sql } from 'drizzle-orm'
import { BORDERLINE_FROM, BORDERLINE_TO, HIGH_FROM, RATERS_LEAST } from './verdict.ts'

/**
 * What each rater came to of each reference that was laid before raters as an item: the mean over dimensions by their weight,
 * of levels mapped to 1 to 4, then over that rater's ratings in force. Columns: reference_id, rater_id, mean, ratings.
 *
 * `which` limits the responses `r` that repeat a reference.
 */
export const meansByRater = (projectId: string, which: SQL = sql`true`): SQL => sql`
  select y.reference_id, y.rater_id, avg(y.mean) as mean, count(*) as ratings from (
    select r.reference_id, t.rater_id, t.id,
      sum(d.weight * (1 + 3.0 * (s.level - l.low) / (l.high - l.low))) / sum(d.weight) as mean
    from responses r
    join items i on i.case_id = r.case_id and i.response_id = r.id
    join ratings t on t.item_id = i.id and t.superseded_at is null
    join scores s on s.rating_id = t.id and s.level is not null
    join dimensions d on d.id = s.dimension_id and d.weight > 0
    join (select v.dimension_id, min(v.value) as low, max(v.value) as high from levels v group by v.dimension_id) l
      on l.dimension_id = d.id
    where r.reference_id > '' and r.project_id = ${projectId} and ${which}
    group by r.reference_id, t.rater_id, t.id) y
  group by y.reference_id, y.rater_id`

const number = (value: number) => sql.raw(String(value))

/** The ids of references that raters place elsewhere than what they are called, as a subquery. */
export const misplacedIds = (projectId: string): SQL => sql`(
  select z.reference_id from (${meansByRater(projectId)}) z
  join reference_answers f on f.id = z.reference_id
  group by z.reference_id, f.quality
  having count(*) >= ${number(RATERS_LEAST)} and case
    when f.quality = 'high' then avg(z.mean) < ${number(HIGH_FROM)}
    else avg(z.mean) < ${number(BORDERLINE_FROM)} or avg(z.mean) > ${number(BORDERLINE_TO)} end)`
