import { references } from '#db/schema/cases.ts'
import type { Database } from '#db/store.server.ts'
import { insertRows } from '../imports/rows.ts'
import { sealedAmong, sealTexts } from '../seal/write.ts'

type NewRow = typeof references.$inferInsert & { id: string }

/** Inserts references; those of sealed cases are sealed as they come. */
export async function insertReferences(tx: Database, rows: readonly NewRow[]): Promise<void> {
  const sealed = await sealedAmong(
    tx,
    rows.map(({ caseId }) => caseId),
  )
  await insertRows(
    tx,
    references,
    rows.map((row) => (sealed.has(row.caseId) ? { ...row, text: '', checkNote: '' } : row)),
  )
  await sealTexts(
    tx,
    rows
      .filter(({ caseId }) => sealed.has(caseId))
      .map(({ id, caseId, text, checkNote }) => ({
        kind: 'reference',
        id,
        caseId,
        value: { text, note: checkNote ?? '' },
      })),
  )
}
