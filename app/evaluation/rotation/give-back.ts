import { and, eq, inArray } from 'drizzle-orm'
import { pieces } from '#app/evaluation/imports/rows.ts'
import { unsealCases } from '#app/evaluation/seal/unseal-cases.ts'
import { updateMany } from '#db/rows.server.ts'
import { caseDocuments, cases, responses } from '#db/schema/cases.ts'
import { referenceTasks } from '#db/schema/references.ts'
import { traces } from '#db/schema/traces.ts'
import type { Database } from '#db/store.server.ts'

/** Makes a key free again, so that the same trace can become a case of the same name; the id keeps it unique. */
const endedKey = ({ id, key }: { id: string; key: string }): string => `${key} (undone ${id.slice(-8)})`

/**
 * Gives the traces back that cases were just made of: in clear, and waiting. Of the cases an archived row without any text
 * is left, for the trace may be sealed again as another case.
 */
export async function giveBackTraces(
  tx: Database,
  projectId: string,
  entered: readonly { id: string; key: string }[],
  at: number,
): Promise<void> {
  await unsealCases(
    tx,
    projectId,
    entered.map(({ id }) => id),
  )
  for (const piece of pieces(entered)) {
    const ids = piece.map(({ id }) => id)
    await tx.update(traces).set({ state: 'waiting', caseId: null }).where(inArray(traces.caseId, ids))
    await tx.delete(caseDocuments).where(inArray(caseDocuments.caseId, ids))
    await tx.update(responses).set({ text: '', metadata: {} }).where(inArray(responses.caseId, ids))
    await tx
      .update(referenceTasks)
      .set({ state: 'dropped', endedAt: at })
      .where(and(inArray(referenceTasks.caseId, ids), eq(referenceTasks.state, 'open')))
    await updateMany(
      tx,
      cases,
      ['key', 'input', 'metadata', 'searchText', 'archivedAt'],
      piece.map((one) => ({
        id: one.id,
        key: endedKey(one),
        input: '',
        metadata: {},
        searchText: endedKey(one).toLowerCase(),
        archivedAt: at,
      })),
    )
  }
}
