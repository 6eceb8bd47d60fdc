import { and, eq, exists, inArray, isNull, ne, type SQL, sql } from 'drizzle-orm'
import { items, rounds } from '#db/schema/rounds.ts'
import { rubricVersions } from '#db/schema/rubrics.ts'
import type { Database } from '#db/store.server.ts'
import type { BridgeHalf } from '../rounds/shown.ts'

type Round = typeof rounds.$inferSelect

/**
 * The other half of a bridge: the round with bridge items of the same project, made in the same moment, of which one is
 * pinned to the version that the other names in `bridgesFromId`. Null: the round is no bridge, or has no other half.
 */
export async function twinOf(db: Database, round: Round): Promise<Round | null> {
  const newer = round.bridgesFromId
  const halves =
    newer === null
      ? eq(rounds.bridgesFromId, round.rubricVersionId)
      : and(isNull(rounds.bridgesFromId), eq(rounds.rubricVersionId, newer))
  const [twin] = await db
    .select()
    .from(rounds)
    .where(
      and(
        eq(rounds.projectId, round.projectId),
        eq(rounds.createdAt, round.createdAt),
        ne(rounds.id, round.id),
        halves,
        hasBridgeItems(db, sql`${rounds.id}`),
        hasBridgeItems(db, sql`${round.id}`),
      ),
    )
  return twin ?? null
}

const hasBridgeItems = (db: Database, roundId: SQL): SQL =>
  exists(
    db
      .select({ one: sql`1` })
      .from(items)
      .where(and(sql`${items.roundId} = ${roundId}`, eq(items.reason, 'bridge'))),
  )

/** What makes the round a bridge; null: nothing does. */
export async function bridgeOf(db: Database, round: Round): Promise<BridgeHalf | null> {
  const twin = await twinOf(db, round)
  const fromId = round.bridgesFromId ?? twin?.bridgesFromId ?? null
  if (fromId === null) return null
  const toId = round.bridgesFromId === null ? (twin?.rubricVersionId ?? '') : round.rubricVersionId
  const found = await db
    .select({ id: rubricVersions.id, number: rubricVersions.number })
    .from(rubricVersions)
    .where(inArray(rubricVersions.id, [fromId, toId]))
  const version = (id: string) => found.find((one) => one.id === id) ?? { id, number: 0 }
  return {
    from: version(fromId),
    to: version(toId),
    under: round.bridgesFromId === null ? 'from' : 'to',
    twin: twin && twin.state !== 'making' ? { id: twin.id, name: twin.name, state: twin.state } : null,
  }
}
