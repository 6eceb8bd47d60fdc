import { z } from 'zod'
import { type DriftFilter, FALSE_ALARMS, PERIOD_KINDS } from '#app/evaluation/drift/filter.ts'
import { dayValue, momentsOf, nameValue, readAddress, windowFields } from '#app/http/query-values.server.ts'
import { RATING_SOURCES } from '#db/schema/ratings.ts'

const query = z.object({
  rubric: nameValue,
  from: dayValue,
  to: dayValue,
  category: nameValue,
  user: nameValue,
  source: z.enum(RATING_SOURCES).nullable().catch(null),
  rater: nameValue,
  periods: z.enum(PERIOD_KINDS).nullable().catch(null),
  before: nameValue,
  after: nameValue,
  alarms: z.coerce
    .number()
    .refine((value) => FALSE_ALARMS.some((one) => one === value))
    .catch(1),
  dimension: nameValue,
  table: nameValue,
})

export type DriftQuery = {
  filter: DriftFilter
  /** The key of the dimension that is looked at; null: the page chooses. */
  dimension: string | null
  /** Which table is wanted as a file. */
  table: string | null
}

/**
 * What the address asks for. The day in `to` is part of what is shown.
 *
 * @throws Problem `invalid` for a date that is none
 */
export function readDriftQuery(request: Request): DriftQuery {
  const { rubric, from, to, category, user, source, rater, periods, before, after, alarms, dimension, table } =
    readAddress(query, request)
  const filter = {
    rubricId: rubric,
    ...momentsOf({ from, to }),
    category,
    userSegment: user,
    source,
    raterId: rater,
    periods,
    before,
    after,
    falseAlarms: alarms,
  }
  return { filter, dimension, table }
}

/** The fields of the filter form as they are now. `to` shows the last day that is in. */
export const driftFields = (filter: DriftFilter) => ({
  rubric: filter.rubricId ?? '',
  ...windowFields(filter),
  category: filter.category ?? '',
  user: filter.userSegment ?? '',
  source: filter.source ?? '',
  rater: filter.raterId ?? '',
  periods: filter.periods ?? '',
  before: filter.before ?? '',
  after: filter.after ?? '',
  alarms: String(filter.falseAlarms),
})

export type DriftFields = ReturnType<typeof driftFields>
