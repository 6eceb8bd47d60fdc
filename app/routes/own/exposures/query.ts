import type { ExposureFilter } from '#app/evaluation/seal/exposures.ts'
import { dayOf, valueIn } from '#app/http/query.ts'
import type { ExposedFor } from '#db/schema/seal.ts'

/** What openings are for, in the words of the ledger. */
export const PURPOSES = {
  rating: 'Rating it',
  'own rating': 'Looking at one’s own rating',
  'writing a reference': 'Writing a reference',
  'checking a reference': 'Checking a reference',
  'break-glass': 'Its seal was broken',
} as const satisfies Record<ExposedFor, string>

const purposes = Object.keys(PURPOSES) as ExposedFor[]

/** The part of the ledger that an address asks for. Days are days of UTC, the last one included. */
export const exposureFilter = (query: URLSearchParams): ExposureFilter => ({
  key: valueIn(query, 'case') ?? '',
  personId: valueIn(query, 'person'),
  exposedFor: purposes.find((purpose) => purpose === query.get('for')) ?? null,
  from: dayOf(query, 'from'),
  to: dayOf(query, 'to', 1),
})
