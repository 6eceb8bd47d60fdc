import { setImmediate } from 'node:timers/promises'
import type { ImportOptions } from '#app/evaluation/imports/options.ts'
import { asProblem } from '#app/evaluation/imports/problems.ts'
import { MAX_ERRORS } from '#app/evaluation/imports/refused.ts'
import { chunksOf } from '#app/formats/read.ts'
import { readTraces } from '#app/formats/traces/read-traces.ts'
import { MAPPINGS, type TraceFormat } from '#app/formats/traces/told-apart.ts'
import type { TraceRecord } from '#app/formats/traces/trace.ts'
import { type FileError, Unreadable } from '#app/formats/unreadable.ts'
import { redactedRecord } from './redaction/record.ts'
import { type RedactionReport, Tally } from './redaction/report.ts'
import { stepsOf } from './redaction/steps.ts'

export type TracePreview = {
  format: TraceFormat | null
  /** Our field, and what it is made of. */
  mapping: readonly (readonly [string, string])[]
  /** How many traces were looked at, and whether they are all the file holds. */
  traces: number
  complete: boolean
  withoutAnswer: number
  passed: Record<string, number>
  errors: FileError[]
  redaction: RedactionReport
  /** The first traces, as they would be stored. */
  sample: TraceRecord[]
}

const SAMPLE = 5

/**
 * What an import of a file would store, without storing anything: at most the first `most` traces are looked at.
 *
 * @throws Problem for a file that is not there
 */
export async function previewTraces(path: string, options: ImportOptions, most: number): Promise<TracePreview> {
  const steps = stepsOf(options.redact ?? [], options.names ?? [])
  const tally = new Tally()
  const made: TracePreview = {
    format: options.traceFormat ?? null,
    mapping: [],
    traces: 0,
    complete: false,
    withoutAnswer: 0,
    passed: {},
    errors: [],
    redaction: [],
    sample: [],
  }
  try {
    for await (const batch of readTraces(chunksOf(path), options.traceFormat ?? null)) {
      made.format = batch.format
      for (const [why, count] of Object.entries(batch.passed)) made.passed[why] = (made.passed[why] ?? 0) + count
      made.errors.push(...batch.errors.slice(0, MAX_ERRORS - made.errors.length))
      for (const { record: given } of batch.records) {
        const { record, counts, masked } = redactedRecord(given, steps)
        tally.add(counts, masked)
        made.traces += 1
        if ((record.response ?? '').trim() === '') made.withoutAnswer += 1
        if (made.sample.length < SAMPLE) made.sample.push(record)
      }
      if (made.traces >= most) return told(made, tally)
      await setImmediate()
    }
    made.complete = true
  } catch (error) {
    if (!(error instanceof Unreadable)) throw asProblem(error)
    made.errors.push({ line: error.line, field: null, reason: error.message })
  }
  return told(made, tally)
}

const told = (made: TracePreview, tally: Tally): TracePreview => ({
  ...made,
  mapping: made.format === null ? [] : MAPPINGS[made.format],
  redaction: tally.report,
})
