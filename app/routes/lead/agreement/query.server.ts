import { z } from 'zod'
import type { AgreementFilter } from '#app/evaluation/agreement/filter.ts'
import { LISTED_KINDS, type ListedKind } from '#app/evaluation/agreement/listed-kind.ts'
import { dayValue, momentsOf, nameValue, readAddress, windowFields } from '#app/http/query-values.server.ts'
import { RATING_SOURCES } from '#db/schema/ratings.ts'

export const PAIR_MEASURES = ['alpha', 'kappa', 'spearman', 'tauB', 'exact'] as const
export type PairMeasure = (typeof PAIR_MEASURES)[number]

const query = z.object({
  round: nameValue,
  rubric: nameValue,
  from: dayValue,
  to: dayValue,
  category: nameValue,
  user: nameValue,
  system: nameValue,
  source: z.enum(RATING_SOURCES).nullable().catch(null),
  raters: z
    .string()
    .regex(/^(with|without):.+$/)
    .optional()
    .catch(undefined),
  dimension: nameValue,
  item: nameValue,
  rater: nameValue,
  and: nameValue,
  levels: z
    .string()
    .regex(/^-?\d+,-?\d+$/)
    .transform((text) => text.split(',').map(Number) as [number, number])
    .nullable()
    .catch(null),
  apart: z.coerce.number().int().min(1).max(9).nullable().catch(null),
  kind: z.enum(LISTED_KINDS).nullable().catch(null),
  table: z.literal('coefficients').nullable().catch(null),
  pairs: z.enum(PAIR_MEASURES).catch('alpha'),
  page: z.coerce.number().int().min(1).max(100_000).catch(1),
})

export type AgreementQuery = {
  filter: AgreementFilter
  /** The key of the dimension that is looked into; null: the page chooses. */
  dimension: string | null
  item: string | null
  rater: string | null
  /** With `rater`: the two raters whose common items are listed. */
  and: string | null
  /** Two levels that both were given to the items that are listed. */
  levels: [number, number] | null
  apart: number | null
  /** What the ratings that are listed stand for where drift is measured. */
  kind: ListedKind | null
  /** Of the files there are: all coefficients, or null for the split of disagreement. */
  table: 'coefficients' | null
  /** What the table of raters shows of each pair. */
  pairs: PairMeasure
  page: number
}

/**
 * What the address asks for. The day in `to` is part of what is shown.
 *
 * @throws Problem `invalid` for a date that is none
 */
export function readQuery(request: Request): AgreementQuery {
  const { round, rubric, from, to, category, user, system, source, raters, ...list } = readAddress(query, request)
  const filter = {
    roundId: round,
    rubricVersionId: rubric,
    ...momentsOf({ from, to }),
    category,
    userSegment: user,
    systemVersionId: system,
    source,
    sharedWith: raters?.startsWith('with:') ? raters.slice('with:'.length) : null,
    without: raters?.startsWith('without:') ? raters.slice('without:'.length) : null,
  }
  return { filter, ...list }
}

/** The fields of the filter form as they are now. `to` shows the last day that is in. */
export const fieldsOf = (filter: AgreementFilter) => ({
  round: filter.roundId ?? '',
  rubric: filter.rubricVersionId ?? '',
  ...windowFields(filter),
  category: filter.category ?? '',
  user: filter.userSegment ?? '',
  system: filter.systemVersionId ?? '',
  source: filter.source ?? '',
  raters: ratersField(filter),
})

function ratersField({ sharedWith, without }: AgreementFilter): string {
  if (sharedWith !== null) return `with:${sharedWith}`
  return without === null ? '' : `without:${without}`
}

export type FilterFields = ReturnType<typeof fieldsOf>
