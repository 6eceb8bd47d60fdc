import { traceHash } from '#app/evaluation/traces/hash.ts'
import { redactedRecord } from '#app/evaluation/traces/redaction/record.ts'
import type { Tally } from '#app/evaluation/traces/redaction/report.ts'
import type { Step } from '#app/evaluation/traces/redaction/step.ts'
import type { TraceRecord } from '#app/formats/traces/trace.ts'
import type { Numbered } from '#app/formats/unreadable.ts'
import type { traces } from '#db/schema/traces.ts'
import { documentsOf, type HashedDocument } from '../documents.ts'

export type NewTrace = Omit<typeof traces.$inferInsert, 'id' | 'projectId' | 'state' | 'searchText' | 'createdAt'> & {
  line: number
  documents: HashedDocument[]
}

type Segment = { category: string | null; userSegment: string | null }
type Wanted = { line: number; category: string | undefined; userSegment: string | undefined }

export type Making = {
  /** The moment of the import. */
  at: number
  steps: readonly Step[]
  /** Undefined where what was named is not the project's. */
  segmentOf: (wanted: Wanted) => Segment | undefined
  tally: Tally
  counts: { unbelieved: number }
}

const DAY = 86_400_000
const FIRST_BELIEVED = Date.UTC(2000, 0, 1)

/** A record as it will be stored: redacted, hashed, with a time only where that can be. */
export function newTrace(
  { line, record: given }: Numbered<TraceRecord>,
  { at, steps, segmentOf, tally, counts }: Making,
): NewTrace | null {
  const segment = segmentOf({ line, category: given.category, userSegment: given.user_segment })
  if (segment === undefined) return null
  const { record, counts: redactions, masked } = redactedRecord(given, steps)
  tally.add(redactions, masked)
  const told = record.occurred_at === undefined ? null : Date.parse(record.occurred_at)
  const believed = told === null || (told >= FIRST_BELIEVED && told <= at + DAY)
  if (!believed) counts.unbelieved += 1
  const documents = documentsOf(record)
  const trace = {
    input: record.input,
    response: record.response ?? '',
    systemVersion: record.system_version ?? null,
    model: record.model ?? null,
    occurredAt: believed ? told : null,
    metadata: { ...record.metadata, ...(believed ? {} : { told_time: record.occurred_at }) },
  }
  return {
    line,
    key: record.key,
    ...trace,
    documents,
    signals: record.signals ?? {},
    contentHash: traceHash({ ...trace, documentHashes: documents.map(({ hash }) => hash) }),
    ...segment,
    categoryBy: segment.category === null ? null : 'import',
    userSegmentBy: segment.userSegment === null ? null : 'import',
    redactions,
  }
}
