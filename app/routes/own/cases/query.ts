import { CASE_ORDERS, type CaseQuery } from '#app/evaluation/cases/list.ts'
import { CASE_STATES, REFERENCE_FILTERS } from '#app/evaluation/cases/matching.ts'
import { pageOf, searchOf, valueIn } from '#app/http/query.ts'
import { POOLS } from '#db/schema/cases.ts'

const SIZE = 50

const oneOf = <T extends string>(query: URLSearchParams, name: string, known: readonly T[], fallback: T): T =>
  known.find((one) => one === query.get(name)) ?? fallback

/** The list of cases that an address asks for. What it does not know is as if it were not there. */
export function caseQueryOf(query: URLSearchParams): CaseQuery {
  return {
    search: searchOf(query),
    category: valueIn(query, 'category'),
    userSegment: valueIn(query, 'segment'),
    pool: POOLS.find((one) => one === query.get('pool')) ?? null,
    references: oneOf(query, 'references', REFERENCE_FILTERS, 'any'),
    state: oneOf(query, 'state', CASE_STATES, 'current'),
    order: oneOf(query, 'order', CASE_ORDERS, 'newest'),
    page: pageOf(query),
    size: SIZE,
  }
}
