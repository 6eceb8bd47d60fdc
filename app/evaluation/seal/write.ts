import { and, eq, inArray, sql } from 'drizzle-orm'
import { cases } from '#db/schema/cases.ts'
import { type SealedKind, sealedTexts } from '#db/schema/seal.ts'
import { statement } from '#db/statement.server.ts'
import type { Database } from '#db/store.server.ts'
import { insertRows, pieces } from '../imports/rows.ts'
import { Problem } from '../problem.ts'
import { encrypt } from './cipher.server.ts'
import { neededKeys, type SealKeys, sealKeys } from './key.server.ts'
import type { SealedText } from './texts.ts'

/** A text to seal, with the row and the case it belongs to. */
export type ToSeal = { [K in SealedKind]: { kind: K; id: string; caseId: string; value: SealedText[K] } }[SealedKind]

const anySealed = statement((db) => db.select({ keyId: sealedTexts.keyId }).from(sealedTexts).limit(1))

/** The keys, made on first need; a lost key is never replaced by a new one while something is sealed with it. */
async function keysFor(tx: Database): Promise<SealKeys> {
  const found = sealKeys()
  if (found) return found
  const [lost] = await anySealed(tx).execute()
  if (lost) throw new Problem('conflict', `The seal key ${lost.keyId} is not here. Bring it back from its backup.`)
  return neededKeys()
}

const encrypted = (keys: SealKeys, { value, ...to }: ToSeal) => ({
  ...to,
  keyId: keys.current.id,
  sealed: encrypt(keys.current, to, value),
})

/** Seals texts of rows that have none sealed yet. */
export async function sealTexts(tx: Database, texts: readonly ToSeal[]): Promise<void> {
  if (texts.length === 0) return
  const keys = await keysFor(tx)
  for (const piece of pieces(texts)) {
    await insertRows(
      tx,
      sealedTexts,
      piece.map((one) => encrypted(keys, one)),
    )
  }
}

const put = statement((db) =>
  db
    .insert(sealedTexts)
    .values({
      kind: sql.placeholder('kind'),
      id: sql.placeholder('id'),
      caseId: sql.placeholder('caseId'),
      keyId: sql.placeholder('keyId'),
      sealed: sql.placeholder('sealed'),
    })
    .onConflictDoUpdate({
      target: [sealedTexts.kind, sealedTexts.id],
      set: { keyId: sql`excluded.key_id`, sealed: sql`excluded.sealed` },
    }),
)

/** Seals the text of one row, in place of what was sealed of it before: a draft is written again and again. */
export async function sealText(tx: Database, text: ToSeal): Promise<void> {
  await put(tx).execute(encrypted(await keysFor(tx), text))
}

/** Forgets the sealed text of rows. */
export async function dropSealed(tx: Database, kind: SealedKind, ids: readonly string[]): Promise<void> {
  for (const piece of pieces(ids)) {
    await tx.delete(sealedTexts).where(and(eq(sealedTexts.kind, kind), inArray(sealedTexts.id, piece)))
  }
}

/** Which of some cases are sealed: text that arrives for one of those is sealed as it is written. */
export async function sealedAmong(db: Database, caseIds: Iterable<string>): Promise<Set<string>> {
  const found = new Set<string>()
  for (const piece of pieces([...new Set(caseIds)])) {
    const rows = await db
      .select({ id: cases.id })
      .from(cases)
      .where(and(inArray(cases.id, piece), eq(cases.sealed, true)))
    for (const { id } of rows) found.add(id)
  }
  return found
}
