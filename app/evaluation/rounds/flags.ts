import { aliasedTable, and, desc, eq, isNull, sql } from 'drizzle-orm'
import { now } from '#app/ambient.ts'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { cases, references, responses, systemVersions } from '#db/schema/cases.ts'
import { users } from '#db/schema/people.ts'
import { flags } from '#db/schema/ratings.ts'
import { items, rounds } from '#db/schema/rounds.ts'
import type { Database, Store } from '#db/store.server.ts'
import { record } from '../audit/record.ts'
import { Problem } from '../problem.ts'
import type { RaisedFlag } from './shown.ts'

const MOST = 200

const resolvers = aliasedTable(users, 'resolvers')

/** Flags raised by raters, the newest first: of one round or of the project, open ones only unless `all`. */
export async function listFlags(
  db: Database,
  scope: Scope,
  { roundId, all = false }: { roundId?: string; all?: boolean } = {},
): Promise<RaisedFlag[]> {
  demand(scope, 'rounds.read')
  return await db
    .select({
      id: flags.id,
      round: { id: rounds.id, name: rounds.name },
      case: { id: cases.id, key: cases.key },
      systemVersion: sql<string>`coalesce(${systemVersions.name}, ${references.quality} || ' reference')`,
      rater: users.name,
      kind: flags.kind,
      note: flags.note,
      createdAt: flags.createdAt,
      resolvedAt: flags.resolvedAt,
      resolvedBy: resolvers.name,
    })
    .from(flags)
    .innerJoin(items, eq(items.id, flags.itemId))
    .innerJoin(rounds, and(eq(rounds.id, items.roundId), eq(rounds.projectId, scope.project.id)))
    .innerJoin(cases, eq(cases.id, items.caseId))
    .innerJoin(responses, eq(responses.id, items.responseId))
    .leftJoin(systemVersions, eq(systemVersions.id, responses.systemVersionId))
    .leftJoin(references, eq(references.id, responses.referenceId))
    .innerJoin(users, eq(users.id, flags.raterId))
    .leftJoin(resolvers, eq(resolvers.id, flags.resolvedBy))
    .where(
      and(roundId === undefined ? undefined : eq(items.roundId, roundId), all ? undefined : isNull(flags.resolvedAt)),
    )
    .orderBy(desc(flags.createdAt), desc(flags.id))
    .limit(MOST)
}

/** Marks a flag as dealt with. Doing it twice changes nothing. Throws `missing` where the project has no such flag. */
export async function resolveFlag(store: Store, scope: Scope, flagId: string): Promise<void> {
  demand(scope, 'rounds.write')
  await store.write(async (tx) => {
    const [flag] = await tx
      .select({ item: flags.itemId, resolvedAt: flags.resolvedAt })
      .from(flags)
      .innerJoin(items, eq(items.id, flags.itemId))
      .innerJoin(rounds, and(eq(rounds.id, items.roundId), eq(rounds.projectId, scope.project.id)))
      .where(eq(flags.id, flagId))
    if (!flag) throw new Problem('missing', 'There is no such flag in this project.')
    if (flag.resolvedAt !== null) return
    await tx.update(flags).set({ resolvedAt: now(), resolvedBy: scope.user.id }).where(eq(flags.id, flagId))
    await record(tx, {
      projectId: scope.project.id,
      actor: scope.user,
      action: 'flag.resolved',
      subject: 'item',
      subjectId: flag.item,
      detail: { flag: flagId },
    })
  })
}
