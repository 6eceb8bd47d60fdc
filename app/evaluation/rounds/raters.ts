import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import { now, randomInt } from '#app/ambient.ts'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { memberships, type Role, users } from '#db/schema/people.ts'
import { roundRaters, rounds } from '#db/schema/rounds.ts'
import type { Database, Store } from '#db/store.server.ts'
import { record } from '../audit/record.ts'
import { twinOf } from '../bridges/twin.ts'
import { byName } from '../people/by-name.ts'
import { Problem } from '../problem.ts'
import { isBarred } from '../seal/barred.ts'
import type { RoundPool } from './shown.ts'
import { ownRound } from './state.ts'

/** `barred`: an owner or a builder of the project too, who never reads its holdout. */
export type Candidate = { id: string; name: string; barred: boolean }

/** The people of the project who rate, by name. */
export async function raterCandidates(db: Database, scope: Scope): Promise<Candidate[]> {
  demand(scope, 'rounds.read')
  const rows = await db
    .select({ id: users.id, name: users.name, role: memberships.role })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(and(eq(memberships.projectId, scope.project.id), isNull(users.disabledAt)))
  const people = new Map<string, { id: string; name: string; roles: Role[] }>()
  for (const { id, name, role } of rows) {
    const { roles } = people.get(id) ?? { roles: [] }
    people.set(id, { id, name, roles: [...roles, role] })
  }
  return [...people.values()]
    .filter(({ roles }) => roles.includes('rater'))
    .map(({ id, name, roles }) => ({ id, name, barred: isBarred(roles) }))
    .sort(byName)
}

/** Why some of the raters chosen for a round of the holdout cannot be; null where they all can. */
export async function barredAmong(
  db: Database,
  scope: Scope,
  { pool, raterIds }: { pool: RoundPool; raterIds: readonly string[] },
): Promise<string | null> {
  if (pool !== 'holdout') return null
  const barred = (await raterCandidates(db, scope)).filter(({ id, barred }) => barred && raterIds.includes(id))
  if (barred.length === 0) return null
  const names = barred.map(({ name }) => name).join(', ')
  return `Owners and builders of a project never read its holdout, and ${names} ${barred.length === 1 ? 'is one' : 'are among them'}. Choose raters who are neither.`
}

const anySealed = (roundId: string) => sql`exists (select 1 from items i join cases c on c.id = i.case_id
  where i.round_id = ${roundId} and c.sealed)`

/**
 * Adds raters to a round, and to the other half of a bridge with it: places are kept for pairs. Those it has already stay as
 * they are. Returns how many are new.
 */
export async function addRaters(
  store: Store,
  scope: Scope,
  roundId: string,
  raterIds: readonly string[],
): Promise<{ added: number }> {
  demand(scope, 'rounds.write')
  return store.write(async (tx) => {
    const round = await ownRound(tx, scope, roundId)
    const candidates = new Set((await raterCandidates(tx, scope)).map((candidate) => candidate.id))
    if (raterIds.length === 0 || raterIds.some((id) => !candidates.has(id))) {
      throw new Problem('invalid', 'Choose raters of this project.', {
        fields: { raterIds: 'Choose at least one rater of this project.' },
      })
    }
    const [kind] = await tx
      .select({ sealed: sql<number>`case when ${anySealed(roundId)} then 1 else 0 end` })
      .from(sql`(select 1) one`)
    const pool = Number(kind?.sealed) === 1 ? 'holdout' : 'active'
    const barred = await barredAmong(tx, scope, { pool, raterIds })
    if (barred !== null) throw new Problem('invalid', barred, { fields: { raterIds: barred } })
    const added = await insertRaters(tx, roundId, raterIds)
    const twin = await twinOf(tx, round)
    if (twin !== null) await insertRaters(tx, twin.id, raterIds)
    if (added.length === 0) return { added: 0 }
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

/** Those who are new to the round. */
async function insertRaters(tx: Database, roundId: string, raterIds: readonly string[]): Promise<string[]> {
  const there = await tx
    .select({ id: roundRaters.raterId })
    .from(roundRaters)
    .where(and(eq(roundRaters.roundId, roundId), inArray(roundRaters.raterId, [...raterIds])))
  const known = new Set(there.map(({ id }) => id))
  const added = [...new Set(raterIds)].filter((id) => !known.has(id))
  if (added.length === 0) return []
  await tx
    .insert(roundRaters)
    .values(added.map((raterId) => ({ roundId, raterId, seed: randomInt(2 ** 31 - 1), addedAt: now() })))
  await tx
    .update(rounds)
    .set({ reopened: sql`${rounds.reopened} + 1` })
    .where(eq(rounds.id, roundId))
  return added
}
