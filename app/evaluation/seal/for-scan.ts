import { and, asc, inArray } from 'drizzle-orm'
import { sealedTexts } from '#db/schema/seal.ts'
import type { Database } from '#db/store.server.ts'
import { decrypt } from './cipher.server.ts'
import { sealKeys } from './key.server.ts'
import type { CaseText, ReferenceText } from './texts.ts'

export type TextForScan = { kind: 'case' | 'reference'; id: string; caseId: string; text: string }

/**
 * The inputs and references of sealed cases (a few hundred at a time), for the search of files: opened within the process,
 * turned into fingerprints at once, shown to nobody and sent nowhere. So it is no exposure. Nothing else may call it.
 *
 * @throws SealError where a sealed text cannot be opened
 */
export async function textsForScan(read: Database, caseIds: readonly string[]): Promise<TextForScan[]> {
  const keys = sealKeys()
  const rows = await read
    .select()
    .from(sealedTexts)
    .where(and(inArray(sealedTexts.caseId, [...caseIds]), inArray(sealedTexts.kind, ['case', 'reference'])))
    .orderBy(asc(sealedTexts.caseId), asc(sealedTexts.kind), asc(sealedTexts.id))
  return rows.map((row): TextForScan => {
    const { id, caseId } = row
    return row.kind === 'case'
      ? { kind: 'case', id, caseId, text: (decrypt(row, keys) as CaseText).input }
      : { kind: 'reference', id, caseId, text: (decrypt(row, keys) as ReferenceText).text }
  })
}
