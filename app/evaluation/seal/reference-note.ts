import { and, eq } from 'drizzle-orm'
import { sealedTexts } from '#db/schema/seal.ts'
import type { Database } from '#db/store.server.ts'
import { decrypt } from './cipher.server.ts'
import type { ReferenceText } from './texts.ts'
import { sealText } from './write.ts'

/** Puts what was said of a sealed reference beside its text. Nobody is shown anything by it, so nothing is exposed. */
export async function noteOnSealedReference(
  tx: Database,
  { id, caseId }: { id: string; caseId: string },
  note: string,
): Promise<void> {
  const [row] = await tx
    .select()
    .from(sealedTexts)
    .where(and(eq(sealedTexts.kind, 'reference'), eq(sealedTexts.id, id)))
  if (!row) throw new Error(`The sealed text of the reference ${id} is missing.`)
  const { text } = decrypt(row) as ReferenceText
  await sealText(tx, { kind: 'reference', id, caseId, value: { text, note } })
}
