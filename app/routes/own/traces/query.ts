import { TRACE_ORDERS, type TraceQuery } from '#app/evaluation/traces/list.ts'
import { TRACE_SETS } from '#app/evaluation/traces/matching.ts'
import { pageOf, searchOf, valueIn } from '#app/http/query.ts'

const SIZE = 50

/** The list of traces that an address asks for. What it does not know is as if it were not there. */
export function traceQueryOf(query: URLSearchParams): TraceQuery {
  return {
    search: searchOf(query),
    category: valueIn(query, 'category'),
    userSegment: valueIn(query, 'segment'),
    system: valueIn(query, 'system'),
    set: TRACE_SETS.find((one) => one === query.get('set')) ?? 'open',
    order: TRACE_ORDERS.find((one) => one === query.get('order')) ?? 'newest',
    page: pageOf(query),
    size: SIZE,
  }
}
