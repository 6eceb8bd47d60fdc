import { z } from 'zod'
import { type DriftFilter, FALSE_ALARMS, PERIOD_KINDS } from '#app/evaluation/drift/filter.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { RATING_SOURCES } from '#db/schema/ratings.ts'

const DAY_MS = 86_400_000

const name = z
  .string()
  .optional()
  .transform((value) => value || null)

/** A day as `<input type="date">` sends it, to the millisecond at which it begins in UTC. */
const day = z
  .string()
  .optional()
  .transform((value, context) => {
    if (!value) return null
    const at = /^\d{4}-\d{2}-\d{2}$/.test(value) ? Date.parse(`${value}T00:00:00Z`) : Number.NaN
    if (Number.isFinite(at)) return at
    context.addIssue(`"${value}" is not a date. Write it as 2026-10-31.`)
    return z.NEVER
  })

const query = z.object({
  rubric: name,
  from: day,
  to: day,
  category: name,
  user: name,
  source: z.enum(RATING_SOURCES).nullable().catch(null),
  rater: name,
  periods: z.enum(PERIOD_KINDS).nullable().catch(null),
  before: name,
  after: name,
  alarms: z.coerce
    .number()
    .refine((value) => FALSE_ALARMS.some((one) => one === value))
    .catch(1),
  dimension: name,
  table: name,
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
  const parsed = query.safeParse(Object.fromEntries(new URL(request.url).searchParams))
  if (!parsed.success) throw new Problem('invalid', parsed.error.issues[0]?.message ?? 'The address cannot be read.')
  const { rubric, from, to, category, user, source, rater, periods, before, after, alarms, dimension, table } =
    parsed.data
  const filter = {
    rubricId: rubric,
    from,
    to: to === null ? null : to + DAY_MS,
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

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10)

/** The fields of the filter form as they are now. `to` shows the last day that is in. */
export const driftFields = (filter: DriftFilter) => ({
  rubric: filter.rubricId ?? '',
  from: filter.from === null ? '' : dayOf(filter.from),
  to: filter.to === null ? '' : dayOf(filter.to - DAY_MS),
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
