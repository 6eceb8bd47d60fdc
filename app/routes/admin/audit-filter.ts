import type { AuditFilter } from '#app/evaluation/audit/entries.ts'
import { dayOf, valueIn } from '#app/http/query.ts'

/** The filter of the audit log that an address asks for. Days are days of UTC, the last one included. */
export function auditFilter(query: URLSearchParams): AuditFilter {
  const before = Number(query.get('before'))
  return {
    action: valueIn(query, 'action'),
    personId: valueIn(query, 'person'),
    subject: valueIn(query, 'subject'),
    subjectId: valueIn(query, 'id'),
    from: dayOf(query, 'from'),
    to: dayOf(query, 'to', 1),
    before: Number.isSafeInteger(before) && before > 0 && before < 2 ** 31 ? before : null,
  }
}
