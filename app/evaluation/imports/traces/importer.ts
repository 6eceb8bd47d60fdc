import { eq } from 'drizzle-orm'
import { newId } from '#app/ambient.ts'
import { maskedInWords, Tally } from '#app/evaluation/traces/redaction/report.ts'
import { stepsOf } from '#app/evaluation/traces/redaction/steps.ts'
import { traceSearchText } from '#app/evaluation/traces/search-text.ts'
import { readTraces } from '#app/formats/traces/read-traces.ts'
import { type TraceRecord, traceKind } from '#app/formats/traces/trace.ts'
import type { Numbered } from '#app/formats/unreadable.ts'
import { traceDocuments, traces } from '#db/schema/traces.ts'
import { storeDocuments } from '../documents.ts'
import type { Import, Importer } from '../importer.ts'
import { insertRows, pieces } from '../rows.ts'
import { openSegments } from '../segments.ts'
import { type NewTrace, newTrace } from './new-trace.ts'
import { onlyNewTraces } from './only-new.ts'

/**
 * Stores traces of any format, redacted first. A key that is there with the same content is left alone (its signals are
 * renewed: users react later than the product answers); with other content it is refused.
 */
export const tracesImporter: Importer<TraceRecord> = {
  permission: 'cases.write',
  kind: traceKind,
  required: () => ['key', 'input'],
  read: (chunks, { traceFormat }) => readTraces(chunks, traceFormat ?? null),
  async begin(run) {
    const segments = await openSegments(run)
    const steps = stepsOf(run.options.redact ?? [], run.options.names ?? [])
    const tally = new Tally()
    const counts = { unbelieved: 0, renewed: 0 }

    async function takePiece(piece: readonly Numbered<TraceRecord>[]): Promise<void> {
      const made = piece.flatMap(
        (one) => newTrace(one, { at: run.at, steps, segmentOf: segments.maybe, tally, counts }) ?? [],
      )
      const { fresh, renewed } = await onlyNewTraces(run, made)
      if (run.faults.any) return
      await insertTraces(run, fresh)
      for (const { id, signals } of renewed) await run.tx.update(traces).set({ signals }).where(eq(traces.id, id))
      counts.renewed += renewed.length
    }

    return {
      async take(batch) {
        for (const piece of pieces(batch)) await takePiece(piece)
      },
      async end() {
        await segments.end()
        run.notes.push(...notesOf(run, tally, counts))
      },
    }
  },
}

async function insertTraces(run: Import, fresh: readonly NewTrace[]): Promise<void> {
  if (fresh.length === 0) return
  const documentIds = await storeDocuments(
    run,
    fresh.flatMap(({ documents }) => documents),
  )
  const rows = fresh.map(({ line: _, documents: __, ...trace }) => ({
    ...trace,
    id: newId(),
    projectId: run.scope.project.id,
    state: 'waiting' as const,
    searchText: traceSearchText(trace),
    createdAt: run.at,
  }))
  await insertRows(run.tx, traces, rows)
  const links = fresh.flatMap(({ documents }, i) =>
    documents.map(({ hash }, position) => ({
      traceId: rows[i]?.id ?? '',
      position,
      documentId: documentIds.get(hash) ?? '',
    })),
  )
  await insertRows(run.tx, traceDocuments, links)
  run.added += rows.length
}

const n = (count: number) => count.toLocaleString('en')

function notesOf(
  run: Import,
  tally: Tally,
  { unbelieved, renewed }: { unbelieved: number; renewed: number },
): string[] {
  const passed = Object.entries(run.passed).map(([why, count]) => `${n(count)} ${why}`)
  return [
    maskedInWords(tally.report),
    passed.length > 0 ? `No traces of their own: ${passed.join(', ')}.` : null,
    unbelieved > 0
      ? `The time of ${n(unbelieved)} was not believed (more than a day ahead, or before 2000): they are kept without one, and say it under metadata.`
      : null,
    renewed > 0 ? `The signals of ${n(renewed)} that were there already were renewed.` : null,
  ].filter((note) => note !== null)
}
