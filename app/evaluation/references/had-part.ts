import { type SQL, sql } from 'drizzle-orm'

/** A better answer makes nobody an author until it is taken up. Of a table of references called `f`. */
const AUTHORED = sql.raw(`(f.from_rating_id is null or f.state in ('written', 'validated'))`)

/**
 * Whether a person had a part in a reference of a case: wrote or checked one, or has or had a task for one. Such a person is
 * never asked to rate the case.
 */
export const hadPartIn = (caseId: SQL, person: SQL): SQL => sql`(
  exists (select 1 from reference_answers f where f.case_id = ${caseId}
    and (f.checked_by = ${person} or (f.author_id = ${person} and ${AUTHORED})))
  or exists (select 1 from reference_tasks k
    where k.case_id = ${caseId} and k.taken_by = ${person} and k.state in ('leased', 'done')))`

/** The same as pairs of `case_id` and `person_id`, for people given as a list in brackets. */
export const partsOf = (people: SQL): SQL => sql`(
  select f.case_id, f.author_id as person_id from reference_answers f where f.author_id in ${people} and ${AUTHORED}
  union select f.case_id, f.checked_by from reference_answers f where f.checked_by in ${people}
  union select k.case_id, k.taken_by from reference_tasks k
    where k.taken_by in ${people} and k.state in ('leased', 'done'))`
