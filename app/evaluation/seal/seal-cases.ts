import { randomUUID } from 'node:crypto'
import { and, eq, inArray, ne, or, sql } from 'drizzle-orm'
import { newId, now } from '#app/ambient.ts'
import { cases } from '#db/schema/cases.ts'
import { ratings } from '#db/schema/ratings.ts'
import { items } from '#db/schema/rounds.ts'
import { sealedSets, seals } from '#db/schema/seal.ts'
import type { Database } from '#db/store.server.ts'
import { unindexed } from '#db/unindexed.ts'
import { pieces } from '../imports/rows.ts'
import { Problem } from '../problem.ts'
import { blankTexts, unlinkDocuments } from './blank.ts'
import { hashOfCase } from './checked.ts'
import { gatherTexts } from './gather.ts'
import { sealTexts } from './write.ts'

/**
 * Seals cases as one set: everything written of them goes encrypted into `sealed_texts`, and from the columns it was in.
 * `until`: until when they are meant to stay sealed. Cases that are sealed already stay in their set. Call `wipeAfterSealing`
 * once the transaction is committed. Does not move a case between pools.
 *
 * @throws Problem `conflict` where a case was rated in words while it was open: what is rated is never changed
 */
export async function sealCases(
  tx: Database,
  projectId: string,
  caseIds: readonly string[],
  { until }: { until: number },
): Promise<{ setId: string; canary: string }> {
  const set = { id: newId(), projectId, canary: `assay-canary-${randomUUID()}`, sealedAt: now() }
  await tx.insert(sealedSets).values(set)
  for (const piece of pieces(caseIds)) {
    const open = await tx
      .select({ id: cases.id })
      .from(cases)
      .where(and(eq(unindexed(cases.projectId), projectId), inArray(cases.id, piece), eq(cases.sealed, false)))
    const ids = open.map(({ id }) => id)
    if (ids.length === 0) continue
    await demandUnworded(tx, ids)
    await sealPiece(tx, ids, { setId: set.id, sealedAt: set.sealedAt, sealedUntil: until })
  }
  return { setId: set.id, canary: set.canary }
}

async function sealPiece(
  tx: Database,
  ids: readonly string[],
  seal: { setId: string; sealedAt: number; sealedUntil: number },
): Promise<void> {
  const texts = await gatherTexts(tx, ids)
  await sealTexts(tx, texts)
  await blankTexts(tx, texts)
  const traceIds = texts.filter(({ kind }) => kind === 'trace').map(({ id }) => id)
  await unlinkDocuments(tx, { caseIds: ids, traceIds })
  await tx
    .insert(seals)
    .values(
      texts.flatMap((one) =>
        one.kind === 'case' ? [{ ...seal, caseId: one.id, contentHash: hashOfCase(one.value) }] : [],
      ),
    )
    .onConflictDoUpdate({
      target: seals.caseId,
      set: {
        setId: sql`excluded.set_id`,
        contentHash: sql`excluded.content_hash`,
        sealedAt: sql`excluded.sealed_at`,
        sealedUntil: sql`excluded.sealed_until`,
        endedAt: null,
      },
    })
}

async function demandUnworded(tx: Database, ids: readonly string[]): Promise<void> {
  const words = sql`exists (select 1 from scores where scores.rating_id = ${ratings.id}
    and (scores.note <> '' or coalesce(scores.cannot_judge, '') <> ''))`
  const [worded] = await tx
    .select({ key: cases.key })
    .from(ratings)
    .innerJoin(items, eq(items.id, ratings.itemId))
    .innerJoin(cases, eq(cases.id, items.caseId))
    .where(
      and(inArray(items.caseId, [...ids]), or(ne(ratings.betterAnswer, ''), sql`${ratings.evidence} <> '[]'`, words)),
    )
    .limit(1)
  if (!worded) return
  throw new Problem(
    'conflict',
    `The case “${worded.key}” cannot be sealed: it was rated in words while it was open, and ratings are never changed. Seal cases before they are rated.`,
    { code: 'rated-in-words' },
  )
}
