import { ASKED_FILTERS, type MissingFilter } from '#app/evaluation/references/missing.ts'
import { valueIn } from '#app/http/query.ts'

/** What the list of missing references is narrowed by, from an address or from a form that repeats it. */
export function missingFilterOf(query: URLSearchParams): MissingFilter {
  return {
    category: valueIn(query, 'category'),
    userSegment: valueIn(query, 'segment'),
    quality: (['high', 'borderline'] as const).find((one) => one === query.get('quality')) ?? null,
    pool: (['active', 'holdout'] as const).find((one) => one === query.get('pool')) ?? null,
    asked: ASKED_FILTERS.find((one) => one === query.get('asked')) ?? 'any',
  }
}
