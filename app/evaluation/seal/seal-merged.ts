import { aliasedTable, and, eq, ne } from 'drizzle-orm'
import { cases } from '#db/schema/cases.ts'
import { traces } from '#db/schema/traces.ts'
import type { Database } from '#db/store.server.ts'
import { pieces } from '../imports/rows.ts'
import { blankTraces, unlinkDocuments } from './blank.ts'
import { traceTexts } from './gather.ts'
import { sealTexts } from './write.ts'

/** Seals the traces that were merged into those of sealed cases: they say the same. Returns how many. */
export async function sealMerged(tx: Database, projectId: string): Promise<number> {
  const kept = aliasedTable(traces, 'kept')
  const rows = await tx
    .select({ trace: traces, ofCase: cases.id })
    .from(cases)
    .innerJoin(kept, eq(kept.caseId, cases.id))
    .innerJoin(traces, eq(traces.duplicateOfId, kept.id))
    .where(and(eq(cases.projectId, projectId), eq(cases.sealed, true), ne(traces.input, '')))
  for (const piece of pieces(rows)) {
    await sealTexts(
      tx,
      await traceTexts(
        tx,
        piece.map(({ trace, ofCase }) => ({ ...trace, ofCase })),
      ),
    )
    const traceIds = piece.map(({ trace }) => trace.id)
    await blankTraces(tx, traceIds)
    await unlinkDocuments(tx, { caseIds: [], traceIds })
  }
  return rows.length
}
