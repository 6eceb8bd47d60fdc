import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm'
import { now, randomInt } from '#app/ambient.ts'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { memberships, users } from '#db/schema/people.ts'
import { roundRaters, rounds } from '#db/schema/rounds.ts'
import type { Database, Store } from '#db/store.server.ts'
import { record } from '../audit/record.ts'
import { Problem } from '../problem.ts'
import { ownRound } from './state.ts'

export type Candidate = { id: string; name: string }

/** The people of the project who rate, by name. */
export async function raterCandidates(db: Database, scope: Scope): Promise<Candidate[]> {
  demand(scope, 'rounds.read')
  return await db
    .select({ id: users.id, name: users.name })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(and(eq(memberships.projectId, scope.project.id), eq(memberships.role, 'rater'), isNull(users.disabledAt)))
    .orderBy(asc(users.name), asc(users.id))
}

/** Adds raters to a round; those it has already stay as they are. Returns how many are new. */
export async function addRaters(
  store: Store,
  scope: Scope,
  roundId: string,
  raterIds: readonly string[],
): Promise<{ added: number }> {
  demand(scope, 'rounds.write')
  return store.write(async (tx) => {
    await ownRound(tx, scope, roundId)
    const candidates = new Set((await raterCandidates(tx, scope)).map((candidate) => candidate.id))
    if (raterIds.length === 0 || raterIds.some((id) => !candidates.has(id))) {
      throw new Problem('invalid', 'Choose raters of this project.', {
        fields: { raterIds: 'Choose at least one rater of this project.' },
      })
    }
    const there = await tx
      .select({ id: roundRaters.raterId })
      .from(roundRaters)
      .where(and(eq(roundRaters.roundId, roundId), inArray(roundRaters.raterId, [...raterIds])))
    const known = new Set(there.map((row) => row.id))
    const added = [...new Set(raterIds)].filter((id) => !known.has(id))
    if (added.length === 0) return { added: 0 }
    await tx
      .insert(roundRaters)
      .values(added.map((raterId) => ({ roundId, raterId, seed: randomInt(2 ** 31 - 1), addedAt: now() })))
    await tx
      .update(rounds)
      .set({ reopened: sql`${rounds.reopened} + 1` })
      .where(eq(rounds.id, roundId))
    await record(tx, {
      projectId: scope.project.id,
      actor: scope.user,
      action: 'round.raters-added',
      subject: 'round',
      subjectId: roundId,
      detail: { raters: added },
    })
    return { added: added.length }
  })
}
