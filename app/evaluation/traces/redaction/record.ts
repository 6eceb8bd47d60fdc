import type { TraceRecord } from '#app/formats/traces/trace.ts'
import { type Counts, type Masked, redacted, type Step } from './step.ts'

/** A trace with everything the steps find masked: in its texts, documents, signals and metadata, never in its key. */
export function redactedRecord(
  record: TraceRecord,
  steps: readonly Step[],
): { record: TraceRecord; counts: Counts; masked: Masked[] } {
  if (steps.length === 0) return { record, counts: {}, masked: [] }
  const masked: Masked[] = []
  const clean = (text: string): string => {
    const made = redacted(text, steps)
    masked.push(...made.masked)
    return made.text
  }
  const { input, response, documents, metadata, signals, ...rest } = record
  const made: TraceRecord = {
    ...rest,
    input: clean(input),
    ...(response === undefined ? {} : { response: clean(response) }),
    ...(documents === undefined ? {} : { documents: within(documents, clean) }),
    ...(metadata === undefined ? {} : { metadata: within(metadata, clean) }),
    ...(signals === undefined ? {} : { signals: within(signals, clean) }),
  }
  return { record: made, counts: countsOf(masked), masked }
}

/** Every text within a value, at any depth; names of fields stay. */
function within<T>(value: T, clean: (text: string) => string): T {
  if (typeof value === 'string') return clean(value) as T
  if (Array.isArray(value)) return value.map((one) => within(one, clean)) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, within(one, clean)])) as T
}

function countsOf(masked: readonly Masked[]): Counts {
  const counts: Counts = {}
  for (const { kind } of masked) counts[kind] = (counts[kind] ?? 0) + 1
  return counts
}
